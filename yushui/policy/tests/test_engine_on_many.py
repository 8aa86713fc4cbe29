"""The engine answers for many at once what it answers for each alone, in whatever order and company they come."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from yushui.base.days import month_at
from yushui.policy.engine import Question, compute, compute_columns, compute_each
from yushui.policy.engine.alike import find_alike
from yushui.policy.reference import compute_person
from yushui.policy.tests.law_for_tests import law_of_many_places
from yushui.policy.types import NONE, STATUS_COLUMNS, DueSpan, Facts

FIRST, END, KNOWN = month_at("2024-01"), month_at("2025-07"), date(2025, 3, 1)
KINDS = ("DISABLED_SOLDIER", "RURAL_VETERAN_60", "WAR_VETERAN", "SURVIVOR_MARTYR", "RED_ARMY_VETERAN", "ILL_VETERAN")
EVENTS = ("DIED", "MOVED_IN", "MOVED_OUT", "SENTENCED", "RELEASED", "CONFIRMED", "UNCONFIRMED_NOTICE", "CANCELLED")
Register = tuple[list[Any], list[Any], list[Any]]


def some_people(seed: int, count: int) -> Register:
    """Persons of few kinds, so that many are alike, some with events; numbers far apart, rows in no order."""
    r = random.Random(seed)
    persons, rows, events = [], [], []
    for person in r.sample(range(-(10**6), 10**9), count):
        born = r.choice([date(1930, 2, 1), date(1964, 2, 29), date(1964, 7, 15), date(2006, 6, 2), None])
        died = r.choice([None, None, None, date(2024, 5, 9)])
        persons.append((person, r.choice(["990101001001", "990102000000", "990103001000", ""]), born, died, "", None))
        for kind in r.choices(KINDS, k=r.choice([0, 1, 1, 2, 3])):
            starts = r.choice([date(2001, 5, 1), date(2024, 3, 1), date(2024, 10, 17)])
            held = {
                "status_id": r.getrandbits(40) - 2**39, "person_id": person, "kind": kind, "state": "RECEIVING",
                "starts_on": starts, "ends_on": r.choice([None, None, date(2025, 1, 20)]), "approved_on": starts,
                "grade": r.choice([3, 6]), "cause": r.choice(["WAR", "DUTY"]), "household_kind": "RURAL",
                "relation": r.choice(["SPOUSE", "CHILD"]), "service_starts_on": date(1984, 2, 29),
                "service_ends_on": r.choice([date(1988, 3, 1), date(1989, 3, 1), None]),
            }  # fmt: skip
            rows.append(tuple(held.get(column) for column in STATUS_COLUMNS))
        if r.random() < 0.2:
            events += [(person, what, date(2024, 1, 1) + timedelta(r.randrange(500))) for what in r.sample(EVENTS, 2)]
    r.shuffle(rows)
    return persons, rows, events


def by_reference(register: Register) -> list[DueSpan]:
    persons, rows, events = register
    spans = []
    for person in persons:
        own = [[row for row in table if row[at] == person[0]] for table, at in ((rows, 1), (events, 0))]
        if own[0]:
            facts = Facts.from_rows([person], *own)
            spans += compute_person(law_of_many_places(), facts, first_month=FIRST, end_month=END, known_on=KNOWN)
    return spans


def by_engine(register: Register) -> list[DueSpan]:
    facts = Facts.from_rows(*register)
    return compute(law_of_many_places(), facts, first_month=FIRST, end_month=END, known_on=KNOWN)


def in_order(spans: list[DueSpan]) -> list[DueSpan]:
    return sorted(spans, key=lambda s: (s.person_id, s.status_id, s.benefit, s.first_month))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_engine_says_what_the_reference_says_when_many_are_alike(seed: int) -> None:
    register = some_people(seed, 150)
    found = by_engine(register)
    assert len(found) > 150
    assert in_order(found) == in_order(by_reference(register))


def test_answers_are_the_same_when_people_are_asked_in_parts() -> None:
    persons, rows, events = some_people(4, 400)
    half = {person[0] for person in persons[:200]}
    parts = []
    for chosen in (half, {person[0] for person in persons} - half):
        part = [[row for row in table if row[at] in chosen] for table, at in ((persons, 0), (rows, 1), (events, 0))]
        parts += by_engine((part[0], part[1], part[2]))
    assert in_order(by_engine((persons, rows, events))) == in_order(parts)


def test_answers_are_the_same_when_threads_ask_at_once() -> None:
    registers = [some_people(seed, 100) for seed in range(6)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(by_engine, registers)) == [by_engine(register) for register in registers]


def test_each_question_is_answered_as_if_it_were_the_only_one() -> None:
    facts, law = Facts.from_rows(*some_people(5, 200)), law_of_many_places()
    questions = [Question(FIRST, END, KNOWN), Question(month_at("2024-08"), month_at("2024-11"), date(2024, 9, 1)),
                 Question(month_at("2000-01"), month_at("2001-06"), KNOWN)]  # fmt: skip
    together = [found.spans() for found in compute_each(law, facts, questions)]
    assert together == [compute_each(law, facts, [question])[0].spans() for question in questions]
    assert all(together)


def test_columns_say_what_spans_say_when_read() -> None:
    law, facts = law_of_many_places(), Facts.from_rows(*some_people(6, 200))
    found = compute_columns(law, facts, first_month=FIRST, end_month=END, known_on=KNOWN)
    spans = found.spans()
    assert len(found) == len(spans)
    assert {len(column) for column in found.columns.values()} == {len(spans)}
    assert found.granted_fen() == sum(s.fen * (s.end_month - s.first_month) for s in spans) > 0
    assert sorted(found.columns["person_id"].tolist()) == [s.person_id for s in spans]


@pytest.mark.parametrize("persons", [[], [(1, "990101001001", date(1950, 1, 1))]])
@pytest.mark.parametrize("statuses", [[], [(7, 2, "WAR_VETERAN", "RECEIVING", date(2020, 1, 1))],
                                      [(7, 1, "NO_SUCH_KIND", "RECEIVING", date(2020, 1, 1))]])  # fmt: skip
@pytest.mark.parametrize("events", [[], [(1, "SENTENCED", date(2024, 3, 2)), (9, "DIED", date(2024, 3, 2))]])
def test_nothing_is_due_when_nobody_holds_a_status(persons: Any, statuses: Any, events: Any) -> None:
    facts = Facts.from_rows(persons, statuses, events)
    found = compute_columns(law_of_many_places(), facts, first_month=FIRST, end_month=END, known_on=KNOWN)
    assert found.spans() == []
    assert (len(found), found.granted_fen()) == (0, 0)


def test_nothing_is_due_when_the_law_has_no_benefits() -> None:
    law = law_of_many_places()
    empty = replace(law, layers={"": replace(law.layers[""], rules={}, overlap={})})
    found = compute(empty, Facts.from_rows(*some_people(8, 20)), first_month=FIRST, end_month=END, known_on=KNOWN)
    assert found == []


def test_columns_are_not_shared_with_the_facts() -> None:
    facts = Facts.from_rows(*some_people(7, 50))
    before = {name: column.copy() for name, column in facts.statuses.items()}
    found = compute_columns(law_of_many_places(), facts, first_month=FIRST, end_month=END, known_on=KNOWN)
    for column in found.columns.values():
        column[:] = 0
    assert all(np.array_equal(before[name], facts.statuses[name]) for name in before)


@pytest.mark.parametrize("widths", [(1,), (3, 2, 5), (10**9, 3), (2_000, 3_000, 2), (10**9, 10**9, 10**9), (4, 10**9)])
def test_rows_are_alike_when_all_their_numbers_are(widths: tuple[int, ...]) -> None:
    r = np.random.default_rng(9)
    columns = [r.choice(r.integers(0, width, 20), 500) for width in widths]
    columns[0] = np.where(r.random(500) < 0.2, NONE, columns[0])
    first, which = find_alike(columns)
    rows = [*zip(*(column.tolist() for column in columns), strict=True)]
    assert len(first) == len(set(rows))
    assert [rows[first[n]] for n in which] == rows
