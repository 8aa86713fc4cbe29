"""Days of a register as numbers `month * 32 + day of the month`.

They compare like days, a month is one shift away, and an anniversary is an addition: date functions for each of a
million rows would cost more than all the rest. A missing day is NONE, before all others; where it means that something
does not end, it is FAR_DAY, after all others.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from yushui.policy.types import EPOCH, NONE, Column

Numbers = NDArray[np.int32]  # months or packed days
Flags = NDArray[np.bool_]
FAR = 120_000  # a month beyond all spans
FAR_DAY = FAR * 32
YEAR = 12 * 32
LEAP_DAY = 32 + 29  # 29 February, within its year


@lru_cache(maxsize=1)
def _calendar() -> Numbers:
    """Every day there is, packed, by its ordinal; 0 stands for none."""
    months = np.arange("0001-01", "10000-01", dtype="datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    lengths = np.diff(first, append=first[-1] + 31)
    begins = (months.astype(np.int64) + 1970 * 12) * 32 + 1
    packed = np.repeat((begins - (first - first[0])).astype(np.int32), lengths)
    packed += np.arange(len(packed), dtype=np.int32)
    return np.insert(packed, 0, np.int32(NONE))


def pack_days(numbers: Column) -> Numbers:
    """Days of the facts, packed."""
    return np.take(_calendar(), numbers + EPOCH, mode="clip")


def packed_day(day: date) -> int:
    """One day, packed."""
    return (day.year * 12 + day.month - 1) * 32 + day.day


def or_far(days: Numbers) -> Numbers:
    """Days, with FAR_DAY for none."""
    return np.where(days == NONE, np.int32(FAR_DAY), days)


def months_of(days: Numbers) -> Numbers:
    """The months that days lie in."""
    return days >> 5


def are_late(days: Numbers) -> Flags:
    """Whether days are not the first of a month."""
    late: Flags = (days & 31) > 1
    return late


def are_leap(months: Numbers) -> Flags:
    """Whether months lie in leap years."""
    years = months // 12
    leap: Flags = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    return leap


def turn(born: Numbers, years: int) -> Numbers:
    """The days on which persons turn so many years; 29 February falls to 1 March in a common year."""
    days = born + np.int32(years * YEAR)
    leap = np.flatnonzero((born & 31) == 29)
    leap = leap[(born[leap] % YEAR == LEAP_DAY) & ~are_leap(months_of(days[leap]))]
    days[leap] += 32 + 1 - 29
    return days


def begun_years(starts: Numbers, ends: Numbers) -> Numbers:
    """Years from one day to a later one, a begun one counted whole (不满一年的按一年计算): the first anniversary that
    is not before the end."""
    years = (ends - starts + np.int32(YEAR - 1)) // np.int32(YEAR)
    leap = np.flatnonzero(((starts & 31) == 29) & ((ends & 31) == 1))
    march = months_of(ends[leap])
    years[leap] -= (starts[leap] % YEAR == LEAP_DAY) & (march % 12 == 2) & ~are_leap(march)
    return years
