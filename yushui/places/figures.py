"""Units and posts that figures count."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from yushui.base.figures import ROWS, Column, Period, RowSource, within
from yushui.places.models import Post, Unit, UnitKind


def units(area_code: str, period: Period) -> QuerySet[Any]:
    """Units that exist on the last day of the period; without dates a unit has always been there."""
    day = period.last
    rows = Unit.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), Q(starts_on=None) | Q(starts_on__lte=day))
    return within(rows, "area_id", area_code)


def posts(area_code: str, period: Period) -> QuerySet[Any]:
    """Posts held on the last day of the period."""
    day = period.last
    rows = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    return within(rows, "unit__area_id", area_code)


SOURCES: dict[str, RowSource] = {
    "places.units": RowSource(
        "单位", units, "area_id", {"rows": ROWS}, {"kind": "kind"},
        (
            Column("单位", "name"),
            Column("类别", "kind", labels=dict(UnitKind.choices)),
            Column("地区", "area_id", "area"),
        ),
        person="",
    ),
    "places.posts": RowSource(
        "任职", posts, "unit__area_id", {"rows": ROWS}, {"unit_kind": "unit__kind", "title": "title"},
        (
            Column("单位", "unit__name"),
            Column("职务", "title"),
            Column("姓名", "holder_name"),
            Column("地区", "unit__area_id", "area"),
            Column("任职日期", "starts_on", "day"),
        ),
        person="",
    ),
}  # fmt: skip
