"""The county of all examples, for tests."""

from __future__ import annotations

from yushui.places.models import Area

COUNTY = "990101000000"
TOWN = "990101001000"
VILLAGE = "990101001001"
OTHER_VILLAGE = "990101001002"
OTHER_TOWN = "990101002000"
OTHER_TOWN_VILLAGE = "990101002001"
AREAS = {
    "990000000000": ("示例省", 1),
    "990100000000": ("示例市", 2),
    COUNTY: ("云川县", 3),
    TOWN: ("石桥镇", 4),
    VILLAGE: ("北洲村", 5),
    OTHER_VILLAGE: ("柳湾村", 5),
    OTHER_TOWN: ("汊河镇", 4),
    OTHER_TOWN_VILLAGE: ("新河村", 5),
}


def make_areas() -> None:
    """The county of all examples: two towns, three villages."""
    for code, (name, level) in AREAS.items():
        Area.objects.get_or_create(
            code=code, defaults={"name": name, "full_name": name, "level": level, "source": "test"}
        )
