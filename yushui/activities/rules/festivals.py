"""The usual days of a campaign: around a festival (fixed, lunar, by solar term), or in a season of the year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from yushui.activities.types.campaigns import Custom
from yushui.base.almanac import army_day, martyrs_day, mid_autumn, qingming, spring_festival

FESTIVALS: dict[str, Callable[[int], date]] = {
    "SPRING_FESTIVAL": spring_festival,
    "ARMY_DAY": army_day,
    "NEW_YEAR": lambda year: date(year, 1, 1),
    "MID_AUTUMN": mid_autumn,
    "QINGMING": qingming,
    "MARTYRS_DAY": martyrs_day,
}
ONE_DAY = timedelta(days=1)


def festival_on(follows: str, year: int) -> date | None:
    """The day of the festival in a calendar year; None for what follows no festival."""
    return FESTIVALS[follows](year) if follows in FESTIVALS else None


def usual_days(custom: Custom, year: int) -> tuple[date, date] | None:
    """First and last day of a campaign in a year, both included; None when no custom fixes them.

    A season that ends before it begins runs into the next year.
    """
    if custom.follows == "SEASON" and custom.first and custom.last:
        first, last = (date(year, *divmod(day, 100)) for day in (custom.first, custom.last))
        return first, last if last >= first else date(year + 1, last.month, last.day)
    festival = festival_on(custom.follows, year)
    if festival is None:
        return None
    return festival - custom.days_before * ONE_DAY, festival + custom.days_after * ONE_DAY


def next_days(custom: Custom, on: date) -> tuple[date, date]:
    """The usual days that are running or come next; a fortnight from today where no custom fixes them."""
    for year in (on.year - 1, on.year, on.year + 1):
        days = usual_days(custom, year)
        if days is not None and days[1] >= on:
            return days
    return on, on + 14 * ONE_DAY


def title_for(follows: str, kind_name: str, first_day: date) -> str:
    """`2026年春节慰问`: the year of the festival, also when the campaign begins in the year before."""
    for year in (first_day.year, first_day.year + 1):
        festival = festival_on(follows, year)
        if festival is not None and abs((festival - first_day).days) <= 60:
            return f"{festival.year}年{kind_name}"
    return f"{first_day.year}年{kind_name}"
