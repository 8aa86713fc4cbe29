"""Adding tasks, reporting on them, closing them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.activities.models import ActivityKind
from yushui.audit import services as audit
from yushui.base.kinds import kinds_for
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.places.models import Area, Unit
from yushui.places.selectors import list_units
from yushui.plans.models import DutyKind, Plan, Task, TaskHelper, TaskStep
from yushui.plans.permissions import check_change_plans
from yushui.plans.rules.tasks import read_task
from yushui.plans.selectors.plans import get_plan
from yushui.plans.types.tasks import Step, TaskDraft


@transaction.atomic
def add_task(*, actor: User, draft: TaskDraft, source: str = "", parent: Task | None = None, at: datetime) -> Task:
    """Set a task; the same draft sent twice (client_key) gives the same one.

    `source` names the row it comes from (`plans.decision:7`). Raises Refused with all problems, NotFound when its
    area is not in the actor's own.
    """
    key = draft.client_key.strip()
    known = Task.objects.filter(client_key=key, added_by=actor.pk).first() if key else None
    if known is not None:
        return known
    on = timezone.localtime(at).date()
    facts, problems = read_task(draft, today=on)
    owner, helpers = find_units(actor, draft, on, problems)
    duty, kind = find_duty(actor, draft.duty_code, problems), find_kind(actor, draft.kind_code, problems)
    plan = get_plan(actor=actor, plan_id=draft.plan_id) if draft.plan_id is not None else None
    area_code = draft.area_code or (owner.area_id if owner else plan.area_id if plan else actor.area_code)
    check_change_plans(actor, area_code)
    if facts is None or problems:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    with once():
        task = Task.objects.create(
            plan=plan, parent=parent, title=facts.title, note=facts.note, area_id=area_code,
            desk_code=desk_of(actor, plan, parent), owner=owner, starts_on=facts.starts_on, due_on=facts.due_on,
            anchor=facts.anchor, weight=facts.weight, duty=duty, kind=kind, source=source,
            client_key=facts.client_key, added_at=at, added_by=actor.pk, added_name=actor.get_full_name(),
        )  # fmt: skip
    TaskHelper.objects.bulk_create(TaskHelper(task=task, unit=unit) for unit in helpers)
    write_step(task, Step.ADDED, actor=actor, at=at)
    audit.record(
        actor=actor, action="plans.task.added", subject=task, area_code=area_code, at=at,
        now={"title": facts.title, "due_on": facts.due_on, "owner": owner.name if owner else "", "source": source},
    )  # fmt: skip
    return task


def desk_of(actor: User, plan: Plan | None, parent: Task | None) -> str:
    """The area of the office that sets and judges a task: of its parent, of its plan, else of who adds it."""
    if parent is not None:
        return parent.desk_code
    return plan.area_id if plan is not None else actor.area_code


def find_units(
    actor: User, draft: TaskDraft, on: date, problems: list[Problem], *, kept: Unit | None = None
) -> tuple[Unit | None, list[Unit]]:
    """Owner and helpers: units of the actor's area that stand on that day, or the owner that the task has (`kept`)."""
    wanted = {*draft.helper_unit_ids, *((draft.owner_unit_id,) if draft.owner_unit_id is not None else ())}
    found = {unit.pk: unit for unit in list_units(actor=actor, on=on).filter(pk__in=wanted)} if wanted else {}
    if kept is not None:
        found.setdefault(kept.pk, kept)
    step = "请从单位表里选择在用的单位"
    if draft.owner_unit_id is not None and draft.owner_unit_id not in found:
        problems.append(Problem("没有这个单位,或单位已撤销", where="责任单位", next_step=step))
    if any(pk not in found for pk in draft.helper_unit_ids):
        problems.append(Problem("没有这个单位,或单位已撤销", where="配合单位", next_step=step))
    owner = found.get(draft.owner_unit_id) if draft.owner_unit_id is not None else None
    helpers = [found[pk] for pk in dict.fromkeys(draft.helper_unit_ids) if pk in found and found[pk] != owner]
    return owner, helpers


def find_duty(actor: User, code: str, problems: list[Problem]) -> DutyKind | None:
    """The duty a task serves, if it names one in use."""
    duty = kinds_for(DutyKind, actor.area_code).filter(pk=code).first() if code else None
    if code and duty is None:
        problems.append(Problem("没有这项职责,或已停用", where="对应职责", next_step="请重新选择,也可以不选"))
    return duty


def find_kind(actor: User, code: str, problems: list[Problem]) -> ActivityKind | None:
    """The kind of activity by which a task is done, if it names one in use."""
    kind = kinds_for(ActivityKind, actor.area_code).filter(pk=code).first() if code else None
    if code and kind is None:
        problems.append(Problem("没有这类活动,或已停用", where="活动类型", next_step="请重新选择,也可以不选"))
    return kind


def write_step(
    task: Task, step: Step, *, actor: User, at: datetime, words: str = "", was_due: date | None = None,
    now_due: date | None = None, client_key: str | None = None,
) -> TaskStep:  # fmt: skip
    """Keep what happened to a task."""
    return TaskStep.objects.create(
        task=task, step=step.value, words=words, was_due=was_due, now_due=now_due, at=at, by=actor.pk,
        by_name=actor.get_full_name(), unit_name=actor.unit_name, client_key=client_key,
    )  # fmt: skip
