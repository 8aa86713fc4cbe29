"""A store of the village with one item in it, moved once and counted once."""

from __future__ import annotations

from datetime import datetime

from yushui.accounts.models import User
from yushui.funds.models import GoodsCount, GoodsCountLine, GoodsItem, GoodsPlace
from yushui.funds.services.goods_moves import move_goods
from yushui.funds.types.goods import MoveDraft


def build(*, village: str, at: datetime) -> dict[str, object]:
    """For each argument of an address of goods a row of 北洲村."""
    desk = User.objects.get(username="desk")
    item = GoodsItem.objects.create(area_id=village, name="挂面", unit="把", worth_fen=1200, created_at=at)
    store = GoodsPlace.objects.create(area_id=village, name="村物资角", sort="STORE", created_at=at)
    move = move_goods(
        actor=desk, at=at,
        draft=MoveDraft(
            way="BOUGHT", item_id=str(item.pk), place_id=str(store.pk), pieces="12", on=at.date().isoformat(),
            client_key="goods-of-the-world",
        ),
    )  # fmt: skip
    count = GoodsCount.objects.create(place=store, on=at.date(), client_key="count-of-the-world", recorded_at=at)
    GoodsCountLine.objects.create(count=count, item=item, expected=12, found=12)
    return {
        "goods_move_id": move.pk, "goods_place_id": store.pk, "goods_count_id": count.pk, "goods_item_id": item.pk,
    }  # fmt: skip
