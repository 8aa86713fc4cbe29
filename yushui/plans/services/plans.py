"""Year plans: empty, from the calendar of a typical year, or from another plan with its days moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.activities.models import ActivityKind
from yushui.audit import services as audit
from yushui.base.area_codes import AreaLevel, level_of
from yushui.base.kinds import kinds_for, read_catalogue
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.places.models import Area, Unit, UnitKind
from yushui.places.selectors import list_units
from yushui.plans.models import DutyKind, Plan, Task, TaskHelper, TaskStep
from yushui.plans.permissions import check_change_plans
from yushui.plans.rules.plans import PlanFacts, YearItem, read_items, read_plan, retitled
from yushui.plans.rules.tasks import move_day
from yushui.plans.selectors.plans import get_plan
from yushui.plans.types.tasks import PlanDraft, Step

CALENDAR = "year_calendar.yaml"


@transaction.atomic
def add_plan(*, actor: User, draft: PlanDraft, at: datetime) -> Plan:
    """Make a plan; the same form sent twice gives the same one. Raises Refused with all problems.

    A copy takes the tasks as they were set, without progress: each day moves to the plan's year, and one tied to a
    festival keeps its distance from it. Parts come along, units that have ended stay out.
    """
    known = Plan.objects.filter(client_key=draft.client_key.strip(), made_by=actor.pk).first()
    if known is not None:
        return known
    area_code = draft.area_code or actor.area_code
    check_change_plans(actor, area_code)
    area = Area.objects.filter(pk=area_code).first()
    if area is None:
        raise NotFound
    facts, problems = read_plan(draft, today=timezone.localtime(at).date(), area_name=area.name)
    copied = get_plan(actor=actor, plan_id=draft.copied_id) if draft.basis == "COPY" and draft.copied_id else None
    if facts is not None and Plan.objects.filter(area=area, year=facts.year, title=facts.title).exists():
        problems.append(
            Problem(f"{area.name}已有同名的计划", where="名称", next_step="请打开原有的计划添加任务,或换一个名称")
        )
    if facts is None or problems:
        raise Refused(*problems)
    with once():
        plan = Plan.objects.create(
            title=facts.title, year=facts.year, area=area, note=facts.note, copied_from=copied,
            client_key=facts.client_key, made_at=at, made_by=actor.pk, made_name=actor.get_full_name(),
        )  # fmt: skip
    count = fill(actor, plan, facts, copied, at)
    audit.record(
        actor=actor, action="plans.plan.added", subject=plan, area_code=area_code, at=at,
        now={"title": facts.title, "year": facts.year}, tasks=count,
    )  # fmt: skip
    return plan


def fill(actor: User, plan: Plan, facts: PlanFacts, copied: Plan | None, at: datetime) -> int:
    """The tasks that a plan begins with; how many."""
    if copied is not None:
        return copy_tasks(actor, plan, copied, at)
    if facts.basis == "CALENDAR":
        return take_calendar(actor, plan, at)
    return 0


def load_calendar(path: Path | None = None) -> list[YearItem]:
    """The calendar of a typical year. Raises Refused with all faults of the file."""
    entries = read_catalogue(CALENDAR, "items", title="全年工作月历", path=path)
    items, problems = read_items(entries, path.name if path else CALENDAR)
    if problems:
        raise Refused(*problems)
    return items


def take_calendar(actor: User, plan: Plan, at: datetime) -> int:
    """A task for each entry of the calendar that fits the plan's level."""
    level = "COUNTY" if level_of(plan.area_id) <= AreaLevel.COUNTY else "TOWN"
    on = timezone.localtime(at).date()
    units = list(list_units(actor=actor, on=on, within=plan.area_id).filter(area=plan.area))
    kinds = set(kinds_for(ActivityKind, plan.area_id).values_list("pk", flat=True))
    duties = dict(kinds_for(DutyKind, plan.area_id).values_list("pk", "owes"))
    tasks = []
    for number, item in enumerate(load_calendar(), start=1):
        if item.level not in {"BOTH", level}:
            continue
        fits = duties.get(item.duty) is not None and (level == "COUNTY") == (duties[item.duty] != "TOWN")
        tasks.append(
            Task(
                plan=plan, title=item.title, note=f"依据:{item.source}"[:500], area=plan.area, desk_code=plan.area_id,
                owner=owner_for(item, units, level), starts_on=item.starts_in(plan.year),
                due_on=item.due_in(plan.year), anchor=item.anchor, weight=item.weight,
                duty_id=item.duty if fits else None, kind_id=item.kind if item.kind in kinds else None,
                source=f"plans.calendar:{number}", client_key=f"plan-{plan.pk}-calendar-{number}", added_at=at,
                added_by=actor.pk, added_name=actor.get_full_name(),
            )
        )  # fmt: skip
    return keep_tasks(actor, tasks, at, words="取自全年工作月历")


def owner_for(item: YearItem, units: list[Unit], level: str) -> Unit | None:
    """The unit that usually does it: by kind of unit or by a part of its name; in a town the station."""
    wanted = item.owner if level == "COUNTY" else UnitKind.STATION.value
    if wanted in UnitKind.values:
        found = [unit for unit in units if unit.kind == wanted]
    else:
        found = [unit for unit in units if wanted and unit.name.endswith(wanted)]
    return found[0] if found else None


def copy_tasks(actor: User, plan: Plan, copied: Plan, at: datetime) -> int:
    """The tasks of another plan in this one, parts under their whole."""
    rows = list(Task.objects.filter(plan=copied).exclude(state="DROPPED").select_related("owner").order_by("id"))
    on = timezone.localtime(at).date()
    made: dict[int, Task] = {}
    for row in rows:
        if row.parent_id is not None and row.parent_id not in made:
            continue
        stands = row.owner is not None and (row.owner.ends_on is None or row.owner.ends_on > on)
        made[row.pk] = Task.objects.create(
            plan=plan, parent=made.get(row.parent_id or 0), title=retitled(row.title, copied.year, plan.year),
            note=retitled(row.note, copied.year, plan.year), area_id=row.area_id if row.parent_id else plan.area_id,
            desk_code=plan.area_id, owner=row.owner if stands else None,
            starts_on=row.starts_on
            and move_day(row.starts_on, plan.year, plan_year=copied.year, anchor=row.anchor),
            due_on=row.due_on and move_day(row.due_on, plan.year, plan_year=copied.year, anchor=row.anchor),
            anchor=row.anchor, weight=row.weight, duty=row.duty, kind=row.kind, source=f"plans.copy:{row.pk}",
            client_key=f"plan-{plan.pk}-copy-{row.pk}", added_at=at, added_by=actor.pk,
            added_name=actor.get_full_name(),
        )  # fmt: skip
    helpers = TaskHelper.objects.filter(task__in=made, unit__ends_on=None)
    TaskHelper.objects.bulk_create(TaskHelper(task=made[row.task_id], unit_id=row.unit_id) for row in helpers)
    write_added(actor, made.values(), at, words=f"照抄《{copied.title}》")
    return len(made)


def keep_tasks(actor: User, tasks: list[Task], at: datetime, *, words: str) -> int:
    """Store tasks with the first line of their history."""
    write_added(actor, Task.objects.bulk_create(tasks), at, words=words)
    return len(tasks)


def write_added(actor: User, tasks: Iterable[Task], at: datetime, *, words: str) -> None:
    """The first line of the history of each."""
    TaskStep.objects.bulk_create(
        TaskStep(
            task=task, step=Step.ADDED, words=words, at=at, by=actor.pk, by_name=actor.get_full_name(),
            unit_name=actor.unit_name,
        )
        for task in tasks
    )  # fmt: skip
