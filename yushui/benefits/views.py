"""Pages of the month run, of an amount's explanation, of recoveries and of the values a place enters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.days import month_at, month_of, show_month_zh
from yushui.base.queries import whole_number
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import typed_yuan
from yushui.base.web import actor_of, page_of
from yushui.benefits.forms import InstalmentsForm, LocalValueForm, RecoveredForm, RunForm, WriteOffForm, claim_filters
from yushui.benefits.selectors import claims, explanations, orders, pages, recoveries, runs
from yushui.benefits.services import batches, holds, instalments, local_values, write_offs
from yushui.benefits.services import claims as claim_services
from yushui.benefits.services import orders as order_services
from yushui.benefits.services import recoveries as recovery_services
from yushui.benefits.types import CLAIM_STATES, VALUE_NAMES
from yushui.payments import selectors as payments
from yushui.policy.types import BENEFIT_NAMES, ONE_OFF


def runs_page(request: HttpRequest, problems: tuple[Problem, ...] = (), status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    page = page_of(runs.list_runs(actor=actor), request)
    around = pages.runs_page(actor=actor, newest=month_of(clock.today()) + 1, rows=page.rows)
    month = month_of(clock.today())
    return render(
        request,
        "benefits/list_runs.html",
        {**around, "page": page, "month": month, "problems": problems},
        status=status,
    )


@require_GET
def list_runs(request: HttpRequest) -> HttpResponse:
    return runs_page(request)


@require_POST
@for_holders("测算", "benefits.run")
def start_run(request: HttpRequest) -> HttpResponse:
    """Ask for a run; a page follows the work and opens the run when it is there."""
    actor = actor_of(request)
    form = RunForm(request.POST)
    if not form.is_valid():
        return runs_page(request, (Problem("月份应写成 2024-08", where="月份"),), 409)
    asked = form.cleaned_data
    try:
        order = order_services.order_run(
            actor=actor, area_code=asked["area"] or actor.area_code, month=asked["month"], at=clock.now()
        )
    except Refused as refused:
        return runs_page(request, refused.problems, 409)
    return redirect("show-run-order", order.pk)


@require_GET
def show_run_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """The progress of a run that is being made; the run itself once it is there."""
    waiting = orders.get_order(actor=actor_of(request), order_id=order_id)
    if waiting.order.run_id is not None:
        if waiting.order.ordered_by == actor_of(request).pk:
            messages.success(request, f"{show_month_zh(waiting.order.month)}已测算,请逐项核对后提交。")
        return redirect("show-run", waiting.order.run_id)
    return render(request, "benefits/show_run_order.html", {"waiting": waiting, "job": waiting.job})


@require_GET
def show_run(request: HttpRequest, run_id: int) -> HttpResponse:
    return render(request, "benefits/show_run.html", pages.run_page(actor=actor_of(request), run_id=run_id))


def refused_run(request: HttpRequest, run_id: int, refused: Refused) -> HttpResponse:
    page = pages.run_page(actor=actor_of(request), run_id=run_id)
    return render(request, "benefits/show_run.html", {**page, "problems": refused.problems}, status=409)


@require_POST
def submit_batch(request: HttpRequest, run_id: int) -> HttpResponse:
    try:
        batch = batches.submit_batch(actor=actor_of(request), run_id=run_id, at=clock.now())
    except Refused as refused:
        return refused_run(request, run_id, refused)
    messages.success(request, "已提交,等待复核。")
    return redirect("show-batch", batch.pk)


@require_POST
def open_recoveries(request: HttpRequest, run_id: int) -> HttpResponse:
    try:
        number = recovery_services.open_recoveries(actor=actor_of(request), run_id=run_id, at=clock.now())
    except Refused as refused:
        return refused_run(request, run_id, refused)
    messages.success(request, f"已登记 {number} 件追缴。")
    return redirect("list-recoveries")


@require_GET
def list_run_lines(request: HttpRequest, run_id: int) -> HttpResponse:
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("show", "benefit", "area", "name")}
    around = pages.lines_page(actor=actor, run_id=run_id)
    run = around["run"]
    if asked["show"] == "asked":
        page: Any = page_of(runs.list_questions(actor=actor, run=run), request)
        rows: list[Any] = pages.question_rows(page.rows)
    else:
        found = runs.list_run_lines(
            actor=actor, run=run, show=asked["show"], benefit=asked["benefit"], area_code=asked["area"][:12],
            name=asked["name"],
        )  # fmt: skip
        page = page_of(found, request)
        rows = runs.difference_rows(page.rows)
    title = pages.title_of(asked["show"])
    return render(
        request, "benefits/list_run_lines.html", {**around, "page": page, "rows": rows, "asked": asked, "title": title}
    )


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number of the address, or nothing."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def explanation_of(request: HttpRequest, person_id: int) -> explanations.Explanation:
    try:
        month = month_at(request.GET.get("month", ""))
    except ValueError:
        month = None
    return explanations.explain_line(
        actor=actor_of(request), person_id=person_id, run_id=number_in(request, "run"),
        batch_id=number_in(request, "batch"), month=month,
    )  # fmt: skip


@require_GET
def explain_line(request: HttpRequest, person_id: int) -> HttpResponse:
    """How an amount came about; a line of a one-off sum leads to what was asked for."""
    batch_id = number_in(request, "batch")
    if batch_id is not None:
        claim = claims.claim_in_batch(actor=actor_of(request), person_id=person_id, batch_id=batch_id)
        if claim is not None:
            return redirect("show-claim", claim.pk)
    return render(request, "benefits/explain_line.html", {"told": explanation_of(request, person_id)})


@require_GET
def print_explanation(request: HttpRequest, person_id: int) -> HttpResponse:
    told = explanation_of(request, person_id)
    return render(request, "benefits/print_explanation.html", {"told": told, "today": clock.today()})


@require_POST
def hold_person(request: HttpRequest, person_id: int) -> HttpResponse:
    holds.hold_person(
        actor=actor_of(request), person_id=person_id, reason=request.POST.get("reason", ""), at=clock.now()
    )
    messages.success(request, "已列入暂缓,重新测算后不再进入批次。")
    return redirect("explain-line", person_id)


@require_POST
def release_person(request: HttpRequest, person_id: int) -> HttpResponse:
    holds.release_person(actor=actor_of(request), person_id=person_id, at=clock.now())
    messages.success(request, "已解除暂缓,下次测算补上。")
    return redirect("explain-line", person_id)


@require_GET
def show_person_payments(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everything paid to a person, under whatever entry, and what is asked back."""
    actor = actor_of(request)
    page = page_of(payments.list_person_payments(actor=actor, person_id=person_id), request, 50)
    shown = pages.payments_page(actor=actor, person_id=person_id, lines=page.rows)
    return render(request, "benefits/show_person_payments.html", {**shown, "page": page})


@require_GET
def list_recoveries(request: HttpRequest) -> HttpResponse:
    closed = request.GET.get("closed") == "1"
    actor = actor_of(request)
    page = page_of(recoveries.list_recoveries(actor=actor, closed=closed), request)
    waiting = list(recoveries.list_write_offs(actor=actor, waiting=True)[:50])
    shown = {"page": page, "rows": pages.recovery_rows(page.rows), "closed": closed, "waiting": waiting}
    return render(request, "benefits/list_recoveries.html", {**shown, "may_recover": may(actor, "benefits.recover")})


@require_http_methods(["GET", "POST"])
@for_holders("登记追回", "benefits.recover")
def record_recovered(request: HttpRequest, recovery_id: int) -> HttpResponse:
    actor = actor_of(request)
    recovery = recoveries.get_recovery(actor=actor, recovery_id=recovery_id)
    form = RecoveredForm(request.POST or None, initial={"on": clock.today()})
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        try:
            recovery_services.record_recovered(
                actor=actor, recovery_id=recovery_id, at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已登记追回。")
            return redirect("list-recoveries")
    (row,) = pages.recovery_rows([recovery])
    status = 409 if problems else 200
    return render(
        request, "benefits/record_recovered.html", {"row": row, "form": form, "problems": problems}, status=status
    )


def recovery_page(request: HttpRequest, recovery_id: int, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """One case with its agreement and write-offs, and what is wrong with a step."""
    shown = pages.recovery_page(actor=actor_of(request), recovery_id=recovery_id, on=clock.today())
    status = 409 if problems else 200
    return render(request, "benefits/show_recovery.html", {**shown, "problems": problems}, status=status)


@require_GET
def show_recovery(request: HttpRequest, recovery_id: int) -> HttpResponse:
    return recovery_page(request, recovery_id)


@require_http_methods(["GET", "POST"])
@for_holders("申请核销", "benefits.recover")
def ask_write_off(request: HttpRequest, recovery_id: int) -> HttpResponse:
    recovery = recoveries.get_recovery(actor=actor_of(request), recovery_id=recovery_id)
    form = WriteOffForm(request.POST or None, initial={"fen": typed_yuan(recoveries.left_of(recovery))})
    act = partial(write_offs.ask_write_off, actor=actor_of(request), recovery_id=recovery_id, at=clock.now())
    return step_page(request, recovery, form, act, ("申请核销", "提交申请", "已申请核销,等待复核。"))


@require_http_methods(["GET", "POST"])
@for_holders("约定分期", "benefits.recover")
def agree_instalments(request: HttpRequest, recovery_id: int) -> HttpResponse:
    recovery = recoveries.get_recovery(actor=actor_of(request), recovery_id=recovery_id)
    form = InstalmentsForm(request.POST or None, initial={"first_on": clock.today(), "number": 6})
    act = partial(instalments.agree_instalments, actor=actor_of(request), recovery_id=recovery_id, at=clock.now())
    return step_page(request, recovery, form, act, ("约定分期退还", "保存约定", "已记下分期约定。"))


def step_page(
    request: HttpRequest, recovery: Any, form: Form, act: Callable[..., object], words: tuple[str, str, str]
) -> HttpResponse:
    """A form of one case (title, button, words when done): shown, refused with what was typed, or done."""
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, words[2])
            return redirect("show-recovery", recovery.pk)
    (row,) = pages.recovery_rows([recovery])
    shown = {"row": row, "form": form, "problems": problems, "title": words[0], "verb": words[1]}
    return render(request, "benefits/recovery_step.html", shown, status=409 if problems else 200)


@require_POST
@for_holders("办理核销", "benefits.review_write_off", "benefits.approve_write_off")
def decide_write_off(request: HttpRequest, write_off_id: int) -> HttpResponse:
    """The review or the approval of a write-off, or its refusal."""
    actor, agree = actor_of(request), request.POST.get("answer") == "agree"
    found = recoveries.recovery_of(actor=actor, write_off_id=write_off_id)
    try:
        row = write_offs.decide_write_off(
            actor=actor, write_off_id=write_off_id, agree=agree, opinion=request.POST.get("opinion", ""), at=clock.now()
        )
    except Refused as refused:
        return recovery_page(request, found, refused.problems)
    messages.success(request, f"已办理:{row.get_state_display()}")
    return redirect("show-recovery", found)


@require_GET
def list_claims(request: HttpRequest) -> HttpResponse:
    """One-off sums: what waits to be paid, and how the others stand."""
    return claims_page(request)


def claims_page(request: HttpRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """The list, with what stands against the batch that was asked for and what was ticked."""
    actor, filters = actor_of(request), claim_filters(request.GET)
    page = page_of(claims.list_claims(actor=actor, filters=filters), request, 50)
    ticked = set(request.POST.getlist("claim"))
    shown = {
        "page": page,
        "rows": pages.claim_rows(page.rows, ticked if request.method == "POST" else None),
        "filters": filters,
        "states": {"TO_PAY": "待发放", **CLAIM_STATES},
        "benefits": [(code, BENEFIT_NAMES[code]) for code in ONE_OFF],
        "may_submit": may(actor, "payments.submit"),
        "problems": problems,
    }
    return render(request, "benefits/list_claims.html", shown, status=409 if problems else 200)


@require_POST
@for_holders("提交发放批次", "payments.submit")
def submit_claims(request: HttpRequest) -> HttpResponse:
    """The ticked sums become a batch."""
    chosen = [number for text in request.POST.getlist("claim") if (number := whole_number(text)) is not None]
    try:
        batch = claim_services.submit_claims(actor=actor_of(request), claim_ids=chosen, at=clock.now())
    except Refused as refused:
        return claims_page(request, refused.problems)
    messages.success(request, "已提交,等待复核。")
    return redirect("show-batch", batch.pk)


@require_GET
def show_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """One sum: facts, law, how it was worked out, and its payments."""
    actor = actor_of(request)
    claim = claims.get_claim(actor=actor, claim_id=claim_id)
    return render(request, "benefits/show_claim.html", pages.claim_page(actor=actor, claim=claim))


@require_GET
def list_local_values(request: HttpRequest) -> HttpResponse:
    with_past = request.GET.get("past") == "1"
    page = page_of(recoveries.list_local_values(actor=actor_of(request), with_past=with_past), request)
    rows = pages.value_rows(page.rows)
    return render(request, "benefits/list_local_values.html", {"page": page, "rows": rows, "with_past": with_past})


@require_http_methods(["GET", "POST"])
def set_local_value(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    recoveries.need_value_setter(actor)
    form = LocalValueForm(request.POST) if request.method == "POST" else LocalValueForm.for_year(clock.today())
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            row = local_values.set_local_value(
                actor=actor, area_code=actor.area_code, at=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已录入 {row.year} 年{VALUE_NAMES[row.name]}。重新测算后生效。")
            return redirect("list-local-values")
    status = 409 if problems else 200
    return render(request, "benefits/set_local_value.html", {"form": form, "problems": problems}, status=status)
