"""Areas of the work: where an actor may record, and ranges on the index of the area column."""

from __future__ import annotations

from typing import TypeVar, cast

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Concat

from yushui.accounts.models import User
from yushui.base.area_codes import AreaLevel, ancestors_of, code_range, level_of, lies_in
from yushui.base.refusals import NotFound
from yushui.places.models import Area

Row = TypeVar("Row", bound=Model)


def narrowed(actor: User, area_code: str) -> str:
    """The area asked for, when it lies in the actor's own; the actor's own when none is asked for."""
    if not area_code:
        return actor.area_code
    if not lies_in(area_code, actor.area_code):
        raise NotFound
    return area_code


def within(rows: QuerySet[Row], area_code: str) -> QuerySet[Row]:
    """Rows of an area, for lists that are read newest first.

    A village is one value of the index (area, on). Anything wider is a filter beside the index on the day: a range of
    areas would make the database sort all their rows for each page of 25, so the range is kept off the area's index.
    """
    if level_of(area_code) == AreaLevel.VILLAGE:
        return rows.filter(area_id=area_code)
    low, high = code_range(area_code)
    found = rows.annotate(area_text=Concat("area_id", Value("")))
    return cast("QuerySet[Row]", found.filter(area_text__gte=low, area_text__lt=high))


def list_choices(*, actor: User) -> list[Area]:
    """The actor's own area and those one level below: where activities and campaigns are usually recorded."""
    own = Area.objects.filter(code=actor.area_code)
    low, high = code_range(actor.area_code)
    below = Area.objects.filter(code__gte=low, code__lt=high, level=level_of(actor.area_code) + 1)
    return [*own, *below.order_by("code")]


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


def list_areas_below(*, actor: User) -> list[Area]:
    """Areas to narrow a list to: the villages of a town, the towns of a county, and so on; none for a village."""
    return list_choices(actor=actor)[1:]
