"""The engine: what each status is due, as spans of months in which nothing changes.

Set-based SQL in DuckDB, in the process, integer fen throughout. `feed` brings facts and rules in as columns, `claims`
finds from when to when each status and benefit stands, `pauses` which of its months an event stops. The answer to a
person depends on nothing else, and a million persons have few different answers: `alike` takes one person of each kind
as the model. For the models `prices` works out what a month is worth, `meetings` decides where two benefits of one
person meet, and the spans are spread to all. `policy.reference` says the same slowly and must agree to the fen.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import duckdb

from yushui.base.days import show_month
from yushui.policy.engine.alike import claims_within, feed_models, fetch_claims, find_alike, spread
from yushui.policy.engine.claims import make_claims
from yushui.policy.engine.codes import VERDICTS
from yushui.policy.engine.feed import Prepared, Whole, feed, fetch_columns
from yushui.policy.engine.meetings import join_meeting, make_spans, split_by_pauses
from yushui.policy.engine.pauses import make_pauses
from yushui.policy.engine.prices import make_prices
from yushui.policy.types import PERIODIC, DueSpan, Facts, Law, Verdict

HOUSE = threading.local()  # one open DuckDB per thread and process; opening costs more than a small calculation
START_MODES = ("day_one", "of", "after")


@dataclass(frozen=True)
class DueColumns:
    """Spans as columns, one array each, for registers too large for objects. `rates` and `codes` name what `rate`
    and `code` count."""

    columns: dict[str, Whole]
    rates: list[str]
    codes: list[str]

    def __len__(self) -> int:
        return len(self.columns["person_id"])

    def granted_fen(self) -> int:
        """The sum of all granted months."""
        c = self.columns
        months = (c["end_month"] - c["first_month"]) * (c["verdict"] == 0)
        return int((c["fen"] * months).sum())

    def spans(self) -> list[DueSpan]:
        """The same as objects, by person, benefit and month."""
        names = ("person_id", "status_id", "benefit", "first_month", "end_month", "fen", "verdict", "code", "rate",
                 "winner", "since", "start_mode", "years")  # fmt: skip
        rows = sorted(zip(*(self.columns[n].tolist() for n in names), strict=True), key=itemgetter(0, 2, 3, 1))
        return [self._span(*row) for row in rows]

    def _span(
        self, person: int, status: int, benefit: int, first: int, end: int, fen: int, verdict: int, code: int,
        rate: int,
        winner: int, since: int, mode: int, years: int,
    ) -> DueSpan:  # fmt: skip
        answer = VERDICTS[verdict]
        why: tuple[str, ...] = ()
        if answer is Verdict.GRANT:
            why = (f"since:{show_month(since)}", f"start:{START_MODES[mode]}") + ((f"years:{years}",) if years else ())
        elif answer is Verdict.REFUSE:
            why = (self.codes[code],) if winner < 0 else (self.codes[code], PERIODIC[winner], f"fen:{fen}")
        return DueSpan(
            person, status, PERIODIC[benefit], first, end, fen if answer is Verdict.GRANT else 0, answer,
            ask=self.codes[code] if answer is Verdict.ASK else "",
            rate=self.rates[rate] if answer is Verdict.GRANT else "",
            why=why,
        )  # fmt: skip


def compute(law: Law, facts: Facts, *, first_month: int, end_month: int, known_on: date) -> list[DueSpan]:
    """What is due in the months [first_month, end_month), by the law as known on a day, from facts as known.

    Every status that stands in a month gets exactly one answer for it and each benefit of its kind.
    """
    return compute_columns(law, facts, first_month=first_month, end_month=end_month, known_on=known_on).spans()


@dataclass(frozen=True)
class Question:
    """What is due in the months [first_month, end_month), by the law as known on a day."""

    first_month: int
    end_month: int
    known_on: date


def compute_columns(
    law: Law, facts: Facts, *, first_month: int, end_month: int, known_on: date, memory: str = "", threads: int = 0
) -> DueColumns:
    """`compute` with the answer as columns. `memory` (e.g. 2GB) and `threads` bound what DuckDB may use."""
    question = Question(first_month, end_month, known_on)
    return compute_each(law, facts, [question], memory=memory, threads=threads)[0]


def compute_each(
    law: Law, facts: Facts, questions: Sequence[Question], *, memory: str = "", threads: int = 0
) -> list[DueColumns]:
    """Several questions about one register: what a year is due now, and what it was due as known in October.

    From when to when claims stand does not depend on what is known of the rates, so it is worked out once.
    """
    settings: dict[str, Any] = {k: v for k, v in (("memory_limit", memory), ("threads", threads)) if v}
    con = duckdb.connect(":memory:", config=settings) if settings else _connection()
    first, end = min(q.first_month for q in questions), max(q.end_month for q in questions)
    try:
        con.execute("SET preserve_insertion_order = false")
        rules = feed(con, law, facts)
        make_claims(con, rules, facts)
        claims = fetch_claims(con, make_pauses(con, facts, first, end))
        return [_answer(con, rules, facts, claims, question) for question in questions]
    finally:
        _leave(con, settings)


def _answer(
    con: duckdb.DuckDBPyConnection, rules: Prepared, facts: Facts, claims: dict[str, Whole], question: Question
) -> DueColumns:
    """The spans of one question."""
    first, end = question.first_month, question.end_month
    claims = claims_within(claims, first, end)
    alike = find_alike(claims, first, end)
    feed_models(con, claims, alike)
    rates = make_prices(con, rules, facts, first, end, question.known_on)
    make_spans(con, rules, first, end)
    split_by_pauses(con)
    join_meeting(con, rules)
    columns = spread(claims, alike, fetch_columns(con, "SELECT * FROM answer"))
    return DueColumns(columns, rates, rules.codes.words)


def _connection() -> duckdb.DuckDBPyConnection:
    """This thread's own DuckDB; a forked process opens its own."""
    if getattr(HOUSE, "process", None) != os.getpid():
        HOUSE.process, HOUSE.connection = os.getpid(), duckdb.connect(":memory:")
    connection: duckdb.DuckDBPyConnection = HOUSE.connection
    return connection


def _leave(con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> None:
    """Give back the memory: close an own connection, empty a shared one."""
    if settings:
        con.close()
        return
    for name in ("person", "status", "event"):
        con.unregister(name)
    con.execute("DROP VIEW IF EXISTS answer")
    for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        con.execute(f"DROP TABLE {name}")
