"""Pages of the archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.archive import forms, selectors, services
from yushui.archive.types import KEEP_NAMES, BoxDraft
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of

FILE = ("整理档案", "archive.file")
FEW_GAPS, MOST_GAPS = 10, 500  # of each sort beside the others; of one sort alone
Found = tuple[Problem, ...]


@require_GET
def list_boxes(request: HttpRequest) -> HttpResponse:
    """Files with and without a place, and the boxes of a year."""
    actor, today = actor_of(request), clock.today()
    year = queries.year_of(request.GET.get("year", ""), today.year)
    piles = selectors.piles_for(actor)
    page = page_of(selectors.list_boxes(actor=actor, year=year), request)
    overview = selectors.overview(actor=actor, year=year)
    shown = {
        "piles": overview,
        "empty": [pile.title for pile in overview if not pile.files],
        "page": page,
        "lines": [(box, piles[box.pile].title if box.pile in piles else "") for box in page.rows],
        "year": year,
        "years": range(today.year, today.year - 9, -1),
        "may_file": may(actor, "archive.file"),
    }
    return render(request, "archive/list_boxes.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders(*FILE)
def open_box(request: HttpRequest) -> HttpResponse:
    """The form of a box."""
    actor, today = actor_of(request), clock.today()
    draft = BoxDraft(
        year=str(queries.year_of(request.GET.get("year", ""), today.year)),
        pile=request.GET.get("pile", "")[:20],
        keep="Y30",
        client_key=queries.new_key(),
    )
    problems: Found = ()
    if request.method == "POST":
        draft = forms.box_draft(request.POST)
        try:
            box = services.open_box(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已开盒:{box.number:03d} {box.title}")
            return redirect("show-box", box.pk)
    shown = {
        "draft": draft, "problems": problems, "bad": {p.where for p in problems}, "keeps": KEEP_NAMES,
        "piles": [(code, pile.title) for code, pile in selectors.piles_for(actor).items()],
    }  # fmt: skip
    return render(request, "archive/open_box.html", shown, status=422 if problems else 200)


@require_GET
def show_box(request: HttpRequest, box_id: int) -> HttpResponse:
    """One box with what lies in it."""
    return box_page(request, box_id, ())


def box_page(request: HttpRequest, box_id: int, problems: Found) -> HttpResponse:
    """One box, with what is wrong with an act on it."""
    actor = actor_of(request)
    box = selectors.get_box(actor=actor, box_id=box_id)
    shown = {
        "box": box,
        "pile": selectors.PILES[box.pile],
        "page": page_of(selectors.items_of(box), request, 50),
        "without": selectors.unplaced(actor=actor, code=box.pile, year=box.year).count(),
        "problems": problems,
        "purpose": request.POST.get("purpose", ""),
        "may_file": may(actor, "archive.file"),
    }
    return render(request, "archive/show_box.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*FILE)
def fill_box(request: HttpRequest, box_id: int) -> HttpResponse:
    """Give a place to the files that have none."""
    try:
        count = services.fill_box(actor=actor_of(request), box_id=box_id, at=clock.now())
    except Refused as refused:
        return box_page(request, box_id, refused.problems)
    messages.success(request, f"已归档 {count} 件")
    return redirect("show-box", box_id)


@require_POST
@for_holders("申请导出档案", "archive.file")
def ask_archive_export(request: HttpRequest, box_id: int) -> HttpResponse:
    """Ask to take the box out."""
    try:
        services.ask_archive_export(
            actor=actor_of(request), box_id=box_id, purpose=request.POST.get("purpose", ""), at=clock.now()
        )
    except Refused as refused:
        return box_page(request, box_id, refused.problems)
    messages.success(request, "已提出导出申请,同意后可以下载")
    return redirect("list-archive-exports")


@require_GET
def list_missing_scans(request: HttpRequest) -> HttpResponse:
    """What lacks its scan or photo."""
    actor, today = actor_of(request), clock.today()
    year = queries.year_of(request.GET.get("year", ""), today.year)
    only = request.GET.get("sort", "")
    sorts = selectors.list_gaps(actor=actor, year=year, most=MOST_GAPS if only else FEW_GAPS)
    shown = {
        "sorts": [line for line in sorts if only in {"", line[0]}], "year": year, "only": only,
        "years": range(today.year, today.year - 9, -1),
    }  # fmt: skip
    return render(request, "archive/list_missing_scans.html", shown)


@require_GET
def list_archive_exports(request: HttpRequest) -> HttpResponse:
    """Requests to take boxes out."""
    actor = actor_of(request)
    page = page_of(selectors.list_exports(actor=actor), request)
    shown = {
        "page": page,
        "lines": [(row, selectors.job_of(row), row.asked_by == actor.pk) for row in page.rows],
        "may_approve": may(actor, "people.approve_export"),
    }
    return render(request, "archive/list_archive_exports.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("审批档案导出", "people.approve_export")
def decide_archive_export(request: HttpRequest, archive_export_id: int) -> HttpResponse:
    """Allow or refuse."""
    actor = actor_of(request)
    problems: Found = ()
    if request.method == "POST":
        try:
            services.decide_archive_export(
                actor=actor, export_id=archive_export_id, approve=request.POST.get("approve") == "1",
                opinion=request.POST.get("opinion", ""), at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已办理")
            return redirect("list-archive-exports")
    shown = {
        "row": selectors.get_export(actor=actor, export_id=archive_export_id), "problems": problems,
        "opinion": request.POST.get("opinion", ""),
    }  # fmt: skip
    return render(request, "archive/decide_archive_export.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("下载档案", "archive.file")
def take_archive_export(request: HttpRequest, archive_export_id: int) -> HttpResponse:
    """The packed folder tree."""
    name, content = services.take_archive_export(actor=actor_of(request), export_id=archive_export_id, at=clock.now())
    return download(content, name, "application/zip")
