"""The calendar of the field: festivals, seasons, days off; the weeks of a month."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from yushui.base.almanac import army_day, defence_day, lunar_words, martyrs_day, mid_autumn, qingming, spring_festival

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# name, first and last (month, day): usual times of a county; both included
SEASONS: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...] = (
    ("春季征兵", (2, 10), (3, 31)),
    ("春季退役", (3, 1), (3, 31)),
    ("三夏农忙", (5, 20), (6, 30)),
    ("秋季征兵", (8, 1), (9, 30)),
    ("秋季退役", (9, 1), (9, 30)),
    ("国防教育月", (9, 1), (9, 30)),
    ("三秋农忙", (9, 10), (10, 31)),
)


@dataclass(frozen=True)
class Season:
    """A time of the year with its work: first and last day, both included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Day:
    """A day of the grid, without what is planned on it."""

    on: date
    is_inside: bool
    is_off: bool
    is_makeup: bool  # a weekend on which offices work (调休)
    lunar: str
    festivals: tuple[str, ...]

    @property
    def marks(self) -> str:
        """休 on a weekday that is off, 班 on a weekend that is worked."""
        if self.is_makeup:
            return "班"
        return "休" if self.is_off and self.on.weekday() < 5 else ""


@cache
def festivals_of(year: int) -> dict[date, tuple[str, ...]]:
    """The days of a year that the field keeps, by the sun, the moon and the law."""
    spring = spring_festival(year)
    found = (
        (date(year, 1, 1), "元旦"), (spring - ONE_DAY, "除夕"), (spring, "春节"), (spring + 14 * ONE_DAY, "元宵节"),
        (qingming(year), "清明"), (date(year, 5, 1), "劳动节"), (date(year, 7, 1), "建党节"),
        (army_day(year), "八一建军节"), (date(year, 9, 3), "抗战胜利纪念日"), (mid_autumn(year), "中秋"),
        (defence_day(year), "全民国防教育日"), (martyrs_day(year), "烈士纪念日"), (date(year, 10, 1), "国庆节"),
        (date(year, 10, 25), "抗美援朝纪念日"),
    )  # fmt: skip
    days: dict[date, tuple[str, ...]] = {}
    for day, name in found:
        days[day] = (*days.get(day, ()), name)
    return days


def seasons_between(first: date, last: date) -> list[Season]:
    """The seasons that meet the days [first, last], in the order they begin."""
    spans = [
        Season(name, date(year, *begins), date(year, *ends))
        for year in range(first.year, last.year + 1)
        for name, begins, ends in SEASONS
    ]
    return sorted((span for span in spans if span.first <= last and first <= span.last), key=lambda s: s.first)


def weeks_of(year: int, month: int, works: Callable[[date], bool]) -> list[list[Day]]:
    """The weeks of a month from Monday on, filled up with the days around it. `works` tells the working days."""
    kept = {**festivals_of(year - 1), **festivals_of(year), **festivals_of(year + 1)}
    weeks = Calendar().monthdatescalendar(year, month)
    days = [on for week in weeks for on in week]
    lunar = dict(zip(days, lunar_words(days[0], len(days)), strict=True))
    return [
        [
            Day(
                on=on, is_inside=on.month == month, is_off=not works(on),
                is_makeup=works(on) and on.weekday() >= SATURDAY, lunar=lunar[on], festivals=kept.get(on, ()),
            )
            for on in week
        ]
        for week in weeks
    ]  # fmt: skip


def month_before(year: int, month: int) -> tuple[int, int]:
    """The month before."""
    return (year - 1, 12) if month == 1 else (year, month - 1)


def month_after(year: int, month: int) -> tuple[int, int]:
    """The month after."""
    return (year + 1, 1) if month == 12 else (year, month + 1)
