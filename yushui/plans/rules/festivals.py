"""Days of the field's year that other calendars do not have."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from tyme4py.lunar import LunarDay

from yushui.base.workdays import plain

SATURDAY = 5


@cache
def defence_day(year: int) -> date:
    """全民国防教育日: the third Saturday of September."""
    first = date(year, 9, 1)
    return first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 14)


@cache
def mid_autumn(year: int) -> date:
    """中秋, the fifteenth of the eighth lunar month."""
    return plain(LunarDay.from_ymd(year, 8, 15).get_solar_day())
