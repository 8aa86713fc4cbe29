"""Pages of the kinds of cases: the catalogue, one with its flow, and a county's own by a form."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.kinds import is_added_in
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.cases import forms
from yushui.cases.rules.kind_form import as_typed, is_typed, read_kind
from yushui.cases.selectors import flow
from yushui.cases.selectors import kinds as selectors
from yushui.cases.services import kinds as services
from yushui.cases.types.kinds import (
    ASKER_NAMES,
    COUNT_NAMES,
    FAMILY_NAMES,
    NEXT,
    OFFICE_NAMES,
    RESULT_NAMES,
    CaseKindDraft,
    OutcomeDraft,
    StepDraft,
)

SPARE, FEWEST = 2, 4  # empty lines for further steps
ROWS = 4  # rows for outcomes of a step, one of them empty at least


@require_GET
def list_case_kinds(request: HttpRequest) -> HttpResponse:
    """All kinds in reach, by family."""
    actor = actor_of(request)
    kinds = list(selectors.kinds_in_reach(actor))
    shown = {
        "families": selectors.by_family([kind for kind in kinds if not kind.retired]),
        "retired": [kind for kind in kinds if kind.retired],
        "may_set": may(actor, "cases.set_kind"),
    }
    return render(request, "cases/list_case_kinds.html", shown)


@require_GET
def show_case_kind(request: HttpRequest, case_kind: str) -> HttpResponse:
    """One kind: its flow, and of each step who, how long, which papers, which ends."""
    actor = actor_of(request)
    kind = selectors.get_kind(actor=actor, code=case_kind)
    shown = {
        "kind": kind,
        "flow": flow.flow_of(kind),
        "lines": selectors.step_lines(kind.pk),
        "office": OFFICE_NAMES,
        "causes": selectors.causes_of(kind.pk),
        "own": may(actor, "cases.set_kind") and is_added_in(actor.area_code, kind),
    }
    return render(request, "cases/show_case_kind.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设置办件类型", "cases.set_kind")
def set_case_kind(request: HttpRequest, case_kind: str = "") -> HttpResponse:
    """Add a kind, or change an own one."""
    actor = actor_of(request)
    if request.method == "POST":
        draft = forms.kind_draft(request.POST)
        if "preview" in request.POST:
            facts, problems = read_kind(draft)
            shown = replace(draft, steps=as_typed(facts.steps)) if facts else draft
            flow_ = flow.flow_of_form(draft.name, facts.steps) if facts else ""
            return draw_form(request, case_kind, shown, tuple(problems), flow_)
        try:
            kind = services.set_case_kind(actor=actor, draft=draft, code=case_kind, at=clock.now())
        except Refused as refused:
            return draw_form(request, case_kind, draft, refused.problems)
        messages.success(request, f"已保存:{kind.name};现在就能登记。在办的件仍按原来的期限")
        return redirect("show-case-kind", kind.pk)
    if not case_kind:
        return draw_form(request, case_kind, CaseKindDraft(), ())
    drawn = flow.flow_of(selectors.get_own_kind(actor=actor, code=case_kind))
    return draw_form(request, case_kind, selectors.kind_as_typed(actor=actor, code=case_kind), (), drawn)


def draw_form(
    request: HttpRequest, code: str, draft: CaseKindDraft, problems: tuple[Problem, ...], drawn: str = ""
) -> HttpResponse:
    """The form of a kind with everything that is wrong, and its flow as it would be."""
    count = max((n for n, step in enumerate(draft.steps, start=1) if is_typed(step)), default=0)
    lines = [*draft.steps[:count], *[StepDraft()] * max(FEWEST - count, SPARE)]
    shown = {
        "code": code,
        "draft": draft,
        "lines": [(step, rows_of(step)) for step in lines],
        "flow": drawn,
        "aims": aims_of(lines),
        "families": FAMILY_NAMES.items(),
        "askers": ASKER_NAMES.items(),
        "offices": OFFICE_NAMES.items(),
        "counts": COUNT_NAMES.items(),
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "cases/set_case_kind.html", shown, status=422 if problems else 200)


def rows_of(step: StepDraft) -> list[OutcomeDraft]:
    """The rows of a step's outcomes with empty ones behind."""
    return [*step.outcomes, *[OutcomeDraft()] * max(ROWS - len(step.outcomes), 1)]


def aims_of(lines: list[StepDraft]) -> list[tuple[str, str]]:
    """Where an outcome can lead: the next step, one by its number, or an end."""
    steps = [(str(n), f"第 {n} 步{' ' + step.name if step.name else ''}") for n, step in enumerate(lines, start=1)]
    return [(NEXT, "下一步"), *steps, *((code, f"结束:{name}") for code, name in RESULT_NAMES.items())]


@require_POST
@for_holders("停用办件类型", "cases.set_kind")
def retire_case_kind(request: HttpRequest, case_kind: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = services.retire_case_kind(actor=actor_of(request), code=case_kind, retired=not back, at=clock.now())
    messages.success(request, f"{kind.name}:{'已恢复使用' if back else '已停用;在办的件照常办理'}")
    return redirect("show-case-kind", kind.pk)
