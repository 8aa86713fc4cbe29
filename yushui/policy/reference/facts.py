"""A person's facts as rows: statuses, events, values of the place; and the shape of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yushui.base.area_codes import lies_in, prefix_of
from yushui.policy.types import (
    DATE_COLUMNS,
    EPOCH,
    NONE,
    NUMBER_COLUMNS,
    Column,
    Facts,
    Law,
    Rule,
    Verdict,
)

Row = Mapping[str, Any]
GRANT, ASK, REFUSE = Verdict.GRANT, Verdict.ASK, Verdict.REFUSE


@dataclass(frozen=True)
class Answer:
    """The law's answer for one status, benefit and month."""

    verdict: Verdict
    fen: int = 0
    ask: str = ""
    rate: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A status of a person seen through one benefit."""

    person: Row
    status: Row
    rule: Rule
    values: Mapping[tuple[str, int], int]


@dataclass(frozen=True)
class Events:
    """The days of each kind of event of the person, in order."""

    days: Mapping[str, list[date]]

    def of(self, what: str) -> list[date]:
        return self.days.get(what, [])


def rows_of(columns: Mapping[str, Column], facts: Facts) -> list[dict[str, Any]]:
    """Columns back into rows: days as dates, words as words, what is missing as None."""
    decoded = {}
    for name, column in columns.items():
        values = column.tolist()
        if name in DATE_COLUMNS:
            decoded[name] = [None if v == NONE else date.fromordinal(v + EPOCH) for v in values]
        elif name in NUMBER_COLUMNS:
            decoded[name] = [None if v == NONE else v for v in values]
        else:
            decoded[name] = [None if v == NONE else facts.words[v] for v in values]
    return [dict(zip(decoded, row, strict=True)) for row in zip(*decoded.values(), strict=True)]


def events_of(facts: Facts) -> Events:
    days: dict[str, list[date]] = {}
    for row in rows_of(facts.events, facts):
        days.setdefault(row["what"], []).append(row["on"])
    return Events({what: sorted(d) for what, d in days.items()})


def values_of(law: Law, facts: Facts, area: str) -> dict[tuple[str, int], int]:
    """Yearly values of the place: its law files', then those entered, the smaller area last."""
    values = {(name, year): fen for name, year, fen in law.layer_of(area).values}
    for code, name, year, fen in sorted(facts.local_values, key=lambda v: len(prefix_of(v[0]))):
        if lies_in(area, code):
            values[name, year] = fen
    return values
