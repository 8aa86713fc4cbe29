"""When a site is to be looked at again: so many months, as its kind says, after the last check or the first day."""

from __future__ import annotations

from datetime import date, timedelta

from yushui.base.days import months_after

AHEAD = timedelta(days=30)  # how far the list of what comes looks


def due_on(seen: date | None, months: int) -> date | None:
    """The day from which the next check is due; None when nobody knows since when it stands: due at once."""
    return None if seen is None else months_after(seen, months)


def last_due(today: date, months: int) -> date:
    """The last day such that who was seen on it is due today: seen on it or before means due."""
    day = months_after(today, -months)
    while months_after(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return day
