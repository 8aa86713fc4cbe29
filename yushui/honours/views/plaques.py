"""Pages of plaques and cards."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.honours import forms
from yushui.honours.rules.plaques import acts_for, card_acts_for
from yushui.honours.selectors import kinds, news, plaques
from yushui.honours.services import cards as card_services
from yushui.honours.services import news as news_services
from yushui.honours.services import plaques as services
from yushui.honours.types import CARD_STATES, GROUNDS, PLAQUE_STATES, CardDraft, PlaqueDraft
from yushui.people.selectors import get_person
from yushui.places.selectors import areas_to_choose, path_names, villages_by_town

RECORD = ("登记光荣牌", "honours.record")
Found = tuple[Problem, ...]


@require_GET
def list_plaques(request: HttpRequest) -> HttpResponse:
    """Plaques that hang, were taken back or cancelled."""
    actor = actor_of(request)
    filters = forms.plaque_filters(request.GET)
    page = page_of(plaques.list_plaques(actor=actor, filters=filters), request)
    shown = {
        "page": page,
        "names": path_names({row.household.area_id for row in page.rows}),
        "filters": filters,
        "states": PLAQUE_STATES,
        "grounds": GROUNDS,
        "areas": areas_to_choose(actor=actor),
        "years": range(clock.today().year, clock.today().year - 9, -1),
    }
    return render(request, "honours/list_plaques.html", shown)


@require_GET
def list_missing_plaques(request: HttpRequest) -> HttpResponse:
    """Households with a ground and without a plaque; those hung are ticked and recorded at once."""
    return missing_page(request, ())


def missing_page(request: HttpRequest, problems: Found) -> HttpResponse:
    """The list with what is wrong."""
    actor, on = actor_of(request), clock.today()
    area = queries.area_of(request.GET)
    page = page_of(plaques.list_missing(actor=actor, area_code=area, on=on), request, 50)
    shown = {
        "page": page,
        "grounds": plaques.grounds_by_household([row.pk for row in page.rows], on),
        "ground_names": GROUNDS,
        "names": path_names({row.area_id for row in page.rows}),
        "area": area,
        "areas": areas_to_choose(actor=actor),
        "problems": problems,
        "ticked": set(request.POST.getlist("household")),
        "on": request.POST.get("on", on.isoformat()),
        "today": on.isoformat(),
        "may_record": may(actor, "honours.record"),
    }
    return render(request, "honours/list_missing_plaques.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*RECORD)
def hang_plaques(request: HttpRequest) -> HttpResponse:
    """Record the plaques of all ticked households on one day."""
    ids = [n for text in request.POST.getlist("household") if (n := queries.whole_number(text)) is not None]
    day = queries.day_of(request.POST.get("on", ""))
    try:
        if day is None:
            raise Refused(Problem("日期不对", where="悬挂日期", next_step="请写成 2026-02-10 这样的日期"))
        count = services.hang_plaques(actor=actor_of(request), household_ids=ids, on=day, at=clock.now())
    except Refused as refused:
        return missing_page(request, refused.problems)
    messages.success(request, f"已登记悬挂 {count} 户")
    return redirect(request.get_full_path().replace("/hang-plaques/", "/missing/"))


@require_GET
def show_plaque_coverage(request: HttpRequest) -> HttpResponse:
    """Coverage by town, and inside a town by village."""
    actor = actor_of(request)
    area = queries.area_of(request.GET)
    rows = plaques.coverage(actor=actor, area_code=area, on=clock.today())
    shown = {
        "rows": rows,
        "households": sum(row.households for row in rows),
        "hung": sum(row.hung for row in rows),
        "area": area,
        "by_village": bool(rows) and not rows[0].area_code.endswith("000"),
    }
    return render(request, "honours/show_plaque_coverage.html", shown)


@require_GET
def show_plaque(request: HttpRequest, plaque_id: int) -> HttpResponse:
    """One plaque with its history and papers."""
    return plaque_page(request, plaque_id, PlaqueDraft(on=clock.today().isoformat(), client_key=queries.new_key()), ())


def plaque_page(request: HttpRequest, plaque_id: int, draft: PlaqueDraft, problems: Found) -> HttpResponse:
    """One plaque, with the form of the next act and what is wrong with it."""
    actor, today = actor_of(request), clock.today()
    plaque = plaques.get_plaque(actor=actor, plaque_id=plaque_id)
    shown = {
        "plaque": plaque,
        "place": path_names([plaque.household.area_id])[plaque.household.area_id],
        "members": plaques.members_of(actor=actor, plaque=plaque),
        "ground_now": GROUNDS.get(
            plaques.grounds_by_household([plaque.household_id], today).get(plaque.household_id, "")
        ),
        "events": plaques.events_of(plaque),
        "pieces": news.pieces_of(plaque=plaque),
        "draft": draft,
        "acts": acts_for(plaque.state),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "revision": request.POST.get("revision", plaque.revision),
        "towns": villages_by_town(actor=actor),
        "today": today.isoformat(),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "may_record": may(actor, "honours.record"),
    }
    return render(request, "honours/show_plaque.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*RECORD)
def act_on_plaque(request: HttpRequest, plaque_id: int) -> HttpResponse:
    """Replace, reissue, take back, cancel, restore, move."""
    draft = forms.draft_of(PlaqueDraft, request.POST)
    try:
        services.act_on_plaque(
            actor=actor_of(request), plaque_id=plaque_id, draft=draft, revision=request.POST.get("revision", ""),
            sent=sent_with(request.POST, request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return plaque_page(request, plaque_id, draft, refused.problems)
    messages.success(request, "已登记")
    return redirect("show-plaque", plaque_id)


@require_http_methods(["GET", "POST"])
@for_holders(*RECORD)
def hang_plaque(request: HttpRequest, person_id: int) -> HttpResponse:
    """The first plaque of a person's household; where one hangs already, the way to it."""
    actor, today = actor_of(request), clock.today()
    person = get_person(actor=actor, person_id=person_id)
    draft, problems = PlaqueDraft(on=today.isoformat(), client_key=queries.new_key()), ()
    found: Found = problems
    if request.method == "POST":
        draft = forms.draft_of(PlaqueDraft, request.POST)
        try:
            plaque = services.hang_plaque(
                actor=actor, person_id=person_id, draft=draft, sent=sent_with(request.POST, request.FILES),
                at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            found = refused.problems
        else:
            messages.success(request, "已登记光荣牌")
            return redirect("show-plaque", plaque.pk)
    shown = {
        "plaque": plaques.plaque_of_person(actor=actor, person=person),
        "person": person, "draft": draft, "problems": found, "bad": {p.where for p in found},
        "today": today.isoformat(), "accept": ACCEPT, "had_files": bool(request.FILES),
    }  # fmt: skip
    return render(request, "honours/hang_plaque.html", shown, status=422 if found else 200)


@require_GET
def show_person_honours(request: HttpRequest, person_id: int) -> HttpResponse:
    """What honours a person and the household have: plaque, cards, 喜报."""
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    shown = {
        "person": person,
        "plaque": plaques.plaque_of_person(actor=actor, person=person),
        "cards": plaques.cards_of(actor=actor, person_id=person_id),
        "news": news.news_of(actor=actor, person_id=person_id),
        "may_record": may(actor, "honours.record"),
    }
    return render(request, "honours/show_person_honours.html", shown)


@require_GET
def list_cards(request: HttpRequest) -> HttpResponse:
    """Cards by state."""
    actor = actor_of(request)
    state = request.GET.get("state", "APPLIED")
    state = state if state in {*CARD_STATES, ""} else "APPLIED"
    kind, area = request.GET.get("kind", "")[:40], queries.area_of(request.GET)
    page = page_of(plaques.list_cards(actor=actor, state=state, kind=kind, area_code=area), request)
    shown = {
        "page": page,
        "names": path_names({row.person.area_id for row in page.rows}),
        "state": state,
        "states": CARD_STATES,
        "kind": kind,
        "kinds": kinds.list_kinds(actor=actor, group="CARD"),
        "area": area,
        "areas": areas_to_choose(actor=actor),
    }
    return render(request, "honours/list_cards.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("登记优待证", "honours.record")
def apply_card(request: HttpRequest, person_id: int) -> HttpResponse:
    """The form of an application."""
    actor, today = actor_of(request), clock.today()
    person = get_person(actor=actor, person_id=person_id)
    draft, found = CardDraft(on=today.isoformat()), ()
    problems: Found = found
    if request.method == "POST":
        draft = forms.draft_of(CardDraft, request.POST)
        try:
            card_services.apply_card(actor=actor, person_id=person_id, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已登记优待证申请")
            return redirect("show-person-honours", person_id)
    shown = {
        "person": person, "draft": draft, "problems": problems, "bad": {p.where for p in problems},
        "kinds": kinds.list_kinds(actor=actor, group="CARD"), "today": today.isoformat(),
    }  # fmt: skip
    return render(request, "honours/apply_card.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders("办理优待证", "honours.record")
def step_card(request: HttpRequest, card_id: int) -> HttpResponse:
    """Issue, report lost, issue anew, cancel."""
    actor, today = actor_of(request), clock.today()
    card = plaques.get_card(actor=actor, card_id=card_id)
    draft, problems = CardDraft(on=today.isoformat()), ()
    found: Found = problems
    if request.method == "POST":
        draft = forms.draft_of(CardDraft, request.POST)
        try:
            card_services.step_card(
                actor=actor, card_id=card_id, draft=draft, revision=request.POST.get("revision", ""), at=clock.now()
            )
        except Refused as refused:
            found = refused.problems
        else:
            messages.success(request, "已登记")
            return redirect("show-person-honours", card.person_id)
    shown = {
        "card": card, "draft": draft, "problems": found, "bad": {p.where for p in found},
        "acts": card_acts_for(card.state), "today": today.isoformat(),
        "revision": request.POST.get("revision", card.revision),
    }  # fmt: skip
    return render(request, "honours/step_card.html", shown, status=422 if found else 200)


@require_GET
def show_honour_file(request: HttpRequest, honour_piece_id: int) -> HttpResponse:
    """A photo to look at, a paper to save."""
    return respond(news.get_piece(actor=actor_of(request), piece_id=honour_piece_id))


@require_POST
@for_holders("去掉佐证", "honours.record")
def withdraw_honour_file(request: HttpRequest, honour_piece_id: int) -> HttpResponse:
    """Take a piece out of sight."""
    piece = news_services.withdraw_honour_file(actor=actor_of(request), piece_id=honour_piece_id, at=clock.now())
    messages.success(request, f"已去掉:{piece.title}")
    if piece.plaque_id:
        return redirect("show-plaque", piece.plaque_id)
    return redirect("show-news", piece.news_id) if piece.news_id else redirect("list-news")
