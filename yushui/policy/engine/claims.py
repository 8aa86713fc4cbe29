"""From when to when each status and benefit stands, what is missing or forbids it, and which of its months stop."""

from __future__ import annotations

from datetime import date

import duckdb

from yushui.policy.engine.codes import PAUSES, Codes
from yushui.policy.engine.feed import MASK, PAYING, Prepared, day_number, words_in
from yushui.policy.types import DATE_COLUMNS, NONE, NUMBER_COLUMNS, Condition, Facts, Rule

FAR = 120_000  # a month beyond all spans
KEY_COUNT = 4


def make_claims(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, facts: Facts, first_month: int, end_month: int
) -> None:
    """Table `claim`: one row per status and benefit that meets the window.

    lo, hi: the months it stands in; is_part: its first month is not whole and the law does not say how it counts;
    fixed: why
    it is refused or what is missing, for all its months; k1..k4: what its rate row is found by.
    """
    codes = prepared.codes
    con.execute(f"""CREATE OR REPLACE TEMP TABLE claim AS
      SELECT status_id * 16 + benefit AS cid, * EXCLUDE (lo0, is_part0, age_lo, is_age_part, starts, approved, ends,
      died, born,
          service_starts, service_ends),
        greatest(lo0, age_lo) AS lo,
        (is_part0 AND lo0 >= age_lo) OR (is_age_part AND age_lo >= lo0) AS is_part
      FROM ({_months(facts, prepared, codes)})
      WHERE greatest(lo0, age_lo) < hi AND hi > {first_month} AND greatest(lo0, age_lo) < {end_month}""")


def _facts_of_claims(facts: Facts) -> str:
    """Statuses that may be paid, with their person and the rules of their kind."""
    dead = words_in(facts, ("DIED",))
    died = f'SELECT person_id AS deceased, min("on") AS died_event FROM event WHERE what IN {dead} GROUP BY 1'
    return f"""SELECT s.status_id, s.person_id, r.rid, r.benefit, r.cut, r.day0, r.mode0, r.day1, r.mode1, r.age,
    r.child_age,
        r.most, r.counts_years, r.ends_with_service, r.stops, r.sentence, r.release, r.age_mode, r.absent_is_none,
        s.kind, s.state, s.grade, s.cause, s.period, s.campaign, s.relation, s.household_kind, s.place_of_service,
        s.education, s.merit, s.draws_pension, s.service_starts_on, s.service_ends_on, s.approved_on, s.starts_on,
        s.ends_on, p.mental_illness,
        d(s.starts_on) AS starts, d(s.ends_on) AS ends, d(s.approved_on) AS approved,
        coalesce(d(p.died_on), d(died_event)) AS died,
        CASE WHEN r.age + r.child_age > 0 THEN d(p.born_on) END AS born,
        CASE WHEN r.counts_years + r.most > 0 THEN d(s.service_starts_on) END AS service_starts,
        CASE WHEN r.counts_years + r.ends_with_service > 0 THEN d(s.service_ends_on) END AS service_ends
      FROM status s JOIN person p USING (person_id) JOIN rule r ON r.place = p.place AND r.kind = s.kind
        LEFT JOIN ({died}) ON deceased = s.person_id
      WHERE s.state IN {words_in(facts, PAYING)}"""


def _months(facts: Facts, prepared: Prepared, codes: Codes) -> str:
    """The first and end months, the years of service, the fixed answers and the keys."""
    receiving = words_in(facts, ("RECEIVING",))
    dead = words_in(facts, ("DIED",))
    return f"""SELECT status_id, person_id, rid, benefit, stops, sentence, release, absent_is_none, relation,
    education, state,
        starts, approved, ends, died, born, service_starts, service_ends, mode AS start_mode, child_age,
        greatest(starts, coalesce(approved, starts)) AS decided, born AS born_on,
        {_lo0()} AS lo0,
        coalesce(day_used = 0 AND mode = 0 AND day(starts) > 1, FALSE) AS is_part0,
        CASE WHEN age > 0 AND born IS NOT NULL
          THEN m(turns(born, age)) + CASE WHEN age_mode = 2 AND day(turns(born, age)) > 1 THEN 1 ELSE 0 END ELSE 0 END
          AS age_lo,
        coalesce(age > 0 AND age_mode = 0 AND day(turns(born, age)) > 1, FALSE) AS is_age_part,
        least(coalesce(m(died) + 1, {FAR}),
          CASE WHEN ends IS NULL OR (died IS NOT NULL AND ends >= died) THEN {FAR} ELSE m(ends - 1) + 1 END,
          CASE WHEN ends_with_service > 0 AND service_ends IS NOT NULL THEN m(service_ends - 1) + 1 ELSE {FAR} END,
          CASE WHEN most > 0 AND service_starts IS NOT NULL
            THEN m(service_starts) + CASE WHEN mode = 2 AND day(service_starts) > 1 THEN 1 ELSE 0 END + most ELSE
            {FAR} END
        ) AS hi,
        CASE WHEN counts_years > 0 AND service_starts < service_ends THEN {_begun_years()} ELSE 0 END AS years,
        CASE {_refusals(prepared, codes)}
          WHEN starts IS NULL THEN {codes.number("starts_on")}
          WHEN state NOT IN {receiving} AND ends IS NULL AND NOT (state IN {dead} AND died IS NOT NULL)
            THEN {codes.number("ends_on")}
          WHEN day_used = 1 AND approved IS NULL THEN {codes.number("approved_on")}
          WHEN age > 0 AND born IS NULL THEN {codes.number("born_on")}
          WHEN (counts_years > 0 OR most > 0) AND service_starts IS NULL THEN {codes.number("service_starts_on")}
          WHEN counts_years > 0 AND (service_ends IS NULL OR service_ends <= service_starts)
            THEN {codes.number("service_ends_on")}
          ELSE 0 END AS fixed,
        {_keys(prepared)}
      FROM (SELECT *, CASE WHEN coalesce(CASE WHEN day1 > 0 THEN approved END, starts) < cut THEN day0 ELSE day1 END
      AS day_used,
              CASE WHEN coalesce(CASE WHEN day1 > 0 THEN approved END, starts) < cut THEN mode0 ELSE mode1 END AS mode
            FROM ({_facts_of_claims(facts)}))"""


def _lo0() -> str:
    """The first month by the start rule, never before the month of starts_on.

    Counted from starts_on: its month, or the next one when it is not a first and the place says `after`. Counted from
    the
    approval: its month or the one after; a later starts_on counts the same way, a first day as a whole month.
    """
    decided = "coalesce(approved, starts)"
    return f"""CASE WHEN starts IS NULL THEN 0
          WHEN day_used = 0 THEN m(starts) + CASE WHEN mode = 2 AND day(starts) > 1 THEN 1 ELSE 0 END
          ELSE greatest(CASE WHEN day_used = 1 AND approved IS NULL THEN 0
              ELSE m({decided}) + CASE WHEN mode = 2 AND (approved IS NOT NULL OR day(starts) > 1) THEN 1 ELSE 0 END
              END,
            m(starts) + CASE WHEN mode = 2 AND starts > {decided} AND day(starts) > 1 THEN 1 ELSE 0 END) END"""


def _begun_years() -> str:
    """Years of service, a begun one counted whole (不满一年的按一年计算)."""
    whole = "datesub('year', service_starts, service_ends)"
    over = f"turns(service_starts, {whole}::INTEGER)"
    return f"({whole} + CASE WHEN {over} < service_ends THEN 1 ELSE 0 END)"


def _refusals(prepared: Prepared, codes: Codes) -> str:
    """One WHEN per condition, for the rules that have it."""
    by_condition: list[tuple[Condition, list[int]]] = []
    for rid, placed in enumerate(prepared.placed):
        for condition in placed.rule.conditions:
            same = next((rids for c, rids in by_condition if c == condition), None)
            if same is None:
                by_condition.append((condition, [rid]))
            else:
                same.append(rid)
    return " ".join(
        f"WHEN rid IN ({', '.join(map(str, rids))}) AND {_meets(condition, prepared)} "
        f"THEN {codes.number(condition.refuse)}"
        for condition, rids in by_condition
    )


def _meets(condition: Condition, prepared: Prepared) -> str:
    """A condition as SQL over the raw columns; a missing fact meets nothing."""
    tests = []
    for column, allowed in condition.when.items():
        tests.append(f"{column} <> {NONE}")
        if allowed and allowed[0] == "range":
            low, high = (day_number(v) if isinstance(v, date) else v for v in allowed[1:])
            tests += [f"{column} >= {low}"] * (low is not None) + [f"{column} < {high}"] * (high is not None)
        elif column in NUMBER_COLUMNS | DATE_COLUMNS:
            tests.append(f"{column} IN ({', '.join(str(int(v)) for v in allowed)})")
        else:
            numbers = [str(prepared.word_numbers[v]) for v in allowed if v in prepared.word_numbers]
            tests.append(f"{column} IN ({', '.join(['-1', *numbers])})")
    return "(" + " AND ".join(tests) + ")"


def keys_of(rule: Rule) -> tuple[str, ...]:
    """The columns a rule's amount is found by: keys of its tables in their order, then its factors'."""
    tables = [*rule.rates, *rule.local_rates, *(rule.share.versions if rule.share else ())]
    names = [k for t in tables for k in t.keys] + [f.column for f in rule.factors]
    return tuple(dict.fromkeys(names))


def _keys(prepared: Prepared) -> str:
    """k1..k4: for each rule the columns that its amount depends on."""
    parts = []
    for n in range(KEY_COUNT):
        columns: dict[str, list[str]] = {}
        for rid, placed in enumerate(prepared.placed):
            keys = keys_of(placed.rule)
            if len(keys) > n:
                columns.setdefault(keys[n], []).append(str(rid))
        whens = " ".join(f"WHEN rid IN ({', '.join(rids)}) THEN {column}" for column, rids in columns.items())
        parts.append(f"CASE {whens} ELSE {NONE} END AS k{n + 1}" if whens else f"{NONE}::BIGINT AS k{n + 1}")
    return ", ".join(parts)


def make_pauses(con: duckdb.DuckDBPyConnection, prepared: Prepared, facts: Facts) -> None:
    """Table `pause`: months of a claim that an event stops or leaves open; `code` also ranks them."""
    number = {name: n for n, (name, _) in enumerate(PAUSES, start=1)}
    con.execute("CREATE OR REPLACE TEMP TABLE pause(cid BIGINT, f INT, t INT, code INT)")
    _pause_by_events(con, facts, number)
    in_school = words_in(facts, ("IN_SCHOOL",))
    con.execute(f"""INSERT INTO pause SELECT cid, m(turns(born_on, child_age) - 1) + 1, {FAR},
        CASE WHEN relation = {NONE} THEN {number["relation"]} ELSE {number["education"]} END
      FROM claim WHERE child_age > 0 AND born_on IS NOT NULL AND education NOT IN {in_school}
        AND relation IN {words_in(facts, ("CHILD", "SIBLING")).replace("(-1", f"({NONE}")}
        AND decided < turns(born_on, child_age)""")


def _pause_by_events(con: duckdb.DuckDBPyConnection, facts: Facts, number: dict[str, int]) -> None:
    """Sentences, cancellations, missed confirmations and moves, for the claims whose rule heeds them."""

    def days(what: str) -> str:
        return f'(SELECT person_id AS pid, d("on") AS day FROM event WHERE what IN {words_in(facts, (what,))})'

    def add(body: str, code: str, mask: str) -> None:
        con.execute(f"""INSERT INTO pause SELECT cid, x.f, x.t, {number[code]} FROM claim JOIN {body} x ON x.pid =
        claim.person_id
          WHERE (stops & {MASK[mask]}) > 0 AND x.f < x.t""")

    sentence = f"""(SELECT s.pid, s.day, min(r.day) AS freed FROM {days("SENTENCED")} s
        LEFT JOIN {days("RELEASED")} r ON r.pid = s.pid AND r.day >= s.day GROUP BY ALL)"""
    con.execute(f"CREATE OR REPLACE TEMP TABLE sentence AS FROM {sentence}")
    whole = "day(x.day) = 1 OR sentence = 1"
    free = "day(x.freed) = 1 OR release <> 2"
    con.execute(f"""INSERT INTO pause SELECT cid, f, t, code FROM (
      SELECT cid, unnest([
        {{f: m(x.day) + CASE WHEN {whole} THEN 0 ELSE 1 END,
          t: CASE WHEN x.freed IS NULL THEN {FAR} WHEN {free} THEN m(x.freed) ELSE m(x.freed) + 1 END, code:
          {number["sentenced"]}}},
        {{f: m(x.day), t: m(x.day) + CASE WHEN day(x.day) > 1 AND sentence = 0 THEN 1 ELSE 0 END,
          code: {number["sentence_month"]}}},
        {{f: m(x.freed), t: m(x.freed) + CASE WHEN day(x.freed) > 1 AND release = 0 THEN 1 ELSE 0 END,
          code: {number["release_month"]}}}], recursive := true)
      FROM claim JOIN sentence x ON x.pid = claim.person_id WHERE (stops & {MASK["SENTENCED"]}) > 0) WHERE f < t""")
    add(f"(SELECT pid, m(day) + 1 AS f, {FAR} AS t FROM {days('CANCELLED')})", "cancelled", "CANCELLED")
    add(
        f"""(SELECT n.pid, m(n.day + 60) + 1 AS f, coalesce(m(min(c.day)) + 1, {FAR}) AS t FROM
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
