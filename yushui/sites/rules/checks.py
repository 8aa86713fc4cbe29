"""When a site is to be looked at again: so many months, as its kind says, after the last check or the first day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

AHEAD = timedelta(days=30)  # how far the list of what comes looks


def shifted(day: date, months: int) -> date:
    """The same day so many months later or earlier; the last of a month that is too short."""
    month = day.year * 12 + day.month - 1 + months
    year, place = month // 12, month % 12 + 1
    return date(year, place, min(day.day, monthrange(year, place)[1]))


def due_on(seen: date | None, months: int) -> date | None:
    """The day from which the next check is due; None when nobody knows since when it stands: due at once."""
    return None if seen is None else shifted(seen, months)


def last_due(today: date, months: int) -> date:
    """The last day such that who was seen on it is due today: seen on it or before means due."""
    day = shifted(today, -months)
    while shifted(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return day
