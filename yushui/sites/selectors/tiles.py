"""Sites and service stations by area, for the tile map (方格图) and the table beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.base.area_codes import AreaLevel, code_range, level_of, prefix_of
from yushui.places.selectors import list_areas, list_units
from yushui.places.selectors.tiles import Ground, ground_of
from yushui.sites.permissions import standing_sites
from yushui.sites.rules.tiles import Reach, reach_of
from yushui.sites.selectors.kinds import of_groups


@dataclass(frozen=True)
class Subject:
    """What is counted: sites of a group or kind, all of them, or service stations, which are units."""

    group: str = ""
    kind: str = ""
    stations: bool = False


@dataclass(frozen=True)
class Spread:
    """How something is spread over an area."""

    ground: Ground
    lines: list[Reach]
    own: int  # of the area itself (本级)
    elsewhere: int  # in areas that no longer stand
    total: int


def counts_by_area(*, actor: User, subject: Subject, within: str, on: date) -> dict[str, int]:
    """How many stand in each area of `within` on a day."""
    need(actor, "sites.view")
    if subject.stations:
        found = list_units(actor=actor, kind="STATION", within=within, on=on).order_by()
        return dict(found.values_list("area_id").annotate(n=Count("pk")))
    low, high = code_range(within)
    rows = standing_sites(actor, on).filter(area_id__gte=low, area_id__lt=high)
    if subject.kind:
        rows = rows.filter(kind=subject.kind)
    elif subject.group:
        rows = of_groups(rows, [subject.group])
    return dict(rows.order_by().values_list("area_id").annotate(n=Count("pk")))


def areas_below(actor: User, children: tuple[tuple[str, str], ...], within: str) -> dict[str, list[str]]:
    """Child → the areas right below it; where a level is left out, those of the next."""
    found: dict[str, list[str]] = defaultdict(list)
    for level in sorted({level_of(code) + 1 for code, _ in children if level_of(code) < AreaLevel.VILLAGE}):
        cut = len(prefix_of(next(code for code, _ in children if level_of(code) == level - 1)))
        for code in list_areas(actor=actor, level=level, within=within).values_list("code", flat=True):
            found[code[:cut].ljust(12, "0")].append(code)
    for code, _ in children:
        if code not in found and level_of(code) + 2 <= AreaLevel.VILLAGE:
            deeper = list_areas(actor=actor, level=level_of(code) + 2, within=code)
            found[code] = list(deeper.values_list("code", flat=True))
    return found


def spread_of(*, actor: User, subject: Subject, code: str, on: date) -> Spread:
    """Everything the page of the tile map shows."""
    ground = ground_of(actor=actor, code=code)
    counts = counts_by_area(actor=actor, subject=subject, within=code, on=on)
    lines = reach_of(ground.children, areas_below(actor, ground.children, code), counts)
    total, own = sum(counts.values()), counts.get(code, 0)
    return Spread(ground, lines, own, total - own - sum(line.count for line in lines), total)
