"""What is done with a case: each a POST that leads back to its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import sent_with
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import actor_of
from yushui.cases import forms
from yushui.cases.permissions import may_reveal_phone
from yushui.cases.selectors import cases, entry
from yushui.cases.services import ends, phones, receptions, steps
from yushui.cases.views.cases import do_step

for_handlers = for_holders("办理办件", "cases.act")


@require_POST
@for_handlers
def take_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take it in hand."""
    revision = request.POST.get("revision", "")
    return do_step(
        request, case_id, "take",
        lambda: steps.take_case(actor=actor_of(request), case_id=case_id, revision=revision, at=clock.now()),
        "已认领,由您办理",
    )  # fmt: skip


@require_POST
@for_handlers
def decide_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """End the running step with one of its outcomes."""
    draft, sent = forms.act_draft(request.POST), sent_with(request.POST, request.FILES)
    return do_step(
        request, case_id, "decide",
        lambda: steps.decide_case(actor=actor_of(request), case_id=case_id, draft=draft, sent=sent, at=clock.now()),
        "已办理",
    )  # fmt: skip


@require_POST
@for_handlers
def note_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write down how it goes."""
    sent = sent_with(request.POST, request.FILES)
    return do_step(
        request, case_id, "note",
        lambda: steps.note_case(
            actor=actor_of(request), case_id=case_id, words=request.POST.get("words", ""), sent=sent,
            client_key=request.POST.get("client_key", ""), at=clock.now(),
        ),
        "已记下进展",
    )  # fmt: skip


@require_POST
@for_handlers
def transfer_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Hand it to another unit or office."""
    return do_step(
        request, case_id, "transfer",
        lambda: steps.transfer_case(
            actor=actor_of(request), case_id=case_id, unit_id=forms.chosen(request.POST.get("unit", "")),
            area_code=queries.area_of(request.POST, "office"), words=request.POST.get("words", ""),
            revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已转办;期限照原来的算",
    )  # fmt: skip


@require_POST
@for_handlers
def pause_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Stop the clock."""
    return do_step(
        request, case_id, "pause",
        lambda: steps.pause_case(
            actor=actor_of(request), case_id=case_id, reason=request.POST.get("reason", ""),
            words=request.POST.get("words", ""), revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已暂停计时",
    )  # fmt: skip


@require_POST
@for_handlers
def resume_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Start the clock again."""
    return do_step(
        request, case_id, "resume",
        lambda: steps.resume_case(
            actor=actor_of(request), case_id=case_id, words=request.POST.get("words", ""),
            revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已恢复计时,期限按停下的天数顺延",
    )  # fmt: skip


@require_POST
@for_handlers
def ask_extension(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask for further days."""
    return do_step(
        request, case_id, "ask",
        lambda: steps.ask_extension(
            actor=actor_of(request), case_id=case_id, days=request.POST.get("days", ""),
            words=request.POST.get("words", ""), revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已申请延期,等审批或领导批准",
    )  # fmt: skip


@require_POST
@for_handlers
def extend_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Approve further days."""
    return do_step(
        request, case_id, "extend",
        lambda: steps.extend_case(
            actor=actor_of(request), case_id=case_id, days=request.POST.get("days", ""),
            words=request.POST.get("words", ""), agrees=request.POST.get("verdict") != "NO",
            revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已答复延期申请",
    )  # fmt: skip


@require_POST
@for_handlers
def take_back_step(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take back one's own last step."""
    revision = request.POST.get("revision", "")
    return do_step(
        request, case_id, "take_back",
        lambda: steps.take_back_step(actor=actor_of(request), case_id=case_id, revision=revision, at=clock.now()),
        "已撤回,两步都留在办理过程里",
    )  # fmt: skip


@require_POST
@for_handlers
def reply_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Answer the asker."""
    return do_step(
        request, case_id, "reply",
        lambda: ends.reply_case(
            actor=actor_of(request), case_id=case_id, way=request.POST.get("way", ""),
            words=request.POST.get("words", ""), revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已登记答复",
    )  # fmt: skip


@require_POST
@for_handlers
def rate_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """What the asker says of it."""
    return do_step(
        request, case_id, "rate",
        lambda: ends.rate_case(
            actor=actor_of(request), case_id=case_id, rating=request.POST.get("rating", ""),
            words=request.POST.get("words", ""), revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已登记满意度",
    )  # fmt: skip


@require_POST
@for_handlers
def reopen_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Open it again."""
    return do_step(
        request, case_id, "reopen",
        lambda: ends.reopen_case(
            actor=actor_of(request), case_id=case_id, words=request.POST.get("words", ""),
            revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "已重新办理,期限从今天起算",
    )  # fmt: skip


@require_POST
@for_handlers
def aid_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write down help given."""
    draft = forms.aid_draft(request.POST)
    return do_step(
        request, case_id, "aid",
        lambda: ends.aid_case(actor=actor_of(request), case_id=case_id, draft=draft, at=clock.now()),
        "已登记帮扶",
    )  # fmt: skip


@require_POST
@for_handlers
def withdraw_aid(request: HttpRequest, case_id: int) -> HttpResponse:
    """Help written down by mistake."""
    aid_id = queries.whole_number(request.POST.get("aid", "")) or -1
    return do_step(
        request, case_id, "aid",
        lambda: ends.withdraw_aid(actor=actor_of(request), case_id=case_id, aid_id=aid_id, at=clock.now()),
        "已撤销这笔帮扶",
    )  # fmt: skip


@require_POST
@for_handlers
def plan_reception(request: HttpRequest, case_id: int) -> HttpResponse:
    """Appoint a leader's reception."""
    draft = forms.reception_draft(request.POST)
    return do_step(
        request, case_id, "reception",
        lambda: receptions.plan_reception(actor=actor_of(request), case_id=case_id, draft=draft, at=clock.now()),
        "已约定接访",
    )  # fmt: skip


@require_POST
@for_handlers
def hold_reception(request: HttpRequest, case_id: int) -> HttpResponse:
    """A reception was held, or fell out."""
    number = queries.whole_number(request.POST.get("reception", "")) or -1
    return do_step(
        request, case_id, "reception",
        lambda: receptions.hold_reception(
            actor=actor_of(request), case_id=case_id, reception_id=number, is_held=request.POST.get("held") == "1",
            words=request.POST.get("words", ""), at=clock.now(),
        ),
        "已登记接访情况",
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@for_handlers
def reveal_case_phone(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask what for; after a POST the number of who asks stands there once, neither in the address nor kept."""
    actor, on = actor_of(request), clock.today()
    case = cases.get_clear_case(actor=actor, case_id=case_id, on=on)
    if not may_reveal_phone(actor, case, on):
        raise NotFound
    purpose, number = request.POST.get("purpose", ""), None
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            number = phones.reveal_case_phone(actor=actor, case_id=case_id, purpose=purpose, at=clock.now())
        except Refused as refused:
            problems = refused.problems
    shown = {
        "case": case,
        "purpose": purpose,
        "number": number,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "cases/reveal_case_phone.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders("移交办件", "cases.open")
def hand_over_cases(request: HttpRequest) -> HttpResponse:
    """All open cases of a leaver to a colleague."""
    actor, on = actor_of(request), clock.today()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            count = ends.hand_over_cases(
                actor=actor, from_id=queries.whole_number(request.POST.get("from", "")) or -1,
                to_id=queries.whole_number(request.POST.get("to", "")) or -1, words=request.POST.get("words", ""),
                at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已移交 {count} 件")
            return redirect("list-cases")
    shown = {
        "holders": list(cases.holders_with_cases(actor=actor, on=on)),
        "colleagues": entry.colleagues(actor=actor),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": request.POST,
    }
    return render(request, "cases/hand_over_cases.html", shown, status=422 if problems else 200)
