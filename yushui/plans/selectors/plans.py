"""Year plans as an actor may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.refusals import NotFound
from yushui.plans.models import Plan, Task
from yushui.plans.rules.plans import quarter_of

QUARTERS = {1: "一季度", 2: "二季度", 3: "三季度", 4: "四季度", 0: "全年和时限待定"}
MOST_SHOWN = 400


@dataclass(frozen=True)
class Progress:
    """How far the tasks of a plan or quarter have come. Dropped ones are not counted, parts count by themselves."""

    total: int
    done: int
    late: int
    ownerless: int

    @property
    def percent(self) -> int:
        """Whole percent done, rounded down."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class Quarter:
    """The tasks of a quarter, parts under their whole."""

    name: str
    tasks: list[Task]
    progress: Progress
    is_now: bool


def visible_plans(actor: User) -> QuerySet[Plan]:
    """Plans of the actor's area."""
    need(actor, "plans.view")
    return in_scope(Plan.objects.select_related("area"), actor, "area_id")


def get_plan(*, actor: User, plan_id: int) -> Plan:
    """One plan of the actor's area; NotFound otherwise."""
    found = visible_plans(actor).filter(pk=plan_id).first()
    if found is None:
        raise NotFound
    return found


def list_plans(*, actor: User, year: int | None, on: date) -> QuerySet[Plan]:
    """Plans, newest year first, the county's before the towns', with counts of their tasks."""
    rows = visible_plans(actor)
    if year is not None:
        rows = rows.filter(year=year)
    kept = Q(tasks__state="DROPPED")
    return rows.annotate(
        total=Count("tasks", filter=~kept & Q(tasks__isnull=False)),
        done=Count("tasks", filter=Q(tasks__state="DONE")),
        late=Count("tasks", filter=Q(tasks__closed_on=None, tasks__due_on__lt=on)),
    ).order_by("-year", "area_id", "id")


def plans_to_copy(*, actor: User) -> list[Plan]:
    """Plans that a new one may begin from, newest first."""
    return list(visible_plans(actor).order_by("-year", "area_id", "id")[:60])


def quarters_of(*, actor: User, plan: Plan, on: date) -> tuple[list[Quarter], Progress]:
    """The plan's tasks by quarter, and how far the whole has come."""
    rows = in_scope(Task.objects.filter(plan=plan), actor, "area_id")
    tasks = list(
        rows.select_related("owner", "area", "parent").order_by(F("due_on").asc(nulls_last=True), "id")[:MOST_SHOWN]
    )
    wholes = [task for task in tasks if task.parent_id is None]
    known = {task.pk for task in wholes}
    wholes += [task for task in tasks if task.parent_id is not None and task.parent_id not in known]
    quarters = []
    for number, name in QUARTERS.items():
        mine = [task for task in wholes if quarter_of(task.due_on, plan.year) == number]
        if mine:
            is_now = on.year == plan.year and number == quarter_of(on, plan.year)
            quarters.append(Quarter(name, mine, progress_of(mine, on), is_now))
    return quarters, progress_of(tasks, on)


def progress_of(tasks: Iterable[Task], on: date) -> Progress:
    """How far some tasks have come."""
    kept = [task for task in tasks if task.state != "DROPPED"]
    return Progress(
        total=len(kept),
        done=sum(task.state == "DONE" for task in kept),
        late=sum(task.closed_on is None and task.due_on is not None and task.due_on < on for task in kept),
        ownerless=sum(task.owner_id is None and task.closed_on is None for task in kept),
    )
