"""双清单, 实事 projects and statements as an actor may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.base.area_codes import AreaLevel, level_of
from yushui.base.refusals import NotFound
from yushui.cases.models import Case, Project, Statement, StatementKind
from yushui.cases.permissions import visible_cases
from yushui.cases.rules.needs import quarter_span
from yushui.cases.types.needs import NEED_KINDS
from yushui.places.models import Area
from yushui.places.selectors import get_area, list_areas
from yushui.plans.models import Task

WHEN_NAMES = {"open": "未办结", "unassigned": "还没定责任单位", "late": "已超期", "done": "已办结", "all": "全部"}


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
    elif filters.when == "done":
        rows = rows.exclude(closed_on=None)
    if filters.year is not None:
        rows = rows.filter(opened_on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    return rows.order_by("-opened_on", "-id")


def with_tasks(actor: User, rows: list[Case]) -> list[tuple[Case, list[Task]]]:
    """The needs of a page with the tasks set for them (责任清单); one query for all."""
    if not may(actor, "plans.view"):
        return [(case, []) for case in rows]
    sources = {f"cases.case:{case.pk}": case.pk for case in rows}
    found: dict[int, list[Task]] = {}
    tasks = in_scope(Task.objects.filter(source__in=list(sources)), actor, "area_id").select_related("owner")
    for task in tasks.order_by("id"):
        found.setdefault(sources[task.source], []).append(task)
    return [(case, found.get(case.pk, [])) for case in rows]


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


def statement_kinds() -> list[StatementKind]:
    """The events that are stated."""
    return list(StatementKind.objects.filter(retired=False).order_by("place"))


@dataclass(frozen=True)
class StatedLine:
    """One office in one quarter: its number of each kind (None: not stated), who stated it."""

    area: Area
    counts: tuple[int | None, ...]
    by: str
    words: str
    names: tuple[str, ...] = ()

    @property
    def cells(self) -> list[tuple[str, int | None]]:
        """Kind by name and its number."""
        return list(zip(self.names, self.counts, strict=False))

    @property
    def is_stated(self) -> bool:
        """Whether every kind is stated."""
        return all(number is not None for number in self.counts)


def stated_lines(*, actor: User, year: int, quarter: int) -> list[StatedLine]:
    """A line for each town of the actor's area, stated or not; for a town its own."""
    need(actor, "cases.view")
    known = statement_kinds()
    kinds, names = [kind.pk for kind in known], tuple(kind.name for kind in known)
    first, end = quarter_span(year, quarter)
    areas = stating_areas(actor)
    rows = Statement.objects.filter(superseded_at=None, starts_on=first, ends_on=end)
    found = {(row.area_id, row.kind_id): row for row in rows.filter(area__in=[area.pk for area in areas])}
    lines = []
    for area in areas:
        held = [found.get((area.pk, code)) for code in kinds]
        named = next((row for row in held if row is not None), None)
        counts = tuple(row.count if row is not None else None for row in held)
        lines.append(StatedLine(area, counts, named.stated_name if named else "", named.words if named else "", names))
    return lines


def stating_areas(actor: User) -> list[Area]:
    """The offices that state: the towns of a county, or the town itself."""
    if level_of(actor.area_code) >= AreaLevel.TOWN:
        return [get_area(actor=actor, code=actor.area_code[:9].ljust(12, "0"))] if is_town(actor) else []
    return list(list_areas(actor=actor, level=AreaLevel.TOWN))


def is_town(actor: User) -> bool:
    """Whether the actor works in a town's office."""
    return level_of(actor.area_code) == AreaLevel.TOWN


def last_quarter(on: date) -> tuple[int, int]:
    """The quarter that ended last: the one to state now."""
    quarter = (on.month - 1) // 3
    return (on.year - 1, 4) if quarter == 0 else (on.year, quarter)


def stated_before(*, actor: User, area_code: str, year: int, quarter: int) -> dict[str, int]:
    """What an office has stated for a quarter, by kind."""
    first, end = quarter_span(year, quarter)
    rows = in_scope(Statement.objects.filter(superseded_at=None, starts_on=first, ends_on=end), actor, "area_id")
    return dict(rows.filter(area=area_code).values_list("kind_id", "count"))


def missing_statements(*, actor: User, on: date) -> int:
    """Offices that have not stated the last quarter."""
    year, quarter = last_quarter(on)
    return sum(1 for line in stated_lines(actor=actor, year=year, quarter=quarter) if not line.is_stated)
