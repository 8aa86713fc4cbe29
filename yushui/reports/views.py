"""Reports: list, begin, preview, add to, file, download."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.reports import services
from yushui.reports.selectors import pages
from yushui.reports.selectors.documents import word_of, write_draft
from yushui.reports.selectors.reports import filed_word, get_report
from yushui.reports.selectors.reports import list_reports as reports_of


@require_GET
@login_required
def list_reports(request: HttpRequest) -> HttpResponse:
    """All reports of the actor's area."""
    actor = actor_of(request)
    page = page_of(reports_of(actor=actor), request)
    choices = pages.choices_for(actor=actor, on=clock.today())
    words = {"page": page, "lines": pages.show_lines(page.rows), "choices": choices}
    return render(request, "reports/list_reports.html", words)


@require_http_methods(["GET", "POST"])
@login_required
@for_holders("起草汇报", "reports.write")
def write_report(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    actor, today = actor_of(request), clock.today()
    asked = request.POST
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            report = services.write_report(
                actor=actor, area_code=asked.get("area", ""), year=year_of(asked.get("year", "")),
                outline_id=asked.get("outline", ""), on=today, at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            problems = refused.problems
        else:
            return redirect("show-report", report.pk)
    words = {"choices": pages.choices_for(actor=actor, on=today), "problems": problems, "asked": asked}
    return render(request, "reports/write_report.html", words, status=409 if problems else 200)


def year_of(text: str) -> int:
    """A year as typed."""
    if not (text.isdigit() and len(text) == 4):
        raise Refused(Problem("年度应是四位数字", where="年度"))
    return int(text)


@require_GET
@login_required
def show_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report in the browser; every figure opens its rows. `?check=rows` also compares the rows of a filed one."""
    return sheet_page(request, report_id)


def sheet_page(
    request: HttpRequest, report_id: int, problems: tuple[Problem, ...] = (), typed: dict[str, str] | None = None
) -> HttpResponse:
    """The preview, with the problems of a refused act and what was typed."""
    actor = actor_of(request)
    report = get_report(actor=actor, report_id=report_id)
    compare = request.GET.get("check") == "rows"
    sheet = pages.sheet_of(actor=actor, report=report, on=clock.today(), compare_rows=compare)
    words = {"sheet": sheet, "report": report, "problems": problems, "typed": typed or {}, "compared": compare}
    return render(request, "reports/show_report.html", words, status=409 if problems else 200)


@require_POST
@login_required
def add_paragraph(request: HttpRequest, report_id: int) -> HttpResponse:
    """Add a paragraph to a section of a draft."""
    typed = {"section": request.POST.get("section", ""), "text": request.POST.get("text", "")}
    try:
        services.add_paragraph(actor=actor_of(request), report_id=report_id, at=clock.now(), **typed)
    except Refused as refused:
        return sheet_page(request, report_id, refused.problems, typed)
    messages.success(request, "段落已加入。")
    return redirect("show-report", report_id)


@require_POST
@login_required
def file_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """File a draft."""
    try:
        services.file_report(actor=actor_of(request), report_id=report_id, on=clock.today(), at=clock.now())
    except Refused as refused:
        return sheet_page(request, report_id, refused.problems)
    messages.success(request, "汇报已定稿,数据和明细已经冻结。")
    return redirect("show-report", report_id)


@require_GET
@login_required
def download_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """The Word file: as filed, or of a draft as its facts stand today."""
    actor = actor_of(request)
    report = get_report(actor=actor, report_id=report_id)
    if report.filed_at is not None:
        return download(filed_word(actor=actor, report=report), f"{report.title}.docx", services.WORD)
    content = word_of(write_draft(actor=actor, report=report, on=clock.today()))
    return download(content, f"{report.title}(草稿).docx", services.WORD)
