"""Door to units and posts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yushui.base import clock
from yushui.base.web import actor_of, page_of
from yushui.places import selectors


@require_GET
def list_units(request: HttpRequest) -> HttpResponse:
    """Units of the actor's area with who holds their posts today."""
    actor, on = actor_of(request), clock.today()
    kind = request.GET.get("kind", "")
    kind = kind if kind in selectors.UNIT_KIND_NAMES else ""
    page = page_of(selectors.list_units(actor=actor, kind=kind, on=on), request)
    lines = selectors.lines_of(actor=actor, units=page.rows, on=on)
    context = {"page": page, "lines": lines, "kind": kind, "kinds": selectors.UNIT_KIND_NAMES}
    return render(request, "places/list_units.html", context)
