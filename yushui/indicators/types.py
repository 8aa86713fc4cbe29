"""What an indicator is: a question to a row source, or two. Plain records of catalogue/indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Scalar = str | int | bool


class Kind(StrEnum):
    """How a figure is made."""

    COUNT = "COUNT"  # one question
    RATIO = "RATIO"  # part of a whole, in parts per ten thousand
    TABLE = "TABLE"  # standards by year from the law


class Part(StrEnum):
    """Which rows of a figure are asked for."""

    WHOLE = "whole"  # all rows the figure is taken from; of a count simply its rows
    PART = "part"  # the rows that a ratio counts as done
    GAP = "gap"  # the rest: what is still to do


@dataclass(frozen=True)
class Condition:
    """One condition: the filter is one of the values, or none of them."""

    name: str
    values: tuple[Scalar, ...]
    negated: bool = False


@dataclass(frozen=True)
class Question:
    """Rows of a source that pass all tests, and what is measured on them."""

    source: str
    tests: tuple[Condition, ...]
    measure: str


@dataclass(frozen=True)
class Indicator:
    """One figure that the house can answer for. `seed` and `words` tell which sentence of which report it serves."""

    id: str
    title: str
    chapter: str
    unit: str
    kind: Kind
    definition: str
    seed: str
    words: str
    whole: Question | None = None
    part: tuple[Condition, ...] = ()  # of a ratio: further tests on the same rows
    met_by: Question | None = None  # of a ratio: the person also stands in the rows of another source
    target: int | None = None  # parts per ten thousand; below it a report says what fell short
    enter: str = ""  # name of the page where the facts are entered
    benefits: tuple[str, ...] = ()  # of a table: whose standards
    fewer_is_better: bool = False
    area_code: str = ""  # of a kind that an area added: only there and around it


@dataclass(frozen=True)
class Value:
    """The answer for one area and year. Fen, heads or times; a ratio in parts per ten thousand, rounded down, so that
    100% means all. `number` is None where there is nothing to take a share of. `part` and `whole` are what a ratio
    was made of (of a count both are the number); `row_count` is how many rows of the source stand behind it."""

    indicator: str
    area_code: str
    year: int
    on: date
    number: int | None
    part: int
    whole: int
    row_count: int

    @property
    def left(self) -> int:
        """Of a ratio: what is still to do."""
        return self.whole - self.part


@dataclass(frozen=True)
class Shape:
    """What a source offers, as far as a definition may use it."""

    measures: frozenset[str]
    filters: frozenset[str]
    has_person: bool
    choices: Mapping[str, frozenset[Scalar]] = field(default_factory=dict)
