"""The terms on which a rule lets a status stand: how its months are counted, what refuses it, what must be known.

Rules of many places differ in amounts alone; those of the same terms are worked out together, as columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from yushui.policy.engine.days import (
    FAR,
    FAR_DAY,
    Flags,
    Numbers,
    are_late,
    begun_years,
    months_of,
    or_far,
    packed_day,
    turn,
)
from yushui.policy.engine.feed import Rows, words_of
from yushui.policy.types import DATE_COLUMNS, EPOCH, NONE, NUMBER_COLUMNS, Condition, Rule, StartRule

DAYS = {"starts_on": 0, "approved_on": 1, "approved_or_starts": 2}
STARTS_ON, APPROVED_ON, APPROVED_OR_STARTS = DAYS.values()
MODES = {"ask": 0, "of": 1, "after": 2}  # how a part month counts
OPEN, OF, AFTER = MODES.values()


class Start(NamedTuple):
    """Which day decides the first month, and how a part month counts."""

    day: int
    mode: int


@dataclass(frozen=True)
class Terms:
    """What the months of a rule and its fixed answers follow from."""

    before: Start  # decided before `cut`
    since: Start
    cut: int  # packed day
    age: int
    age_mode: int
    child_age: int
    most_months: int
    counts_years: bool
    ends_with_service: bool
    conditions: tuple[tuple[str, tuple[tuple[str, tuple[Any, ...]], ...]], ...]  # what refuses, and when
    keys: tuple[str, ...]


class Months(NamedTuple):
    """Claims of the same terms as columns."""

    lo: Numbers  # first month
    hi: Numbers  # end month; not after lo where the status never stands
    is_part: Flags  # the first month is not whole and the law does not say how it counts
    mode: Numbers  # of `MODES`
    years: Numbers  # of service, 0 where they do not count
    missing: list[tuple[Flags, str]]  # what refuses, then what is not known, by rank
    adult: Numbers | None  # from which month a child is of age


def terms_of(rule: Rule) -> Terms:
    """The terms of a rule, as its place has settled what the law leaves open."""
    return Terms(
        before=_start(rule, rule.start[0]), since=_start(rule, rule.start[-1]), cut=packed_day(rule.start[-1].since),
        age=rule.age, age_mode=MODES[rule.parts.get("age", "ask")], child_age=rule.child_age,
        most_months=rule.most_months, counts_years=rule.counts_service_years, ends_with_service=rule.ends_with_service,
        conditions=tuple((c.refuse, _listed(c)) for c in rule.conditions), keys=keys_of(rule),
    )  # fmt: skip


def _start(rule: Rule, start: StartRule) -> Start:
    month = rule.parts.get("start", "ask") if start.month == "ask" else start.month
    return Start(DAYS[start.day], MODES[month])


def _listed(condition: Condition) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return tuple((column, tuple(allowed)) for column, allowed in condition.when.items())


def keys_of(rule: Rule) -> tuple[str, ...]:
    """The columns a rule's amount is found by: keys of its tables in their order, then its factors'."""
    tables = [*rule.rates, *rule.local_rates, *(rule.share.versions if rule.share else ())]
    names = [k for t in tables for k in t.keys] + [f.column for f in rule.factors]
    return tuple(dict.fromkeys(names))


def find_months(terms: Terms, rows: Rows) -> Months:
    """From when to when claims of these terms stand, and what refuses them or is not known."""
    starts, ends = rows.days("starts_on"), or_far(rows.days("ends_on"))
    died = rows.register.died[rows.owner]
    served = rows.days("service_starts_on") if terms.counts_years or terms.most_months else starts
    left = rows.days("service_ends_on") if terms.counts_years or terms.ends_with_service else ends
    lo, mode, is_part, is_open = _first_month(terms, rows, starts)
    missing = [(meets(when, rows), refusal) for refusal, when in terms.conditions]
    missing += [(starts == NONE, "starts_on"), (_is_end_missing(rows, ends, died), "ends_on"), (is_open, "approved_on")]
    adult = None
    if terms.age or terms.child_age:
        born = rows.days("born_on")
        if terms.age:
            lo, is_part = _not_before(terms, born, lo, is_part)
            missing.append((born == NONE, "born_on"))
        if terms.child_age:
            adult = _adult_month(born, terms.child_age, np.maximum(starts, rows.days("approved_on")))
    hi = np.minimum(months_of(died) + 1, np.where(ends >= died, np.int32(FAR), _end_month(ends)))
    if terms.ends_with_service:
        hi = np.minimum(hi, _end_month(or_far(left)))
    if terms.most_months:
        most = months_of(served) + ((mode == AFTER) & are_late(served)) + np.int32(terms.most_months)
        hi = np.where(served == NONE, hi, np.minimum(hi, most))
    if terms.most_months or terms.counts_years:
        missing.append((served == NONE, "service_starts_on"))
    years = np.zeros(len(lo), np.int32)
    if terms.counts_years:
        is_served = (served != NONE) & (served < left)
        years = np.where(is_served, begun_years(served, left), np.int32(0))
        missing.append((~is_served, "service_ends_on"))
    return Months(lo, hi, is_part, mode, years, missing, adult)


def _first_month(terms: Terms, rows: Rows, starts: Numbers) -> tuple[Numbers, Numbers, Flags, Flags]:
    """The first month by the start rule of the day of decision; how it counts; whether it is a part month left open;
    whether the day that decides is missing. Without `starts_on` it lies before all months."""
    since = _count_from(terms.since, rows, starts)
    if terms.before == terms.since:
        return since
    before = _count_from(terms.before, rows, starts)
    decided = starts if terms.since.day == STARTS_ON else _decided(rows, starts)
    is_since = (decided >= terms.cut) | (decided == NONE)
    lo, mode, is_part, is_open = (np.where(is_since, s, b) for s, b in zip(since, before, strict=True))
    return lo, mode, is_part, is_open


def _decided(rows: Rows, starts: Numbers) -> Numbers:
    """The day of approval, or of the start where none is known."""
    approved = rows.days("approved_on")
    return np.where(approved == NONE, starts, approved)


def _count_from(start: Start, rows: Rows, starts: Numbers) -> tuple[Numbers, Numbers, Flags, Flags]:
    """`_first_month` by one start rule, never before the month of starts_on.

    Counted from starts_on: its month, or the next one when it is not a first and the mode is `after`. Counted from the
    approval: its month or the one after; a later starts_on counts the same way, a first day as a whole month.
    """
    mode, no = np.full(len(starts), start.mode, np.int32), np.zeros(len(starts), bool)
    if start.day == STARTS_ON:
        late = are_late(starts)
        return months_of(starts) + (late & (start.mode == AFTER)), mode, late if start.mode == OPEN else no, no
    approved, decided = rows.days("approved_on"), _decided(rows, starts)
    is_open = approved == NONE
    if start.mode == AFTER:
        lo = months_of(starts) + (are_late(starts) & (starts > decided))
        by_approval = months_of(approved) + 1
        if start.day == APPROVED_OR_STARTS:
            by_approval = np.where(is_open, _end_month(starts), by_approval)
        lo = np.maximum(lo, by_approval)
    else:
        lo = np.maximum(months_of(starts), months_of(decided))
    lo = np.where(starts == NONE, months_of(starts), lo)
    return lo, mode, no, is_open if start.day == APPROVED_ON else no


def _end_month(days: Numbers) -> Numbers:
    """The first month that lies wholly after the day before: the month of a first, else the one after."""
    return months_of(days) + are_late(days)


def _not_before(terms: Terms, born: Numbers, lo: Numbers, is_part: Flags) -> tuple[Numbers, Flags]:
    """The first month, not before the person is old enough; a part month of that may be left open as well."""
    of_age = turn(born, terms.age)
    late = are_late(of_age)
    month = months_of(of_age) + (late & (terms.age_mode == AFTER))
    is_open = late & (terms.age_mode == OPEN)
    return np.maximum(lo, month), (is_part & (lo >= month)) | (is_open & (month >= lo))


def _adult_month(born: Numbers, age: int, decided: Numbers) -> Numbers:
    """The month from which those are of age who were not when it was decided; FAR for others."""
    adult_on = turn(born, age)
    was_minor = (born != NONE) & (decided < adult_on)
    return np.where(was_minor, _end_month(adult_on), np.int32(FAR))


def _is_end_missing(rows: Rows, ends: Numbers, died: Numbers) -> Flags:
    """Whether the status is over, and neither an end nor a death says since when."""
    state, word = rows.fact("state"), rows.register.word
    is_dead = (state == word("DIED")) & (died != FAR_DAY)
    missing: Flags = (ends == FAR_DAY) & (state != word("RECEIVING")) & ~is_dead
    return missing


def meets(when: tuple[tuple[str, tuple[Any, ...]], ...], rows: Rows) -> Flags:
    """Whether every column named lies in what is listed; a missing fact lies in nothing."""
    met = np.ones(len(rows.row), bool)
    for column, allowed in when:
        values = rows.fact(column)
        met &= values != NONE
        if not met.any():
            break
        if allowed and allowed[0] == "range":
            low, high = (v.toordinal() - EPOCH if isinstance(v, date) else v for v in allowed[1:])
            met &= (low is None) | (values >= (low or 0))
            met &= (high is None) | (values < (high or 0))
        elif column in NUMBER_COLUMNS | DATE_COLUMNS:
            met &= np.isin(values, [int(v) for v in allowed])
        else:
            met &= np.isin(values, words_of(rows.register, allowed))
    return met
