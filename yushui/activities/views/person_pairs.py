"""Pages of pairs of people: the list with those not contacted, one with its contacts, cards for the families."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.permissions import sees_people
from yushui.activities.selectors import areas, units
from yushui.activities.selectors import person_pairs as selectors
from yushui.activities.services import person_pairs as services
from yushui.activities.types import CONTACT_WAYS, PersonPairDraft
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.people.selectors import get_person

KEEPS = ("登记结对帮扶", "activities.pair")


@require_GET
def list_person_pairs(request: HttpRequest) -> HttpResponse:
    """结对帮扶: who stands by whom, when they last met, who was not contacted this quarter."""
    actor, on = actor_of(request), clock.today()
    filters = forms.help_filters(request.GET)
    query = request.GET.copy()
    for name in ("state", "page"):
        query.pop(name, None)
    shown = {
        "filters": filters,
        "page": page_of(selectors.list_helps(actor=actor, filters=filters, on=on), request),
        "counts": selectors.count_states(actor=actor, filters=filters, on=on),
        "kinds": selectors.list_pair_kinds(actor=actor),
        "areas": areas.list_areas_below(actor=actor),
        "full": sees_people(actor),
        "query": query.urlencode(),
        "may_pair": may(actor, "activities.pair"),
        "may_set_kind": may(actor, "activities.set_kind"),
    }
    return render(request, "activities/list_person_pairs.html", shown)


@require_GET
def show_person_pair(request: HttpRequest, help_id: int) -> HttpResponse:
    """One pair of people with the log of its contacts."""
    return show_one(request, help_id, ())


def show_one(request: HttpRequest, help_id: int, problems: tuple[Problem, ...]) -> HttpResponse:
    """One pair, with what is wrong with a verb tried on this page; what was typed stays."""
    actor = actor_of(request)
    sheet = selectors.help_sheet(actor=actor, help_id=help_id, on=clock.today())
    shown = {
        "sheet": sheet,
        "pair": sheet.pair,
        "problems": problems,
        "typed": request.POST,
        "key": request.POST.get("client_key", "") or queries.new_key(),
        "ways": CONTACT_WAYS.items(),
        "today": clock.today().isoformat(),
        "may_pair": may(actor, "activities.pair"),
        "may_contact": may(actor, "activities.visit") and sheet.is_open,
    }
    return render(request, "activities/show_person_pair.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*KEEPS)
def add_person_pair(request: HttpRequest) -> HttpResponse:
    """Enter who stands by whom. The person is found by name first, or comes from their file."""
    actor = actor_of(request)
    if request.method == "GET":
        draft = PersonPairDraft(
            kind=request.GET.get("kind", "")[:40], person_id=request.GET.get("person", "")[:16],
            area_code=actor.area_code, starts_on=clock.today().isoformat(), client_key=queries.new_key(),
        )  # fmt: skip
        return pair_form(request, draft, ())
    draft = forms.person_pair_draft(request.POST)
    try:
        pair = services.add_person_pair(actor=actor, draft=draft, at=clock.now())
    except Refused as refused:
        return pair_form(request, draft, refused.problems)
    messages.success(request, "已登记;可以打印联系卡送到家里")
    return redirect("show-person-pair", pair.pk)


@require_http_methods(["GET", "POST"])
@for_holders(*KEEPS)
def change_person_pair(request: HttpRequest, help_id: int) -> HttpResponse:
    """Correct a pair of people."""
    actor = actor_of(request)
    pair = selectors.get_help(actor=actor, help_id=help_id)
    if request.method == "GET":
        draft = selectors.help_as_typed(actor=actor, help_id=help_id)
        return pair_form(request, draft, (), help_id, str(pair.revision))
    draft, revision = forms.person_pair_draft(request.POST), request.POST.get("revision", "")
    try:
        services.change_person_pair(actor=actor, help_id=help_id, draft=draft, revision=revision, at=clock.now())
    except Refused as refused:
        return pair_form(request, draft, refused.problems, help_id, revision)
    messages.success(request, "已保存")
    return redirect("show-person-pair", help_id)


def pair_form(
    request: HttpRequest,
    draft: PersonPairDraft,
    problems: tuple[Problem, ...],
    help_id: int | None = None,
    revision: str = "",
) -> HttpResponse:
    """The form with everything that is wrong; before a person is chosen, the search for one."""
    actor = actor_of(request)
    kinds = selectors.list_pair_kinds(actor=actor)
    if help_id is not None:
        kept = selectors.get_help(actor=actor, help_id=help_id).kind
        kinds = kinds if kept in kinds else [*kinds, kept]
    kind = next((each for each in kinds if each.pk == draft.kind), None)
    person_id = queries.whole_number(draft.person_id)
    person = get_person(actor=actor, person_id=person_id) if person_id is not None else None
    text = request.GET.get("find", "")[:20]
    if person is not None and kind is not None and not kind.of_register:
        person = None
    shown = {
        "draft": draft,
        "kind": kind,
        "kinds": [each for each in kinds if person is None or each.of_register],
        "person": person,
        "find": text,
        "found": selectors.find_helped(actor=actor, text=text) if text else [],
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "help_id": help_id,
        "revision": revision,
        "areas": areas.list_choices(actor=actor),
        "units": units.list_hosts(actor=actor),
        "today": clock.today().isoformat(),
    }
    return render(request, "activities/person_pair_form.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*KEEPS)
def end_person_pair(request: HttpRequest, help_id: int) -> HttpResponse:
    """End a pair of people, with the reason."""
    typed = request.POST
    try:
        services.end_person_pair(
            actor=actor_of(request), help_id=help_id, on=typed.get("ended_on", ""), reason=typed.get("reason", ""),
            revision=typed.get("revision", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return show_one(request, help_id, refused.problems)
    messages.success(request, "已结束;联系记录都保留")
    return redirect("show-person-pair", help_id)


@require_POST
@for_holders("登记结对联系", "activities.visit")
def record_pair_contact(request: HttpRequest, help_id: int) -> HttpResponse:
    """Log one contact, or a visit as one."""
    draft = forms.contact_draft(request.POST)
    try:
        services.record_pair_contact(actor=actor_of(request), help_id=help_id, draft=draft, at=clock.now())
    except Refused as refused:
        return show_one(request, help_id, refused.problems)
    messages.success(request, "已记下这次联系")
    return redirect("show-person-pair", help_id)


@require_POST
@for_holders("撤回结对联系", "activities.visit")
def withdraw_pair_contact(request: HttpRequest, pair_contact_id: int) -> HttpResponse:
    """Take a contact out of the log."""
    contact = services.withdraw_pair_contact(actor=actor_of(request), contact_id=pair_contact_id, at=clock.now())
    messages.success(request, "已撤回这次联系")
    return redirect("show-person-pair", contact.pair_id)


@require_GET
@for_holders("打印联系卡", "activities.pair")
def print_pair_cards(request: HttpRequest) -> HttpResponse:
    """结对帮扶联系卡: four to a sheet, for one pair or for all of the list as it is filtered."""
    actor = actor_of(request)
    filters, help_id = forms.help_filters(request.GET), queries.whole_number(request.GET.get("pair", ""))
    cards = selectors.cards(actor=actor, filters=filters, help_id=help_id, on=clock.today())
    sheets = [cards[start : start + 4] for start in range(0, len(cards), 4)]
    shown = {"sheets": sheets, "count": len(cards), "help_id": help_id, "most": selectors.MOST_CARDS}
    return render(request, "activities/print_pair_cards.html", shown)
