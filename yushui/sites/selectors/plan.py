"""The point plan of the actor's area, with the approved boundary when one was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base import files
from yushui.base.area_codes import AreaLevel, ancestors_of
from yushui.base.models import StoredFile
from yushui.places.selectors import area_names, list_areas
from yushui.sites.models import Boundary
from yushui.sites.rules.plan import (
    Mark,
    Outline,
    Shape,
    Tile,
    frame_of,
    height_of,
    lay_tiles,
    outlines,
    place_marks,
    read_geojson,
)
from yushui.sites.selectors.places import points_of


@dataclass(frozen=True)
class Plan:
    """What the page draws."""

    tiles: list[Tile]
    height: int
    boundary: Boundary | None
    outlines: list[Outline]
    marks: list[Mark]
    without_point: int


def boundary_for(actor: User) -> Boundary | None:
    """The boundary in force of the actor's area, or of one above it."""
    need(actor, "sites.view")
    codes = [*ancestors_of(actor.area_code), actor.area_code]
    rows = Boundary.objects.filter(area__in=codes, superseded_at=None).select_related("file", "area")
    return rows.order_by("-area_id").first()


def list_boundaries(*, actor: User) -> list[Boundary]:
    """Every boundary file handed in for the actor's area, the newest first."""
    need(actor, "sites.view")
    rows = in_scope(Boundary.objects.select_related("area"), actor, "area_id")
    return list(rows.order_by("-recorded_at", "-id")[:50])


@lru_cache(maxsize=8)
def shapes_of(digest: str) -> tuple[Shape, ...]:
    """The shapes of a stored boundary file, read once."""
    shapes, _ = read_geojson(files.read(StoredFile.objects.get(digest=digest)))
    return shapes


def plan_of(*, actor: User, groups: Sequence[str], on: date) -> Plan:
    """Sites of some groups: in tiles by town, and on the approved boundary where they have a point."""
    sites = points_of(actor=actor, on=on, groups=groups)
    towns = list(list_areas(actor=actor, level=AreaLevel.TOWN).values_list("code", "name"))
    known = {code[:9] for code, _ in towns}
    others = sorted({f"{site.area_id[:9]}000" for site in sites if site.area_id[:9] not in known})
    names = area_names(others)
    rows = [*((code, names.get(code, code)) for code in others), *towns]
    tiles = lay_tiles(rows, [(s.pk, s.name, s.kind.group, s.area_id) for s in sites])
    boundary = boundary_for(actor)
    if boundary is None:
        return Plan(tiles, height_of(tiles), None, [], [], 0)
    shapes = shapes_of(boundary.file.digest)
    frame = frame_of(shapes)
    marks, without = place_marks([(s.pk, s.name, s.kind.group, s.longitude, s.latitude) for s in sites], frame)
    return Plan(tiles, height_of(tiles), boundary, outlines(shapes, frame), marks, without)
