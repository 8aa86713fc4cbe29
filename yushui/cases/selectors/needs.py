"""双清单 and 实事 projects as an actor may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.base.refusals import NotFound
from yushui.cases.models import Case, Project
from yushui.cases.permissions import visible_cases
from yushui.cases.types.needs import NEED_KINDS
from yushui.plans.models import Task
from yushui.plans.selectors.tasks import with_accepted

WHEN_NAMES = {
    "open": "未办结",
    "unassigned": "还没定责任单位",
    "late": "已超期",
    "answer": "已验收,待答复",
    "done": "已办结",
    "all": "全部",
}


@dataclass(frozen=True)
class NeedFilters:
    """What the list is narrowed to: whose needs, how far they are, in which year they were told."""

    kind: str = "GARRISON_NEED"
    when: str = "all"
    year: int | None = None


def list_needs(*, actor: User, filters: NeedFilters, on: date) -> QuerySet[Case]:
    """Needs of one side: newest first."""
    rows = visible_cases(actor, on).select_related("kind", "step", "area", "asker_unit", "holder_unit", "cause")
    rows = rows.filter(kind=filters.kind if filters.kind in NEED_KINDS else NEED_KINDS[0])
    if filters.when == "open":
        rows = rows.filter(closed_on=None)
    elif filters.when == "unassigned":
        rows = rows.filter(closed_on=None, holder_unit=None)
    elif filters.when == "late":
        rows = rows.filter(closed_on=None, due_on__lt=on)
    elif filters.when == "answer":
        rows = to_answer(rows)
    elif filters.when == "done":
        rows = rows.exclude(closed_on=None)
    if filters.year is not None:
        rows = rows.filter(opened_on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    return rows.order_by("-opened_on", "-id")


def to_answer(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Open needs whose tasks are judged and accepted: the asker waits for the answer."""
    source = Concat(Value("cases.case:"), Cast("pk", CharField()), output_field=CharField())
    return with_accepted(rows.filter(kind__in=NEED_KINDS, closed_on=None), source)


def count_to_answer(*, actor: User, on: date) -> dict[str, int]:
    """How many needs of each kind wait for their answer, for who may give it; kinds without any are left out."""
    if not may(actor, "cases.act") or not may(actor, "plans.change"):
        return {}
    return dict(Counter(to_answer(visible_cases(actor, on)).values_list("kind_id", flat=True)))


def with_tasks(actor: User, rows: list[Case]) -> list[tuple[Case, list[Task], bool]]:
    """The needs of a page with the tasks set for them (责任清单), and whether they wait for the answer; two queries."""
    waiting = set(to_answer(Case.objects.filter(pk__in=[case.pk for case in rows])).values_list("pk", flat=True))
    if not may(actor, "plans.view"):
        return [(case, [], case.pk in waiting) for case in rows]
    sources = {f"cases.case:{case.pk}": case.pk for case in rows}
    found: dict[int, list[Task]] = {}
    tasks = in_scope(Task.objects.filter(source__in=list(sources)), actor, "area_id").select_related("owner")
    for task in tasks.order_by("id"):
        found.setdefault(sources[task.source], []).append(task)
    return [(case, found.get(case.pk, []), case.pk in waiting) for case in rows]


def list_deeds(*, actor: User, year: int, side: str = "") -> QuerySet[Project]:
    """Projects of a year in the actor's area."""
    need(actor, "cases.view")
    rows = in_scope(Project.objects.filter(year=year), actor, "area_id").select_related("unit", "need", "area")
    return (rows.filter(side=side) if side else rows).order_by("side", "due_on", "id")


def get_deed(*, actor: User, deed_id: int) -> Project:
    """One project of the actor's area; NotFound otherwise."""
    need(actor, "cases.view")
    rows = in_scope(Project.objects.select_related("unit", "need", "area"), actor, "area_id")
    found = rows.filter(pk=deed_id).first()
    if found is None:
        raise NotFound
    return found


def needs_to_choose(*, actor: User, on: date) -> list[Case]:
    """Open needs that a project may come from."""
    return list(visible_cases(actor, on).filter(kind__in=NEED_KINDS, closed_on=None).order_by("-id")[:200])
