"""Days of festivals and seasons: fixed, lunar (春节, 中秋), by solar term (清明); the usual days of a campaign."""

from __future__ import annotations

from datetime import date, timedelta

from tyme4py.lunar import LunarDay
from tyme4py.solar import SolarDay, SolarTerm

QINGMING_TERM = 7  # 清明 among the 24 solar terms counted from 冬至
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
ONE_DAY = timedelta(days=1)


def as_date(solar: SolarDay) -> date:
    """A day of the almanac as a date."""
    return date(solar.get_year(), solar.get_month(), solar.get_day())


def festival_on(kind: str, year: int) -> date | None:
    """The day of the festival in a calendar year; None for campaigns that follow no festival."""
    if kind == "SPRING_FESTIVAL":
        return as_date(LunarDay.from_ymd(year, 1, 1).get_solar_day())
    if kind == "MID_AUTUMN":
        return as_date(LunarDay.from_ymd(year, 8, 15).get_solar_day())
    if kind == "QINGMING":
        return as_date(SolarTerm.from_index(year, QINGMING_TERM).get_solar_day())
    fixed = {"ARMY_DAY": (8, 1), "NEW_YEAR": (1, 1), "MARTYRS_DAY": (9, 30)}
    return date(year, *fixed[kind]) if kind in fixed else None


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
