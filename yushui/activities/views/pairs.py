"""Pages of agreements between units: the list with those that sleep, one in full, its verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors import areas, units
from yushui.activities.selectors import pairs as selectors
from yushui.activities.services import pairs as services
from yushui.activities.types import PAIR_STATES, SLEEP_CHOICES, PairDraft
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of

KEEPS = ("登记共建与结对", "activities.pair")
MOST_ROWS = 200


@require_GET
def list_pairs(request: HttpRequest) -> HttpResponse:
    """共建对子: all of an area with the day of their last common activity; the tab of those that sleep."""
    actor = actor_of(request)
    filters = forms.pair_filters(request.GET)
    board = selectors.pair_board(actor=actor, filters=filters, on=clock.today())
    shown = {
        "filters": filters,
        "board": board,
        "rows": board.rows[:MOST_ROWS],
        "more": len(board.rows) - MOST_ROWS,
        "areas": areas.list_areas_below(actor=actor),
        "months": SLEEP_CHOICES,
        "may_pair": may(actor, "activities.pair"),
    }
    return render(request, "activities/list_pairs.html", shown)


@require_GET
def show_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """One agreement: its two units, term, scans, what they did together."""
    return show_one(request, pair_id, ())


def show_one(request: HttpRequest, pair_id: int, problems: tuple[Problem, ...]) -> HttpResponse:
    """One agreement, with what is wrong with a verb tried on this page; what was typed stays."""
    actor = actor_of(request)
    sheet = selectors.pair_sheet(actor=actor, pair_id=pair_id, on=clock.today())
    shown = {
        "sheet": sheet,
        "pair": sheet.pair,
        "renewals": sheet.pair.renewals.order_by("id"),
        "problems": problems,
        "typed": request.POST,
        "today": clock.today().isoformat(),
        "states": PAIR_STATES,
        "may_pair": may(actor, "activities.pair"),
    }
    return render(request, "activities/show_pair.html", shown, status=422 if problems else 200)


@require_GET
def show_pair_file(request: HttpRequest, pair_piece_id: int) -> HttpResponse:
    """A scan of an agreement."""
    return respond(selectors.get_pair_piece(actor=actor_of(request), piece_id=pair_piece_id))


@require_http_methods(["GET", "POST"])
@for_holders(*KEEPS)
def add_pair(request: HttpRequest) -> HttpResponse:
    """The form of a new agreement."""
    actor = actor_of(request)
    if request.method == "GET":
        draft = PairDraft(area_code=actor.area_code, client_key=queries.new_key())
        return pair_form(request, draft, ())
    draft = forms.pair_draft(request.POST)
    try:
        pair = services.add_pair(
            actor=actor, draft=draft, sent=sent_with(request.POST, request.FILES), at=clock.now()
        )  # fmt: skip
    except Refused as refused:
        return pair_form(request, draft, refused.problems)
    messages.success(request, f"已登记:{pair.unit_name}与{pair.other_name}结对")
    return redirect("show-pair", pair.pk)


@require_http_methods(["GET", "POST"])
@for_holders(*KEEPS)
def change_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Correct an agreement, or add its scan."""
    actor = actor_of(request)
    pair = selectors.get_pair(actor=actor, pair_id=pair_id)
    if request.method == "GET":
        return pair_form(request, selectors.pair_as_typed(pair), (), pair_id, str(pair.revision))
    draft, revision = forms.pair_draft(request.POST), request.POST.get("revision", "")
    try:
        services.change_pair(
            actor=actor, pair_id=pair_id, draft=draft, revision=revision, sent=sent_with(request.POST, request.FILES),
            at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return pair_form(request, replace(draft, client_key=""), refused.problems, pair_id, revision)
    messages.success(request, "已保存")
    return redirect("show-pair", pair_id)


def pair_form(
    request: HttpRequest,
    draft: PairDraft,
    problems: tuple[Problem, ...],
    pair_id: int | None = None,
    revision: str = "",
) -> HttpResponse:
    """The form with everything that is wrong."""
    actor = actor_of(request)
    shown = {
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "pair_id": pair_id,
        "revision": revision,
        "areas": areas.list_choices(actor=actor),
        "units": units.list_hosts(actor=actor),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
    }
    return render(request, "activities/pair_form.html", shown, status=422 if problems else 200)


def tried(request: HttpRequest, pair_id: int, act: Callable[[], object], done: str) -> HttpResponse:
    """A verb of the page of one agreement: done, or the page again with everything that is wrong."""
    try:
        act()
    except Refused as refused:
        return show_one(request, pair_id, refused.problems)
    messages.success(request, done)
    return redirect("show-pair", pair_id)


@require_POST
@for_holders(*KEEPS)
def renew_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Let an agreement run longer."""
    typed = request.POST
    return tried(
        request, pair_id,
        lambda: services.renew_pair(
            actor=actor_of(request), pair_id=pair_id, last_day=typed.get("last_day", ""), note=typed.get("note", ""),
            revision=typed.get("revision", ""), at=clock.now(),
        ),
        "已续签",
    )  # fmt: skip


@require_POST
@for_holders(*KEEPS)
def end_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """End an agreement, with the reason."""
    typed = request.POST
    return tried(
        request, pair_id,
        lambda: services.end_pair(
            actor=actor_of(request), pair_id=pair_id, on=typed.get("ended_on", ""), reason=typed.get("reason", ""),
            revision=typed.get("revision", ""), at=clock.now(),
        ),
        "已结束;协议和以往的共建活动都保留",
    )  # fmt: skip


@require_POST
@for_holders(*KEEPS)
def link_activity(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Count an activity for this agreement by hand, or no longer."""
    linked = request.POST.get("off") != "1"
    activity_id = queries.whole_number(request.POST.get("activity", ""))
    if activity_id is None:
        problem = Problem("没有选活动", where="活动", next_step="请从列表里选一条")
        return show_one(request, pair_id, (problem,))
    return tried(
        request, pair_id,
        lambda: services.link_activity(
            actor=actor_of(request), pair_id=pair_id, activity_id=activity_id, linked=linked, at=clock.now()
        ),
        "已计入这份协议" if linked else "不再计入这份协议",
    )  # fmt: skip
