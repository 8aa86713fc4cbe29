"""Areas of the work: where an actor may record, and what a list can be narrowed to."""

from __future__ import annotations

from django.db.models import Q

from yushui.accounts.models import User
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import AreaLevel, ancestors_of, code_range, level_of, lies_in
from yushui.base.refusals import NotFound
from yushui.places.models import Area


def narrowed(actor: User, area_code: str) -> str:
    """The area asked for, when it lies in the actor's own; the actor's own when none is asked for."""
    if not area_code:
        return actor.area_code
    if not lies_in(area_code, actor.area_code):
        raise NotFound
    return area_code


def list_choices(*, actor: User) -> list[tuple[str, str]]:
    """(code, name) of the actor's own area and those one level below: where activities and campaigns are usually
    recorded."""
    return until_next_act(f"area-choices:{actor.area_code}", lambda: find_choices(actor.area_code))


def find_choices(area_code: str) -> list[tuple[str, str]]:
    """The same, read anew."""
    low, high = code_range(area_code)
    below = Q(code__gte=low, code__lt=high, level=level_of(area_code) + 1)
    rows = Area.objects.filter(below | Q(code=area_code)).order_by("code")
    return list(rows.values_list("code", "name"))


def list_villages(*, actor: User, area_code: str = "") -> list[Area]:
    """Villages of an area inside the actor's own."""
    low, high = code_range(narrowed(actor, area_code))
    return list(Area.objects.filter(code__gte=low, code__lt=high, level=AreaLevel.VILLAGE).order_by("code"))


def names_of(codes: set[str]) -> dict[str, str]:
    """Area names by code."""
    return dict(Area.objects.filter(code__in=codes).values_list("code", "name"))


def above_and_self(area_code: str) -> list[str]:
    """The codes of an area and of all that contain it, the nation included."""
    return ["0" * 12, *ancestors_of(area_code), area_code]


def list_areas_below(*, actor: User) -> list[tuple[str, str]]:
    """(code, name) of areas to narrow a list to: a town's villages, a county's towns, and so on; none for a village."""
    return list_choices(actor=actor)[1:]
