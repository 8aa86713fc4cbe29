"""The working-day calendar and the lunar days of the office."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from yushui.base import workdays
from yushui.base.almanac import army_day, qingming, show_lunar, spring_festival
from yushui.base.workdays import Source


@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 10, 1), False),  # 国庆
        (date(2026, 10, 10), True),  # a Saturday worked for it
        (date(2026, 2, 17), False),  # 春节
    ],
)
def test_is_workday_when_published(day: date, expected: bool) -> None:
    assert workdays.is_workday(day) is expected


def test_add_workdays_when_a_holiday_lies_between() -> None:
    assert workdays.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert workdays.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert workdays.add_workdays(date(2026, 11, 20), 0) == date(2026, 11, 20)


def test_workdays_between_when_counted_half_open() -> None:
    assert workdays.workdays_between(date(2026, 11, 20), date(2026, 11, 24)) == 2
    assert workdays.workdays_between(date(2026, 11, 21), date(2026, 11, 23)) == 0


def test_beyond_the_notice_the_weekday_rule_answers_and_says_so() -> None:
    later = date(workdays.PUBLISHED_YEARS.stop, 10, 1)
    assert workdays.is_published(later) is False
    assert workdays.source_of(later.year) is Source.WEEKDAY_RULE
    assert workdays.is_workday(later) is (later.weekday() < 5)
    assert workdays.is_published(date(2026, 10, 1)) is True


def test_own_table_when_the_county_has_one_goes_first(settings: Any, tmp_path: Path) -> None:
    settings.CATALOGUE_DIR = tmp_path
    (tmp_path / "workdays.yaml").write_text("years:\n  2026:\n    rest: [2026-11-20]\n    work: [2026-11-21]\n")
    assert workdays.source_of(2026) is Source.OWN_TABLE
    assert [workdays.is_workday(date(2026, 11, day)) for day in (19, 20, 21, 22)] == [True, False, True, False]
    assert workdays.source_of(2025) is Source.NOTICE


@pytest.mark.parametrize(
    "text", ["years:\n  2026:\n    rest: [2025-01-01]\n", "years:\n  2026: {rest: [2026-01-02], work: [2026-01-02]}\n"]
)
def test_own_table_refuses_when_a_day_is_in_another_year_or_both_off_and_on(
    text: str, settings: Any, tmp_path: Path
) -> None:
    settings.CATALOGUE_DIR = tmp_path
    (tmp_path / "workdays.yaml").write_text(text)
    with pytest.raises(ValueError, match="日期有误"):
        workdays.is_workday(date(2026, 1, 5))


def test_own_table_refuses_when_a_key_is_unknown(settings: Any, tmp_path: Path) -> None:
    settings.CATALOGUE_DIR = tmp_path
    (tmp_path / "workdays.yaml").write_text("years:\n  2026:\n    off: [2026-01-02]\n")
    with pytest.raises(ValueError, match="只能写 rest 和 work"):
        workdays.is_workday(date(2026, 1, 5))


def test_show_today_when_a_solar_term_falls_on_it() -> None:
    assert workdays.show_today(date(2026, 11, 22)) == "2026年11月22日 星期日 农历十月十四 小雪"
    assert show_lunar(date(2026, 11, 21)) == "农历十月十三"


def test_festivals_when_reckoned_by_moon_and_sun() -> None:
    assert [spring_festival(year) for year in (2024, 2025, 2026, 2027)] == [
        date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6),
    ]  # fmt: skip
    assert [qingming(year) for year in (2024, 2025, 2026)] == [
        date(2024, 4, 4), date(2025, 4, 4), date(2026, 4, 5),
    ]  # fmt: skip
    assert army_day(2026) == date(2026, 8, 1)
    assert show_lunar(spring_festival(2027)) == "农历正月初一 春节"


def test_show_lunar_when_every_day_of_a_year_has_words() -> None:
    start = date(2025, 1, 1)
    assert all(show_lunar(start + timedelta(days=n)).startswith("农历") for n in range(365))
