"""Claims: each status seen through each benefit of its kind, from when to when it stands and on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yushui.policy.engine.alike import Places, changes, find_alike
from yushui.policy.engine.answers import NUMBER_OF_PAUSE, Codes
from yushui.policy.engine.days import FAR, Flags, Numbers
from yushui.policy.engine.feed import Prepared, Register, Rows, see_through, words_of
from yushui.policy.engine.terms import Modes, Months, Terms, find_months, of_age_months, terms_of
from yushui.policy.types import NONE


class Ground(NamedTuple):
    """What the answers to a claim follow from, but for its months: few different ones stand behind all claims."""

    rid: int
    keys: tuple[int, ...]  # what its rate row is found by, in the order of the rule's terms
    years: int
    fixed: int  # the code of what refuses it or is missing in all months, else 0


class Stops(NamedTuple):
    """Months [f, t) of claims that are stopped or left open; `code` (see `PAUSES`) also ranks them."""

    claim: Places
    f: NDArray[np.int64]
    t: NDArray[np.int64]
    code: NDArray[np.int64]


@dataclass
class Claims:
    """One for each status and benefit, by person, status and benefit; also those that never stand (lo >= hi)."""

    row: Places  # of the status in the facts
    person: Numbers  # counted as they follow, from 0
    rid: Places
    ground: Numbers  # its place in `grounds`
    lo: Numbers
    hi: Numbers
    is_part: Flags  # the first month is not whole and the law does not say how it counts
    mode: Modes  # how the first month counts
    grounds: list[Ground]
    grown: Stops  # months in which it must be asked whether a grown-up child is still entitled


def make_claims(prepared: Prepared, register: Register) -> Claims:
    """All claims of a register. Those of the same terms are worked out together."""
    row, rid = see_through(prepared, register)
    person = np.cumsum(changes(register.facts.statuses["person_id"][row]), dtype=np.int32) - np.int32(1)
    numbers: dict[Terms, int] = {}
    terms_of_rid = np.array([numbers.setdefault(terms_of(p.rule), len(numbers)) for p in prepared.placed], np.int16)
    terms = terms_of_rid[rid]
    order, ends = np.argsort(terms, kind="stable"), np.cumsum(np.bincount(terms, minlength=len(numbers))).tolist()
    lo, hi, ground = np.empty((3, len(row)), np.int32)
    is_part, mode = np.empty(len(row), bool), np.empty(len(row), np.int8)
    grounds: dict[Ground, int] = {}
    grown = []
    for of_them, begin, end in zip(numbers, [0, *ends], ends, strict=False):
        if begin < end:
            those = order[begin:end]
            rows = Rows(register, row[those])
            months = find_months(of_them, rows)
            lo[those], hi[those], is_part[those], mode[those] = months.lo, months.hi, months.is_part, months.mode
            ground[those] = _find_grounds(of_them, rows, rid[those], months, prepared.codes, grounds)
            grown.append(_grown_up(of_them, rows, months.hi, those))
    return Claims(row, person, rid, ground, lo, hi, is_part, mode, list(grounds), join_stops(grown))


def _find_grounds(
    terms: Terms, rows: Rows, rid: Places, months: Months, codes: Codes, grounds: dict[Ground, int]
) -> Numbers:
    """The ground of each claim."""
    fixed = np.zeros(len(rid), np.int64)
    for is_missing, word in reversed(months.missing):
        if is_missing.any():
            fixed[is_missing] = codes.number(word)
    keys = [rows.fact(name) for name in terms.keys]
    first, which = find_alike([rid, fixed, months.years, *keys])
    columns = [column[first].tolist() for column in (rid, months.years, fixed)]
    held = [*zip(*(column[first].tolist() for column in keys), strict=True)] or [()] * len(first)
    found = map(Ground, columns[0], held, *columns[1:])
    numbers = [grounds.setdefault(ground, len(grounds)) for ground in found]
    return np.array(numbers, np.int32)[which]


def _grown_up(terms: Terms, rows: Rows, hi: Numbers, those: Places) -> Stops:
    """Children and siblings granted as minors, from when they are of age: school or disability must be asked."""
    if not terms.child_age:
        return _no_stops()
    months = of_age_months(terms, rows)
    relation, education = rows.fact("relation"), rows.fact("education")
    grown = np.isin(relation, [NONE, *words_of(rows.register, ("CHILD", "SIBLING"))])
    grown &= (months < FAR) & (months < hi) & (education != rows.register.word("IN_SCHOOL"))
    code = np.where(relation[grown] == NONE, NUMBER_OF_PAUSE["relation"], NUMBER_OF_PAUSE["education"])
    return Stops(those[grown], months[grown].astype(np.int64), np.full(len(code), FAR), code)


def _no_stops() -> Stops:
    return Stops(*(np.zeros(0, np.int64) for _ in Stops._fields))


def join_stops(stops: list[Stops]) -> Stops:
    """One after the other."""
    return Stops(*(np.concatenate(columns) for columns in zip(_no_stops(), *stops, strict=True)))
