"""The page of the legal points."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yushui.accounts.permissions import may
from yushui.base import clock
from yushui.base.web import actor_of
from yushui.cases.selectors import points


@require_GET
def list_case_points(request: HttpRequest) -> HttpResponse:
    """维权站点: who is there, what they took up this year, what runs and what is late."""
    actor, on = actor_of(request), clock.today()
    shown = {
        "lines": points.list_points(actor=actor, on=on),
        "year": on.year,
        "may_add": may(actor, "places.change"),
        "may_open": may(actor, "cases.open"),
    }
    return render(request, "cases/list_case_points.html", shown)
