"""Pages of imports: hand a file in, read what was found, write it, take it back."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.rosters import selectors
from yushui.rosters.forms import StartImport, UndoImport
from yushui.rosters.services import downloads, imports, undoing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
TABS = {
    "problems": "问题单元格",
    "new": "新增",
    "changed": "变更",
    "missing": "名册中没有的人",
    "columns": "列的对应与保留",
    "money": "资金影响",
}


@require_GET
def list_imports(request: HttpRequest) -> HttpResponse:
    page = page_of(selectors.list_imports(actor=actor_of(request)), request)
    places = selectors.place_names(roster.area_code for roster in page.rows)
    lines = [{"roster": roster, "place": places.get(roster.area_code, "")} for roster in page.rows]
    return render(request, "rosters/list_imports.html", {"page": page, "lines": lines, "forms": downloads.list_forms()})


@require_http_methods(["GET", "POST"])
def start_import(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    areas = selectors.areas_to_choose(actor=actor)
    form = StartImport(request.POST or None, request.FILES or None, areas=areas, initial={"area": actor.area_code})
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = imports.start_import(
                actor=actor,
                content=file.read(),
                file_name=file.name,
                area_code=form.cleaned_data["area"],
                at=clock.now(),
            )
        except Refused as refused:
            problems = refused.problems
        else:
            return redirect("show-import", roster.pk)
    status = 200 if request.method == "GET" else 409 if problems else 422
    context = {"form": form, "problems": problems, "forms": downloads.list_forms()}
    return render(request, "rosters/start_import.html", context, status=status)


@require_GET
def show_import(request: HttpRequest, import_id: int) -> HttpResponse:
    return import_page(request, import_id)


def import_page(request: HttpRequest, import_id: int, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """The page of one import: progress, or the findings by tab."""
    actor = actor_of(request)
    roster = selectors.get_import(actor=actor, import_id=import_id)
    counts = {
        "problems": roster.bad_cells,
        "new": roster.new,
        "changed": roster.changed,
        "missing": roster.missing,
        "columns": len(roster.summary.get("kept_columns", [])),
        "money": None,
    }
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else next((key for key in ("problems", "changed", "new") if counts[key]), "columns")
    context = {
        "roster": roster,
        "place": selectors.place_names([roster.area_code]).get(roster.area_code, roster.area_code),
        "job": selectors.job_of(roster),
        "maker": selectors.name_of(roster.created_by),
        "tabs": [(key, label, counts[key]) for key, label in TABS.items()],
        "tab": tab,
        "undo": UndoImport(),
        "problems": problems,
        **tab_rows(request, import_id, tab),
    }
    return render(request, "rosters/show_import.html", context, status=409 if problems else 200)


def tab_rows(request: HttpRequest, import_id: int, tab: str) -> dict[str, object]:
    """The rows of a tab, a page at a time."""
    actor = actor_of(request)
    if tab == "problems":
        return {"page": page_of(selectors.list_bad_cells(actor=actor, import_id=import_id), request)}
    if tab == "columns":
        page = page_of(selectors.list_kept(actor=actor, import_id=import_id), request)
        return {"page": page, "kept": [(row.row, json.loads(row.cells)) for row in page.rows]}
    if tab in ("new", "changed", "missing"):
        planned = page_of(selectors.list_planned(actor=actor, import_id=import_id, outcome=tab.upper()), request)
        places = selectors.place_names(row.area_code for row in planned.rows)
        lines = [
            {
                "row": row,
                "place": places.get(row.area_code, ""),
                "changes": json.loads(row.changes) if row.changes else [],
            }
            for row in planned.rows
        ]
        return {"page": planned, "lines": lines}
    return {}


@require_POST
def commit_import(request: HttpRequest, import_id: int) -> HttpResponse:
    try:
        imports.commit_import(actor=actor_of(request), import_id=import_id, at=clock.now())
    except Refused as refused:
        return import_page(request, import_id, refused.problems)
    return redirect("show-import", import_id)


@require_POST
def undo_import(request: HttpRequest, import_id: int) -> HttpResponse:
    try:
        reason = request.POST.get("reason", "")
        undoing.undo_import(actor=actor_of(request), import_id=import_id, reason=reason, at=clock.now())
    except Refused as refused:
        return import_page(request, import_id, refused.problems)
    messages.success(request, "已整体撤销,登记册恢复到导入之前的样子。")
    return redirect("show-import", import_id)


@require_POST
def download_annotated(request: HttpRequest, import_id: int) -> HttpResponse:
    content, name = downloads.annotated_file(actor=actor_of(request), import_id=import_id, at=clock.now())
    return download(content, name, XLSM if name.endswith(".xlsm") else XLSX)


@require_GET
def download_template(request: HttpRequest, form_key: str) -> HttpResponse:
    content, name = downloads.template_file(actor=actor_of(request), form_key=form_key)
    return download(content, name, XLSX)
