"""Facts and rules into DuckDB: arrays as they are, one row per rule of each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from yushui.base.area_codes import lies_in, prefix_of
from yushui.policy.engine.codes import Codes
from yushui.policy.types import DATE_COLUMNS, EPOCH, NONE, PERIODIC, Column, Facts, Law, Pair, Rule, StartRule

Whole = NDArray[np.integer[Any]]
MODES = {"ask": 0, "of": 1, "after": 2}
DAYS = {"starts_on": 0, "approved_on": 1, "approved_or_starts": 2}
PAYING = ("RECEIVING", "STOPPED", "MOVED", "DIED", "CANCELLED", "SUSPENDED")
MASK = {"SENTENCED": 1, "CANCELLED": 2, "UNCONFIRMED_NOTICE": 4, "MOVED_OUT": 8, "MOVED_IN": 16}

RULE_COLUMNS = (
    "place", "kind", "rid", "benefit", "cut", "day0", "mode0", "day1", "mode1", "age", "child_age", "most",
    "counts_years",
    "ends_with_service", "stops", "sentence", "release", "age_mode", "absent_is_none",
)  # fmt: skip

# Days of persons and statuses are numbers `month * 32 + day of the month`: they compare like days, and a month is one
# shift away, where a date function for each of a million rows would cost more than all the rest.
# A birthday of 29 February falls on 1 March of a common year, four further.
MACROS = f"""
CREATE OR REPLACE MACRO d(x) AS nullif(x, {NONE});
CREATE OR REPLACE MACRO m(x) AS x >> 5;
CREATE OR REPLACE MACRO late(x) AS ((x & 31) > 1)::INTEGER;
CREATE OR REPLACE MACRO leap(month) AS (month // 12) % 4 = 0 AND ((month // 12) % 100 <> 0 OR (month // 12) % 400 = 0);
CREATE OR REPLACE MACRO turns(born, years) AS born + years * 384
  + CASE WHEN (born & 31) = 29 AND (born >> 5) % 12 = 1 AND NOT leap((born >> 5) + years * 12) THEN 4 ELSE 0 END;
CREATE OR REPLACE MACRO event_month(x) AS (year(x) * 12 + month(x) - 1)::INTEGER;
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
    occurring = np.zeros(len(facts.words) + 1, dtype=bool)
    occurring[np.where(areas == NONE, -1, areas)] = True
    known: dict[tuple[str, tuple[tuple[tuple[str, int], int], ...]], int] = {}
    for word in np.flatnonzero(occurring).tolist():
        code = facts.words[word] if word < len(facts.words) else ""
        values = local_values(law, facts, code)
        key = (law.layer_of(code).area, tuple(sorted(values.items())))
        if key not in known:
            known[key] = len(known)
            prepared.layers.append(key[0])
            prepared.overlaps.append(law.layers[key[0]].overlap)
            for rule in law.layers[key[0]].rules.values():
                prepared.placed.append(Placed(known[key], rule, values))
        place_of_word[word] = known[key]
    place = place_of_word[np.where(areas == NONE, -1, areas)]
    con.register("person", {**_narrow(facts.persons), "place": place.astype(np.int32)})
    con.register("status", _narrow(facts.statuses))
    con.register("event", {**facts.events, "packed": pack_days(facts.events["on"])})
    _make_rule_table(con, prepared)
    return prepared


def _narrow(columns: Mapping[str, Column]) -> dict[str, Any]:
    """Columns half as wide, days packed; what refers to rows stays as it is."""
    return {
        name: pack_days(c) if name in DATE_COLUMNS else c if name in ("person_id", "status_id") else c.astype(np.int32)
        for name, c in columns.items()
    }


@lru_cache(maxsize=1)
def _calendar() -> NDArray[np.int32]:
    """Every day there is, packed, by its ordinal; 0 stands for none."""
    days = np.arange(date.max.toordinal() + 1) - EPOCH
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    of_month = days - months.astype("datetime64[D]").astype(np.int64) + 1
    packed = ((months.astype(np.int64) + 1970 * 12) * 32 + of_month).astype(np.int32)
    packed[0] = NONE
    return packed


def pack_days(numbers: Column) -> NDArray[np.int32]:
    """Days of the facts as month * 32 + day of the month."""
    return _calendar()[np.maximum(numbers + EPOCH, 0)]


def packed_day(day: date) -> int:
    """One day, packed."""
    return (day.year * 12 + day.month - 1) * 32 + day.day


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
            (placed.place, number[kind], rid, PERIODIC.index(rule.benefit), packed_day(since.since),
             *_start(rule, before), *_start(rule, since), rule.age, rule.child_age, rule.most_months,
             rule.counts_service_years, rule.ends_with_service, stops, *parts, rule.absent == "none")
            for kind in rule.kinds if kind in number
        ]  # fmt: skip
    insert_columns(con, "rule", RULE_COLUMNS, rows, np.int32)
    con.execute("""CREATE OR REPLACE TEMP TABLE trait AS
      SELECT DISTINCT rid, stops, sentence, release, absent_is_none FROM rule""")


def insert_columns(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[int, ...]],
    width: type[np.integer[Any]] = np.int64,
) -> None:
    """A table of whole numbers from rows, crossing as one array."""
    numbers = np.array(rows, dtype=width).reshape(len(rows), len(columns))
    con.register("rows_coming", {name: numbers[:, n].copy() for n, name in enumerate(columns)})
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM rows_coming")
    con.unregister("rows_coming")


def fetch_columns(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, Whole]:
    """The answer to a query as arrays; no column of ours holds a NULL."""
    return {name: np.asarray(values) for name, values in con.execute(query).fetchnumpy().items()}


def words_in(facts: Facts, names: tuple[str, ...]) -> str:
    """The numbers of these words as an SQL list; -1 stands for none, so that the list is never empty."""
    numbers = [str(n) for n, word in enumerate(facts.words) if word in names]
    return f"({', '.join(['-1', *numbers])})"
