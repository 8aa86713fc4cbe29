"""The months of a claim that an event stops or leaves open."""

from __future__ import annotations

import duckdb

from yushui.policy.engine.claims import FAR
from yushui.policy.engine.codes import PAUSES
from yushui.policy.engine.feed import MASK, words_in
from yushui.policy.types import Facts


def make_pauses(con: duckdb.DuckDBPyConnection, facts: Facts, first_month: int, end_month: int) -> bool:
    """Table `stop`: months of a claim, within the window, that an event stops or leaves open; `code` also ranks
    them. A claim is named by its status and rule. Says whether there are any.
    """
    number = {name: n for n, (name, _) in enumerate(PAUSES, start=1)}
    con.execute("CREATE OR REPLACE TEMP TABLE stop(status_id BIGINT, rid INT, f INT, t INT, code INT)")
    con.execute(f"""INSERT INTO stop SELECT status_id, rid, grown, {FAR}, grown_code FROM claim
      WHERE grown < {end_month} AND grown < hi""")
    if len(facts.events["on"]):
        con.execute("CREATE OR REPLACE TEMP TABLE heeding AS FROM claim JOIN trait USING (rid) WHERE stops > 0")
        _pause_by_events(con, facts, number)
        con.execute(f"DELETE FROM stop WHERE f >= {end_month} OR t <= {first_month}")
    return con.execute("SELECT 1 FROM stop LIMIT 1").fetchone() is not None


def _pause_by_events(con: duckdb.DuckDBPyConnection, facts: Facts, number: dict[str, int]) -> None:
    """Sentences, cancellations, missed confirmations and moves, for the claims whose rule heeds them."""

    def days(what: str) -> str:
        day = "DATE '1970-01-01' + \"on\"::INTEGER"
        return f"(SELECT person_id AS pid, {day} AS day FROM event WHERE what IN {words_in(facts, (what,))})"

    def add(body: str, code: str, mask: str) -> None:
        con.execute(f"""INSERT INTO stop SELECT status_id, rid, x.f, x.t, {number[code]}
          FROM heeding JOIN {body} x ON x.pid = heeding.person_id
          WHERE (stops & {MASK[mask]}) > 0 AND x.f < x.t""")

    sentence = f"""(SELECT s.pid, s.day, min(r.day) AS freed FROM {days("SENTENCED")} s
        LEFT JOIN {days("RELEASED")} r ON r.pid = s.pid AND r.day >= s.day GROUP BY ALL)"""
    con.execute(f"CREATE OR REPLACE TEMP TABLE sentence AS FROM {sentence}")
    whole = "day(x.day) = 1 OR sentence = 1"
    free = "day(x.freed) = 1 OR release <> 2"
    con.execute(f"""INSERT INTO stop SELECT status_id, rid, f, t, code FROM (
      SELECT status_id, rid, unnest([
        {{f: event_month(x.day) + CASE WHEN {whole} THEN 0 ELSE 1 END,
          t: CASE WHEN x.freed IS NULL THEN {FAR} ELSE event_month(x.freed) + CASE WHEN {free} THEN 0 ELSE 1 END END,
          code: {number["sentenced"]}}},
        {{f: event_month(x.day), t: event_month(x.day) + CASE WHEN day(x.day) > 1 AND sentence = 0 THEN 1 ELSE 0 END,
          code: {number["sentence_month"]}}},
        {{f: event_month(x.freed),
          t: event_month(x.freed) + CASE WHEN day(x.freed) > 1 AND release = 0 THEN 1 ELSE 0 END,
          code: {number["release_month"]}}}], recursive := true)
      FROM heeding JOIN sentence x ON x.pid = heeding.person_id WHERE (stops & {MASK["SENTENCED"]}) > 0) WHERE f < t""")
    add(f"(SELECT pid, event_month(day) + 1 AS f, {FAR} AS t FROM {days('CANCELLED')})", "cancelled", "CANCELLED")
    add(
        f"""(SELECT n.pid, event_month(n.day + 60) + 1 AS f, coalesce(event_month(min(c.day)) + 1, {FAR}) AS t FROM
        {days("UNCONFIRMED_NOTICE")} n
        LEFT JOIN {days("CONFIRMED")} c ON c.pid = n.pid AND c.day >= n.day
        GROUP BY n.pid, n.day HAVING min(c.day) IS NULL OR min(c.day) > n.day + 60)""",
        "unconfirmed",
        "UNCONFIRMED_NOTICE",
    )
    add(
        f"""(SELECT o.pid, (year(o.day) + 1) * 12 AS f, coalesce((year(min(i.day)) + 1) * 12, {FAR}) AS t
        FROM {days("MOVED_OUT")} o LEFT JOIN {days("MOVED_IN")} i ON i.pid = o.pid AND i.day > o.day
        GROUP BY o.pid, o.day)""",
        "moved_out",
        "MOVED_OUT",
    )
    add(
        f"""(SELECT i.pid, coalesce((year(max(o.day)) + 1) * 12, 0) AS f, (year(i.day) + 1) * 12 AS t
        FROM {days("MOVED_IN")} i LEFT JOIN {days("MOVED_OUT")} o ON o.pid = i.pid AND o.day < i.day
        GROUP BY i.pid, i.day)""",
        "moved_in",
        "MOVED_IN",
    )
