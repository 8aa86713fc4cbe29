"""Reading units: lists, who holds their posts on a day, leading groups, stations and their five things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.base.area_codes import AreaLevel, code_range
from yushui.base.refusals import NotFound
from yushui.places.models import GroupMember, Post, PostChange, StationFact, Unit, UnitKind
from yushui.places.permissions import check_view_places
from yushui.places.rules.units import rank_of
from yushui.places.selectors.areas import list_areas, path_names
from yushui.places.types import FIVE_NAMES

UNIT_KIND_NAMES: dict[str, str] = {kind.value: str(kind.label) for kind in UnitKind}
Dated = TypeVar("Dated", bound=Model)


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
        rows = rows.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on))
    return rows.order_by("area_id", "kind", "name", "id")


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
    """Units in which the actor holds a post on a day: whose tasks and needs are the actor's own."""
    held = holding_on(Post.objects.filter(user_id=actor.pk), on).values("unit_id")
    return list(list_units(actor=actor, on=on).filter(pk__in=held))


def holding_on(rows: QuerySet[Dated], on: date) -> QuerySet[Dated]:
    """Rows of a span [starts_on, ends_on) that hold on a day."""
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


def list_posts(*, actor: User, unit_ids: Iterable[int] | None = None, on: date | None = None) -> QuerySet[Post]:
    """Who holds or held which post, in units of the actor's area; with `on`, the holders of that day."""
    check_view_places(actor)
    rows = in_scope(Post.objects.select_related("unit"), actor, "unit__area_id")
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    if on:
        rows = holding_on(rows, on)
    return rows.order_by("unit_id", "starts_on", "id")


def get_post(*, actor: User, post_id: int) -> Post:
    """One post in a unit of the actor's area; NotFound otherwise."""
    post = list_posts(actor=actor).filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post


def posts_held_by(*, actor: User, name: str, on: date) -> list[Post]:
    """Everything that people of that name hold on a day in the actor's area; one transfer may touch many groups."""
    rows = list_posts(actor=actor, on=on).filter(holder_name=name.strip()).order_by("unit__area_id", "unit_id", "id")
    return list(rows[:100])


def in_rank(posts: Iterable[Post]) -> list[Post]:
    """Posts in the order of a leading group's paper."""
    return sorted(posts, key=lambda post: (rank_of(post.title), post.starts_on, post.pk))


def list_groups(*, actor: User, on: date, within: str = "") -> QuerySet[Unit]:
    """Leading groups that stand on a day, from the county down."""
    return list_units(actor=actor, kind=UnitKind.LEADING_GROUP, within=within, on=on)


@dataclass(frozen=True)
class GroupSheet:
    """A leading group on a day: who was in it, which units, its office, and every change of it."""

    group: Unit
    on: date
    posts: list[Post]
    members: list[GroupMember]
    offices: list[Unit]
    changes: list[PostChange]

    @property
    def posts_by_title(self) -> list[tuple[str, list[Post]]]:
        """Posts of one title together, in rank."""
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.title, []).append(post)
        return list(found.items())


def open_group(*, actor: User, unit_id: int, on: date) -> GroupSheet:
    """A leading group as it was on a day."""
    group = get_unit(actor=actor, unit_id=unit_id)
    if group.kind != UnitKind.LEADING_GROUP:
        raise NotFound
    own = Post.objects.filter(unit=group)
    changes = PostChange.objects.filter(Q(opened__unit=group) | Q(closed__unit=group)).distinct()
    changes = changes.prefetch_related(
        Prefetch("opened", own.order_by("id"), to_attr="came"), Prefetch("closed", own.order_by("id"), to_attr="left")
    )
    return GroupSheet(
        group=group, on=on, posts=in_rank(holding_on(own, on)),
        members=list(holding_on(group.members.select_related("unit"), on).order_by("starts_on", "id")),
        offices=list(list_units(actor=actor, kind=UnitKind.OFFICE, on=on).filter(parent=group)),
        changes=list(changes.order_by("-on", "-id")),
    )  # fmt: skip


def get_change(*, actor: User, group: Unit, change_id: int) -> PostChange:
    """A change that touched a group the actor may see; NotFound otherwise."""
    touched = Q(opened__unit=group) | Q(closed__unit=group)
    change = PostChange.objects.filter(touched, pk=change_id).distinct().first()
    if change is None:
        raise NotFound
    return change


@dataclass(frozen=True)
class TownStations:
    """The service stations of one town: villages, villages with a station, and how many stations have each of the
    five things."""

    area_code: str
    name: str
    villages: int
    stations: int
    own: Unit | None
    five: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        """Villages without a station."""
        return max(self.villages - self.stations, 0)


def stations_by_town(*, actor: User, on: date) -> list[TownStations]:
    """Coverage of the stations (三级服务保障体系), town by town, on a day."""
    towns = list(list_areas(actor=actor, level=AreaLevel.TOWN).values_list("code", "name"))
    villages: dict[str, int] = defaultdict(int)
    for code in list_areas(actor=actor, level=AreaLevel.VILLAGE).values_list("code", flat=True):
        villages[code[:9]] += 1
    stations: dict[str, set[str]] = defaultdict(set)
    own: dict[str, Unit] = {}
    for unit in list_units(actor=actor, kind=UnitKind.STATION, on=on):
        if unit.area_id.endswith("000"):
            own[unit.area_id[:9]] = unit
        else:
            stations[unit.area_id[:9]].add(unit.area_id)
    five: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    held = in_scope(StationFact.objects.filter(superseded_at=None, holds=True, on__lte=on), actor, "unit__area_id")
    for code, key in held.filter(unit__ends_on=None).values_list("unit__area_id", "key"):
        five[code[:9]][key] += 1
    return [
        TownStations(
            code, name, villages[code[:9]], len(stations[code[:9]]), own.get(code[:9]),
            tuple((words, five[code[:9]][key]) for key, words in FIVE_NAMES.items()),
        )
        for code, name in towns
    ]  # fmt: skip


def five_of(*, unit: Unit) -> list[tuple[str, str, StationFact | None]]:
    """(key, words, newest answer) of the five things of a station the caller has fetched for its actor."""
    facts = {fact.key: fact for fact in unit.five.filter(superseded_at=None)}
    return [(key, words, facts.get(key)) for key, words in FIVE_NAMES.items()]
