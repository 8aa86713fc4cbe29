"""Facts and rules into DuckDB: arrays as they are, one row per rule of each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np

from yushui.base.area_codes import lies_in, prefix_of
from yushui.policy.engine.codes import Codes
from yushui.policy.types import EPOCH, NONE, PERIODIC, Facts, Law, Pair, Rule, StartRule

MODES = {"ask": 0, "of": 1, "after": 2}
DAYS = {"starts_on": 0, "approved_on": 1, "approved_or_starts": 2}
PAYING = ("RECEIVING", "STOPPED", "MOVED", "DIED", "CANCELLED", "SUSPENDED")
MASK = {"SENTENCED": 1, "CANCELLED": 2, "UNCONFIRMED_NOTICE": 4, "MOVED_OUT": 8, "MOVED_IN": 16}

RULE_COLUMNS = (
    "place", "kind", "rid", "benefit", "cut", "day0", "mode0", "day1", "mode1", "age", "child_age", "most",
    "counts_years",
    "ends_with_service", "stops", "sentence", "release", "age_mode", "absent_is_none",
)  # fmt: skip

MACROS = f"""
CREATE OR REPLACE MACRO d(x) AS CASE WHEN x <> {NONE} THEN DATE '1970-01-01' + x::INTEGER END;
CREATE OR REPLACE MACRO m(x) AS (year(x) * 12 + month(x) - 1)::INTEGER;
CREATE OR REPLACE MACRO turns(born, years) AS
  (born + to_years(years))::DATE + CASE WHEN day(born) = 29 AND day(born + to_years(years)) = 28 THEN 1 ELSE 0 END;
"""


@dataclass
class Placed:
    """One rule of one place. Its place in `Prepared.placed` is the `rid` of the tables."""

    place: int
    rule: Rule
    values: dict[tuple[str, int], int]  # local (name, year) → fen


@dataclass
class Prepared:
    """The rules of all places that occur, and the words answers may use."""

    placed: list[Placed] = field(default_factory=list)
    codes: Codes = field(default_factory=Codes)
    layers: list[str] = field(default_factory=list)  # area of the layer, by place
    overlaps: list[Mapping[tuple[str, str], Pair]] = field(default_factory=list)  # by place
    word_numbers: dict[str, int] = field(default_factory=dict)


def feed(con: duckdb.DuckDBPyConnection, law: Law, facts: Facts) -> Prepared:
    """Register the facts; make the tables `place` and `rule`."""
    con.execute(MACROS)
    prepared = Prepared(word_numbers={word: n for n, word in enumerate(facts.words)})
    place_of_word = np.zeros(len(facts.words) + 1, dtype=np.int64)
    areas = facts.persons["area_code"]
    known: dict[tuple[str, tuple[tuple[tuple[str, int], int], ...]], int] = {}
    for word in np.unique(areas).tolist():
        code = "" if word == NONE else facts.words[word]
        values = local_values(law, facts, code)
        key = (law.layer_of(code).area, tuple(sorted(values.items())))
        if key not in known:
            known[key] = len(known)
            prepared.layers.append(key[0])
            prepared.overlaps.append(law.layers[key[0]].overlap)
            for rule in law.layers[key[0]].rules.values():
                prepared.placed.append(Placed(known[key], rule, values))
        place_of_word[word if word != NONE else -1] = known[key]
    con.register("person", {**facts.persons, "place": place_of_word[np.where(areas == NONE, -1, areas)]})
    con.register("status", dict(facts.statuses))
    con.register("event", dict(facts.events))
    _make_rule_table(con, prepared)
    return prepared


def local_values(law: Law, facts: Facts, area_code: str) -> dict[tuple[str, int], int]:
    """What a place has entered, over what its law files give; the smaller area wins."""
    values = {(name, year): fen for name, year, fen in law.layer_of(area_code).values}
    entered = [v for v in facts.local_values if lies_in(area_code, v[0])]
    for _, name, year, fen in sorted(entered, key=lambda v: len(prefix_of(v[0]))):
        values[name, year] = fen
    return values


def _start(rule: Rule, start: StartRule) -> tuple[int, int]:
    """Which day decides, and the mode; where the law leaves the mode open the place's choice stands in."""
    month = rule.parts.get("start", "ask") if start.month == "ask" else start.month
    return DAYS[start.day], MODES[month]


def _make_rule_table(con: duckdb.DuckDBPyConnection, prepared: Prepared) -> None:
    """One row per rule and kind of status; kinds that no fact names are left out."""
    number = prepared.word_numbers
    rows = []
    for rid, placed in enumerate(prepared.placed):
        rule = placed.rule
        before, since = rule.start[0], rule.start[-1]
        stops = sum(MASK[s] for s in rule.suspended_by)
        parts = [MODES[rule.parts.get(p, "ask")] for p in ("sentence", "release", "age")]
        rows += [
            (placed.place, number[kind], rid, PERIODIC.index(rule.benefit), day_number(since.since), *_start(rule,
            before),
             *_start(rule, since), rule.age, rule.child_age, rule.most_months, rule.counts_service_years,
             rule.ends_with_service, stops, *parts, rule.absent == "none")
            for kind in rule.kinds if kind in number
        ]  # fmt: skip
    insert_columns(con, "rule", RULE_COLUMNS, rows)
    con.execute("ALTER TABLE rule ALTER cut TYPE DATE USING d(cut)")


def insert_columns(
    con: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...], rows: Sequence[tuple[int, ...]]
) -> None:
    """A table of whole numbers from rows, crossing as one array."""
    numbers = np.array(rows, dtype=np.int64).reshape(len(rows), len(columns))
    con.register("rows_coming", {name: numbers[:, n].copy() for n, name in enumerate(columns)})
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM rows_coming")
    con.unregister("rows_coming")


def words_in(facts: Facts, names: tuple[str, ...]) -> str:
    """The numbers of these words as an SQL list; -1 stands for none, so that the list is never empty."""
    numbers = [str(n) for n, word in enumerate(facts.words) if word in names]
    return f"({', '.join(['-1', *numbers])})"


def day_number(day: object) -> int:
    """A date as the facts count it."""
    return day.toordinal() - EPOCH  # type: ignore[attr-defined,no-any-return]
