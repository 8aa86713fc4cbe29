"""A campaign takes goods from a store, and gives back what is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.activities.models import Campaign
from yushui.activities.permissions import check_open
from yushui.activities.selectors.campaigns import get_campaign
from yushui.base.refusals import Problem, Refused
from yushui.funds.models import GoodsItem, GoodsPlace
from yushui.funds.permissions.goods import check_move_goods
from yushui.funds.rules.goods import read_pieces, short_of
from yushui.funds.selectors.goods import get_store, left_in
from yushui.funds.services.goods import open_campaign_place
from yushui.funds.services.goods_moves import carry_goods
from yushui.funds.types.goods import Way


class Carry(Protocol):
    """Taking or giving back."""

    def __call__(
        self, *, actor: User, campaign_id: int, store_id: int, pieces: Mapping[int, str], seen: str, at: datetime
    ) -> Campaign: ...


@transaction.atomic
def take_goods(
    *, actor: User, campaign_id: int, store_id: int, pieces: Mapping[int, str], seen: str = "", at: datetime
) -> Campaign:
    """Goods leave a store for a campaign: pieces as typed, by item. All of it or nothing; refuses more than there is.

    `seen` is what the form showed as being in hand; it refuses a form sent twice.
    """
    campaign, store = ready(actor, campaign_id, store_id)
    check_open(campaign)
    hands = campaign.hands or hands_for(actor, campaign, at)
    move(actor, Way.TAKEN, store, hands, pieces, seen, at)
    return campaign


@transaction.atomic
def return_goods(
    *, actor: User, campaign_id: int, store_id: int, pieces: Mapping[int, str], seen: str = "", at: datetime
) -> Campaign:
    """What is left goes back to a store; also after the campaign has ended."""
    campaign, store = ready(actor, campaign_id, store_id)
    if campaign.hands is None:
        raise Refused(Problem("本次行动没有领过物资", where=campaign.title))
    move(actor, Way.BACK, store, campaign.hands, pieces, seen, at)
    return campaign


def ready(actor: User, campaign_id: int, store_id: int) -> tuple[Campaign, GoodsPlace]:
    """The campaign and the store, both in the actor's area; the campaign locked, so that two forms come one by one."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_move_goods(actor)
    if not store_id:
        raise Refused(Problem("请选择库房", where="库房"))
    need_area(actor, campaign.area_id)
    locked = Campaign.objects.select_for_update(of=("self",)).select_related("hands").get(pk=campaign.pk)
    return locked, get_store(actor=actor, place_id=store_id)


def hands_for(actor: User, campaign: Campaign, at: datetime) -> GoodsPlace:
    """The place of a campaign that takes goods for the first time."""
    hands = open_campaign_place(actor=actor, area_code=campaign.area_id, name=campaign.title, at=at)
    Campaign.objects.filter(pk=campaign.pk).update(hands=hands)
    campaign.hands = hands
    return hands


def in_hand_now(hands: GoodsPlace | None) -> str:
    """What lies in the hands of a campaign, as a form keeps it: `12:30 15:4`."""
    left = left_in([hands.pk]) if hands else {}
    return " ".join(f"{item}:{pieces}" for (item, _), pieces in sorted(left.items()) if pieces)


def move(
    actor: User, way: Way, store: GoodsPlace, hands: GoodsPlace, pieces: Mapping[int, str], seen: str, at: datetime
) -> None:
    """Read what was typed, refuse everything that is wrong at once, then move."""
    problems: list[Problem] = []
    if seen != in_hand_now(hands):
        problems.append(Problem("这次行动手里的物资刚有变动,没有登记", next_step="请按页面上现在的数字再填"))
    source = store if way == Way.TAKEN else hands
    left = left_in([source.pk])
    items = {item.pk: item for item in GoodsItem.objects.filter(pk__in=pieces)}
    wanted = {}
    for item_id, text in pieces.items():
        item = items.get(item_id)
        if item is None or not text.strip() or text.strip() == "0":
            continue
        number = read_pieces(text, item.name, problems)
        if number is not None:
            problems += short_of(left.get((item_id, source.pk), 0), number, item.unit, source.name, item.name)
            wanted[item_id] = number
    if not wanted and not problems:
        problems.append(Problem("还没有填数量", next_step="领(退)哪样填哪样"))
    if problems:
        raise Refused(*problems)
    on = timezone.localtime(at).date()
    for item_id, number in sorted(wanted.items()):
        carry_goods(actor=actor, way=way, item_id=item_id, pieces=number, store=store, hands=hands, on=on, at=at)
