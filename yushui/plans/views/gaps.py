"""The page of what is missing in plans, meetings and duties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yushui.base import clock
from yushui.base.web import actor_of
from yushui.plans.selectors import gaps


@require_GET
def list_gaps(request: HttpRequest) -> HttpResponse:
    """Counts of what nobody sees to, each with its list."""
    on = clock.today()
    return render(request, "plans/list_gaps.html", {"gaps": gaps.list_gaps(actor=actor_of(request), on=on), "on": on})
