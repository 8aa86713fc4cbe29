"""Pages of payment: a batch and its steps, bank file and return, the queue of refused payments."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.payments import selectors
from yushui.payments.selectors import failed, pages
from yushui.payments.services import bank_files, batches, returns, rosters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def list_batches(request: HttpRequest) -> HttpResponse:
    with_history = request.GET.get("history") == "1"
    state = request.GET.get("state", "")[:10]
    rows = selectors.list_batches(actor=actor_of(request), with_history=with_history, state=state)
    return render(
        request,
        "payments/list_batches.html",
        {
            "page": page_of(rows, request),
            "with_history": with_history,
            "state": state,
            "states": selectors.BATCH_STATES,
        },
    )


@require_GET
def show_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return render(request, "payments/show_batch.html", pages.batch_page(actor=actor_of(request), batch_id=batch_id))


@require_GET
def list_roster(request: HttpRequest, batch_id: int) -> HttpResponse:
    actor = actor_of(request)
    asked = {"area_code": request.GET.get("area", "")[:12], "result": request.GET.get("result", "")[:10]}
    page = page_of(pages.list_roster(actor=actor, batch_id=batch_id, **asked), request)
    around = pages.roster_page(actor=actor, batch_id=batch_id)
    rows = pages.roster_rows(page.rows)
    return render(request, "payments/list_roster.html", {**around, "page": page, "rows": rows, "asked": asked})


@require_GET
def print_roster(request: HttpRequest, batch_id: int) -> HttpResponse:
    page = pages.printed_roster(actor=actor_of(request), batch_id=batch_id, area_code=request.GET.get("area", "")[:12])
    return render(request, "payments/print_roster.html", page)


@require_POST
def download_roster(request: HttpRequest, batch_id: int) -> HttpResponse:
    content, name = rosters.download_roster(
        actor=actor_of(request), batch_id=batch_id, purpose=request.POST.get("purpose", ""), at=clock.now()
    )
    return download(content, name, XLSX)


def stepped(request: HttpRequest, batch_id: int, step: Callable[..., object], done: str) -> HttpResponse:
    """Take a step; a refusal is shown on the batch's own page, so nothing on the screen is lost."""
    try:
        step(actor=actor_of(request), batch_id=batch_id, at=clock.now())
    except Refused as refused:
        page = pages.batch_page(actor=actor_of(request), batch_id=batch_id)
        return render(request, "payments/show_batch.html", {**page, "problems": refused.problems}, status=409)
    messages.success(request, done)
    return redirect("show-batch", batch_id)


@require_POST
@for_holders("提交", "payments.submit")
def submit_again(request: HttpRequest, batch_id: int) -> HttpResponse:
    return stepped(request, batch_id, batches.submit_again, "已重新提交,等待复核。")


@require_POST
@for_holders("撤回", "payments.submit")
def take_back_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return stepped(request, batch_id, batches.take_back_batch, "已撤回,可以作废后重新测算。")


@require_POST
@for_holders("复核", "payments.review")
def review_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return stepped(request, batch_id, batches.review_batch, "复核通过,等待审批。")


@require_POST
@for_holders("审批", "payments.approve")
def approve_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return stepped(request, batch_id, batches.approve_batch, "审批通过,可以生成银行文件。")


@require_POST
@for_holders("作废", "payments.submit")
def withdraw_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return stepped(request, batch_id, batches.withdraw_batch, "本批已作废,其中的月份下次测算时重新计入应发。")


@require_http_methods(["GET", "POST"])
@for_holders("退回", "payments.review", "payments.approve", "payments.send")
def send_back_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    actor = actor_of(request)
    reason = request.POST.get("reason", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            batches.send_back_batch(actor=actor, batch_id=batch_id, reason=reason, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已退回提交人。")
            return redirect("show-batch", batch_id)
    page = pages.batch_page(actor=actor, batch_id=batch_id)
    status = 409 if problems else 200
    return render(
        request, "payments/send_back_batch.html", {**page, "reason": reason, "problems": problems}, status=status
    )


@require_http_methods(["GET", "POST"])
def make_bank_file(request: HttpRequest, batch_id: int) -> HttpResponse:
    actor = actor_of(request)
    chosen = request.POST.get("profile", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            bank_files.make_bank_file(
                actor=actor, batch_id=batch_id, profile_key=chosen, at=clock.now(),
                rare_agreed=request.POST.get("rare_agreed") == "yes",
            )  # fmt: skip
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "银行文件已生成,请下载后交银行;收到回单后在本页导入。")
            return redirect("show-batch", batch_id)
    page = pages.file_choices(actor=actor, batch_id=batch_id)
    status = 409 if problems else 200
    return render(
        request, "payments/make_bank_file.html", {**page, "chosen": chosen, "problems": problems}, status=status
    )


@require_POST
def download_bank_file(request: HttpRequest, batch_id: int) -> HttpResponse:
    content, name = bank_files.take_bank_file(actor=actor_of(request), batch_id=batch_id, at=clock.now())
    return download(content, name, bank_files.MEDIA_TYPE)


@require_http_methods(["GET", "POST"])
def take_return(request: HttpRequest, batch_id: int) -> HttpResponse:
    actor = actor_of(request)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise Refused(Problem("没有选择文件", where="回单文件", next_step="请选择银行给的回单文件"))
            returns.take_return(
                actor=actor, batch_id=batch_id, content=sent.read(), name=sent.name or "回单", at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "回单已导入,每一笔都有了结果。")
            return redirect("show-batch", batch_id)
    page = pages.return_page(actor=actor, batch_id=batch_id)
    status = 409 if problems else 200
    return render(request, "payments/take_return.html", {**page, "problems": problems}, status=status)


@require_GET
def list_return_rows(request: HttpRequest, batch_id: int) -> HttpResponse:
    actor = actor_of(request)
    outcome = request.GET.get("outcome", "")[:8]
    rows = pages.list_return_rows(actor=actor, batch_id=batch_id, outcome=outcome)
    return render(
        request,
        "payments/list_return_rows.html",
        {"page": page_of(rows, request), "batch_id": batch_id, "outcome": outcome, "classes": pages.RETURN_CLASSES},
    )


@require_GET
def list_failed(request: HttpRequest) -> HttpResponse:
    return render(request, "payments/list_failed.html", {"rows": failed.list_failed(actor=actor_of(request))})
