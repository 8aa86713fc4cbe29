"""The shape of a row source: rows that a package offers for figures. What a figure counts is decided above, as data.

A package's `figures.py` holds `SOURCES`, a table from name to RowSource. A source gives rows of one table, scoped by an
area and a period; it never counts. So a figure and the rows behind it can only come from the same query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from yushui.base.area_codes import code_range


@dataclass(frozen=True)
class Period:
    """A calendar year as far as it has gone on the day `on`. A year that is over is always whole."""

    year: int
    on: date

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day that counts: 31 December, or the day of asking while the year runs."""
        return min(date(self.year, 12, 31), self.on)

    @property
    def is_open(self) -> bool:
        """Whether the year is still running on that day."""
        return self.on < date(self.year, 12, 31)

    @property
    def first_month(self) -> int:
        """January of the year as an integer month."""
        return self.year * 12

    @property
    def end_month(self) -> int:
        """The first month that does not count."""
        return self.last.year * 12 + self.last.month if self.last >= self.first else self.first_month


class How(StrEnum):
    """How rows become a number."""

    COUNT = "COUNT"
    DISTINCT = "DISTINCT"
    SUM = "SUM"


@dataclass(frozen=True)
class Measure:
    """Count rows, count different values of a column, or add a column up."""

    how: How
    of: str = "pk"


ROWS = Measure(How.COUNT)
PERSONS = Measure(How.DISTINCT, "person_id")


@dataclass(frozen=True)
class Column:
    """A column of the rows page: heading, path in the row, how it is shown, and words for codes."""

    title: str
    path: str
    show: str = "text"  # text, day, month, yuan, name, area, benefit, ask
    labels: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RowSource:
    """Rows of one table. `area` names the column with the area code; `person` the one with the person, if any."""

    title: str
    rows: Callable[[str, Period], QuerySet[Any]]
    area: str
    measures: Mapping[str, Measure]
    filters: Mapping[str, str]
    columns: tuple[Column, ...]
    person: str = "person_id"
    choices: Mapping[str, frozenset[Any]] = field(default_factory=dict)  # what a filter may be asked for, where known


def within(rows: QuerySet[Any], column: str, area_code: str) -> QuerySet[Any]:
    """Only rows whose area lies inside: a range on the index of `column`."""
    low, high = code_range(area_code)
    return rows.filter(**{f"{column}__gte": low, f"{column}__lt": high})
