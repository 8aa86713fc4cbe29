"""Goods of a campaign: what it needs, what it took from the stock, handed over, gave back, has left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need
from yushui.activities.models import Campaign
from yushui.activities.rules.goods import items_of, key_of, pieces_of, wanted_of
from yushui.activities.selectors.campaigns import get_campaign, standing_of
from yushui.base.area_codes import lies_in
from yushui.funds.models import GoodsItem, GoodsPlace
from yushui.funds.selectors.goods import InHand, in_hand, items_in_reach, left_in, list_stores


@dataclass(frozen=True)
class Need:
    """An item that the people on a list are to get: pieces needed in all, and what lies in the actor's stores. `unit`
    is empty when the stock knows no such item."""

    name: str
    pieces: int
    unit: str = ""
    in_stores: int = 0

    @property
    def short(self) -> int:
        """Pieces that the stores lack."""
        return max(self.pieces - self.in_stores, 0) if self.unit else 0


def needs_of(*, actor: User, goods: str, heads: int) -> list[Need]:
    """What a campaign with so many heads needs, against the stores the actor may see."""
    found: dict[str, GoodsItem] = {}
    left: dict[int, int] = {}
    if may(actor, "funds.view"):
        found = {key_of(item.name): item for item in items_in_reach(actor) if not item.retired}
        for (item_id, _), pieces in left_in([place.pk for place in list_stores(actor=actor)]).items():
            left[item_id] = left.get(item_id, 0) + pieces
    needs = []
    for text in items_of(goods):
        name, pieces = pieces_of(text)
        item = found.get(key_of(name))
        needs.append(
            Need(name, pieces * heads, item.unit if item else "", left.get(item.pk, 0) if item else 0)
        )  # fmt: skip
    return needs


def held_by(campaign: Campaign) -> list[InHand]:
    """The goods of a campaign, by item; nothing when it took none. The caller looked up the campaign."""
    return in_hand(place_id=campaign.hands_id) if campaign.hands_id else []


def offered_by(campaign: Campaign | None) -> tuple[str, ...]:
    """Goods to offer on the form of a visit: what is planned a head, then whatever else the campaign has in hand."""
    if campaign is None:
        return ()
    planned = items_of(campaign.goods)
    known = {key_of(pieces_of(item)[0]) for item in planned}
    if not campaign.hands_id:
        return planned
    left = {item: pieces for (item, _), pieces in left_in([campaign.hands_id]).items() if pieces}
    names = GoodsItem.objects.filter(pk__in=left).order_by("name").values_list("name", flat=True)
    return (*planned, *(name for name in names if key_of(name) not in known))


def drawn_from(campaign: Campaign | None, line: str) -> list[tuple[int, int]]:
    """Which goods of a line come out of the campaign's hands: (item, pieces). What it never took is from elsewhere."""
    if campaign is None or not campaign.hands_id or not line:
        return []
    taken = [item for item, _ in left_in([campaign.hands_id])]
    items = {key_of(item.name): item.pk for item in GoodsItem.objects.filter(pk__in=taken)}
    return [(items[key], pieces) for key, pieces in wanted_of(line).items() if key in items]


@dataclass(frozen=True)
class TakeLine:
    """An item of a store on the form of taking: what lies there, what the campaign still needs, has in hand."""

    item: GoodsItem
    in_store: int
    suggested: int
    in_hand: int


@dataclass(frozen=True)
class GoodsSheet:
    """The page of a campaign's goods."""

    campaign: Campaign
    held: tuple[InHand, ...]
    needs: tuple[Need, ...]
    stores: tuple[GoodsPlace, ...]
    store: GoodsPlace | None
    lines: tuple[TakeLine, ...]
    may_move: bool

    @property
    def left(self) -> int:
        """Pieces to give back."""
        return sum(row.left for row in self.held)


def goods_sheet(*, actor: User, campaign_id: int, store_id: int | None) -> GoodsSheet:
    """Taken, handed over, given back, left; and the form of taking from a store. For those who may see the stock."""
    need(actor, "funds.view")
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    held = held_by(campaign)
    listed = standing_of(actor=actor, campaign_ids=[campaign.pk])[campaign.pk].listed
    stores = [store for store in list_stores(actor=actor) if lies_in(store.area_id, actor.area_code)]
    store = next((one for one in stores if one.pk == store_id), stores[0] if stores else None)
    may_move = may(actor, "funds.move_goods") and lies_in(campaign.area_id, actor.area_code)
    lines = take_lines(actor, campaign, held, store, listed) if store and may_move and not campaign.closed_at else []
    took = {key_of(row.item.name): row.taken - row.back for row in held}
    needs = [
        replace(need, pieces=max(need.pieces - took.get(key_of(need.name), 0), 0))
        for need in needs_of(actor=actor, goods=campaign.goods, heads=listed if campaign.closed_at is None else 0)
    ]
    return GoodsSheet(
        campaign,
        tuple(held),
        tuple(need for need in needs if need.pieces),
        tuple(stores),
        store,
        tuple(lines),
        may_move,
    )


def take_lines(
    actor: User, campaign: Campaign, held: Iterable[InHand], store: GoodsPlace, listed: int
) -> list[TakeLine]:
    """The items that lie in a store; what is planned and not yet taken is suggested, as far as it is there."""
    left = left_in([store.pk])
    took = {row.item.pk: row for row in held}
    wanted = {key: pieces * listed for key, pieces in wanted_of(campaign.goods).items()}
    lines = []
    for item in items_in_reach(actor):
        there = left.get((item.pk, store.pk), 0)
        if not there:
            continue
        row = took.get(item.pk)
        missing = wanted.get(key_of(item.name), 0) - (row.taken - row.back if row else 0)
        lines.append(TakeLine(item, there, min(max(missing, 0), there), row.left if row else 0))
    return sorted(lines, key=lambda line: (line.suggested == 0, line.item.name))
