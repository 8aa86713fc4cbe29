"""Template words of places: areas by name, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from yushui.places.selectors import path_names

register = template.Library()
WHOLE_COUNTRY = "0" * 12


@register.filter
def with_place(rows: Sequence[Any]) -> list[tuple[Any, str]]:
    """Each row that has an `area_code`, with the name of its area: `石桥镇 北洲村`; an unknown code stays."""
    names = path_names(row.area_code for row in rows)
    return [(row, "全国" if row.area_code == WHOLE_COUNTRY else names[row.area_code] or row.area_code) for row in rows]
