"""The almanac: the lunar calendar, solar terms, the days that the field keeps. No clock, no settings."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from tyme4py.lunar import LunarDay
from tyme4py.solar import SolarDay, SolarTerm

SATURDAY = 5


@lru_cache(maxsize=2000)  # seven milliseconds a day, and every page shows today's
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


@lru_cache(maxsize=200)
def lunar_words(first: date, days: int) -> tuple[str, ...]:
    """Short words for so many days: `十四`; on the first of a lunar month `十月`; a solar term by its name. The lunar
    calendar is asked once a lunar month, for a day costs milliseconds."""
    lunar = SolarDay.from_ymd(first.year, first.month, first.day).get_lunar_day()
    month, number = lunar.get_lunar_month(), lunar.get_day()
    length = month.get_day_count()
    terms = {**solar_terms(first.year), **solar_terms((first + timedelta(days=days)).year)}
    words = []
    for place in range(days):
        name = month.get_name() if number == 1 else LunarDay.NAMES[number - 1]
        words.append(terms.get(first + timedelta(days=place), name))
        number += 1
        if number > length:
            month, number = month.next(1), 1
            length = month.get_day_count()
    return tuple(words)


@cache
def solar_terms(year: int) -> dict[date, str]:
    """The days of the twenty-four solar terms that fall into a year, 小寒 to 冬至."""
    terms = [SolarTerm.from_index(year, index) for index in range(1, 25)]
    return {plain(term.get_julian_day().get_solar_day()): term.get_name() for term in terms}


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
