"""Reading units: lists, one of them, those to choose from, what is wanting in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.base.area_codes import AreaLevel, ancestors_of, code_range, level_of
from yushui.base.refusals import NotFound
from yushui.places.models import Post, Unit, UnitDuty, UnitKind
from yushui.places.permissions import check_view_places, held_unit_ids
from yushui.places.selectors.areas import path_names
from yushui.places.selectors.posts import holding_on, in_rank, list_posts
from yushui.places.types import LIAISON

UNIT_KIND_NAMES: dict[str, str] = {kind.value: str(kind.label) for kind in UnitKind}


@dataclass(frozen=True)
class UnitFilters:
    """What the list of units is narrowed to; nothing set means all that stand in the actor's area."""

    kind: str = ""
    area_code: str = ""
    words: str = ""
    lack: str = ""  # types.LACK_NAMES
    ended: bool = False


def list_units(*, actor: User, kind: str = "", within: str = "", on: date | None = None) -> QuerySet[Unit]:
    """Units in the actor's area, by area and name; with `on`, those that stood on that day."""
    check_view_places(actor)
    rows = in_scope(Unit.objects.select_related("area", "parent"), actor, "area_id")
    if kind:
        rows = rows.filter(kind=kind)
    if within:
        low, high = code_range(within)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if on:
        rows = standing_on(rows, on)
    return rows.order_by("area_id", "kind", "name", "id")


def standing_on(rows: QuerySet[Unit], on: date) -> QuerySet[Unit]:
    """Units that stood on a day; without dates a unit has always been there."""
    return rows.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on))


def find_units(*, actor: User, filters: UnitFilters, on: date) -> QuerySet[Unit]:
    """The list of units: by kind, area, words of the name or of a holder, and what they lack."""
    rows = list_units(actor=actor, kind=filters.kind, within=filters.area_code, on=None if filters.ended else on)
    if filters.ended:
        rows = rows.filter(ends_on__lte=on)
    held = holding_on(Post.objects.filter(unit=OuterRef("pk")), on)
    if filters.words:
        words = filters.words
        rows = rows.filter(Q(name__contains=words) | Exists(held.filter(holder_name__contains=words)))
    if filters.lack == "liaison":
        rows = rows.exclude(kind=UnitKind.LEADING_GROUP).filter(~Exists(held.filter(title=LIAISON)))
    elif filters.lack == "contact":
        rows = rows.exclude(kind=UnitKind.LEADING_GROUP).filter(Q(contact_name="") | Q(phone=""))
    elif filters.lack == "duties":
        rows = rows.filter(kind=UnitKind.MEMBER).filter(~Exists(UnitDuty.objects.filter(unit=OuterRef("pk"))))
    elif filters.lack == "people":
        rows = rows.filter(~Exists(held))
    return rows


@dataclass(frozen=True)
class UnitLine:
    """A unit as one line of a list, with the holders of its posts on a day."""

    unit: Unit
    place: str
    posts: list[Post]


def lines_of(*, actor: User, units: Sequence[Unit], on: date) -> list[UnitLine]:
    """The lines for the units of one page."""
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in list_posts(actor=actor, unit_ids=[unit.pk for unit in units], on=on):
        posts[post.unit_id].append(post)
    places = path_names({unit.area_id for unit in units})
    return [UnitLine(unit, places[unit.area_id], in_rank(posts[unit.pk])) for unit in units]


def get_unit(*, actor: User, unit_id: int) -> Unit:
    """One unit inside the actor's area; NotFound otherwise."""
    unit = list_units(actor=actor).filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    return unit


def find_unit_by_name(*, actor: User, name: str) -> Unit | None:
    """The unit of that name in the actor's area, if there is exactly one."""
    found = list(list_units(actor=actor).filter(name=name.strip(), ends_on=None)[:2])
    return found[0] if len(found) == 1 else None


def my_units(*, actor: User, on: date) -> list[Unit]:
    """Units in which the actor holds a post on a day: whose tasks, needs and papers are the actor's own."""
    return list(list_units(actor=actor, on=on).filter(pk__in=held_unit_ids(actor, on)))


def units_above_too(actor: User) -> QuerySet[Unit]:
    """Units that stand in the actor's area or in one above it: a town's station belongs to the county's bureau."""
    low, high = code_range(actor.area_code)
    inside = Q(area_id__gte=low, area_id__lt=high)
    return Unit.objects.filter(inside | Q(area_id__in=ancestors_of(actor.area_code)))


def parents_to_choose(*, actor: User, on: date, chosen: str = "") -> list[Unit]:
    """Units that another may belong to. For a county those of villages are left out, or the list would be endless;
    the one that is chosen stands in it always."""
    check_view_places(actor)
    kept = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else 0
    rows = standing_on(units_above_too(actor), on).exclude(kind=UnitKind.VOLUNTEERS)
    if level_of(actor.area_code) < AreaLevel.TOWN:
        rows = rows.filter(Q(area__level__lt=AreaLevel.VILLAGE) | Q(pk=kept))
    return list(rows.order_by("area_id", "kind", "name", "id")[:500])


def can_be_parent(*, actor: User, unit_id: int) -> bool:
    """Whether a unit may be named as the one that another belongs to."""
    return units_above_too(actor).filter(pk=unit_id).exists()


def units_above(unit: Unit) -> list[int]:
    """The units that a unit belongs to, from the nearest up."""
    found: list[int] = []
    above = unit.parent
    while above is not None and above.pk not in found:
        found.append(above.pk)
        above = above.parent
    return found
