"""Facts and rules brought together: the rules of each place, numbered, and those each status is seen through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from yushui.base.area_codes import prefix_of
from yushui.policy.engine.alike import Places
from yushui.policy.engine.answers import Codes
from yushui.policy.engine.days import Numbers, or_far, pack_days
from yushui.policy.types import NONE, PERIODIC, PERSON_COLUMNS, STATUS_COLUMNS, Column, Facts, Law, Pair, Rule

PAYING = ("RECEIVING", "STOPPED", "MOVED", "DIED", "CANCELLED", "SUSPENDED")
OF_PERSONS = frozenset(PERSON_COLUMNS) - frozenset(STATUS_COLUMNS)


@dataclass
class Placed:
    """One rule of one place. Its place in `Prepared.placed` is its number, the `rid`."""

    place: int
    rule: Rule
    values: dict[tuple[str, int], int]  # local (name, year) → fen


@dataclass
class Prepared:
    """The rules of all places that occur, and the words answers may use."""

    placed: list[Placed]
    overlaps: list[Mapping[tuple[str, str], Pair]]  # by place
    place: Places  # of each person
    codes: Codes


def prepare(law: Law, facts: Facts) -> Prepared:
    """The rules of the places that persons live in. Places with one law and the same values are one."""
    areas = np.maximum(facts.persons["area_code"], -1) + 1  # 0 for none
    place_of_area = np.zeros(len(facts.words) + 1, np.intp)
    placed, overlaps, entered = [], [], Entered(facts)
    known: dict[tuple[str, tuple[tuple[tuple[str, int], int], ...]], int] = {}
    for word in np.flatnonzero(np.bincount(areas)).tolist() or [0]:
        code = facts.words[word - 1] if word else ""
        layer = law.layer_of(code)
        values = {(name, year): fen for name, year, fen in layer.values} | entered.of(code)
        key = (layer.area, tuple(sorted(values.items())))
        if key not in known:
            known[key] = len(known)
            overlaps.append(layer.overlap)
            placed += [Placed(known[key], rule, values) for rule in layer.rules.values()]
        place_of_area[word] = known[key]
    return Prepared(placed, overlaps, place_of_area[areas], Codes())


class Entered:
    """The values that places have entered, over those of the law files; the smaller area wins."""

    def __init__(self, facts: Facts) -> None:
        self.by_prefix: dict[str, dict[tuple[str, int], int]] = {}
        for area, name, year, fen in facts.local_values:
            self.by_prefix.setdefault(prefix_of(area), {})[name, year] = fen
        self.lengths = sorted({len(prefix) for prefix in self.by_prefix})

    def of(self, area_code: str) -> dict[tuple[str, int], int]:
        """Local (name, year) → fen for an area."""
        values: dict[tuple[str, int], int] = {}
        for length in self.lengths:
            if length <= len(area_code):
                values |= self.by_prefix.get(area_code[:length], {})
        return values


class Register:
    """The facts with what several steps need of them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.numbers = {word: n for n, word in enumerate(facts.words)}
        self.owner = find_rows(facts.persons["person_id"], facts.statuses["person_id"])

    def word(self, name: str) -> int:
        """The number of a word; -1, which no fact has, when the facts do not know it."""
        return self.numbers.get(name, -1)

    @cached_property
    def died(self) -> Numbers:
        """The day each person died, FAR_DAY for the living. An event may tell it where the person's row does not."""
        days = or_far(pack_days(self.facts.persons["died_on"]))
        events = self.facts.events
        told = np.flatnonzero(events["what"] == self.word("DIED"))
        if len(told):
            row = find_rows(self.facts.persons["person_id"], events["person_id"][told])
            told, row = told[row >= 0], row[row >= 0]
            earliest = np.full(len(days), np.iinfo(np.int32).max, np.int32)
            np.minimum.at(earliest, row, or_far(pack_days(events["on"][told])))
            days = np.where(self.facts.persons["died_on"] == NONE, np.minimum(days, earliest), days)
        return days


@dataclass(frozen=True)
class Rows:
    """Some statuses of a register, by their places, with their persons; facts are read as they are asked for."""

    register: Register
    row: Places
    _days: dict[str, Numbers] = field(default_factory=dict)

    @cached_property
    def owner(self) -> Places:
        """The places of the persons."""
        return self.register.owner[self.row]

    @cached_property
    def died(self) -> Numbers:
        """The day of death, FAR_DAY for the living."""
        return self.register.died[self.owner]

    def fact(self, name: str) -> Column:
        """A column as the facts give it."""
        facts = self.register.facts
        return facts.persons[name].take(self.owner) if name in OF_PERSONS else facts.statuses[name].take(self.row)

    def days(self, name: str) -> Numbers:
        """A column of days, packed; NONE for none."""
        if name not in self._days:
            self._days[name] = pack_days(self.fact(name))
        return self._days[name]


def find_rows(ids: Column, wanted: Column) -> Places:
    """The place of each wanted number among distinct ones, -1 where there is none.

    Numbers given out one after the other are looked up in a table, others are searched for.
    """
    if not len(ids):
        return np.full(len(wanted), -1, np.intp)
    low, high = int(ids.min()), int(ids.max())
    if high - low < 4 * len(ids) + 1024:
        table = np.full(high - low + 3, -1, np.intp)
        table[ids - (low - 1)] = np.arange(len(ids))
        return np.take(table, wanted - (low - 1), mode="clip")
    order = np.argsort(ids, kind="stable")
    found = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
    return np.where(ids[found] == wanted, found, -1)


def in_order(facts: Facts) -> Places:
    """The places of the statuses, by person and status."""
    person, status = facts.statuses["person_id"], facts.statuses["status_id"]
    is_sorted = (person[1:] > person[:-1]) | ((person[1:] == person[:-1]) & (status[1:] >= status[:-1]))
    return np.arange(len(person)) if is_sorted.all() else np.lexsort((status, person))


def see_through(prepared: Prepared, register: Register) -> tuple[Places, Places]:
    """One claim for each status that may be paid and each rule of its kind in the person's place, by person, status
    and benefit: the place of the status, and the rid."""
    facts, order = register.facts, in_order(register.facts)
    kinds = sorted({kind for p in prepared.placed for kind in p.rule.kinds if kind in register.numbers})
    kind_number = {kind: n for n, kind in enumerate(kinds, start=1)}  # 0 is a kind without rules
    rules: list[list[int]] = [[] for _ in range(len(prepared.overlaps) * (len(kinds) + 1))]
    for rid, placed in sorted(enumerate(prepared.placed), key=lambda p: PERIODIC.index(p[1].rule.benefit)):
        for kind in placed.rule.kinds:
            if kind in kind_number:
                rules[placed.place * (len(kinds) + 1) + kind_number[kind]].append(rid)
    paid = by_word(register, facts.statuses["state"], ((word, 1) for word in PAYING)) * (register.owner >= 0)
    slot = by_word(register, facts.statuses["kind"], kind_number.items()) * paid
    if len(prepared.overlaps) > 1:
        slot = slot + prepared.place[register.owner] * (len(kinds) + 1)
    slot = slot[order]
    counts = np.array([len(r) for r in rules], np.intp)
    begins = np.cumsum(counts) - counts
    flat = np.array([rid for r in rules for rid in r], np.intp)
    return np.repeat(order, counts[slot]), flat[runs(begins[slot], counts[slot])]


def runs(begins: Places, lengths: Places) -> Places:
    """The numbers begin, begin + 1, ... of each run, one run after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(begins - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)


def by_word(register: Register, words: Column, values: Iterable[tuple[str, int]]) -> Places:
    """The value that each word stands for, 0 for others and for none."""
    table = np.zeros(len(register.facts.words) + 2, np.intp)
    for word, value in values:
        table[register.word(word) + 1] = value
    table[0] = 0
    return np.take(table, words + 1, mode="clip")


def words_of(register: Register, names: Iterable[str]) -> list[int]:
    """The numbers of those words that the facts know."""
    return [register.numbers[n] for n in names if n in register.numbers]
