"""Goods as an actor may see them: items, stores, what lies where, how it moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from django.db.models import F, Model, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import ancestors_of, code_range
from yushui.base.in_order import in_area, joined
from yushui.base.refusals import NotFound
from yushui.funds.models import GoodsBalance, GoodsCount, GoodsItem, GoodsMove, GoodsPlace
from yushui.people.models import Person

MOST_NAMESAKES = 20
Row = TypeVar("Row", bound=Model)


def items_in_reach(actor: User) -> QuerySet[GoodsItem]:
    """Items of the actor's area, of areas above and of those inside it; retired ones too."""
    low, high = code_range(actor.area_code)
    near = Q(area_id__gte=low, area_id__lt=high) | Q(area_id__in=ancestors_of(actor.area_code))
    return GoodsItem.objects.filter(near).order_by("name", "id")


def list_items(*, actor: User) -> QuerySet[GoodsItem]:
    """Items to choose from."""
    need(actor, "funds.view")
    return items_in_reach(actor).filter(retired=False)


def get_item(*, actor: User, item_id: int) -> GoodsItem:
    """An item that the actor may change: of the actor's own area; NotFound otherwise."""
    need(actor, "funds.view")
    found = in_scope(GoodsItem.objects.all(), actor, "area_id").filter(pk=item_id).first()
    if found is None:
        raise NotFound
    return found


def list_stores(*, actor: User) -> QuerySet[GoodsPlace]:
    """Stores in the actor's area."""
    need(actor, "funds.view")
    rows = in_scope(GoodsPlace.objects.filter(sort="STORE", retired=False), actor, "area_id")
    return rows.select_related("area").order_by("area_id", "id")


def get_store(*, actor: User, place_id: int) -> GoodsPlace:
    """One store in the actor's area; NotFound otherwise."""
    found = list_stores(actor=actor).filter(pk=place_id).first()
    if found is None:
        raise NotFound
    return found


def left_in(place_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """How many pieces lie where, by (item, place)."""
    rows = GoodsBalance.objects.filter(place__in=list(place_ids))
    return {(item, place): pieces for item, place, pieces in rows.values_list("item_id", "place_id", "pieces")}


@dataclass(frozen=True)
class StockRow:
    """An item as it lies in the stores of an area and in the hands of campaigns; worth in fen at today's worth."""

    item: GoodsItem
    by_place: tuple[tuple[str, int], ...]  # name of the store, pieces
    in_campaigns: int
    is_own: bool

    @property
    def in_stores(self) -> int:
        """Pieces in all stores."""
        return sum(pieces for _, pieces in self.by_place)

    @property
    def worth_fen(self) -> int:
        """What lies in stores and in hands is worth."""
        return (self.in_stores + self.in_campaigns) * self.item.worth_fen


@dataclass(frozen=True)
class Stock:
    """All stores of an area: their columns, a row for each item, the last counts."""

    places: tuple[GoodsPlace, ...]
    rows: tuple[StockRow, ...]
    counts: tuple[GoodsCount, ...]

    @property
    def worth_fen(self) -> int:
        """What everything is worth."""
        return sum(row.worth_fen for row in self.rows)


def stock_of(*, actor: User) -> Stock:
    """What lies where in the actor's area."""
    places = list(list_stores(actor=actor))
    left = left_in([place.pk for place in places])
    hands = in_scope(GoodsBalance.objects.filter(place__sort="CAMPAIGN", pieces__gt=0), actor, "place__area_id")
    out = dict(hands.order_by().values_list("item_id").annotate(Sum("pieces")))
    low, high = code_range(actor.area_code)
    rows = []
    for item in items_in_reach(actor):
        by_place = tuple((place.name, left.get((item.pk, place.pk), 0)) for place in places)
        is_own = low <= item.area_id < high
        if any(pieces for _, pieces in by_place) or out.get(item.pk) or not item.retired:
            rows.append(StockRow(item, by_place, out.get(item.pk, 0), is_own))
    counts = GoodsCount.objects.filter(place__in=places).select_related("place").order_by("-on", "-id")[:5]
    return Stock(tuple(places), tuple(rows), tuple(counts))


@dataclass(frozen=True)
class MoveFilters:
    """What a list of moves is narrowed to."""

    item_id: int | None = None
    place_id: int | None = None
    way: str = ""
    year: int | None = None


def list_moves(*, actor: User, filters: MoveFilters) -> QuerySet[GoodsMove]:
    """Moves newest first (物资流水)."""
    need(actor, "funds.view")
    rows = in_area(GoodsMove.objects.all(), actor.area_code)
    if filters.item_id is not None:
        rows = rows.filter(item_id=filters.item_id)
    if filters.place_id is not None:
        rows = rows.filter(Q(from_place=filters.place_id) | Q(to_place=filters.place_id))
    if filters.way:
        rows = rows.filter(way=filters.way)
    if filters.year is not None:
        rows = rows.filter(on__gte=date(filters.year, 1, 1), on__lt=date(filters.year + 1, 1, 1))
    named = joined(rows, "item__name", "item__unit", "from_place__name", "to_place__name").order_by("-on", "-id")
    return named.prefetch_related("reversed_by")  # joined, SQLite would scan all moves: nearly none is reversed


def get_move(*, actor: User, move_id: int) -> GoodsMove:
    """One move in the actor's area; NotFound otherwise."""
    found = list_moves(actor=actor, filters=MoveFilters()).filter(pk=move_id).first()
    if found is None:
        raise NotFound
    return found


def get_count(*, actor: User, count_id: int) -> GoodsCount:
    """One count with its lines; NotFound outside the actor's area."""
    need(actor, "funds.view")
    rows = in_scope(GoodsCount.objects.select_related("place"), actor, "place__area_id")
    found = rows.prefetch_related("lines__item").filter(pk=count_id).first()
    if found is None:
        raise NotFound
    return found


def namesakes(*, actor: User, name: str) -> list[Person]:
    """Living people of that name in the actor's area, for those who may see people."""
    need(actor, "people.view")
    if not name.strip():
        return []
    rows = in_scope(Person.objects.filter(died_on=None, name=name.strip()), actor, "area_id")
    return list(rows.select_related("area").defer("id_number", "phone").order_by("area_id", "id")[:MOST_NAMESAKES])


@dataclass(frozen=True)
class InHand:
    """One item in the hands of a campaign: what was taken, handed over, given back or lost, and what is left."""

    item: GoodsItem
    taken: int
    handed: int
    back: int
    left: int

    @property
    def worth_fen(self) -> int:
        """What was handed over is worth, at today's worth of the item."""
        return self.handed * self.item.worth_fen


def in_hand(*, place_id: int) -> list[InHand]:
    """The goods of one campaign, by item. The caller has looked up the campaign for its actor."""
    sums: dict[int, dict[str, int]] = {}
    counted = GoodsMove.objects.filter(reverses=None, reversed_by=None)
    for column in ("to_place", "from_place"):
        rows = counted.filter(**{column: place_id}).order_by().values_list("item_id", "way").annotate(n=Sum("pieces"))
        for item_id, way, pieces in rows:
            sums.setdefault(item_id, {})[way] = pieces
    left = {item: pieces for (item, _), pieces in left_in([place_id]).items()}
    items = GoodsItem.objects.filter(pk__in={*sums, *(item for item, pieces in left.items() if pieces)})
    return [
        InHand(
            item, sums.get(item.pk, {}).get("TAKEN", 0), sums.get(item.pk, {}).get("HANDED", 0),
            sums.get(item.pk, {}).get("BACK", 0), left.get(item.pk, 0),
        )
        for item in items.order_by("name", "id")
    ]  # fmt: skip


def worth_of(moves: QuerySet[GoodsMove]) -> int:
    """What moves are worth together, each at the worth it had then, in fen."""
    found = moves.aggregate(fen=Sum(F("pieces") * F("worth_fen")))["fen"]
    return int(cast("int | None", found) or 0)
