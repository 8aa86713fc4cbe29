"""The rows behind a figure. The page lists one row for each thing counted, so its count is the figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet

from yushui.accounts.models import User
from yushui.base import days, money
from yushui.base.figures import Column, How, Measure, Period, RowSource
from yushui.indicators.permissions import check_view_figures
from yushui.indicators.selectors.catalogue import SOURCES
from yushui.indicators.selectors.values import asked_rows
from yushui.indicators.types import Indicator, Kind, Part
from yushui.places.selectors import path_names
from yushui.policy.explain import ask_in_words
from yushui.policy.types import BENEFIT_NAMES


def source_of(indicator: Indicator) -> RowSource:
    """The source of an indicator that has rows."""
    assert indicator.whole is not None
    return SOURCES[indicator.whole.source]


def measure_of(indicator: Indicator) -> Measure:
    """How the indicator's rows become its number."""
    assert indicator.whole is not None
    return source_of(indicator).measures[indicator.whole.measure]


def rows_of(
    *, actor: User, indicator: Indicator, area_code: str, year: int, on: date, part: Part = Part.WHOLE
) -> QuerySet[Any]:
    """All rows of a figure, or of one part of a ratio, in a stable order."""
    check_view_figures(actor, area_code)
    period = Period(year, on)
    source = source_of(indicator)
    rows = source.rows(area_code, period).filter(asked_rows(indicator, part, area_code, period))
    return rows.order_by(source.area, "pk")


def counted_rows(rows: QuerySet[Any], indicator: Indicator) -> QuerySet[Any]:
    """One row for each thing counted: of a figure in heads the first row of each head; otherwise all rows."""
    measure = measure_of(indicator)
    if measure.how is not How.DISTINCT:
        return rows
    firsts = rows.order_by().values(measure.of).annotate(first_pk=Min("pk")).values("first_pk")
    return rows.filter(pk__in=firsts)


@dataclass(frozen=True)
class Footing:
    """What a list of rows comes to: things listed, rows behind them, and the sum when the figure is one."""

    counted: int
    rows: int
    number: int


def footing_of(rows: QuerySet[Any], indicator: Indicator) -> Footing:
    """Count and sum of the rows themselves, so the page can be held against the figure."""
    measure = measure_of(indicator)
    total = rows.count()
    counted = counted_rows(rows, indicator).count() if measure.how is How.DISTINCT else total
    if measure.how is not How.SUM:
        return Footing(counted, total, counted)
    values = rows.order_by().values_list(measure.of, flat=True)
    return Footing(counted, total, sum(value or 0 for value in values.iterator(chunk_size=5000)))


def default_part(indicator: Indicator) -> Part:
    """A ratio opens on what was done."""
    return Part.PART if indicator.kind is Kind.RATIO else Part.WHOLE


def row_ids(rows: QuerySet[Any]) -> list[int]:
    """The ids of all rows of a figure, ascending."""
    return sorted(rows.order_by().values_list("pk", flat=True))


@dataclass(frozen=True)
class Cell:
    """One cell of the rows page: words, and whether they stand right-aligned as a number."""

    words: str
    is_number: bool = False


@dataclass(frozen=True)
class ShownRow:
    """A row as shown; `person_id` leads to the person's file where the reader may open it."""

    pk: int
    person_id: int | None
    cells: tuple[Cell, ...]


def shown_fields(rows: QuerySet[Any], indicator: Indicator) -> QuerySet[Any]:
    """Only the columns the page shows, so no personal number is ever read for it."""
    source = source_of(indicator)
    person = (source.person,) if source.person else ()
    return rows.values(*dict.fromkeys(("pk", *person, *(column.path for column in source.columns))))


def show_rows(fetched: list[dict[str, Any]], indicator: Indicator, names: bool) -> list[ShownRow]:
    """Rows of `shown_fields` in words. Without the right to see names they are masked, nothing is linked."""
    source = source_of(indicator)
    codes = [row[column.path] for row in fetched for column in source.columns if column.show == "area"]
    places = path_names(code for code in codes if code)
    return [
        ShownRow(
            pk=row["pk"],
            person_id=row[source.person] if source.person and names else None,
            cells=tuple(cell_of(column, row[column.path], places, names) for column in source.columns),
        )
        for row in fetched
    ]


def cell_of(column: Column, value: Any, places: dict[str, str], names: bool) -> Cell:
    """One value in words."""
    if value is None or value == "":
        return Cell("")
    if column.show == "yuan":
        return Cell(money.show_yuan(value), is_number=True)
    if column.show == "month":
        return Cell(days.show_month_zh(value))
    if column.show == "day":
        return Cell(f"{value:%Y-%m-%d}")
    if column.show == "area":
        return Cell(places.get(value, value))
    if column.show == "benefit":
        return Cell(BENEFIT_NAMES.get(value, value))
    if column.show == "ask":
        return Cell(ask_in_words(value))
    if column.show == "name" and not names:
        return Cell(f"{value[:1]}{'*' * max(len(value) - 1, 1)}")
    return Cell(str(column.labels.get(value, value)), is_number=isinstance(value, int) and not column.labels)
