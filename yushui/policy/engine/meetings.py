"""Cutting claims into spans: by price, by what stops a month, and by what else the person receives in it."""

from __future__ import annotations

import duckdb

from yushui.policy.engine.codes import ASK, FIRST_REFUSING, GRANT, REFUSE
from yushui.policy.engine.feed import Prepared, insert_columns
from yushui.policy.types import PERIODIC

ROUND = """CASE WHEN k = 0 THEN
    CASE WHEN up = 1 THEN (num * n + den * to_ - 1) // (den * to_) ELSE (2 * num * n + den * to_) // (2 * den * to_)
    END * to_
  ELSE (2 * num * n * k + den) // (2 * den) - (2 * num * n * (k - 1) + den) // (2 * den) END"""
RULES = {"both": 1, "higher": 2, "first": 3}


def make_spans(con: duckdb.DuckDBPyConnection, prepared: Prepared, first_month: int, end_month: int) -> None:
    """Table `span`: claims cut by price. verdict, code, fen, rate are the answer before pauses and meetings."""
    codes = prepared.codes
    refusing = sorted({codes.number(c.refuse) for p in prepared.placed for c in p.rule.conditions})
    refused = f"({', '.join(['-1', *map(str, refusing)])})"
    con.execute(f"""CREATE OR REPLACE TEMP TABLE span AS
      SELECT cid, person_id, benefit, rid, greatest(lo + is_part, f, {first_month}) AS f, least(hi, t,
      {end_month}) AS t,
        CASE WHEN code > 0 THEN {ASK} ELSE {GRANT} END AS verdict, code, fen, rate
      FROM (SELECT c.cid, c.person_id, c.benefit, c.rid, c.lo, c.hi, c.is_part, p.f, p.t, p.code, p.rate, {ROUND} AS fen
        FROM (SELECT *, CASE WHEN years > 0 THEN years ELSE 1 END AS n FROM claim WHERE fixed = 0) c
        JOIN price p ON p.rid = c.rid AND p.k1 = c.k1 AND p.k2 = c.k2 AND p.k3 = c.k3 AND p.k4 = c.k4
        WHERE p.f < c.hi AND p.t > c.lo + c.is_part)""")
    same_keys = "p.rid = c.rid AND p.k1 = c.k1 AND p.k2 = c.k2 AND p.k3 = c.k3 AND p.k4 = c.k4"
    con.execute(f"""INSERT INTO span
      SELECT c.cid, c.person_id, c.benefit, c.rid, greatest(c.lo, coalesce(p.f, 0), {first_month}),
        least(c.hi, coalesce(p.t, c.hi), {end_month}), CASE WHEN c.fixed IN {refused} THEN {REFUSE} ELSE {ASK} END,
        c.fixed, 0, 0
      FROM claim c LEFT JOIN price p ON c.absent_is_none = 1 AND {same_keys}
      WHERE c.fixed > 0 AND (p.rid IS NOT NULL OR c.absent_is_none = 0)""")
    con.execute(f"""INSERT INTO span
      SELECT c.cid, c.person_id, c.benefit, c.rid, c.lo, c.lo + 1, {ASK}, {codes.number("start_month")}, 0, 0
      FROM claim c LEFT JOIN price p ON c.absent_is_none = 1 AND {same_keys} AND p.f <= c.lo AND p.t > c.lo
      WHERE c.fixed = 0 AND c.is_part = 1 AND c.lo >= {first_month} AND c.lo < {end_month}
        AND (p.rid IS NOT NULL OR c.absent_is_none = 0)""")
    con.execute("DELETE FROM span WHERE f >= t")


def split_by_pauses(con: duckdb.DuckDBPyConnection) -> None:
    """Claims with pauses are cut at them: REFUSE of the facts, then of a pause, then ASK of the facts, then of a
    pause.
    """
    if not con.execute("SELECT 1 FROM pause LIMIT 1").fetchone():
        return
    con.execute(f"""CREATE OR REPLACE TEMP TABLE paused AS
      WITH hit AS (SELECT * FROM span WHERE cid IN (SELECT cid FROM pause)),
      point AS (SELECT cid, f AS x FROM hit UNION SELECT cid, t FROM hit UNION SELECT cid, f FROM pause UNION SELECT
      cid, t FROM pause),
      piece AS (SELECT cid, x AS f, lead(x) OVER (PARTITION BY cid ORDER BY x) AS t FROM point),
      cell AS (SELECT h.cid, h.person_id, h.benefit, h.rid, p.f, p.t, h.verdict, h.code, h.fen, h.rate, max(q.code) AS
      stop
        FROM piece p JOIN hit h ON h.cid = p.cid AND h.f <= p.f AND h.t >= p.t
        LEFT JOIN pause q ON q.cid = p.cid AND q.f <= p.f AND q.t >= p.t GROUP BY ALL)
      SELECT cid, person_id, benefit, rid, f, t,
        CASE WHEN stop IS NULL OR verdict = {REFUSE} THEN verdict WHEN stop >= {FIRST_REFUSING} THEN {REFUSE} ELSE
        {ASK} END AS verdict,
        CASE WHEN stop IS NULL OR verdict = {REFUSE} OR (verdict = {ASK} AND stop < {FIRST_REFUSING}) THEN code ELSE
        stop END AS code,
        CASE WHEN stop IS NULL THEN fen ELSE 0 END AS fen, CASE WHEN stop IS NULL THEN rate ELSE 0 END AS rate
      FROM cell""")
    con.execute("DELETE FROM span WHERE cid IN (SELECT cid FROM pause)")
    con.execute("INSERT INTO span FROM paused")


def join_meeting(con: duckdb.DuckDBPyConnection, prepared: Prepared) -> None:
    """View `answer`: the final spans, neighbours that say the same not yet joined.

    Only persons with several claims are cut against each other.
    """
    _make_matrix(con, prepared)
    con.execute("""CREATE OR REPLACE TEMP TABLE several AS SELECT person_id FROM span WHERE verdict < 2
      GROUP BY person_id HAVING min(cid) <> max(cid)""")
    con.execute("CREATE OR REPLACE TEMP TABLE alone AS FROM span WHERE person_id NOT IN (FROM several)")
    con.execute("""CREATE OR REPLACE TEMP TABLE cell AS
      WITH hit AS (SELECT s.* FROM span s SEMI JOIN several USING (person_id)),
      point AS (SELECT person_id, f AS x FROM hit UNION SELECT person_id, t FROM hit),
      piece AS (SELECT person_id, x AS f, lead(x) OVER (PARTITION BY person_id ORDER BY x) AS t FROM point)
      SELECT h.cid, h.person_id, h.benefit, h.rid, p.f, p.t, h.verdict, h.code, h.fen, h.rate
      FROM piece p JOIN hit h ON h.person_id = p.person_id AND h.f <= p.f AND h.t >= p.t""")
    con.execute(f"""CREATE OR REPLACE TEMP TABLE pair AS
      SELECT a.cid, a.f, b.cid AS other, b.benefit AS other_benefit, a.verdict AS mine, b.verdict AS theirs,
        coalesce(x.rule, 0) AS rule,
        coalesce((x.rule = 2 AND a.verdict = {GRANT} AND b.verdict = {GRANT}
            AND (b.fen > a.fen OR (b.fen = a.fen AND (b.benefit < a.benefit OR (b.benefit = a.benefit AND b.cid <
            a.cid)))))
          OR (x.rule = 3 AND x.first = b.benefit AND b.verdict = {GRANT}), FALSE) AS beaten,
        coalesce(x.rule = 3 AND x.first = b.benefit, FALSE) AS theirs_first
      FROM cell a JOIN cell b ON a.person_id = b.person_id AND a.f = b.f AND a.cid <> b.cid
      LEFT JOIN matrix x ON x.rid = a.rid AND x.other = b.benefit
      WHERE a.verdict < 2 AND b.verdict < 2 AND coalesce(x.rule, 0) <> 1""")
    con.execute("""CREATE OR REPLACE TEMP TABLE lost AS
      SELECT cid, f, arg_min(other_benefit, other) AS winner FROM pair p
      WHERE beaten AND (other, f) NOT IN (SELECT cid, f FROM pair WHERE beaten) GROUP BY cid, f""")
    con.execute(f"""CREATE OR REPLACE TEMP TABLE doubt AS SELECT DISTINCT p.cid, p.f FROM pair p
      ANTI JOIN lost l ON l.cid = p.cid AND l.f = p.f
      ANTI JOIN lost o ON o.cid = p.other AND o.f = p.f
      WHERE rule = 0 OR (rule = 2 AND (mine = {ASK} OR theirs = {ASK})) OR (theirs_first AND theirs = {ASK}) OR
      beaten""")
    overlap = prepared.codes.number("overlap")
    con.execute(f"""CREATE OR REPLACE TEMP TABLE settled AS SELECT c.cid, c.f, c.t,
        CASE WHEN l.winner IS NOT NULL THEN {REFUSE} WHEN q.cid IS NOT NULL THEN {ASK} ELSE verdict END AS verdict,
        CASE WHEN l.winner IS NOT NULL OR (q.cid IS NOT NULL AND verdict = {GRANT}) THEN {overlap} ELSE code END AS
        code,
        CASE WHEN l.winner IS NULL AND q.cid IS NOT NULL THEN 0 ELSE fen END AS fen,
        CASE WHEN l.winner IS NOT NULL OR q.cid IS NOT NULL THEN 0 ELSE rate END AS rate, coalesce(l.winner, -1) AS
        winner
      FROM cell c LEFT JOIN lost l USING (cid, f) LEFT JOIN doubt q USING (cid, f)""")
    con.execute("""CREATE OR REPLACE TEMP VIEW answer AS
      SELECT cid, f::INTEGER AS first_month, t::INTEGER AS end_month, verdict::TINYINT AS verdict,
        code::INTEGER AS code, fen::BIGINT AS fen, rate::INTEGER AS rate, winner::TINYINT AS winner
      FROM (SELECT cid, f, t, verdict, code, fen, rate, winner FROM settled
        UNION ALL SELECT cid, f, t, verdict, code, fen, rate, -1 FROM alone)""")


def _make_matrix(con: duckdb.DuckDBPyConnection, prepared: Prepared) -> None:
    """The overlap matrix of each place, by rule."""
    rows = [
        (rid, PERIODIC.index(b), RULES[pair.rule], PERIODIC.index(pair.first) if pair.first else -1)
        for rid, placed in enumerate(prepared.placed)
        for (a, b), pair in prepared.overlaps[placed.place].items()
        if a == placed.rule.benefit
    ]
    insert_columns(con, "matrix", ("rid", "other", "rule", "first"), rows)
