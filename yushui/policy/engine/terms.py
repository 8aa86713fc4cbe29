"""The terms on which a rule lets a status stand: how its months are counted, what refuses it, what must be known.

Rules of many places differ in amounts alone; those of the same terms are worked out together, as columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

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
Modes = NDArray[np.int8]


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


class First(NamedTuple):
    """The first months of claims."""

    month: Numbers
    mode: Modes
    is_part: Flags  # not whole, and the law does not say how it counts
    is_unknown: Flags  # the day that decides is missing


class Months(NamedTuple):
    """Claims of the same terms as columns."""

    lo: Numbers  # first month
    hi: Numbers  # end month; not after lo where the status never stands
    is_part: Flags  # the first month is not whole and the law does not say how it counts
    mode: Modes
    years: Numbers  # of service, 0 where they do not count
    missing: list[tuple[Flags, str]]  # what refuses, then what is not known, by rank


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
    first, years = _first_month(terms, rows), np.zeros(len(rows.row), np.int32)
    missing = [(meets(when, rows), refusal) for refusal, when in terms.conditions]
    missing.append((rows.days("starts_on") == NONE, "starts_on"))
    missing.append((_is_end_missing(rows), "ends_on"))
    missing.append((first.is_unknown, "approved_on"))
    if terms.age:
        first = _not_before_age(terms, rows, first)
        missing.append((rows.days("born_on") == NONE, "born_on"))
    if terms.most_months or terms.counts_years:
        missing.append((rows.days("service_starts_on") == NONE, "service_starts_on"))
    if terms.counts_years:
        begins, ends = rows.days("service_starts_on"), rows.days("service_ends_on")
        served = (begins != NONE) & (begins < ends)
        years = np.where(served, begun_years(begins, ends), np.int32(0))
        missing.append((~served, "service_ends_on"))
    hi = _find_end(terms, rows, first.mode)
    return Months(first.month, hi, first.is_part, first.mode, years, missing)


def _first_month(terms: Terms, rows: Rows) -> First:
    """By the start rule of the day of decision; where none is known, by the newer rule."""
    since = _count_from(terms.since, rows)
    if terms.before == terms.since:
        return since
    before = _count_from(terms.before, rows)
    decided = rows.days("starts_on") if terms.since.day == STARTS_ON else _decided(rows)
    is_since = (decided >= terms.cut) | (decided == NONE)
    pairs: Iterable[tuple[Any, Any]] = zip(since, before, strict=True)
    return First(*(np.where(is_since, s, b) for s, b in pairs))


def _decided(rows: Rows) -> Numbers:
    """The day of approval, or of the start where none is known."""
    return np.where(rows.days("approved_on") == NONE, rows.days("starts_on"), rows.days("approved_on"))


def _count_from(start: Start, rows: Rows) -> First:
    """The first month by one start rule, never before the month of starts_on; before all months where that is missing.

    Counted from starts_on: its month, or the next one when it is not a first and the mode is `after`. Counted from the
    approval: its month or the one after; a later starts_on counts the same way, a first day as a whole month.
    """
    starts, count = rows.days("starts_on"), len(rows.row)
    mode, no = np.full(count, start.mode, np.int8), np.zeros(count, bool)
    if start.day == STARTS_ON:
        month = _next_first(starts) if start.mode == AFTER else months_of(starts)
        return First(month, mode, are_late(starts) if start.mode == OPEN else no, no)
    approved, decided = rows.days("approved_on"), _decided(rows)
    is_unknown = approved == NONE
    if start.mode == AFTER:
        by_approval = months_of(approved) + 1
        if start.day == APPROVED_OR_STARTS:
            by_approval = np.where(is_unknown, _next_first(starts), by_approval)
        month = np.maximum(months_of(starts) + (are_late(starts) & (starts > decided)), by_approval)
    else:
        month = np.maximum(months_of(starts), months_of(decided))
    month = np.where(starts == NONE, months_of(starts), month)
    return First(month, mode, no, is_unknown if start.day == APPROVED_ON else no)


def _next_first(days: Numbers) -> Numbers:
    """The months that begin on days or next after them."""
    return months_of(days) + are_late(days)


def _not_before_age(terms: Terms, rows: Rows, first: First) -> First:
    """Not before the person is old enough; a part month of that may be left open as well."""
    of_age = turn(rows.days("born_on"), terms.age)
    late = are_late(of_age)
    month = months_of(of_age) + (late & (terms.age_mode == AFTER))
    is_part = (first.is_part & (first.month >= month)) | (late & (terms.age_mode == OPEN) & (month >= first.month))
    return first._replace(month=np.maximum(first.month, month), is_part=is_part)


def _find_end(terms: Terms, rows: Rows, mode: Modes) -> Numbers:
    """The end month: that of the last day covered is still paid, and the month of death."""
    died, ends = rows.died, or_far(rows.days("ends_on"))
    hi = np.minimum(months_of(died) + 1, np.where(ends >= died, np.int32(FAR), _next_first(ends)))
    if terms.ends_with_service:
        hi = np.minimum(hi, _next_first(or_far(rows.days("service_ends_on"))))
    if terms.most_months:
        begins = rows.days("service_starts_on")
        most = months_of(begins) + ((mode == AFTER) & are_late(begins)) + np.int32(terms.most_months)
        hi = np.where(begins == NONE, hi, np.minimum(hi, most))
    return hi


def _is_end_missing(rows: Rows) -> Flags:
    """Whether the status is over, and neither an end nor a death says since when."""
    state, word = rows.fact("state"), rows.register.word
    is_dead = (state == word("DIED")) & (rows.died != FAR_DAY)
    missing: Flags = (rows.days("ends_on") == NONE) & (state != word("RECEIVING")) & ~is_dead
    return missing


def of_age_months(terms: Terms, rows: Rows) -> Numbers:
    """The months from which those are of age who were minors when it was decided; FAR for others."""
    born, adult_on = rows.days("born_on"), turn(rows.days("born_on"), terms.child_age)
    was_minor = (born != NONE) & (np.maximum(rows.days("starts_on"), rows.days("approved_on")) < adult_on)
    return np.where(was_minor, _next_first(adult_on), np.int32(FAR))


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
