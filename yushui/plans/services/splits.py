"""Splitting a task among units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_day
from yushui.places.models import Unit
from yushui.plans.models import Task
from yushui.plans.permissions import check_step
from yushui.plans.rules.tasks import problems_of_step
from yushui.plans.selectors.tasks import get_task
from yushui.plans.services.tasks import find_units, write_step
from yushui.plans.types.tasks import OPEN_STATES, State, Step, TaskDraft


@transaction.atomic
def split_task(*, actor: User, task_id: int, unit_ids: Sequence[int], due_on: str = "", at: datetime) -> list[Task]:
    """Split a task among units: a part for each, done where the unit stands, with the same demands and day (or an
    earlier one). Units that have a part already get no second one. The task is done when all parts are."""
    task = get_task(actor=actor, task_id=task_id)
    on = timezone.localtime(at).date()
    check_step(actor, task, Step.SPLIT, on)
    problems = problems_of_step(Step.SPLIT, task.state, "")
    day = read_day(due_on, "分任务时限", problems) if due_on.strip() else task.due_on
    if day and task.due_on and day > task.due_on:
        problems.append(Problem("分任务的时限晚于总任务", where="分任务时限", next_step="请填总任务时限以前的日期"))
    draft = TaskDraft(helper_unit_ids=tuple(dict.fromkeys(unit_ids)))
    _, units = find_units(actor, draft, on, problems)
    had = set(task.children.filter(state__in=OPEN_STATES).values_list("owner_id", flat=True))
    new = [unit for unit in units if unit.pk not in had]
    if not unit_ids:
        problems.append(Problem("请勾选要分解到的单位", where="单位"))
    if problems:
        raise Refused(*problems)
    parts = [add_part(actor, task, unit, day, at) for unit in new]
    if parts:
        Task.objects.filter(pk=task.pk).update(state=State.UNDERWAY, revision=task.revision + 1)
        names = "、".join(unit.name for unit in new)
        write_step(task, Step.SPLIT, actor=actor, at=at, words=f"分解到 {len(new)} 个单位:{names}"[:500])
        audit.record(
            actor=actor, action="plans.task.split", subject=task, area_code=task.area_id, at=at, count=len(parts)
        )
    return parts


def add_part(actor: User, task: Task, unit: Unit, day: date | None, at: datetime) -> Task:
    """One part of a task."""
    begins = task.starts_on
    if begins is not None and day is not None and begins > day:
        begins = None
    part = Task.objects.create(
        plan=task.plan, parent=task, title=task.title, note=task.note, area_id=unit.area_id,
        desk_code=task.desk_code, owner=unit, starts_on=begins, due_on=day,
        anchor=task.anchor, weight=task.weight, duty=task.duty, kind=task.kind, source=task.source,
        client_key=f"part-{task.pk}-{unit.pk}-{task.children.count()}", added_at=at, added_by=actor.pk,
        added_name=actor.get_full_name(),
    )  # fmt: skip
    write_step(part, Step.ADDED, actor=actor, at=at, words=f"由“{task.title[:100]}”分解")
    return part
