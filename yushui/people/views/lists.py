"""The list of people, its search, and its export."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.people import selectors, types
from yushui.people.forms import FILTER_NAMES, filters_from, search_query
from yushui.people.selectors.choices import search_choices
from yushui.people.services import exports

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MORE_FILTERS = frozenset(FILTER_NAMES) - {"text", "area", "kind", "state", "life"}


@require_http_methods(["GET", "POST"])
@for_holders("查看人员", "people.view")
def list_people(request: HttpRequest) -> HttpResponse:
    """People by filter. The search is sent by POST and answered by an address without any personal number."""
    if request.method == "POST":
        return redirect(f"{reverse('list-people')}?{urlencode(search_query(request.POST))}")
    actor, on = actor_of(request), clock.today()
    filters = filters_from(request.GET, on=on)
    rows = selectors.list_people(actor=actor, filters=filters).only(*selectors.LIST_COLUMNS)
    page, choices = page_of(rows, request), search_choices(actor=actor)
    return render(
        request,
        "people/list_people.html",
        {
            "page": page,
            "lines": selectors.rows_of(page.rows, on=on),
            "filters": filters,
            "person_at": reverse("show-person", args=[0]).removesuffix("0/"),
            "gap_name": types.GAP_NAMES.get(filters.gap, ""),
            "is_narrowed": bool(set(request.GET) & MORE_FILTERS),
            "areas": choices.areas,
            "users": choices.users,
            "may_change": may(actor, "people.change"),
            "may_confirm": may(actor, "people.confirm"),
            "may_reveal": may(actor, "people.reveal_number"),
            **names_of_codes(),
        },
    )


def names_of_codes() -> dict[str, object]:
    """The drop-downs of the search area."""
    return {
        "kinds": types.KIND_NAMES,
        "states": types.STATE_NAMES,
        "hardships": types.HARDSHIP_NAMES,
        "gaps": types.GAP_NAMES,
        "lives": types.LIFE_NAMES,
        "ages": types.TURNING_AGES,
    }


@require_POST
def export_people(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook, for a stated purpose; with whole numbers it becomes a request to somebody."""
    asked = {
        "actor": actor_of(request),
        "filters": filters_from(request.GET, on=clock.today()),
        "purpose": request.POST.get("purpose", ""),
        "at": clock.now(),
    }
    if request.POST.get("in_full") == "yes":
        exports.ask_export(**asked, query=request.GET.urlencode())
        messages.success(request, "已提出申请;复核或审批人员同意后,在这里下载")
        return redirect("list-exports")
    return download(exports.export_people(**asked), f"人员名单 {clock.today():%Y-%m-%d}.xlsx", XLSX)


@require_GET
def list_exports(request: HttpRequest) -> HttpResponse:
    """导出申请: the own ones, and those to decide."""
    return show_exports(request, ())


def show_exports(request: HttpRequest, problems: tuple[Problem, ...]) -> HttpResponse:
    """The list of requests, with what is wrong with a decision."""
    actor = actor_of(request)
    shown = {
        "page": page_of(selectors.list_exports(actor=actor), request),
        "problems": problems,
        "may_decide": may(actor, "people.approve_export"),
        "actor_id": actor.pk,
    }
    return render(request, "people/list_exports.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("审批导出", "people.approve_export")
def decide_export(request: HttpRequest, export_id: int) -> HttpResponse:
    """Allow or refuse a request."""
    approve = request.POST.get("answer") == "approve"
    opinion = request.POST.get("opinion", "")
    try:
        exports.decide_export(
            actor=actor_of(request), export_id=export_id, approve=approve, opinion=opinion, at=clock.now()
        )
    except Refused as refused:
        return show_exports(request, refused.problems)
    messages.success(request, "已同意" if approve else "已退回,申请人会看到原因")
    return redirect("list-exports")


@require_POST
@for_holders("导出完整号码", "people.reveal_number")
def take_export(request: HttpRequest, export_id: int) -> HttpResponse:
    """The workbook that was allowed."""
    actor = actor_of(request)
    asked = QueryDict(selectors.get_export(actor=actor, export_id=export_id).query)
    filters = filters_from(asked, on=clock.today())
    content = exports.take_export(actor=actor, export_id=export_id, filters=filters, at=clock.now())
    return download(content, f"人员名单 {clock.today():%Y-%m-%d}.xlsx", XLSX)
