"""The flow of a kind, of one case, or of a form not yet saved, for the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yushui.cases.charts import Box, draw_flow
from yushui.cases.models import Case, CaseKind, KindStep
from yushui.cases.rules.kinds import StepFacts
from yushui.cases.rules.standing import MOVES, living
from yushui.cases.selectors.cases import happened_in
from yushui.cases.selectors.kinds import step_facts
from yushui.cases.types.cases import State
from yushui.cases.types.kinds import COUNT_NAMES, OFFICE_NAMES, ROLE_NAMES


def flow_of(kind: CaseKind, case: Case | None = None) -> str:
    """The picture of a kind; with a case, where it stands and what is behind it."""
    marks: dict[str, str] = {}
    end, is_over = "办结", False
    if case is not None:
        reached = {row.to_step for row in living(happened_in(case.pk)) if row.act in MOVES and row.to_step}
        keys = KindStep.objects.filter(pk__in=reached).values_list("id", "key")
        marks = {key: "now" if pk == case.step_id else "done" for pk, key in keys}
        is_over = case.state == State.CLOSED
        end = str(case.get_result_display()) if is_over else end
    return draw_flow(boxes_of(step_facts(kind.pk), marks), f"{kind.name}的办理流程", end=end, is_over=is_over)


def flow_of_form(name: str, steps: Sequence[StepFacts]) -> str:
    """The picture of a kind as it would be."""
    return draw_flow(boxes_of(steps, {}), f"{name}的办理流程")


def boxes_of(steps: Sequence[StepFacts], marks: Mapping[str, str]) -> list[Box]:
    """A box for each step. A step that leads no further leads to the end, as one does that can settle the case."""
    places = {step.key: place for place, step in enumerate(steps)}
    boxes = []
    for place, step in enumerate(steps):
        ways = {places[outcome.to] for outcome in step.outcomes if outcome.to in places}
        if any(outcome.result == "SETTLED" for outcome in step.outcomes) or not any(way > place for way in ways):
            ways.add(len(steps))
        boxes.append(Box(step.name, office_words(step), marks.get(step.key, ""), tuple(sorted(ways))))
    return boxes


def office_words(step: StepFacts) -> str:
    """`乡镇(街道)经办 · 15 天`."""
    who = OFFICE_NAMES.get(f"{step.role}@{step.level}", ROLE_NAMES.get(step.role, step.role))
    return f"{who} · {step.days} {COUNT_NAMES[step.count]}" if step.days else who
