"""The only place that reads the clock. Views, commands and jobs ask here and hand the answer down."""

from __future__ import annotations

import os
from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware. `YUSHUI_TODAY=2026-11-22` fixes the day for demos and browser tests."""
    moment = timezone.now()
    fixed = os.environ.get("YUSHUI_TODAY")
    if not fixed:
        return moment
    local = timezone.localtime(moment)
    day = date.fromisoformat(fixed)
    return local.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """This day in the office's time zone."""
    return timezone.localtime(now()).date()
