"""Figures, one figure by area, and the rows behind it."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yushui.accounts.permissions import may
from yushui.base import clock
from yushui.base.area_codes import full_code
from yushui.base.refusals import NotFound
from yushui.base.web import actor_of, page_of
from yushui.indicators.permissions import may_see_names
from yushui.indicators.selectors import pages
from yushui.indicators.selectors.catalogue import get_indicator
from yushui.indicators.selectors.rows import default_part
from yushui.indicators.selectors.values import list_figures as figures_of
from yushui.indicators.types import Kind, Part


def asked_area(request: HttpRequest) -> str:
    """`?area=`, or the actor's own area."""
    try:
        return full_code(request.GET.get("area") or actor_of(request).area_code)
    except ValueError:
        raise NotFound from None


def asked_year(request: HttpRequest) -> int:
    """`?year=`, or this year."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 1990 <= int(asked) <= 2100 else clock.today().year


def asked_day(request: HttpRequest) -> date:
    """`?to=`, up to which day is counted; today when it is left out or lies ahead."""
    today = clock.today()
    try:
        return min(date.fromisoformat(request.GET.get("to", "")), today)
    except ValueError:
        return today


@require_GET
@login_required
def list_figures(request: HttpRequest) -> HttpResponse:
    """All figures of an area and year by chapter, the year before beside them."""
    actor = actor_of(request)
    area, year = asked_area(request), asked_year(request)
    chapters = figures_of(actor=actor, area_code=area, year=year, on=asked_day(request))
    place = pages.place_of(actor=actor, area_code=area, year=year, on=asked_day(request))
    return render(request, "indicators/list_figures.html", {"chapters": chapters, "place": place})


@require_GET
@login_required
def show_figure(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """One figure: what it counts, its value, the places below, a chart."""
    actor, indicator = actor_of(request), get_indicator(indicator_id)
    area, year = asked_area(request), asked_year(request)
    place = pages.place_of(actor=actor, area_code=area, year=year, on=asked_day(request))
    if indicator.kind is Kind.TABLE:
        rows = pages.table_of(actor=actor, indicator=indicator, area_code=area, year=year, on=asked_day(request))
        return render(request, "indicators/show_table.html", {"indicator": indicator, "rows": rows, "place": place})
    address = tile_address if request.GET.get("view") == "tiles" else figure_address
    sheet = pages.sheet_of(
        actor=actor, indicator=indicator, area_code=area, year=year, on=asked_day(request), address=address
    )
    shown = {
        "sheet": sheet,
        "indicator": indicator,
        "place": place,
        "as_tiles": sheet.tiles is not None and (request.GET.get("view") == "tiles" or not sheet.chart),
        "may_arrange": sheet.ground.may_be_arranged and may(actor, "places.change"),
    }
    return render(request, "indicators/show_figure.html", shown)


def figure_address(indicator_id: str, area_code: str, year: int, lowest: bool) -> str:
    """Where a bar of the chart leads: the same figure one level down, or at the lowest level its rows."""
    name = "list-figure-rows" if lowest else "show-figure"
    return f"{reverse(name, args=[indicator_id])}?{urlencode({'area': area_code, 'year': year})}"


def tile_address(indicator_id: str, area_code: str, year: int, lowest: bool) -> str:
    """Where a tile leads: the same map one level down, or at the lowest level its rows."""
    return figure_address(indicator_id, area_code, year, lowest) + ("" if lowest else "&view=tiles")


@require_GET
@login_required
def list_figure_rows(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """The rows that make a figure, one for each thing counted; `?all=1` lists every record behind it."""
    actor, indicator = actor_of(request), get_indicator(indicator_id)
    if indicator.kind is Kind.TABLE:
        raise NotFound
    area, year = asked_area(request), asked_year(request)
    asked = request.GET.get("part", "")
    part = Part(asked) if asked in set(Part) else default_part(indicator)
    listing = pages.listing_of(
        actor=actor, indicator=indicator, area_code=area, year=year, on=asked_day(request), part=part,
        every=request.GET.get("all") == "1",
    )  # fmt: skip
    page = page_of(listing.rows, request, per_page=50)
    words = {
        "page": page,
        "rows": pages.show_page(page.rows, indicator, names=may_see_names(actor)),
        "listing": listing,
        "indicator": indicator,
        "place": pages.place_of(actor=actor, area_code=area, year=year, on=asked_day(request)),
        "part": part.value,
        "every": request.GET.get("all") == "1",
    }
    return render(request, "indicators/list_figure_rows.html", words)
