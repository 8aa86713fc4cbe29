"""Days of festivals and seasons: fixed, lunar (春节, 中秋), by solar term (清明); the usual days of a campaign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from yushui.base.almanac import army_day, martyrs_day, mid_autumn, qingming, spring_festival

# kind → (days before the festival, days after) that a campaign usually takes; both ends included
AROUND: dict[str, tuple[int, int]] = {
    "SPRING_FESTIVAL": (20, 14),  # to 元宵, the fifteenth of the first lunar month
    "ARMY_DAY": (14, 9),
    "NEW_YEAR": (7, 2),
    "MID_AUTUMN": (10, 0),
    "QINGMING": (10, 5),
    "MARTYRS_DAY": (9, 1),
}
# kind → first and last (month, day) of a season
SEASONS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "SUMMER_HARVEST": ((5, 20), (6, 30)),
    "AUTUMN_HARVEST": ((9, 10), (10, 31)),
    "RETURN": ((8, 25), (9, 30)),
}
FESTIVALS: dict[str, Callable[[int], date]] = {
    "SPRING_FESTIVAL": spring_festival,
    "ARMY_DAY": army_day,
    "NEW_YEAR": lambda year: date(year, 1, 1),
    "MID_AUTUMN": mid_autumn,
    "QINGMING": qingming,
    "MARTYRS_DAY": martyrs_day,
}
ONE_DAY = timedelta(days=1)


def festival_on(kind: str, year: int) -> date | None:
    """The day of the festival in a calendar year; None for campaigns that follow no festival."""
    return FESTIVALS[kind](year) if kind in FESTIVALS else None


def usual_days(kind: str, year: int) -> tuple[date, date] | None:
    """First and last day of a campaign of this kind in a year, both included; None when no custom fixes them."""
    if kind in SEASONS:
        first, last = SEASONS[kind]
        return date(year, *first), date(year, *last)
    festival = festival_on(kind, year)
    if festival is None:
        return None
    before, after = AROUND[kind]
    return festival - before * ONE_DAY, festival + after * ONE_DAY


def next_days(kind: str, on: date) -> tuple[date, date]:
    """The usual days that are running or come next; a fortnight from today where no custom fixes them."""
    for year in (on.year, on.year + 1):
        days = usual_days(kind, year)
        if days is not None and days[1] >= on:
            return days
    return on, on + 14 * ONE_DAY


def title_for(kind: str, kind_name: str, first_day: date) -> str:
    """`2026年春节慰问`: the year of the festival, also when the campaign begins in the year before."""
    year = first_day.year + (1 if kind == "NEW_YEAR" and first_day.month == 12 else 0)
    return f"{year}年{kind_name}"
