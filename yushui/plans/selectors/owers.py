"""Who owes duties: areas, units, leaders. Each has a key of its own: an area code, a unit's or a post's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yushui.base.area_codes import AreaLevel, prefix_of
from yushui.base.figures import within
from yushui.places.models import Area, Post, Unit, UnitKind
from yushui.places.selectors import path_names

LEVELS = {"COUNTY": AreaLevel.COUNTY, "TOWN": AreaLevel.TOWN, "VILLAGE": AreaLevel.VILLAGE}
DIGITS = {"COUNTY": 6, "TOWN": 9, "VILLAGE": 12}  # the first digits of an area code that name the level
KINDS = {"MEMBER": UnitKind.MEMBER, "GARRISON": UnitKind.GARRISON}
LEADING = "组长"  # 组长, 副组长, 常务副组长


@dataclass(frozen=True)
class Ower:
    """One who owes. `key` is an area code for areas, else a number as text."""

    key: str
    name: str
    place: str = ""

    @property
    def number(self) -> int:
        """The number of a unit or post."""
        return int(self.key)


def list_owers(*, area_code: str, owes: str, on: date) -> list[Ower]:
    """All who owe duties of one sort in an area on a day, in order."""
    if owes in LEVELS:
        rows = within(Area.objects.filter(level=LEVELS[owes]), "code", area_code).order_by("code")
        areas = list(rows.values_list("code", "name"))
        places = town_names(areas) if owes == "VILLAGE" else {}
        return [Ower(code, name, places.get(prefix_of(code)[:9], "")) for code, name in areas]
    if owes == "LEADER":
        held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, title__contains=LEADING)
        # 各级主要领导: of county and town, not of a village's or a company's group
        held = held.filter(unit__kind=UnitKind.LEADING_GROUP, unit__parent=None, unit__area__level__lte=AreaLevel.TOWN)
        posts = within(held, "unit__area_id", area_code)
        named = posts.exclude(holder_name="").select_related("unit").order_by("unit__area_id", "unit_id", "id")
        return [Ower(str(post.pk), post.holder_name, f"{post.unit.name} {post.title}") for post in named]
    stands = Unit.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), Q(starts_on=None) | Q(starts_on__lte=on))
    units = within(stands.filter(kind=KINDS[owes]), "area_id", area_code).select_related("area")
    return [Ower(str(unit.pk), unit.name, unit.area.name) for unit in units.order_by("area_id", "name", "id")]


def town_names(villages: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The first nine digits of a code → name of the town."""
    names = path_names({f"{code[:9]}000" for code, _ in villages})
    return {code[:9]: name for code, name in names.items()}
