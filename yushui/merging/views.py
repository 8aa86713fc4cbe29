"""Pages of merging: pairs that may be one person, two entries side by side, a merge and its decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.merging import selectors, services
from yushui.merging.forms import merge_form
from yushui.merging.types import STATE_TONES, TAB_NAMES, State
from yushui.people.selectors import get_person

Problems = tuple[Problem, ...]


@require_GET
def list_merges(request: HttpRequest) -> HttpResponse:
    """What waits for confirmation, pairs that look like one person, what was done."""
    actor = actor_of(request)
    tab = request.GET.get("tab", "waiting")
    tab = tab if tab in TAB_NAMES else "waiting"
    page = page_of(selectors.list_merges(actor=actor, waiting=tab == "waiting"), request)
    shown = {
        "tab": tab,
        "tabs": TAB_NAMES.items(),
        "page": page,
        "pairs": selectors.open_pairs(actor=actor) if tab == "doubles" else [],
        "tones": STATE_TONES,
        "may_propose": may(actor, "merging.propose"),
    }
    return render(request, "merging/list_merges.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("提出并档", "merging.propose")
def find_double(request: HttpRequest, person_id: int) -> HttpResponse:
    """The other entry of a person, among those that look alike or by name or number; searched for by POST, so that no
    number stands in an address."""
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    words = request.POST.get("q", "").strip()[:40]
    found, problems = selectors.find_other(actor=actor, person=person, words=words, on=clock.today())
    shown = {"person": person, "found": found, "q": words, "problems": problems}
    return render(request, "merging/find_double.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("提出并档", "merging.propose")
def propose_merge(request: HttpRequest, kept_id: int, dropped_id: int) -> HttpResponse:
    """Two entries side by side; which facts hold is chosen one by one."""
    actor = actor_of(request)
    for person_id in (kept_id, dropped_id):
        get_person(actor=actor, person_id=person_id)
    if request.method == "GET":
        return compared(request, kept_id, dropped_id)
    form = merge_form(request.POST)
    try:
        merge = services.propose_merge(
            actor=actor, kept_id=kept_id, dropped_id=dropped_id, taken=form.taken, reason=form.reason, at=clock.now()
        )
    except Refused as refused:
        return compared(request, kept_id, dropped_id, problems=refused.problems)
    messages.success(request, "已提出并档;复核或审批人员确认后生效")
    return redirect("show-merge", merge.pk)


def compared(request: HttpRequest, kept_id: int, dropped_id: int, problems: Problems = ()) -> HttpResponse:
    """The comparison, with what was chosen and typed when it is refused."""
    actor, typed = actor_of(request), merge_form(request.POST)
    taken = typed.taken if request.method == "POST" else None
    pair = selectors.compare(actor=actor, kept_id=kept_id, dropped_id=dropped_id, on=clock.today(), taken=taken)
    shown = {
        "pair": pair,
        "problems": problems,
        "reason": typed.reason,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "merging/propose_merge.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("核对重复档案", "merging.propose")
def tell_apart(request: HttpRequest, kept_id: int, dropped_id: int) -> HttpResponse:
    """Two entries that look alike are two people."""
    reason = request.POST.get("reason", "")
    try:
        services.tell_apart(
            actor=actor_of(request), kept_id=kept_id, dropped_id=dropped_id, reason=reason, at=clock.now()
        )
    except Refused as refused:
        return compared(request, kept_id, dropped_id, problems=refused.problems)
    messages.success(request, "已记下:不是同一人")
    return redirect("list-merges")


@require_GET
def show_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    return merge_page(request, merge_id)


def merge_page(
    request: HttpRequest, merge_id: int, problems: Problems = (), typed: dict[str, str] | None = None
) -> HttpResponse:
    """One merge: while it waits both entries side by side, afterwards what it did."""
    actor = actor_of(request)
    merge = selectors.get_merge(actor=actor, merge_id=merge_id)
    waits = merge.state == State.ASKED
    pair = selectors.pair_of(actor=actor, merge=merge, on=clock.today()) if waits else None
    shown: dict[str, Any] = {
        "merge": merge,
        "pair": pair,
        "tone": STATE_TONES[merge.state],
        "picked": selectors.picked_labels(merge),
        "moved": selectors.moved_words(merge),
        "may_decide": waits and may(actor, "merging.decide") and actor.pk != merge.asked_by,
        "may_withdraw": waits and actor.pk == merge.asked_by,
        "may_undo": merge.state == State.DONE and may(actor, "merging.decide"),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": typed or {},
    }
    return render(request, "merging/show_merge.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("确认并档", "merging.decide")
def decide_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Confirm or refuse."""
    agrees, opinion = request.POST.get("answer") == "agree", request.POST.get("opinion", "")
    try:
        services.decide_merge(
            actor=actor_of(request), merge_id=merge_id, agrees=agrees, opinion=opinion, at=clock.now()
        )
    except Refused as refused:
        return merge_page(request, merge_id, refused.problems, {"opinion": opinion})
    messages.success(request, "已并档" if agrees else "已退回,经办会看到原因")
    return redirect("show-merge", merge_id)


@require_POST
@for_holders("撤回并档", "merging.propose")
def withdraw_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Who asked takes it back."""
    services.withdraw_merge(actor=actor_of(request), merge_id=merge_id, at=clock.now())
    messages.success(request, "已撤回")
    return redirect("show-merge", merge_id)


@require_POST
@for_holders("拆回并档", "merging.decide")
def undo_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Two entries again."""
    reason = request.POST.get("reason", "")
    try:
        services.undo_merge(actor=actor_of(request), merge_id=merge_id, reason=reason, at=clock.now())
    except Refused as refused:
        return merge_page(request, merge_id, refused.problems, {"reason": reason})
    messages.success(request, "已拆回,两份档案恢复原样")
    return redirect("show-merge", merge_id)
