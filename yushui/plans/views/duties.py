"""Pages of duties: counters by duty and by who owes, the facts behind one, and a county's own duties."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities.selectors.kinds import list_kinds
from yushui.activities.types import CHAPTER_NAMES
from yushui.base import clock, queries
from yushui.base.kinds import is_added_in
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.plans import forms
from yushui.plans.selectors import boards, duties, duty_facts
from yushui.plans.selectors.counters import get_grid
from yushui.plans.selectors.papers import papers_of
from yushui.plans.services import duties as services
from yushui.plans.types import duties as types
from yushui.plans.types.duties import DutyDraft


@require_GET
def list_duties(request: HttpRequest) -> HttpResponse:
    """The counters: a line for each duty, or (`by=ower`) for each who owes, or the duties of one (`ower=`)."""
    actor, on = actor_of(request), clock.today()
    owes = forms.owes_of(request.GET) or boards.usual_owes(actor)
    year = queries.year_of(request.GET.get("year", ""), on.year)
    board = boards.duty_board(
        actor=actor, owes=owes, year=year, on=on, by_ower=request.GET.get("by") == "ower",
        key=request.GET.get("ower", "")[:20],
    )  # fmt: skip
    shown = {
        "board": board,
        "owes": owes,
        "tabs": boards.tabs_for(actor),
        "year": year,
        "years": range(on.year, on.year - 6, -1),
        "own": duties.own_duties(actor=actor) if may(actor, "plans.set_duty") else [],
        "may_set": may(actor, "plans.set_duty"),
    }
    return render(request, "plans/list_duties.html", shown)


@require_GET
def show_duty(request: HttpRequest, duty_code: str) -> HttpResponse:
    """One duty: who stands how, period by period; with `ower=` the facts of one."""
    actor, on = actor_of(request), clock.today()
    duty = duties.get_duty(actor=actor, code=duty_code)
    year = queries.year_of(request.GET.get("year", ""), on.year)
    grid = get_grid(actor=actor, owes=duty.owes, year=year, on=on)
    key = request.GET.get("ower", "")[:20]
    shown: dict[str, object] = {
        "duty": duty, "year": year, "years": range(on.year, on.year - 6, -1),
        "rhythm": boards.words_of(duty), "is_own": is_added_in(actor.area_code, duty),
        "may_set": may(actor, "plans.set_duty"),
        "kinds": [row.kind for row in duty.fulfilled_by.all()],
    }  # fmt: skip
    if key and not duty.retired:
        ower = duty_facts.find_ower(grid, key)
        cell = grid.cells[duty.pk, key]
        shown |= {"ower": ower, "cell": cell, "parts": boards.part_lines(duty, cell, on)}
        if duty.by in {"ACTIVITY", "AMOUNT"}:
            rows = duty_facts.activities_for(actor=actor, duty=duty, ower=ower, year=year, on=on)
            shown["page"] = page_of(rows, request)
        if duty.by == "PAPER":
            shown["papers"] = papers_of(actor=actor, duty=duty, ower=ower, year=year, on=on)
            shown["may_paper"] = may(actor, "places.change")
        shown["waiting"] = duty_facts.waiting_for(actor=actor, duty=duty, cell=cell, ower=ower, on=on)
    elif not duty.retired:
        state = request.GET.get("state", "")
        shown |= boards.duty_lines(grid, duty, state, queries.whole_number(request.GET.get("page", "")) or 1, on)
    return render(request, "plans/show_duty.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设置双拥职责", "plans.set_duty")
def set_duty(request: HttpRequest, duty_code: str = "") -> HttpResponse:
    """Add a duty, or change an own one."""
    actor = actor_of(request)
    if request.method == "POST":
        draft = forms.duty_draft(request.POST)
        try:
            duty = services.set_duty(actor=actor, draft=draft, code=duty_code, at=clock.now())
        except Refused as refused:
            return show_form(request, duty_code, draft, refused.problems)
        messages.success(request, f"已保存:{duty.name};完成情况已按新的要求统计")
        return redirect("show-duty", duty.pk)
    if duty_code:
        duties.get_own_duty(actor=actor, code=duty_code)
        return show_form(request, duty_code, duties.duty_as_typed(actor=actor, code=duty_code), ())
    return show_form(request, "", DutyDraft(owes="COUNTY", measure="次"), ())


def show_form(request: HttpRequest, code: str, draft: DutyDraft, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of a duty with everything that is wrong."""
    actor = actor_of(request)
    kinds = list_kinds(actor=actor)
    shown = {
        "code": code,
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "chapters": [(name, [kind for kind in kinds if kind.chapter == key]) for key, name in CHAPTER_NAMES.items()],
        "owers": types.OWER_NAMES.items(),
        "rhythms": types.RHYTHM_NAMES.items(),
        "means": types.BY_NAMES.items(),
        "reaches": types.REACH_NAMES.items(),
        "persons": types.PERSON_NAMES.items(),
    }
    return render(request, "plans/set_duty.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("停用双拥职责", "plans.set_duty")
def retire_duty(request: HttpRequest, duty_code: str) -> HttpResponse:
    """Retire an own duty, or take it back into use."""
    back = request.POST.get("back") == "1"
    duty = services.retire_duty(actor=actor_of(request), code=duty_code, retired=not back, at=clock.now())
    messages.success(request, f"{duty.name}:{'已恢复使用' if back else '已停用;已有任务不受影响'}")
    return redirect("show-duty", duty.pk)
