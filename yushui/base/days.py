"""Days, months and half-open spans. `ends_on` is always the first day not covered; a month is an integer.

A month is `year * 12 + month - 1`, so months subtract and compare as numbers: 2024-08 → 24295.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FAR = date(9999, 1, 1)


def month_of(day: date) -> int:
    """The month a day lies in."""
    return day.year * 12 + day.month - 1


def month_at(text: str) -> int:
    """`2024-08` → 24295. Raises ValueError otherwise."""
    year, _, month = text.partition("-")
    if not (year.isdigit() and month.isdigit() and len(year) == 4 and 1 <= int(month) <= 12):
        raise ValueError("月份应写成 2024-08")
    return int(year) * 12 + int(month) - 1


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def show_month(month: int) -> str:
    """24295 → `2024-08`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def show_month_zh(month: int) -> str:
    """24295 → `2024年8月`."""
    return f"{month // 12}年{month % 12 + 1}月"


def show_day_zh(day: date) -> str:
    """`2024年8月1日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def age_on(born_on: date, day: date) -> int:
    """Whole years of age (周岁) on a day; someone born on 29 February ages on 1 March in common years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def birthday(born_on: date, years: int) -> date:
    """The day a person turns so many years; 29 February falls to 1 March in a common year."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (earlier when negative); the last of the month where there is no such day."""
    year, place = divmod(month_of(day) + months, 12)
    return date(year, place + 1, min(day.day, monthrange(year, place + 1)[1]))


@dataclass(frozen=True)
class Span:
    """Half-open span of days [starts_on, ends_on); an open end is None."""

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise ValueError("结束日期应晚于开始日期")

    def covers(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.starts_on <= day < (self.ends_on or FAR)

    def meets(self, other: Span) -> bool:
        """Whether the two share a day."""
        return self.starts_on < (other.ends_on or FAR) and other.starts_on < (self.ends_on or FAR)


def months_between(first: int, end: int) -> Iterator[int]:
    """The months of a half-open span of months."""
    yield from range(first, end)
