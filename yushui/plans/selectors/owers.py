"""Who owes duties: areas, units, leaders. Each has a key of its own: an area code, a unit's or a post's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yushui.accounts.models import User
from yushui.base.area_codes import AreaLevel, prefix_of
from yushui.places.models import UnitKind
from yushui.places.selectors import list_areas, list_posts, list_units, path_names

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


def list_owers(*, actor: User, owes: str, on: date) -> list[Ower]:
    """All who owe duties of one sort in the actor's area on a day, in order."""
    if owes in LEVELS:
        areas = list(list_areas(actor=actor, level=LEVELS[owes]).values_list("code", "name"))
        places = town_names(areas) if owes == "VILLAGE" else {}
        return [Ower(code, name, places.get(prefix_of(code)[:9], "")) for code, name in areas]
    if owes == "LEADER":
        posts = list_posts(actor=actor, on=on).filter(
            unit__kind=UnitKind.LEADING_GROUP, title__contains=LEADING
        ).exclude(holder_name="")  # fmt: skip
        return [Ower(str(post.pk), post.holder_name, f"{post.unit.name} {post.title}") for post in posts]
    units = list_units(actor=actor, kind=KINDS[owes], on=on)
    return [Ower(str(unit.pk), unit.name, unit.area.name) for unit in units]


def town_names(villages: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The first nine digits of a code → name of the town."""
    names = path_names({f"{code[:9]}000" for code, _ in villages})
    return {code[:9]: name for code, name in names.items()}
