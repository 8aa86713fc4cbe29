"""The set-based engine and the slow reference agree on random people, to the fen and to the word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from yushui.base.days import month_at
from yushui.policy.engine import compute
from yushui.policy.reference import compute_person
from yushui.policy.tests.law_for_tests import law_of_many_places
from yushui.policy.types import STATUS_COLUMNS, DueSpan, Facts

FIRST, END = month_at("2023-01"), month_at("2026-07")
KINDS = sorted({k for rule in law_of_many_places().layers[""].rules.values() for k in rule.kinds})
STATES = ["APPLIED", "RECOGNISED", "STOPPED", "MOVED", "REFUSED", "DIED", "CANCELLED", "SUSPENDED"]
EVENTS = ["DIED", "MOVED_IN", "MOVED_OUT", "SENTENCED", "RELEASED", "CONFIRMED", "UNCONFIRMED_NOTICE", "CANCELLED"]


def days(low: date, high: date) -> st.SearchStrategy[date]:
    """Days between two, first days of a month more often than chance."""
    anywhere = st.integers(0, (high - low).days).map(lambda n: low + timedelta(n))
    return st.one_of(anywhere, anywhere.map(lambda d: d.replace(day=1)))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, st.none())


NEAR = days(date(2022, 6, 1), date(2026, 9, 1))
PAST = days(date(2005, 1, 1), date(2022, 6, 1))


@st.composite
def statuses(draw: st.DrawFn, status_id: int, person_id: int, kinds: list[str]) -> tuple[Any, ...]:
    """One status with whatever columns, now and then one missing or odd."""
    starts = draw(st.one_of(PAST, NEAR))
    ends = draw(st.one_of(st.none(), st.none(), NEAR.filter(lambda d: d > starts)))
    served = draw(days(date(1954, 10, 1), date(2011, 12, 1)))
    row = {
        "status_id": status_id, "person_id": person_id, "kind": draw(st.sampled_from(kinds)),
        "state": draw(st.sampled_from(["RECEIVING"] * 8 + STATES)), "starts_on": starts, "ends_on": ends,
        "approved_on": draw(maybe(st.one_of(st.just(starts), days(starts - timedelta(200), starts + timedelta(200))))),
        "grade": draw(maybe(st.sampled_from([1, 2, 3, 4, 5, 6, 7, 10]))),
        "cause": draw(maybe(st.sampled_from(["WAR", "DUTY", "ILLNESS"]))),
        "period": draw(maybe(st.sampled_from(["ANTI_JAPANESE", "LIBERATION", "AFTER_1949"]))),
        "campaign": "", "relation": draw(maybe(st.sampled_from(["PARENT", "SPOUSE", "CHILD", "SIBLING"]))),
        "household_kind": draw(maybe(st.sampled_from(["RURAL", "URBAN"]))),
        "service_starts_on": draw(maybe(st.one_of(st.just(served), NEAR))),
        "service_ends_on": draw(maybe(st.one_of(days(served, served + timedelta(3000)), NEAR))),
        "place_of_service": draw(maybe(st.sampled_from(["INLAND", "TIBET", "XINJIANG", "PLATEAU", "ISLAND_1"]))),
        "education": draw(maybe(st.sampled_from(["NONE", "IN_SCHOOL", "COLLEGE", "BACHELOR"]))),
        "merit": draw(maybe(st.sampled_from(["MERIT_3", "TITLE_CMC", "EXCELLENT"]))),
        "draws_pension": draw(st.sampled_from([None, None, False, True])),
    }  # fmt: skip
    return tuple(row[c] for c in STATUS_COLUMNS)


@st.composite
def people(draw: st.DrawFn) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """A few persons of several places with statuses, events and values that places entered."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))
    persons, rows, events = [], [], []
    for person_id in range(1, draw(st.integers(1, 4)) + 1):
        born = draw(maybe(st.one_of(days(date(1930, 1, 1), date(1966, 12, 1)), days(date(2005, 1, 1), date(2009, 1, 1)),
                                    st.just(date(1964, 2, 29)), st.just(date(2008, 2, 29)))))  # fmt: skip
        died = draw(st.one_of(st.none(), st.none(), NEAR))
        area = draw(st.sampled_from(["990101001001", "990102000000", "990103001000", "110101001001", ""]))
        persons.append((person_id, area, born, died, "", draw(st.sampled_from([None, False, True]))))
        for _ in range(draw(st.integers(1, 4))):
            rows.append(draw(statuses(len(rows) + 1, person_id, kinds)))
        for what in draw(st.lists(st.sampled_from(EVENTS), max_size=4)):
            events.append((person_id, what, draw(NEAR)))
    values = [("990103", "average_wage", 2022, 7_000_001), ("990100", "average_wage", 2024, 8_123_456)]
    return persons, rows, events, draw(st.sampled_from([[], values]))


def by_reference(law: Any, everything: tuple[list[Any], ...], known_on: date) -> list[DueSpan]:
    """Person by person."""
    persons, rows, events, values = everything
    spans = []
    for person in persons:
        own = Facts.from_rows([person], [r for r in rows if r[1] == person[0]],
        [e for e in events if e[0] == person[0]],
                              values)  # fmt: skip
        if len(own.statuses["status_id"]):
            spans += compute_person(law, own, first_month=FIRST, end_month=END, known_on=known_on)
    return spans


@settings(max_examples=150, deadline=None)
@given(everything=people(), known_on=st.sampled_from([date(2023, 9, 1), date(2024, 9, 15), date(2026, 11, 22)]))
def test_engine_says_what_the_reference_says_when_people_are_random(everything: Any, known_on: date) -> None:
    law = law_of_many_places()
    found = compute(law, Facts.from_rows(*everything), first_month=FIRST, end_month=END, known_on=known_on)
    assert found == by_reference(law, everything, known_on)


@settings(max_examples=40, deadline=None)
@given(everything=people())
def test_each_month_has_one_answer_when_people_are_random(everything: Any) -> None:
    law = law_of_many_places()
    found = compute(law, Facts.from_rows(*everything), first_month=FIRST, end_month=END, known_on=date(2026, 11, 22))
    months = [(s.status_id, s.benefit, m) for s in found for m in range(s.first_month, s.end_month)]
    assert len(months) == len(set(months))
    assert all((s.fen > 0) == (s.verdict == "GRANT") and bool(s.ask) == (s.verdict == "ASK") for s in found)
