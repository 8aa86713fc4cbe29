"""The calendar: a month, a day, a month to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yushui.accounts.permissions import may
from yushui.base import clock, queries
from yushui.base.web import actor_of, page_of
from yushui.base.workdays import UNPUBLISHED, is_published
from yushui.places.selectors.areas import area_names
from yushui.plans import forms
from yushui.plans.rules.calendar import month_after, month_before
from yushui.plans.selectors import calendar

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@require_GET
def show_calendar(request: HttpRequest) -> HttpResponse:
    """A month, or with `day=` everything on one day."""
    actor, on = actor_of(request), clock.today()
    day = queries.day_of(request.GET.get("day", ""))
    if day is not None:
        found = calendar.get_day(actor=actor, day=day)
        shown: dict[str, object] = {"found": found, "on": on, "page": page_of(found.activities, request)}
        return render(request, "plans/show_day.html", shown)
    shown = month_of(request)
    shown |= {"days": list(calendar.days_with_lines(shown["month"])), "may_change": may(actor, "plans.change")}  # type: ignore[arg-type]
    return render(request, "plans/show_calendar.html", shown)


@require_GET
def print_calendar(request: HttpRequest) -> HttpResponse:
    """A month on one sheet of A4, landscape."""
    return render(request, "plans/print_calendar.html", month_of(request))


def month_of(request: HttpRequest) -> dict[str, object]:
    """What both pages of a month show."""
    actor, on = actor_of(request), clock.today()
    year, number = forms.month_of(request.GET.get("month", ""), on)
    month = calendar.get_month(actor=actor, year=year, month=number, on=on)
    return {
        "month": month,
        "before": "{}-{:02d}".format(*month_before(year, number)),
        "after": "{}-{:02d}".format(*month_after(year, number)),
        "weekdays": WEEKDAYS,
        "caution": "" if is_published(month.weeks[1][0].day.on) else UNPUBLISHED,
        "area": area_names([actor.area_code]).get(actor.area_code, ""),
    }
