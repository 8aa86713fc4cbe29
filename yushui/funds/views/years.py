"""A year of money: the page, its Word paper, its workbook; the uses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download
from yushui.funds.forms import money as forms
from yushui.funds.selectors import money, years
from yushui.funds.services import papers, uses

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def year_of(request: HttpRequest) -> int:
    """The year asked for, else this one."""
    return forms.year_in(request.GET.get("year", "")) or clock.today().year


@require_GET
def show_money_year(request: HttpRequest) -> HttpResponse:
    """Budget execution and the year by source and use."""
    on = clock.today()
    shown = {
        "sheet": years.year_sheet(actor=actor_of(request), year=year_of(request), on=on),
        "years": range(on.year + 1, on.year - 6, -1),
    }
    return render(request, "funds/show_money_year.html", shown)


@require_GET
def print_money_year(request: HttpRequest) -> HttpResponse:
    """The year as a Word paper."""
    year, on = year_of(request), clock.today()
    content = papers.print_year(actor=actor_of(request), year=year, on=on, at=clock.now())
    return download(content, f"{year}年双拥资金收支情况.docx", DOCX)


@require_GET
def download_money_year(request: HttpRequest) -> HttpResponse:
    """The year as a workbook with its entries."""
    year, on = year_of(request), clock.today()
    content = papers.export_year(actor=actor_of(request), year=year, on=on, at=clock.now())
    return download(content, f"{year}年双拥资金收支表.xlsx", XLSX)


@require_GET
def list_uses(request: HttpRequest) -> HttpResponse:
    """What money is spent on, and the form of one more."""
    return draw_uses(request)


def draw_uses(request: HttpRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """The list with everything that is wrong with a new one."""
    actor = actor_of(request)
    shown = {
        "uses": money.list_uses(actor=actor),
        "problems": problems,
        "name": request.POST.get("name", ""),
        "may_set": may(actor, "funds.set_use"),
    }
    return render(request, "funds/list_uses.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("设置资金用途", "funds.set_use")
def add_use(request: HttpRequest) -> HttpResponse:
    """A use of the county's own."""
    try:
        use = uses.add_use(actor=actor_of(request), name=request.POST.get("name", ""), at=clock.now())
    except Refused as refused:
        return draw_uses(request, refused.problems)
    messages.success(request, f"已新增用途:{use.name}")
    return redirect("list-uses")


@require_POST
@for_holders("设置资金用途", "funds.set_use")
def retire_use(request: HttpRequest, use_code: str) -> HttpResponse:
    """Out of the forms, or back."""
    use = uses.retire_use(actor=actor_of(request), use_code=use_code, at=clock.now())
    messages.success(request, f"{use.name}已停用" if use.retired else f"{use.name}已恢复使用")
    return redirect("list-uses")
