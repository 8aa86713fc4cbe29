"""Pages of funds: the list, one fund with its ledger, money in and out, the year."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import typed_yuan
from yushui.base.web import actor_of, page_of
from yushui.funds.forms import money as forms
from yushui.funds.selectors import care
from yushui.funds.selectors import money as selectors
from yushui.funds.services import money as services
from yushui.funds.services import overdrafts
from yushui.funds.types.money import FUND_NAMES, SIDE_NAMES, SOURCE_NAMES, EntryDraft, FundDraft
from yushui.places.selectors.areas import areas_to_choose

Problems = tuple[Problem, ...]
SPEND = ("登记收支", "funds.spend")


@require_GET
def list_funds(request: HttpRequest) -> HttpResponse:
    """Funds with what came in, went out and is left."""
    actor, on = actor_of(request), clock.today()
    filters = forms.fund_filters(request.GET)
    shown = {
        "page": page_of(selectors.list_funds(actor=actor, filters=filters), request),
        "filters": filters,
        "years": range(on.year + 1, on.year - 6, -1),
        "kinds": FUND_NAMES.items(),
        "sources": SOURCE_NAMES.items(),
        "states": selectors.STATE_NAMES.items(),
        "uses": selectors.uses_for(actor.area_code),
        "may_open": may(actor, "funds.open"),
        "may_approve": may(actor, "funds.approve"),
        "waiting": care.count_waiting(actor=actor),
        "overdrafts": selectors.overdrafts_asked(actor=actor) if may(actor, "funds.approve") else [],
    }
    return render(request, "funds/list_funds.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设立资金", "funds.open")
def open_fund(request: HttpRequest) -> HttpResponse:
    """The form of a new fund."""
    if request.method == "GET":
        kind = request.GET.get("kind", "BUDGET")
        source = "LOCAL" if kind == "BUDGET" else "DONATION"
        draft = FundDraft(kind=kind, source=source, year=str(clock.today().year), client_key=queries.new_key())
        return fund_form(request, draft, ())
    draft = forms.fund_draft(request.POST)
    try:
        fund = services.open_fund(actor=actor_of(request), draft=draft, at=clock.now())
    except Refused as refused:
        return fund_form(request, draft, refused.problems)
    messages.success(request, f"已设立:{fund.name}")
    return redirect("show-fund", fund.pk)


def fund_form(request: HttpRequest, draft: FundDraft, problems: Problems) -> HttpResponse:
    """The form with everything that is wrong."""
    actor = actor_of(request)
    shown = {
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "kinds": FUND_NAMES.items(),
        "sources": SOURCE_NAMES.items(),
        "uses": selectors.uses_for(actor.area_code),
        "areas": areas_to_choose(actor=actor),
    }
    return render(request, "funds/open_fund.html", shown, status=422 if problems else 200)


@require_GET
def show_fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    """One fund with its ledger."""
    return draw_fund(request, fund_id)


def draw_fund(request: HttpRequest, fund_id: int, problems: Problems = (), form: str = "") -> HttpResponse:
    """The page of a fund; `form` names the form that was refused and keeps what was typed."""
    actor, on = actor_of(request), clock.today()
    sheet = selectors.fund_sheet(actor=actor, fund_id=fund_id, on=on)
    shown = {
        "sheet": sheet,
        "fund": sheet.fund,
        "page": page_of(selectors.ledger_of(actor=actor, fund=sheet.fund), request, 50),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "form": form,
        "typed": request.POST if form else {},
        "client_key": request.POST.get("client_key") or queries.new_key(),
        "planned": typed_yuan(sheet.fund.planned_fen),
        "may_open": may(actor, "funds.open"),
        "may_spend": may(actor, "funds.spend"),
        "may_approve": may(actor, "funds.approve"),
        "me": actor.pk,
        "named": may(actor, "people.view"),
        "on": on,
    }
    return render(request, "funds/show_fund.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("设立资金", "funds.open")
def change_fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Correct name, note, budget figure."""
    sent = request.POST
    try:
        services.change_fund(
            actor=actor_of(request), fund_id=fund_id, name=sent.get("name", ""), note=sent.get("note", ""),
            planned=sent.get("planned", ""), revision=sent.get("revision", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return draw_fund(request, fund_id, refused.problems, "change")
    messages.success(request, "已保存")
    return redirect("show-fund", fund_id)


@require_POST
@for_holders("设立资金", "funds.open")
def close_fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    """A fund takes no more entries."""
    try:
        services.close_fund(actor=actor_of(request), fund_id=fund_id, at=clock.now())
    except Refused as refused:
        return draw_fund(request, fund_id, refused.problems, "close")
    messages.success(request, "已停用,收支明细保留")
    return redirect("show-fund", fund_id)


@require_http_methods(["GET", "POST"])
@for_holders(*SPEND)
def record_income(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Money that came in."""
    return entry_page(request, fund_id, "IN")


@require_http_methods(["GET", "POST"])
@for_holders(*SPEND)
def record_spending(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Money that went out."""
    return entry_page(request, fund_id, "OUT")


def entry_page(request: HttpRequest, fund_id: int, side: str) -> HttpResponse:
    """The form of money in or out; after saving, the ledger or the next one."""
    actor, on = actor_of(request), clock.today()
    if request.method == "GET":
        return entry_form(request, fund_id, side, EntryDraft(on=on.isoformat(), client_key=queries.new_key()), ())
    draft = forms.entry_draft(request.POST)
    verb = services.record_income if side == "IN" else services.record_spending
    try:
        entry = verb(
            actor=actor, fund_id=fund_id, draft=draft, sent=sent_with(request.POST, request.FILES), at=clock.now()
        )
    except Refused as refused:
        return entry_form(request, fund_id, side, draft, refused.problems)
    messages.success(request, f"已登记{SIDE_NAMES[side]} {typed_yuan(abs(entry.fen))} 元:{entry.words}")
    if request.POST.get("more"):
        return redirect("record-income" if side == "IN" else "record-spending", fund_id)
    return redirect("show-fund", fund_id)


def entry_form(request: HttpRequest, fund_id: int, side: str, draft: EntryDraft, problems: Problems) -> HttpResponse:
    """The form with everything that is wrong and what is free today."""
    actor, on = actor_of(request), clock.today()
    sheet = selectors.fund_sheet(actor=actor, fund_id=fund_id, on=on)
    usual = replace(draft, use=draft.use or sheet.fund.use_id or "")
    shown = {
        "sheet": sheet,
        "fund": sheet.fund,
        "side": side,
        "draft": usual,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "uses": selectors.uses_for(sheet.fund.area_id),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
        "on": on,
    }
    return render(request, "funds/record_entry.html", shown, status=422 if problems else 200)


@require_GET
def list_entries(request: HttpRequest) -> HttpResponse:
    """Entries of all funds, with the sums of what is shown."""
    actor = actor_of(request)
    filters = forms.entry_filters(request.GET)
    rows = selectors.list_entries(actor=actor, filters=filters)
    shown = {
        "page": page_of(rows, request, 50),
        "sums": selectors.sums_of(rows),
        "filters": filters,
        "sides": SIDE_NAMES.items(),
        "sources": SOURCE_NAMES.items(),
        "kinds": FUND_NAMES.items(),
        "uses": selectors.uses_for(actor.area_code),
        "named": may(actor, "people.view"),
        "fund": selectors.get_fund(actor=actor, fund_id=filters.fund_id) if filters.fund_id is not None else None,
    }
    return render(request, "funds/list_entries.html", shown)


@require_GET
def show_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry in full."""
    return draw_entry(request, entry_id)


def draw_entry(request: HttpRequest, entry_id: int, problems: Problems = ()) -> HttpResponse:
    """The page of an entry, with what is wrong with taking it back."""
    actor = actor_of(request)
    entry = selectors.get_entry(actor=actor, entry_id=entry_id)
    is_live = entry.reverses_id is None and not hasattr(entry, "reversal")
    shown = {
        "entry": entry,
        "pieces": entry.evidence.filter(withdrawn_at=None).select_related("file"),
        "problems": problems,
        "reason": request.POST.get("reason", ""),
        "may_reverse": is_live and entry.fund.closed_at is None and may(actor, "funds.spend"),
        "named": may(actor, "people.view"),
    }
    return render(request, "funds/show_entry.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*SPEND)
def reverse_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take a mistake back by a row."""
    try:
        row = services.reverse_entry(
            actor=actor_of(request), entry_id=entry_id, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        return draw_entry(request, entry_id, refused.problems)
    messages.success(request, "已冲销;要改正的,请重新登记正确的一笔")
    return redirect("show-fund", row.fund_id)


@require_GET
def show_voucher(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """The scan of a voucher."""
    return respond(selectors.get_voucher(actor=actor_of(request), voucher_id=voucher_id))


@require_POST
@for_holders(*SPEND)
def ask_overdraft(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Ask that the fund may go below zero."""
    try:
        overdrafts.ask_overdraft(
            actor=actor_of(request), fund_id=fund_id, draft=forms.overdraft_draft(request.POST), at=clock.now()
        )
    except Refused as refused:
        return draw_fund(request, fund_id, refused.problems, "overdraft")
    messages.success(request, "已提交超支申请,等另一位同事审批")
    return redirect("show-fund", fund_id)


@require_POST
@for_holders("审批超支", "funds.approve")
def decide_overdraft(request: HttpRequest, overdraft_id: int) -> HttpResponse:
    """Grant, refuse or take back."""
    actor, sent = actor_of(request), request.POST
    fund_id = selectors.fund_of_overdraft(actor=actor, overdraft_id=overdraft_id)
    try:
        overdrafts.decide_overdraft(
            actor=actor, overdraft_id=overdraft_id, verdict=sent.get("verdict", ""), words=sent.get("words", ""),
            at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return draw_fund(request, fund_id, refused.problems, "decide")
    messages.success(request, "已办理")
    return redirect("show-fund", fund_id)
