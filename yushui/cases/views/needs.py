"""Pages of the 双清单 and of 实事 projects."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.cases import forms
from yushui.cases.selectors import needs as selectors
from yushui.cases.selectors.deeds import cost_of, entries_of, has_entries, papers_of, with_spent
from yushui.cases.selectors.entry import units_to_lead
from yushui.cases.services import needs as services
from yushui.cases.types.needs import NEED_KINDS, PROJECT_NAMES, SIDE_NAMES, ProjectDraft
from yushui.cases.views.cases import do_step


@require_GET
def list_needs(request: HttpRequest) -> HttpResponse:
    """需求清单 and 责任清单 of one side: what is asked, who answers by when, how it goes, what the asker says."""
    actor, on = actor_of(request), clock.today()
    kind = request.GET.get("kind", NEED_KINDS[0])
    when = request.GET.get("when", "all")
    filters = selectors.NeedFilters(
        kind=kind if kind in NEED_KINDS else NEED_KINDS[0], when=when if when in selectors.WHEN_NAMES else "all",
        year=queries.whole_number(request.GET.get("year", "")[:4]) or None,
    )  # fmt: skip
    if filters.year is not None and not 1949 <= filters.year <= 2200:
        filters = selectors.NeedFilters(kind=filters.kind, when=filters.when)
    page = page_of(selectors.list_needs(actor=actor, filters=filters, on=on), request)
    shown = {
        "page": page,
        "lines": selectors.with_tasks(actor, page.rows),
        "filters": filters,
        "whens": selectors.WHEN_NAMES.items(),
        "years": range(on.year, on.year - 6, -1),
        "on": on,
        "may_open": may(actor, "cases.open"),
    }
    return render(request, "cases/list_needs.html", shown)


@require_POST
@for_holders("落实责任单位", "plans.change")
def assign_need(request: HttpRequest, case_id: int) -> HttpResponse:
    """Name the unit that answers for a need."""
    draft = forms.assign_draft(request.POST)
    return do_step(
        request, case_id, "assign",
        lambda: services.assign_need(actor=actor_of(request), case_id=case_id, draft=draft, at=clock.now()),
        "已定责任单位,任务已下达",
    )  # fmt: skip


@require_GET
def list_deeds(request: HttpRequest) -> HttpResponse:
    """Projects of a year."""
    actor, on = actor_of(request), clock.today()
    year = queries.year_of(request.GET.get("year", ""), on.year)
    rows: list[Any] = list(with_spent(selectors.list_deeds(actor=actor, year=year)))
    shown = {
        "sides": [(name, [row for row in rows if row.side == code]) for code, name in SIDE_NAMES.items()],
        "year": year,
        "years": range(on.year, on.year - 6, -1),
        "on": on,
        "may_change": may(actor, "plans.change"),
        "budget": sum(row.budget_fen or 0 for row in rows),
        "spent": sum(row.cost_fen or 0 for row in rows),
        "count": len(rows),
        "accepted": sum(row.state == "ACCEPTED" for row in rows),
    }
    return render(request, "cases/list_deeds.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("立项办实事", "plans.change")
def add_deed(request: HttpRequest) -> HttpResponse:
    """Put a project on the list."""
    actor, on = actor_of(request), clock.today()
    draft = ProjectDraft(
        year=str(on.year), client_key=queries.new_key(), case_id=queries.whole_number(request.GET.get("case", ""))
    )
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        draft = forms.project_draft(request.POST)
        try:
            project = services.add_deed(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已立项:{project.title}")
            return redirect("show-deed", project.pk)
    shown = {
        "draft": draft,
        "units": units_to_lead(actor=actor, on=on),
        "needs": selectors.needs_to_choose(actor=actor, on=on),
        "sides": SIDE_NAMES.items(),
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "cases/add_deed.html", shown, status=422 if problems else 200)


@require_GET
def show_deed(request: HttpRequest, deed_id: int) -> HttpResponse:
    """One project: its money, its day, how far it is."""
    return draw_deed(request, deed_id)


def draw_deed(request: HttpRequest, deed_id: int, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """The page of a project with everything that is wrong."""
    actor = actor_of(request)
    project = selectors.get_deed(actor=actor, deed_id=deed_id)
    shown = {
        "project": project,
        "cost": cost_of(project),
        "entries": entries_of(actor=actor, project=project),
        "counted": has_entries(project),
        "pieces": papers_of(project),
        "may_spend": may(actor, "funds.spend") and project.state != "DROPPED",
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "states": [(code, name) for code, name in PROJECT_NAMES.items() if code != "PLANNED"],
        "may_change": may(actor, "plans.change") and project.ended_on is None,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": request.POST,
    }
    return render(request, "cases/show_deed.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("更新实事项目", "plans.change")
def change_deed(request: HttpRequest, deed_id: int) -> HttpResponse:
    """Begun, accepted, or dropped."""
    try:
        services.change_deed(
            actor=actor_of(request), deed_id=deed_id, state=request.POST.get("state", ""),
            spent=request.POST.get("spent", ""), words=request.POST.get("words", ""),
            sent=sent_with(request.POST, request.FILES),
            revision=request.POST.get("revision", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return draw_deed(request, deed_id, refused.problems)
    messages.success(request, "已更新")
    return redirect("show-deed", deed_id)
