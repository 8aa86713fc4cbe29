"""Days, months and half-open spans."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yushui.base import days
from yushui.base.days import Span


def test_month_of_when_august_2024() -> None:
    assert days.month_of(date(2024, 8, 31)) == 24295
    assert days.show_month(24295) == "2024-08"
    assert days.show_month_zh(24295) == "2024年8月"
    assert days.first_day(24295) == date(2024, 8, 1)


@given(st.integers(1900 * 12, 2200 * 12))
def test_month_at_gives_back_what_was_shown(month: int) -> None:
    assert days.month_at(days.show_month(month)) == month


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "24-08", "2024", "2024-8月", "", "2024/08"])
def test_month_at_refuses_when_not_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="月份应写成"):
        days.month_at(text)


@pytest.mark.parametrize(
    "born_on, on, expected",
    [
        (date(1966, 11, 22), date(2026, 11, 21), 59),
        (date(1966, 11, 22), date(2026, 11, 22), 60),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2004, 2, 29), date(2028, 2, 29), 24),
    ],
)
def test_age_on_when_counted_in_whole_years(born_on: date, on: date, expected: int) -> None:
    assert days.age_on(born_on, on) == expected


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(1, 100))
def test_birthday_is_the_first_day_of_the_age(born_on: date, years: int) -> None:
    day = days.birthday(born_on, years)
    assert days.age_on(born_on, day) == years
    assert days.age_on(born_on, date.fromordinal(day.toordinal() - 1)) == years - 1


def test_span_when_asked_for_its_edges() -> None:
    span = Span(date(2024, 8, 1), date(2024, 9, 1))
    assert [span.covers(day) for day in (date(2024, 7, 31), date(2024, 8, 1), date(2024, 8, 31), date(2024, 9, 1))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_span_when_open_covers_any_later_day() -> None:
    assert Span(date(2024, 8, 1)).covers(date(2999, 1, 1)) is True


def test_spans_when_they_only_touch_do_not_meet() -> None:
    first, second = Span(date(2024, 1, 1), date(2024, 2, 1)), Span(date(2024, 2, 1), None)
    assert (first.meets(second), second.meets(first)) == (False, False)
    assert first.meets(Span(date(2024, 1, 31), date(2024, 2, 1))) is True


@pytest.mark.parametrize("end", [date(2024, 8, 1), date(2024, 7, 1)])
def test_span_refuses_when_it_does_not_go_forward(end: date) -> None:
    with pytest.raises(ValueError, match="结束日期应晚于开始日期"):
        Span(date(2024, 8, 1), end)


def test_months_between_when_half_open() -> None:
    assert list(days.months_between(24295, 24298)) == [24295, 24296, 24297]
