"""Pages of year plans."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.plans import forms
from yushui.plans.selectors import entry
from yushui.plans.selectors import plans as selectors
from yushui.plans.services import papers
from yushui.plans.services import plans as services
from yushui.plans.types.tasks import BASIS_NAMES, PlanDraft

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PER_PAGE = 50


@require_GET
def list_plans(request: HttpRequest) -> HttpResponse:
    """Year plans with how far each has come."""
    actor, on = actor_of(request), clock.today()
    year = queries.whole_number(request.GET.get("year", ""))
    shown = {
        "page": page_of(selectors.list_plans(actor=actor, year=year, on=on), request, PER_PAGE),
        "year": year,
        "years": range(on.year + 1, on.year - 4, -1),
        "may_change": may(actor, "plans.change"),
    }
    return render(request, "plans/list_plans.html", shown)


@require_GET
def show_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan by quarter."""
    actor, on = actor_of(request), clock.today()
    plan = selectors.get_plan(actor=actor, plan_id=plan_id)
    quarters, progress = selectors.quarters_of(actor=actor, plan=plan, on=on)
    shown = {
        "plan": plan, "quarters": quarters, "progress": progress, "on": on, "may_change": may(actor, "plans.change"),
    }  # fmt: skip
    return render(request, "plans/show_plan.html", shown)


@require_GET
def print_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan as a Word paper: what was done, what is left."""
    actor, on = actor_of(request), clock.today()
    plan = selectors.get_plan(actor=actor, plan_id=plan_id)
    content = papers.print_plan(actor=actor, plan_id=plan_id, on=on, at=clock.now())
    return download(content, f"{plan.title}落实情况_{on:%Y%m%d}.docx", DOCX)


@require_GET
def print_arrangement(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan as the Word paper that is sent out."""
    actor = actor_of(request)
    plan = selectors.get_plan(actor=actor, plan_id=plan_id)
    content = papers.print_arrangement(actor=actor, plan_id=plan_id, on=clock.today(), at=clock.now())
    return download(content, f"{plan.title}.docx", DOCX)


@require_http_methods(["GET", "POST"])
@for_holders("制定计划", "plans.change")
def add_plan(request: HttpRequest) -> HttpResponse:
    """Make a plan: from the calendar of a typical year, from another plan, or empty."""
    actor = actor_of(request)
    if request.method == "POST":
        draft = forms.plan_draft(request.POST)
        try:
            plan = services.add_plan(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            return draw_form(request, draft, refused.problems)
        messages.success(request, f"已建立:{plan.title}")
        return redirect("show-plan", plan.pk)
    copied = queries.whole_number(request.GET.get("copy", ""))
    on = clock.today()
    year = on.year + (1 if on.month >= 10 else 0)
    basis = "COPY" if copied is not None else "CALENDAR"
    return draw_form(
        request, PlanDraft(year=str(year), basis=basis, copied_id=copied, client_key=queries.new_key()), ()
    )


def draw_form(request: HttpRequest, draft: PlanDraft, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of a plan with everything that is wrong."""
    shown = {
        **entry.copy_choices(actor=actor_of(request)),
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "bases": BASIS_NAMES.items(),
    }
    return render(request, "plans/add_plan.html", shown, status=422 if problems else 200)
