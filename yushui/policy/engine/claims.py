"""From when to when each status and benefit stands, what is missing or forbids it, and which of its months stop."""

from __future__ import annotations

from datetime import date

import duckdb

from yushui.policy.engine.codes import Codes
from yushui.policy.engine.feed import PAYING, Prepared, packed_day, words_in
from yushui.policy.types import DATE_COLUMNS, NONE, NUMBER_COLUMNS, Condition, Facts, Rule

FAR = 120_000  # a month beyond all spans
KEY_COUNT = 4
SPELLED = {"starts_on", "ends_on", "approved_on", "service_starts_on", "service_ends_on"}
# Years of service, a begun one counted whole (不满一年的按一年计算): the first anniversary not before the end.
BEGUN_YEARS = """((service_ends - service_starts + 383) // 384
          - CASE WHEN (service_starts & 31) = 29 AND (service_ends & 31) = 1 AND (service_starts >> 5) % 12 = 1
            AND (service_ends >> 5) % 12 = 2 AND NOT leap(service_ends >> 5) THEN 1 ELSE 0 END)"""


def make_claims(con: duckdb.DuckDBPyConnection, prepared: Prepared, facts: Facts) -> None:
    """Table `claim`: one row per status and benefit, also of those that never stand (lo >= hi): a filter here would be
    pushed below and work the months out twice. `claims_within` leaves them out.

    lo, hi: the months it stands in; is_part: its first month is not whole and the law does not say how it counts;
    fixed: why it is refused or what is missing, for all its months; k1..k4: what its rate row is found by; grown,
    grown_code: from which month it must be asked whether a grown-up child is still entitled, and what.
    """
    con.execute(f"""CREATE OR REPLACE TEMP TABLE claim AS
      SELECT person_id, status_id, benefit, rid, greatest(lo0, age_lo) AS lo, hi,
        ((is_part0 AND lo0 >= age_lo) OR (is_age_part AND age_lo >= lo0))::INTEGER AS is_part,
        start_mode, years, fixed, grown, grown_code, k1, k2, k3, k4
      FROM ({_months(facts, prepared)})""")


def _facts_of_claims(facts: Facts, prepared: Prepared) -> str:
    """Statuses that may be paid, with the facts their rules heed and the person. Deaths may be told by an event."""
    rules = [p.rule for p in prepared.placed]
    raw = {*(c for r in rules for c in keys_of(r)), *(c for r in rules for x in r.conditions for c in x.when)}
    raw |= {"education", "relation", "state"}
    columns = ", ".join(f"{'p' if c == 'mental_illness' else 's'}.{c}" for c in sorted(raw - SPELLED))
    died, deaths = "d(p.died_on)", ""
    if len(facts.events["on"]):
        dead = words_in(facts, ("DIED",))
        died = "coalesce(d(p.died_on), died_event)"
        deaths = f"""LEFT JOIN (SELECT person_id AS deceased, min(packed) AS died_event FROM event WHERE what IN {dead}
          GROUP BY 1) ON deceased = s.person_id"""
    return f"""SELECT s.status_id, s.person_id, r.rid, r.benefit, r.cut, r.day0, r.mode0, r.day1, r.mode1, r.age,
        r.child_age, r.most, r.counts_years, r.ends_with_service, r.age_mode, {columns},
        s.starts_on, s.ends_on, s.approved_on, s.service_starts_on, s.service_ends_on, {died} AS died,
        d(s.starts_on) AS starts, d(s.ends_on) AS ends, d(s.approved_on) AS approved,
        CASE WHEN r.age + r.child_age > 0 THEN d(p.born_on) END AS born,
        CASE WHEN r.counts_years + r.most > 0 THEN d(s.service_starts_on) END AS service_starts,
        CASE WHEN r.counts_years + r.ends_with_service > 0 THEN d(s.service_ends_on) END AS service_ends
      FROM status s JOIN person p USING (person_id) JOIN rule r ON r.place = p.place AND r.kind = s.kind {deaths}
      WHERE s.state IN {words_in(facts, PAYING)}"""


def _months(facts: Facts, prepared: Prepared) -> str:
    """The first and end months, the years of service, the fixed answers and the keys."""
    return f"""SELECT status_id, person_id, rid, benefit, mode AS start_mode,
        {_lo0()} AS lo0,
        coalesce(day_used = 0 AND mode = 0 AND late(starts) > 0, FALSE) AS is_part0,
        CASE WHEN age > 0 AND born IS NOT NULL
          THEN m(of_age) + (age_mode = 2)::INTEGER * late(of_age) ELSE 0 END AS age_lo,
        coalesce(age > 0 AND age_mode = 0 AND late(of_age) > 0, FALSE) AS is_age_part,
        least(coalesce(m(died) + 1, {FAR}),
          CASE WHEN ends IS NULL OR (died IS NOT NULL AND ends >= died) THEN {FAR} ELSE m(ends) + late(ends) END,
          CASE WHEN ends_with_service > 0 AND service_ends IS NOT NULL THEN m(service_ends) + late(service_ends)
            ELSE {FAR} END,
          CASE WHEN most > 0 AND service_starts IS NOT NULL
            THEN m(service_starts) + (mode = 2)::INTEGER * late(service_starts) + most ELSE {FAR} END
        ) AS hi,
        CASE WHEN counts_years > 0 AND service_starts < service_ends THEN {BEGUN_YEARS} ELSE 0 END AS years,
        {_fixed(facts, prepared)} AS fixed, {_grown(facts, prepared.codes)}, {_keys(prepared)}
      FROM (SELECT *, CASE WHEN is_since THEN day1 ELSE day0 END AS day_used,
          CASE WHEN is_since THEN mode1 ELSE mode0 END AS mode
        FROM (SELECT *, coalesce(CASE WHEN day1 > 0 THEN approved END, starts) < cut IS NOT TRUE AS is_since,
            CASE WHEN age > 0 THEN turns(born, age) END AS of_age,
            CASE WHEN child_age > 0 THEN turns(born, child_age) END AS adult_on
          FROM ({_facts_of_claims(facts, prepared)})))"""


def _lo0() -> str:
    """The first month by the start rule, never before the month of starts_on.

    Counted from starts_on: its month, or the next one when it is not a first and the place says `after`. Counted from
    the approval: its month or the one after; a later starts_on counts the same way, a first day as a whole month.
    """
    decided = "coalesce(approved, starts)"
    return f"""CASE WHEN starts IS NULL THEN 0
          WHEN day_used = 0 THEN m(starts) + (mode = 2)::INTEGER * late(starts)
          ELSE greatest(CASE WHEN day_used = 1 AND approved IS NULL THEN 0
              WHEN mode <> 2 THEN m({decided}) WHEN approved IS NOT NULL THEN m(approved) + 1
              ELSE m(starts) + late(starts) END,
            m(starts) + (mode = 2 AND starts > {decided})::INTEGER * late(starts)) END"""


def _fixed(facts: Facts, prepared: Prepared) -> str:
    """The code of what refuses the claim, else of the first fact that is missing, else 0."""
    codes, receiving, dead = prepared.codes, words_in(facts, ("RECEIVING",)), words_in(facts, ("DIED",))
    return f"""CASE {_refusals(prepared, codes)}
          WHEN starts IS NULL THEN {codes.number("starts_on")}
          WHEN state NOT IN {receiving} AND ends IS NULL AND NOT (state IN {dead} AND died IS NOT NULL)
            THEN {codes.number("ends_on")}
          WHEN day_used = 1 AND approved IS NULL THEN {codes.number("approved_on")}
          WHEN age > 0 AND born IS NULL THEN {codes.number("born_on")}
          WHEN (counts_years > 0 OR most > 0) AND service_starts IS NULL THEN {codes.number("service_starts_on")}
          WHEN counts_years > 0 AND (service_ends IS NULL OR service_ends <= service_starts)
            THEN {codes.number("service_ends_on")}
          ELSE 0 END"""


def _grown(facts: Facts, codes: Codes) -> str:
    """A child or sibling granted as a minor: the month from which school or disability must be asked, else FAR."""
    return f"""CASE WHEN child_age > 0 AND born IS NOT NULL AND education NOT IN {words_in(facts, ("IN_SCHOOL",))}
          AND relation IN {words_in(facts, ("CHILD", "SIBLING")).replace("(-1", f"({NONE}")}
          AND greatest(starts, coalesce(approved, starts)) < adult_on
          THEN m(adult_on) + late(adult_on) ELSE {FAR} END AS grown,
        CASE WHEN relation = {NONE} THEN {codes.number("relation")} ELSE {codes.number("education")} END
          AS grown_code"""


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
            low, high = (packed_day(v) if isinstance(v, date) else v for v in allowed[1:])
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
        parts.append(f"CASE {whens} ELSE {NONE} END AS k{n + 1}" if whens else f"CAST({NONE} AS INTEGER) AS k{n + 1}")
    return ", ".join(parts)
