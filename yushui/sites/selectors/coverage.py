"""Coverage: how many sites of each group, or of each kind of one group, every town has, and service stations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from yushui.accounts.models import User
from yushui.base.area_codes import CUTS, AreaLevel, level_of
from yushui.places.selectors import list_areas, list_units, path_names
from yushui.sites.models import SiteKind
from yushui.sites.permissions import standing_sites, visible_sites
from yushui.sites.selectors.kinds import kinds_in_reach
from yushui.sites.types import GROUP_NAMES


@dataclass(frozen=True)
class Column:
    """A group, or a kind of the group that was asked for."""

    code: str
    name: str
    is_kind: bool


@dataclass(frozen=True)
class TownSites:
    """What one town has, by column; `own` is the line of the area above the towns (本级)."""

    area_code: str
    name: str
    own: bool
    cells: tuple[tuple[Column, int], ...]
    stations: int  # villages with a service station
    villages: int

    @property
    def counts(self) -> list[int]:
        """The numbers alone."""
        return [count for _, count in self.cells]


@dataclass(frozen=True)
class Coverage:
    """The table of coverage with its sums."""

    columns: list[Column]
    towns: list[TownSites]
    of_towns: bool  # False above a county: the lines are cities or counties

    @property
    def sums(self) -> list[int]:
        """The sum of each column."""
        return [sum(town.counts[place] for town in self.towns) for place in range(len(self.columns))]

    @property
    def lacking(self) -> list[int]:
        """How many towns have none, by column; the area above the towns is no town."""
        towns = [town for town in self.towns if not town.own]
        return [sum(not town.counts[place] for town in towns) for place in range(len(self.columns))]

    @property
    def stations(self) -> int:
        """Villages with a station."""
        return sum(town.stations for town in self.towns)

    @property
    def villages(self) -> int:
        """All villages."""
        return sum(town.villages for town in self.towns)


def columns_of(actor: User, group: str) -> list[Column]:
    """The groups; of one group its kinds, the county's own with them. A retired kind without sites is left out."""
    if not group:
        return [Column(code, name, False) for code, name in GROUP_NAMES.items()]
    kinds = kinds_in_reach(actor).filter(group=group)
    used = set(visible_sites(actor).filter(kind__group=group).order_by().values_list("kind_id", flat=True).distinct())
    return [Column(kind.pk, kind.name, True) for kind in kinds if not kind.retired or kind.pk in used]


def coverage(*, actor: User, on: date, group: str = "") -> Coverage:
    """Standing sites by town, above a county by the areas right below; one without any shows 0. What belongs to the
    area above them stands in front."""
    columns = columns_of(actor, group)
    level = AreaLevel(min(level_of(actor.area_code) + 1, AreaLevel.TOWN))
    cut = CUTS[level - 1]
    column_of = dict(SiteKind.objects.filter(group=group).values_list("pk", "pk") if group else kinds_to_groups())
    rows = standing_sites(actor, on).filter(kind__in=list(column_of))
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for area, kind, n in rows.order_by().values_list("area_id", "kind_id").annotate(n=Count("id")):
        sums[area[:cut].ljust(12, "0")][column_of[kind]] += n
    towns = dict(list_areas(actor=actor, level=level).values_list("code", "name"))
    others = {code: name or code for code, name in path_names(set(sums) - set(towns)).items()}
    villages, stations = station_sums(actor, on, cut)
    lines = [
        TownSites(
            code, name, level_of(code) < level, tuple((column, sums[code][column.code]) for column in columns),
            stations[code], villages[code],
        )
        for code, name in sorted({**others, **towns}.items())
    ]  # fmt: skip
    return Coverage(columns, lines, level == AreaLevel.TOWN)


def kinds_to_groups() -> list[tuple[str, str]]:
    """Kind → group."""
    return list(SiteKind.objects.values_list("pk", "group"))


def station_sums(actor: User, on: date, cut: int) -> tuple[dict[str, int], dict[str, int]]:
    """By line: how many villages it has, and in how many a service station stands."""
    villages: dict[str, int] = defaultdict(int)
    stations: dict[str, int] = defaultdict(int)
    held = set(list_units(actor=actor, kind="STATION", on=on).order_by().values_list("area_id", flat=True))
    for code in list_areas(actor=actor, level=AreaLevel.VILLAGE).values_list("code", flat=True):
        above = code[:cut].ljust(12, "0")
        villages[above] += 1
        stations[above] += code in held
    return villages, stations
