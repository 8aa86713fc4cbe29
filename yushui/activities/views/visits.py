"""Pages of visits: the round and the record on the phone, the list in the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.permissions import sees_people
from yushui.activities.rules.goods import items_of
from yushui.activities.selectors import areas, campaigns, sheets
from yushui.activities.selectors import visits as selectors
from yushui.activities.services import visits as services
from yushui.activities.types import WAY_NAMES, VisitDraft
from yushui.base import clock, files, queries
from yushui.base.money import show_yuan
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import typed_yuan
from yushui.base.web import actor_of, page_of


@require_GET
def my_visits(request: HttpRequest) -> HttpResponse:
    """Phone: my campaigns, then my people of each village, those left first."""
    rounds = campaigns.my_rounds(actor=actor_of(request))
    return render(request, "activities/my_visits.html", {"rounds": rounds})


@require_http_methods(["GET", "POST"])
def record_visit(request: HttpRequest, person_id: int, campaign_id: int | None = None) -> HttpResponse:
    """Phone: record one visit, then on to the next person who is left."""
    if request.method == "GET":
        return show_form(request, person_id, campaign_id, None, ())
    draft = forms.visit_draft(request.POST)
    try:
        visit = services.record_visit(
            actor=actor_of(request), person_id=person_id, campaign_id=campaign_id, draft=draft,
            photo=forms.photo_of(request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return show_form(request, person_id, campaign_id, draft, refused.problems)
    money = f",慰问金 {show_yuan(visit.cash_fen)} 元" if visit.cash_fen else ""
    messages.success(request, f"已记下:{visit.person.name},{WAY_NAMES[visit.way]}{money}")
    return redirect(where_next(request, person_id, campaign_id))


def where_next(request: HttpRequest, person_id: int, campaign_id: int | None) -> str:
    """The next person of the round; else the round, or the list the officer came from."""
    if campaign_id is None:
        return f"{reverse('list-visits')}?person={person_id}"
    sheet = sheets.visit_sheet(actor=actor_of(request), person_id=person_id, campaign_id=campaign_id, on=clock.today())
    if sheet.place is None:
        return f"{reverse('list-not-visited')}?campaign={campaign_id}"
    if sheet.place.next_person_id is None:
        return reverse("my-visits")
    return reverse("record-visit", args=[campaign_id, sheet.place.next_person_id])


def show_form(
    request: HttpRequest,
    person_id: int,
    campaign_id: int | None,
    draft: VisitDraft | None,
    problems: tuple[Problem, ...],
) -> HttpResponse:
    """The form as it begins, or as it was typed with everything that is wrong."""
    sheet = sheets.visit_sheet(actor=actor_of(request), person_id=person_id, campaign_id=campaign_id, on=clock.today())
    typed = draft or VisitDraft(
        on=clock.today().isoformat(),
        cash=typed_yuan(sheet.cash_fen) if sheet.cash_fen else "",
        goods=() if sheet.is_paid else sheet.planned,
        client_key=queries.new_key(),
    )
    chosen = items_of("、".join(typed.goods))
    lists = {
        "sheet": sheet,
        "draft": typed,
        "goods": [(item, item in chosen) for item in sheet.goods],
        "more_goods": "、".join(item for item in chosen if item not in sheet.goods),
        "ways": WAY_NAMES.items(),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "today": clock.today().isoformat(),
        "had_photo": "photo" in request.FILES,
    }
    return render(request, "activities/record_visit.html", lists, status=422 if problems else 200)


@require_GET
def list_visits(request: HttpRequest) -> HttpResponse:
    """Office: 走访台账, newest first."""
    actor = actor_of(request)
    filters = forms.visit_filters(request.GET)
    page = page_of(selectors.list_visits(actor=actor, filters=filters), request)
    return render(
        request,
        "activities/list_visits.html",
        {
            "page": page,
            "filters": filters,
            "full": sees_people(actor),
            "campaigns": campaigns.list_filter_campaigns(actor=actor),
            "villages": areas.list_areas_below(actor=actor),
            "years": range(clock.today().year, clock.today().year - 8, -1),
            "ways": WAY_NAMES,
        },
    )


@require_http_methods(["GET", "POST"])
@for_holders("撤回走访", "activities.visit")
def withdraw_visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Office and phone: one visit in full; withdraw it with a reason."""
    actor = actor_of(request)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            services.withdraw_visit(
                actor=actor, visit_id=visit_id, reason=request.POST.get("reason", ""), at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已撤回;这条走访保留在台账里,不再计数")
            return redirect("withdraw-visit", visit_id)
    visit = selectors.get_visit(actor=actor, visit_id=visit_id)
    shown = {
        "visit": visit,
        "problems": problems,
        "full": sees_people(actor),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "activities/withdraw_visit.html", shown, status=422 if problems else 200)


@require_GET
def show_visit_photo(request: HttpRequest, visit_id: int) -> HttpResponse:
    """The photo of a visit, for those who may see people."""
    actor = actor_of(request)
    visit = selectors.get_visit(actor=actor, visit_id=visit_id)
    if visit.photo is None or not sees_people(actor):
        raise NotFound
    return HttpResponse(files.read(visit.photo), content_type="image/jpeg")
