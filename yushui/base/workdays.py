"""The working-day calendar of the office (with 调休).

Three layers, the first that knows a year answers for it: the county's own table (catalogue/workdays.yaml), the
published yearly notice of the State Council as kept by `chinesecalendar`, and beyond both the plain rule of weekdays,
which is marked as not yet published (未公布) so that nobody mistakes it for the notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path

import chinese_calendar
from django.conf import settings

from yushui.base.almanac import show_lunar
from yushui.base.plain_yaml import read_yaml

PUBLISHED_YEARS = range(
    min(chinese_calendar.constants.holidays).year, max(chinese_calendar.constants.holidays).year + 1
)
WEEKDAYS = "一二三四五六日"
UNPUBLISHED = "节假日安排未公布,按周一至周五推算"


class Source(Enum):
    """What an answer rests on; the value is what a page shows."""

    OWN_TABLE = "本地日历"
    NOTICE = "国务院放假通知"
    WEEKDAY_RULE = UNPUBLISHED


@dataclass(frozen=True)
class YearTable:
    """A year's exceptions to the weekday rule: days off on weekdays, working days on weekends."""

    off: frozenset[date]
    on: frozenset[date]


@cache
def own_tables(path: Path) -> dict[int, YearTable]:
    """The county's own years from a YAML file; no file, no years.

    `years: {2027: {rest: [2027-02-05], work: [2027-02-13]}}`. Raises ValueError when a day lies in another year, or is
    both a day of rest and of work, or when a key is unknown.
    """
    if not path.exists():
        return {}
    tables: dict[int, YearTable] = {}
    for year, days in (read_yaml(path.read_text(encoding="utf-8")) or {}).get("years", {}).items():
        off = frozenset(date.fromisoformat(str(d)) for d in days.get("rest", ()))
        on = frozenset(date.fromisoformat(str(d)) for d in days.get("work", ()))
        strays = sorted(d for d in off | on if d.year != year)
        strange = set(days) - {"rest", "work"}
        if strange:
            raise ValueError(f"{path.name}:{year} 年只能写 rest 和 work,不能写 {sorted(map(str, strange))}")
        if strays or off & on:
            raise ValueError(f"{path.name}:{year} 年的日期有误 {[str(d) for d in strays or sorted(off & on)]}")
        tables[int(year)] = YearTable(off=off, on=on)
    return tables


@lru_cache(maxsize=16)
def path_in(folder: Path) -> Path:
    """The county's own table in a catalogue."""
    return folder / "workdays.yaml"


def table_path() -> Path:
    """Where the county's own table lies."""
    return path_in(settings.CATALOGUE_DIR)


def source_of(year: int) -> Source:
    """What answers for a year."""
    if year in own_tables(table_path()):
        return Source.OWN_TABLE
    return Source.NOTICE if year in PUBLISHED_YEARS else Source.WEEKDAY_RULE


def is_published(day: date) -> bool:
    """Whether the holidays of the day's year are known; if not, pages show UNPUBLISHED beside the answer."""
    return source_of(day.year) is not Source.WEEKDAY_RULE


def is_workday(day: date) -> bool:
    """Whether offices work on a day."""
    source = source_of(day.year)
    if source is Source.OWN_TABLE:
        table = own_tables(table_path())[day.year]
        return day in table.on or (day.weekday() < 5 and day not in table.off)
    if source is Source.NOTICE:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def add_workdays(day: date, count: int) -> date:
    """The day so many working days after a day, or before it when negative.

    The day itself does not count (期间开始之日不计入).
    """
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day)
    return day


def workdays_between(first: date, end: date) -> int:
    """How many working days lie in [first, end)."""
    return sum(is_workday(first + timedelta(days=n)) for n in range((end - first).days))


@lru_cache(maxsize=8)
def show_today(day: date) -> str:
    """`2026年11月22日 星期日 农历十月十四 小雪`, for the top of every page."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]} {show_lunar(day)}"
