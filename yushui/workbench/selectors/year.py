"""A year of a place on one page: by month what was done, who was visited, what was due; each number opens its list.

Every number is one grouped query over an index of area and day, however long the ledgers are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, QuerySet, Sum
from django.db.models.functions import Cast, ExtractMonth, Substr

from yushui.accounts.models import User
from yushui.activities.models import Campaign
from yushui.activities.selectors.activities import visible_activities
from yushui.activities.selectors.kinds import chapters_of_kinds
from yushui.activities.selectors.visits import visible_visits
from yushui.activities.types import CHAPTER_NAMES, Way
from yushui.base.area_codes import code_range
from yushui.places.models import Area
from yushui.places.selectors import get_area
from yushui.plans.models import Task
from yushui.workbench.addresses import address_of

MOST_HEADLINES = 3
MONTH = Substr(Cast("on", CharField()), 6, 2)  # ExtractMonth is a call into Python for each row of SQLite
HEADLINE_CHAPTERS = ("ORGANISATION", "EDUCATION", "JOINT", "VISITS")  # what a month is remembered by


@dataclass(frozen=True)
class Cell:
    """A number that opens its list; `note` stands small beside it."""

    count: int
    url: str
    note: str = ""


@dataclass(frozen=True)
class Headline:
    """Something a month is remembered by."""

    label: str
    url: str
    on: date


@dataclass(frozen=True)
class Month:
    """One month: its cells, and what it is remembered by."""

    number: int
    named_cells: tuple[tuple[str, Cell], ...]  # (column, cell)
    headlines: tuple[Headline, ...] = ()
    is_to_come: bool = False


@dataclass(frozen=True)
class Year:
    """A year of a place. Money is fen."""

    area: Area
    year: int
    columns: tuple[str, ...]
    months: tuple[Month, ...]
    named_totals: tuple[tuple[str, Cell], ...]
    visit_fen: int
    activity_fen: int
    campaigns: tuple[Headline, ...] = field(default=())


def get_year(*, actor: User, area_code: str, year: int, on: date) -> Year:
    """The year of an area inside the actor's own; NotFound for others. `on` is today: later months are to come."""
    area = get_area(actor=actor, code=area_code)
    span = (date(year, 1, 1), min(date(year, 12, 31), on))
    done = activities_of(actor, area.code, span)
    seen = visits_of(actor, area.code, span)
    columns: dict[str, dict[int, Cell]] = {}
    for chapter, words in CHAPTER_NAMES.items():
        columns[words] = by_month(done, chapter, area.code, year)
    columns["走访人次"] = visit_cells(seen, area.code, year)
    columns["到期任务"] = task_cells(area.code, year)
    shown = {name: cells for name, cells in columns.items() if cells}
    headlines = headlines_of(actor, area.code, span)
    months = tuple(
        Month(
            number,
            tuple((name, cells.get(number, Cell(0, ""))) for name, cells in shown.items()),
            tuple(headlines[number]),
            is_to_come=date(year, number, 1) > on,
        )
        for number in range(1, 13)
    )
    return Year(
        area=area, year=year, columns=tuple(shown), months=months,
        named_totals=tuple((name, total_of(cells.values())) for name, cells in shown.items()),
        visit_fen=sum(row["fen"] or 0 for row in seen), activity_fen=sum(row["fen"] or 0 for row in done),
        campaigns=campaigns_of(area.code, span),
    )  # fmt: skip


def activities_of(actor: User, area_code: str, span: tuple[date, date]) -> list[Mapping[str, Any]]:
    """Activities by month and chapter: count, fen."""
    rows = within(visible_activities(actor), "area_id", area_code).filter(on__range=span)
    grouped = rows.annotate(month=MONTH).values("month", "kind_id").annotate(count=Count("pk"), fen=Sum("amount_fen"))
    chapters = chapters_of_kinds()
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for row in grouped.order_by():
        month, chapter = int(row["month"]), chapters[row["kind_id"]]
        sums = found.setdefault((month, chapter), {"month": month, "chapter": chapter, "count": 0, "fen": 0})
        sums["count"] += row["count"]
        sums["fen"] += row["fen"] or 0
    return list(found.values())


def by_month(done: Iterable[Mapping[str, Any]], chapter: str, area_code: str, year: int) -> dict[int, Cell]:
    """The cells of one chapter."""
    return {
        row["month"]: Cell(
            row["count"],
            address_of("list-activities", area=area_code, year=year, month=row["month"], chapter=chapter),
        )
        for row in done
        if row["chapter"] == chapter
    }


def visits_of(actor: User, area_code: str, span: tuple[date, date]) -> list[Mapping[str, Any]]:
    """Visits that met somebody, by month: count, fen."""
    rows = within(visible_visits(actor), "area_id", area_code).filter(on__range=span).exclude(way=Way.ABSENT)
    grouped = rows.annotate(month=MONTH).values("month").annotate(count=Count("pk"), fen=Sum("cash_fen"))
    return [{**row, "month": int(row["month"])} for row in grouped.order_by()]


def visit_cells(seen: Iterable[Mapping[str, Any]], area_code: str, year: int) -> dict[int, Cell]:
    """The cells of visits."""
    url = address_of("list-visits", area=area_code, year=year)
    return {row["month"]: Cell(row["count"], f"{url}&month={row['month']}") for row in seen}


def task_cells(area_code: str, year: int) -> dict[int, Cell]:
    """Tasks due in a month; the note says how many of them are done."""
    rows = within(Task.objects.all(), "area_id", area_code).filter(due_on__year=year)
    grouped = rows.annotate(month=ExtractMonth("due_on")).values("month", "state").annotate(count=Count("pk"))
    due: dict[int, int] = defaultdict(int)
    done: dict[int, int] = defaultdict(int)
    for row in grouped.order_by():
        due[row["month"]] += row["count"]
        done[row["month"]] += row["count"] if row["state"] == "DONE" else 0
    url = address_of("list-tasks", area=area_code, year=year)
    return {month: Cell(count, f"{url}&month={month}", f"办结 {done[month]}") for month, count in due.items()}


def headlines_of(actor: User, area_code: str, span: tuple[date, date]) -> dict[int, list[Headline]]:
    """The largest activities of each month."""
    rows = within(visible_activities(actor), "area_id", area_code).filter(on__range=span)
    kinds = [code for code, chapter in chapters_of_kinds().items() if chapter in HEADLINE_CHAPTERS]
    rows = rows.filter(kind__in=kinds, heads__gte=1).order_by("-heads", "-id")
    largest: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for pk, on in rows.values_list("pk", "on")[:200]:
        if len(largest[on.month]) < MOST_HEADLINES:
            largest[on.month].append((pk, on))
    shown = [pk for month in largest.values() for pk, _ in month]
    titles = dict(visible_activities(actor).filter(pk__in=shown).values_list("pk", "title"))
    found: dict[int, list[Headline]] = defaultdict(list)
    for number, month in largest.items():
        found[number] = [Headline(titles[pk], address_of("show-activity", pk), on) for pk, on in month]
    return found


def campaigns_of(area_code: str, span: tuple[date, date]) -> tuple[Headline, ...]:
    """Campaigns that began in the year."""
    rows = within(Campaign.objects.all(), "area_id", area_code).filter(starts_on__range=span).order_by("starts_on")
    return tuple(Headline(c.title, address_of("show-campaign", c.pk), c.starts_on) for c in rows[:30])


def total_of(cells: Iterable[Cell]) -> Cell:
    """The sum of a column; it opens nothing, its months do."""
    return Cell(sum(cell.count for cell in cells), "")


def within(rows: QuerySet, column: str, area_code: str) -> QuerySet:  # type: ignore[type-arg]
    """Only rows whose area lies inside: a range on the index of `column`."""
    low, high = code_range(area_code)
    return rows.filter(**{f"{column}__gte": low, f"{column}__lt": high})
