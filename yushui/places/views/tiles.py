"""The form that arranges the squares of a tile map (方格图)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import actor_of
from yushui.places import forms, services
from yushui.places.rules.tiles import MOST, Measured, draw_tiles
from yushui.places.selectors.tiles import ground_of


@require_http_methods(["GET", "POST"])
@for_holders("排列方格图", "places.change")
def arrange_tiles(request: HttpRequest) -> HttpResponse:
    """Row and column of each area below one; left empty they stand behind the others."""
    actor = actor_of(request)
    code = queries.area_of(request.GET) or actor.area_code
    ground = ground_of(actor=actor, code=code)
    if not ground.may_be_arranged:
        raise NotFound
    typed = {area: (str(row), str(column)) for area, (row, column) in ground.kept.items()}
    revision, problems = str(ground.revision), tuple[Problem, ...]()
    if request.method == "POST":
        typed, revision = forms.typed_cells(request.POST), request.POST.get("revision", "")
        try:
            services.arrange_tiles(actor=actor, area_code=code, typed=typed, revision=revision, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "方格图已按新的排列")
            return redirect(request.get_full_path())
    places = [Measured(area, name, 1, "") for area, name in ground.children]
    shown = {
        "ground": ground,
        "map": draw_tiles(places, ground.cells, ground.short_names, arranged=ground.is_arranged),
        "rows": [(area, name, *typed.get(area, ("", "")), ground.cells[area]) for area, name in ground.children],
        "revision": revision,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "most": MOST,
        "back": queries.back_of(request.GET),
    }
    return render(request, "places/arrange_tiles.html", shown, status=422 if problems else 200)
