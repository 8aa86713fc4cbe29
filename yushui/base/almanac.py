"""The almanac: the lunar calendar, solar terms, the days that the field keeps. No clock, no settings."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from tyme4py.lunar import LunarDay
from tyme4py.solar import SolarDay, SolarTerm

SATURDAY = 5


@lru_cache(maxsize=4096)  # two milliseconds a day; a calendar page shows forty-two
def show_lunar(day: date) -> str:
    """`农历十月十四`; on the day of a solar term or a lunar festival that too: `农历十月十四 小雪`."""
    solar = SolarDay.from_ymd(day.year, day.month, day.day)
    lunar = solar.get_lunar_day()
    words = [f"农历{lunar.get_lunar_month().get_name()}{lunar.get_name()}"]
    festival = lunar.get_festival()
    term = solar.get_term_day()
    if festival is not None:
        words.append(festival.get_name())
    elif term.get_day_index() == 0:
        words.append(term.get_solar_term().get_name())
    return " ".join(words)


def plain(day: SolarDay) -> date:
    """A day of the calendar library as a date."""
    return date(day.get_year(), day.get_month(), day.get_day())


@cache
def spring_festival(year: int) -> date:
    """春节, the first day of the lunar year that begins in a solar year: 2027 → 2027-02-06."""
    return plain(LunarDay.from_ymd(year, 1, 1).get_solar_day())


@cache
def qingming(year: int) -> date:
    """清明, by the sun: 4 or 5 April (sometimes 6)."""
    return plain(SolarTerm.from_name(year, "清明").get_julian_day().get_solar_day())


def army_day(year: int) -> date:
    """八一建军节."""
    return date(year, 8, 1)


@cache
def mid_autumn(year: int) -> date:
    """中秋, the fifteenth of the eighth lunar month."""
    return plain(LunarDay.from_ymd(year, 8, 15).get_solar_day())


@cache
def defence_day(year: int) -> date:
    """全民国防教育日: the third Saturday of September."""
    first = date(year, 9, 1)
    return first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 14)


def martyrs_day(year: int) -> date:
    """烈士纪念日."""
    return date(year, 9, 30)
