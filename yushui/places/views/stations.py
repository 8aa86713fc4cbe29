"""Pages of service stations: how far they reach, and the five things of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Refused
from yushui.base.web import actor_of
from yushui.places import services
from yushui.places.selectors import stations
from yushui.places.types import FIVE_NAMES, STATION_NAMES, PostDraft
from yushui.places.views.units import show_one


@require_GET
def list_stations(request: HttpRequest) -> HttpResponse:
    """Service stations town by town: coverage and the five things; of one town village by village."""
    actor = actor_of(request)
    within = queries.area_of(request.GET)
    towns = stations.stations_by_town(actor=actor, on=clock.today(), within=within)
    shown = {
        "towns": towns,
        "one": towns[0] if len(towns) == 1 else None,
        "within": within,
        "five": FIVE_NAMES.values(),
        "villages": sum(len(town.villages) for town in towns),
        "built": sum(town.built for town in towns),
        "whole": sum(town.whole for town in towns),
        "own": sum(town.own.unit is not None for town in towns),
        "models": sum(town.models for town in towns),
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/list_stations.html", shown)


@require_POST
@for_holders("登记服务站五有", "places.change")
def state_station(request: HttpRequest, unit_id: int) -> HttpResponse:
    """State which of the five things a station has."""
    holds = {key: request.POST.get(key) == "1" for key in STATION_NAMES}
    on, note = request.POST.get("on", ""), request.POST.get("note", "")
    try:
        services.state_station(actor=actor_of(request), unit_id=unit_id, holds=holds, on=on, note=note, at=clock.now())
    except Refused as refused:
        return show_one(request, unit_id, refused.problems, PostDraft())
    messages.success(request, "“五有”已登记")
    return redirect("show-unit", unit_id)
