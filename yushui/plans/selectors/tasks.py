"""Tasks as an actor may see them: lists, one in full, the supervision list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.activities.models import Activity
from yushui.base.area_codes import AreaLevel, code_range, level_of, lies_in
from yushui.base.refusals import NotFound
from yushui.places.models import Unit
from yushui.places.permissions import my_unit_ids
from yushui.places.selectors import list_units
from yushui.plans.models import Task, TaskEvidence, TaskHelper, TaskStep
from yushui.plans.permissions import is_desk, is_worker
from yushui.plans.rules.tasks import SOON, open_steps
from yushui.plans.types.tasks import OPEN_STATES, SOURCE_NAMES, STATE_NAMES, State, Step

AROUND = timedelta(days=30)  # activities so near to the days of a task belong to it
MOST_ACTIVITIES, MOST_SERVED = 12, 50


@dataclass(frozen=True)
class TaskFilters:
    """What a list is narrowed to. `when`: open, late, soon, done, all; `whose`: mine (my units), none (no owner)."""

    when: str = "open"
    whose: str = ""
    unit_id: int | None = None
    area_code: str = ""
    year: int | None = None
    weight: str = ""
    text: str = ""


WHEN_NAMES = {
    "open": "未办结",
    "late": "已超期",
    "soon": "七天内到期",
    "reported": "待评价",
    "silent": "超期没报进展",
    "undated": "没有时限",
    "done": "已办结",
    "all": "全部",
}


def visible_tasks(actor: User) -> QuerySet[Task]:
    """Tasks of the actor's area."""
    need(actor, "plans.view")
    return in_scope(Task.objects.all(), actor, "area_id")


def get_task(*, actor: User, task_id: int) -> Task:
    """One task of the actor's area; NotFound otherwise."""
    rows = visible_tasks(actor).select_related("plan", "parent", "area", "owner__area", "duty", "kind")
    found = rows.filter(pk=task_id).first()
    if found is None:
        raise NotFound
    return found


def tasks_of_source(*, actor: User, source: str) -> list[Task]:
    """The tasks that came from one row, e.g. `plans.decision:7`, in the order they were added."""
    rows = visible_tasks(actor).select_related("owner", "area").filter(source=source)
    return list(rows.order_by("id")) if source else []


def with_accepted(rows: QuerySet[Any], source: Concat) -> QuerySet[Any]:
    """Rows of a package above whose tasks (`source` builds their text key) are all judged and at least one accepted."""
    named: QuerySet[Any] = rows.annotate(task_source=source)
    tasks = Task.objects.filter(source=OuterRef("task_source"))
    done = tasks.filter(state=State.DONE)
    return named.filter(Exists(done), ~Exists(tasks.filter(state__in=OPEN_STATES)))


def results_of(tasks: Sequence[Task]) -> list[str]:
    """What was last reported of each task that was accepted."""
    done = [task.pk for task in tasks if task.state == State.DONE]
    rows = TaskStep.objects.filter(task__in=done, step=Step.REPORTED).exclude(words="").order_by("id")
    return list(dict(rows.values_list("task", "words")).values())


def list_tasks(*, actor: User, filters: TaskFilters, on: date) -> QuerySet[Task]:
    """Tasks, the most pressing first: open ones by due day, those without a day last, ended ones newest first."""
    rows = visible_tasks(actor).select_related("owner", "area", "plan", "parent")
    rows = narrowed_by_time(rows, filters.when, on)
    if filters.whose == "mine":
        rows = rows.filter(of_units(my_unit_ids(actor, on)))
    elif filters.whose == "wait":
        rows = rows.filter(waiting_for(actor, on))
    elif filters.whose == "none":
        rows = rows.filter(owner=None)
    if filters.unit_id is not None:
        rows = rows.filter(of_units({filters.unit_id}))
    if filters.area_code:
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if filters.year is not None:
        rows = rows.filter(
            Q(due_on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
            | Q(due_on=None, plan__year=filters.year)
        )
    if filters.weight:
        rows = rows.filter(weight=filters.weight)
    if filters.text:
        rows = rows.filter(title__contains=filters.text)
    if filters.when in {"done", "all"}:
        return rows.order_by(F("due_on").desc(nulls_last=True), "-id")
    return rows.order_by(F("due_on").asc(nulls_last=True), "id")


def narrowed_by_time(rows: QuerySet[Task], when: str, on: date) -> QuerySet[Task]:
    """Only tasks that stand so on a day."""
    if when == "all":
        return rows
    if when == "done":
        return rows.exclude(closed_on=None)
    rows = rows.filter(closed_on=None)
    if when == "late":
        return rows.filter(due_on__lt=on)
    if when == "soon":
        return rows.filter(due_on__range=(on, on + timedelta(days=SOON)))
    if when == "silent":
        return rows.filter(due_on__lt=on, state="OPEN")
    if when == "undated":
        return rows.filter(due_on=None)
    return rows.filter(state="REPORTED") if when == "reported" else rows


def of_units(units: set[int]) -> Q:
    """Tasks that one of the units owns or helps with."""
    return Q(owner__in=units) | Q(Exists(TaskHelper.objects.filter(task=OuterRef("pk"), unit__in=units)))


def mine(*, actor: User, on: date) -> QuerySet[Task]:
    """Open tasks that wait for the actor, the most pressing first. Parts stand for a task that was split."""
    if not may(actor, "plans.progress"):
        return Task.objects.none()
    rows = visible_tasks(actor).filter(closed_on=None)
    open_parts = Task.objects.filter(parent=OuterRef("pk"), closed_on=None)
    rows = rows.filter(waiting_for(actor, on)).exclude(Exists(open_parts))
    return rows.select_related("owner", "area").order_by(F("due_on").asc(nulls_last=True), "id")


def waiting_for(actor: User, on: date) -> Q:
    """Tasks of the actor's units that are not reported yet, of a village's or town's own area for its clerks, and for
    who judges, those reported done and those without an owner."""
    wanted = of_units(my_unit_ids(actor, on))
    if may(actor, "activities.visit") and level_of(actor.area_code) > AreaLevel.COUNTY:
        wanted |= Q(area_id=actor.area_code)
    wanted &= ~Q(state="REPORTED")
    if may(actor, "plans.change"):
        wanted |= Q(state="REPORTED", desk_code=actor.area_code)
        wanted |= Q(owner=None, desk_code=actor.area_code, area_id=actor.area_code)
    return wanted


def list_supervision(*, actor: User, filters: TaskFilters, on: date) -> QuerySet[Task]:
    """督查台账: every open task, the most overdue first, with its last report. Wholes stand for their parts when all
    parts are shown, so a task with parts is left out."""
    last = TaskStep.objects.filter(task=OuterRef("pk"), step__in=("NOTED", "REPORTED")).order_by("-id")
    rows = list_tasks(actor=actor, filters=filters, on=on)
    parts = Task.objects.filter(parent=OuterRef("pk"))
    return rows.exclude(Exists(parts)).annotate(
        last_words=Subquery(last.values("words")[:1]), last_at=Subquery(last.values("at")[:1])
    )


@dataclass(frozen=True)
class TaskSheet:
    """One task in full."""

    task: Task
    helpers: list[Unit]
    steps: list[TaskStep]
    pieces: list[TaskEvidence]
    parts: list[Task]
    open_to: tuple[Step, ...]
    activities: list[Activity]
    days_left: int | None
    source: str

    @property
    def is_late(self) -> bool:
        """Open after its day."""
        return self.task.closed_on is None and self.days_left is not None and self.days_left < 0


def task_sheet(*, actor: User, task_id: int, on: date) -> TaskSheet:
    """One task with what happened to it, its parts, and the activities that show it was done."""
    task = get_task(actor=actor, task_id=task_id)
    parts = list(task.children.select_related("owner", "area").order_by(done_last(), "due_on", "id"))
    return TaskSheet(
        task=task,
        helpers=[row.unit for row in task.helpers.select_related("unit").order_by("unit_id")],
        steps=list(task.steps.order_by("-id")),
        pieces=list(task.evidence.filter(withdrawn_at=None).select_related("file").order_by("id")),
        parts=parts,
        open_to=open_steps(
            task.state, is_worker=is_worker(actor, task, on), is_desk=is_desk(actor, task), has_parts=bool(parts)
        ),
        activities=activities_of(actor, task),
        days_left=(task.due_on - on).days if task.due_on else None,
        source=source_words(task.source),
    )


def done_last() -> Case:
    """Open tasks before ended ones."""
    return Case(When(closed_on=None, then=Value(0)), default=Value(1), output_field=IntegerField())


def activities_of(actor: User, task: Task) -> list[Activity]:
    """Activities of the task's kind, in its area and around its days."""
    if task.kind_id is None or task.due_on is None or not may(actor, "activities.view"):
        return []
    low, high = code_range(task.area_id)
    first = (task.starts_on or task.due_on - AROUND) - timedelta(days=1)
    days = (first, task.due_on + AROUND)
    rows = Activity.objects.filter(kind=task.kind_id, on__range=days, withdrawn_at=None)
    rows = rows.filter(area_id__gte=low, area_id__lt=high)
    return list(rows.select_related("area").order_by("on", "id")[:MOST_ACTIVITIES])


def tasks_served_by(*, actor: User, activity: Activity) -> list[Task]:
    """The tasks whose kind, area and days an activity fits: what it served."""
    if not may(actor, "plans.view"):
        return []
    rows = visible_tasks(actor).filter(kind=activity.kind_id, due_on__gte=activity.on - AROUND).exclude(state="DROPPED")
    begun = Q(starts_on__lte=activity.on + timedelta(days=1))
    near = Q(starts_on=None, due_on__lte=activity.on + AROUND)
    found = rows.filter(begun | near).select_related("plan", "owner").order_by("due_on", "id")[:MOST_SERVED]
    return [task for task in found if lies_in(activity.area_id, task.area_id)]


def get_task_file(*, actor: User, evidence_id: int) -> TaskEvidence:
    """One piece of evidence of a task in the actor's area; NotFound otherwise."""
    need(actor, "plans.view")
    rows = in_scope(TaskEvidence.objects.select_related("file", "task"), actor, "task__area_id")
    found = rows.filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    return found


def source_words(source: str) -> str:
    """Where a task came from, in words; empty when it was set by hand."""
    return SOURCE_NAMES.get(source.partition(":")[0], "")


def units_to_choose(*, actor: User, within: str = "", on: date) -> list[tuple[str, list[Unit]]]:
    """Units that may own or help, by kind: (kind in words, units)."""
    groups: dict[str, list[Unit]] = {}
    rows = list_units(actor=actor, on=on, within=within).exclude(kind__in=("ENTERPRISE",))
    for unit in rows.order_by("kind", "area_id", "name")[:600]:
        groups.setdefault(str(unit.get_kind_display()), []).append(unit)
    return list(groups.items())


def state_words(task: Task, on: date) -> tuple[str, str]:
    """How a task stands, in words, and the mark."""
    if task.state in OPEN_STATES and task.due_on is not None and task.due_on < on and task.state != "REPORTED":
        return f"超期 {(on - task.due_on).days} 天", "bad"
    tone = {"OPEN": "plain", "UNDERWAY": "info", "REPORTED": "due", "DONE": "", "DROPPED": "plain"}[task.state]
    return STATE_NAMES[task.state], tone
