"""The flow of a kind, or of one case, for the picture."""

from __future__ import annotations

from yushui.cases.charts import Box, draw_flow
from yushui.cases.models import Case, CaseKind
from yushui.cases.rules.standing import MOVES, living
from yushui.cases.selectors.cases import happened_in
from yushui.cases.selectors.kinds import StepLine, step_lines
from yushui.cases.types.cases import State
from yushui.cases.types.kinds import COUNT_NAMES, OFFICE_NAMES, ROLE_NAMES


def office_words(line: StepLine) -> str:
    """`乡镇(街道)经办 · 15 天`."""
    step = line.step
    who = OFFICE_NAMES.get(f"{step.role}@{step.level}", ROLE_NAMES.get(step.role, step.role))
    return f"{who} · {step.days} {COUNT_NAMES[step.count]}" if step.days else who


def flow_of(kind: CaseKind, case: Case | None = None) -> str:
    """The picture of a kind; with a case, where it stands and what is behind it."""
    lines = step_lines(kind.pk)
    places = {line.step.pk: place for place, line in enumerate(lines)}
    now = case.step_id if case is not None else None
    reached = set()
    if case is not None:
        reached = {row.to_step for row in living(happened_in(case.pk)) if row.act in MOVES and row.to_step}
    boxes = []
    for line in lines:
        leads = [places[o.to_id] for o in line.outcomes if o.to_id in places]
        here = places[line.step.pk]
        mark = "now" if line.step.pk == now else "done" if line.step.pk in reached else ""
        boxes.append(
            Box(
                line.step.name, office_words(line), mark,
                back_to=tuple(sorted({n for n in leads if n < here})),
                jumps_to=tuple(sorted({n for n in leads if n > here + 1})),
            )
        )  # fmt: skip
    is_over = case is not None and case.state == State.CLOSED
    end = str(case.get_result_display()) if case is not None and is_over else "办结"
    return draw_flow(boxes, f"{kind.name}的办理流程", end=end, is_over=is_over)
