"""The tile map of sites and service stations (方格图)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yushui.accounts.permissions import may
from yushui.base import clock, queries
from yushui.base.area_codes import AreaLevel, level_of
from yushui.base.refusals import NotFound
from yushui.base.web import actor_of
from yushui.places.rules.tiles import Measured, draw_tiles
from yushui.sites import forms
from yushui.sites.rules.tiles import Reach
from yushui.sites.selectors import kinds
from yushui.sites.selectors.tiles import Subject, spread_of
from yushui.sites.types import GROUP_NAMES

MEASURES = {"": "处数", "cover": "覆盖(下级有的占多少)"}


@require_GET
def show_site_tiles(request: HttpRequest) -> HttpResponse:
    """How many sites of a kind each area below has, or how far they reach; a tile leads to what lies below it."""
    actor = actor_of(request)
    code = queries.area_of(request.GET) or actor.area_code
    if level_of(code) == AreaLevel.VILLAGE and code != actor.area_code:
        raise NotFound
    usable = list(kinds.kinds_in_reach(actor))
    subject, what = forms.subject_of(request.GET, {kind.pk for kind in usable})
    measure = "cover" if request.GET.get("measure") == "cover" else ""
    spread = spread_of(actor=actor, subject=subject, code=code, on=clock.today())
    ground = spread.ground
    measured = [measured_of(line, subject, what, measure) for line in spread.lines]
    shown = {
        "spread": spread,
        "ground": ground,
        "map": draw_tiles(measured, ground.cells, ground.short_names, arranged=ground.is_arranged),
        "lines": list(zip(spread.lines, measured, strict=True)),
        "what": what,
        "groups": [(code, name, [k for k in usable if k.group == code]) for code, name in GROUP_NAMES.items()],
        "measures": MEASURES,
        "measure": measure,
        "unit": "个" if subject.stations else "处",
        "map_unit": "有的下级占全部下级" if measure else "个" if subject.stations else "处",
        "own_rows": rows_address(subject, code, own=True),
        "may_arrange": ground.may_be_arranged and may(actor, "places.change"),
    }
    return render(request, "sites/show_site_tiles.html", shown)


def measured_of(line: Reach, subject: Subject, what: str, measure: str) -> Measured:
    """One area as a tile: it leads one level down, a village to its rows."""
    rows = rows_address(subject, line.code)
    down = f"{reverse('show-site-tiles')}?{urlencode({'area': line.code, 'what': what, 'measure': measure})}"
    address = rows if level_of(line.code) == AreaLevel.VILLAGE else down
    words = f"{line.count} {'个' if subject.stations else '处'}"
    if measure == "cover":
        number = line.share if line.below else (10_000 if line.count else 0)
        short = f"{(number or 0) // 100}%" if line.below else line.share_words
        return Measured(line.code, line.name, number, f"{words},覆盖 {line.share_words}", short, address, rows)
    return Measured(line.code, line.name, line.count, words, str(line.count), address, rows)


def rows_address(subject: Subject, code: str, *, own: bool = False) -> str:
    """The list of what was counted."""
    if subject.stations:
        return f"{reverse('list-units')}?{urlencode({'kind': 'STATION', 'area': code})}"
    asked = {"group": subject.group, "kind": subject.kind, "area": code, "own": "1" if own else ""}
    return f"{reverse('list-sites')}?{urlencode({name: value for name, value in asked.items() if value})}"
