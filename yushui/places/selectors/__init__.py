"""Reading areas, units, posts and papers; by noun."""

from yushui.places.selectors.areas import (
    area_names,
    areas_to_choose,
    get_area,
    list_areas,
    list_children,
    path_names,
    villages_by_town,
)
from yushui.places.selectors.papers import papers_proving
from yushui.places.selectors.posts import list_posts
from yushui.places.selectors.units import (
    UNIT_KIND_NAMES,
    UnitLine,
    find_unit_by_name,
    get_unit,
    lines_of,
    list_units,
    my_units,
)

__all__ = [
    "UNIT_KIND_NAMES", "UnitLine", "area_names", "areas_to_choose", "find_unit_by_name", "get_area", "get_unit",
    "lines_of", "list_areas", "list_children", "list_posts", "list_units", "my_units", "papers_proving", "path_names",
    "villages_by_town",
]  # fmt: skip
