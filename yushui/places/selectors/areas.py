"""Reading areas."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import CUTS, AreaLevel, ancestors_of, code_range, level_of
from yushui.base.refusals import NotFound
from yushui.places.models import Area
from yushui.places.permissions import check_view_places


def get_area(*, actor: User, code: str) -> Area:
    """One area inside the actor's own; NotFound otherwise."""
    check_view_places(actor)
    area = in_scope(Area.objects.all(), actor, "code").filter(code=code.ljust(12, "0")).first()
    if area is None:
        raise NotFound
    return area


def list_areas(*, actor: User, level: AreaLevel | int, within: str = "") -> QuerySet[Area]:
    """Areas of one level that still stand, inside the actor's area and inside `within`, by code."""
    check_view_places(actor)
    rows = in_scope(Area.objects.filter(level=level, ends_on=None), actor, "code")
    if within:
        low, high = code_range(within)
        rows = rows.filter(code__gte=low, code__lt=high)
    return rows.order_by("code")


def list_children(*, actor: User, code: str) -> QuerySet[Area]:
    """The areas right below one: a county's towns, a town's villages. Where a level is left out (districts of 北京,
    towns of 东莞), those of the next."""
    level = min(level_of(code) + 1, AreaLevel.VILLAGE)
    check_view_places(actor)
    between = Concat(Substr(OuterRef("code"), 1, CUTS[level - 1]), Value("0" * (12 - CUTS[level - 1])))
    alone = ~Exists(Area.objects.filter(code=between))
    rows = in_scope(Area.objects.filter(ends_on=None), actor, "code")
    low, high = code_range(code)
    rows = rows.filter(code__gte=low, code__lt=high)
    return rows.filter(Q(level=level) | Q(Q(level=level + 1), alone)).order_by("code")


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """code → name. Names of areas are public, so no actor is asked for."""
    return dict(Area.objects.filter(code__in=set(codes)).values_list("code", "name"))


def path_names(codes: Iterable[str], above: AreaLevel = AreaLevel.COUNTY) -> dict[str, str]:
    """code → the names below `above`: `石桥镇 北洲村`; an area at or above that level gives its own name."""
    wanted = set(codes)
    names = area_names({each for code in wanted for each in (*ancestors_of(code), code)})
    paths: dict[str, str] = {}
    for code in wanted:
        below = [each for each in (*ancestors_of(code), code) if level_of(each) > above and each in names]
        paths[code] = " ".join(names[each] for each in below) or names.get(code, "")
    return paths


def villages_by_town(*, actor: User, most: int = 3000) -> list[tuple[str, list[tuple[str, str]]]]:
    """Villages to choose from, (town, [(code, name), …]), in the actor's area; empty when more than `most`."""
    rows = list_areas(actor=actor, level=AreaLevel.VILLAGE).values_list("code", "name")[: most + 1]
    if len(rows) > most:
        return []
    towns: dict[str, list[tuple[str, str]]] = {}
    for code, name in rows:
        towns.setdefault(f"{code[:9]}000", []).append((code, name))
    names = area_names(towns)
    return [(names.get(town, town), villages) for town, villages in towns.items()]


def areas_to_choose(*, actor: User) -> list[tuple[str, str]]:
    """(code, name) of the areas a list can be narrowed to: those one level below the actor's own, and for a county or
    town the villages, set in."""
    check_view_places(actor)
    return until_next_act(f"areas-to-choose:{actor.area_code}", lambda: find_areas_to_choose(actor))


def find_areas_to_choose(actor: User) -> list[tuple[str, str]]:
    """The same, read anew."""
    own = level_of(actor.area_code)
    if own >= AreaLevel.COUNTY:
        towns = list_areas(actor=actor, level=AreaLevel.TOWN) if own == AreaLevel.COUNTY else Area.objects.none()
        villages = list_areas(actor=actor, level=AreaLevel.VILLAGE).values_list("code", "name")
        indent = "\u3000" if own == AreaLevel.COUNTY else ""
        return sorted([*towns.values_list("code", "name"), *((code, f"{indent}{name}") for code, name in villages)])
    return list(list_areas(actor=actor, level=AreaLevel(own + 1)).values_list("code", "name"))
