"""How the tasks of a plan went before this system: many at once, checked like single ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line
from yushui.plans.models import Task, TaskStep
from yushui.plans.permissions import is_desk
from yushui.plans.types.tasks import OPEN_STATES, SCORE_NAMES, State, Step


@dataclass(frozen=True)
class PastOutcome:
    """How far a task had come: what was reported, and when it was judged (`closed_on`, `score`), if it was."""

    task_id: int
    reported_at: datetime
    words: str
    closed_on: date | None = None
    score: int | None = None


@transaction.atomic
def take_over_outcomes(*, actor: User, outcomes: Iterable[PastOutcome], at: datetime) -> int:
    """Write how tasks went; how many. All or nothing: Refused names the tasks at fault, NotFound a foreign one."""
    need_to_act(actor, "plans.change", "接收任务的历史进展")
    rows = list(outcomes)
    tasks = {task.pk: task for task in Task.objects.filter(pk__in=[row.task_id for row in rows])}
    if len(tasks) != len(rows) or not all(is_desk(actor, task) for task in tasks.values()):
        raise NotFound
    problems: list[Problem] = []
    for row in rows:
        check_outcome(row, tasks[row.task_id], timezone.localtime(at).date(), problems)
    if problems:
        raise Refused(*problems[:20])
    for row in rows:
        task = tasks[row.task_id]
        task.state = State.DONE if row.closed_on else State.UNDERWAY
        task.closed_on, task.score = row.closed_on, row.score
        task.revision += 1
    Task.objects.bulk_update(tasks.values(), ["state", "closed_on", "score", "revision"], batch_size=200)
    TaskStep.objects.bulk_create(step for row in rows for step in steps_of(actor, row, at))
    audit.record(
        actor=actor, action="plans.outcomes.taken_over", subject="plans.task", area_code=actor.area_code, at=at,
        rows=len(rows),
    )  # fmt: skip
    return len(rows)


def check_outcome(row: PastOutcome, task: Task, today: date, problems: list[Problem]) -> None:
    """What is wrong with one."""
    read_line(row.words, task.title, problems, longest=500)
    if task.state not in OPEN_STATES:
        problems.append(Problem("任务已经办结或取消", where=task.title))
    if row.closed_on is not None and row.closed_on > today:
        problems.append(Problem("办结日期在今天之后", where=task.title))
    if (row.score is not None and row.score not in SCORE_NAMES) or (row.score is not None and row.closed_on is None):
        problems.append(Problem("评分不对,或还没有办结", where=task.title))


def steps_of(actor: User, row: PastOutcome, at: datetime) -> list[TaskStep]:
    """The lines of its history."""
    by = {"by": actor.pk, "by_name": actor.get_full_name(), "unit_name": actor.unit_name}
    step = Step.REPORTED if row.closed_on else Step.NOTED
    steps = [TaskStep(task_id=row.task_id, step=step, words=row.words, at=row.reported_at, **by)]
    if row.closed_on is not None:
        judged = max(row.reported_at, datetime.combine(row.closed_on, row.reported_at.timetz()))
        steps.append(TaskStep(task_id=row.task_id, step=Step.ACCEPTED, at=min(judged, at), **by))
    return steps
