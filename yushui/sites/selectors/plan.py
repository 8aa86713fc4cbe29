"""The point plan of the actor's area, with the approved boundary when one was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base import files
from yushui.base.area_codes import ancestors_of
from yushui.base.models import StoredFile
from yushui.places.selectors import list_children
from yushui.sites.models import Boundary
from yushui.sites.rules.plan import Outline, Placed, Shape, frame_of, match_names, outlines, place_marks, read_geojson
from yushui.sites.selectors.places import points_of


@dataclass(frozen=True)
class Plan:
    """What the page draws, and which names of the file and of ours do not meet."""

    boundary: Boundary
    outlines: list[Outline]
    placed: Placed
    strange: list[str]
    missing: list[str]


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


def names_at(actor: User, area_code: str) -> list[str]:
    """Names a boundary file of an area may bear: those of the areas right below it."""
    return list(list_children(actor=actor, code=area_code).values_list("name", flat=True))


def plan_of(*, actor: User, groups: Sequence[str], on: date) -> Plan | None:
    """Sites of some groups that have a point, on the approved boundary; None when none was handed in."""
    boundary = boundary_for(actor)
    if boundary is None:
        return None
    sites = points_of(actor=actor, on=on, groups=groups)
    shapes = shapes_of(boundary.file.digest)
    frame = frame_of(shapes)
    placed = place_marks([(s.pk, s.name, s.kind.group, s.longitude, s.latitude) for s in sites], frame)
    strange: list[str] = []
    missing: list[str] = []
    if boundary.area_id == actor.area_code:
        strange, missing = match_names(shapes, names_at(actor, boundary.area_id))
    return Plan(boundary, outlines(shapes, frame), placed, strange, missing)
