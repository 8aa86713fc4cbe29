"""A store of the example county with rice and oil in it, for tests."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.funds.models import GoodsBalance, GoodsItem, GoodsMove, GoodsPlace
from yushui.funds.services.goods import add_goods_place, set_goods_item
from yushui.funds.services.goods_moves import move_goods
from yushui.funds.types.goods import ItemDraft, MoveDraft
from yushui.people.tests.factories import TOWN, make_areas

AT = datetime(2026, 1, 20, 2, tzinfo=UTC)
TODAY = date(2026, 1, 20)


def make_keeper(area: str = TOWN, **names: str) -> User:
    make_areas()
    return make_user(Role.TOWN_CLERK, area=area, full_name=names.pop("full_name", "赵书琴"), **names)


def make_store(keeper: User, name: str = "镇物资库") -> GoodsPlace:
    return add_goods_place(actor=keeper, name=name, at=AT)


def make_item(keeper: User, name: str = "大米", unit: str = "袋", worth: str = "60") -> GoodsItem:
    return set_goods_item(actor=keeper, draft=ItemDraft(name, unit, worth), at=AT)


def typed(item: GoodsItem, store: GoodsPlace, pieces: int | str, **more: str) -> MoveDraft:
    """A purchase, unless said otherwise."""
    values = {
        "way": "BOUGHT", "item_id": str(item.pk), "place_id": str(store.pk), "pieces": str(pieces),
        "on": "2026-01-20", "client_key": str(uuid.uuid4()), **more,
    }  # fmt: skip
    return MoveDraft(**values)


def bring_in(keeper: User, item: GoodsItem, store: GoodsPlace, pieces: int) -> GoodsMove:
    return move_goods(actor=keeper, draft=typed(item, store, pieces), at=AT)


def lies(item: GoodsItem, place: GoodsPlace) -> int:
    """Pieces that lie there."""
    row = GoodsBalance.objects.filter(item=item, place=place).first()
    return row.pieces if row else 0
