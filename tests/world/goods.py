"""A store of the village with one item in it, moved once and counted once; a unit that a campaign visits."""

from __future__ import annotations

from datetime import datetime

from yushui.accounts.models import User
from yushui.activities.models import Campaign, CampaignUnit, UnitVisit
from yushui.activities.services.campaign_kinds import set_campaign_kind
from yushui.activities.types import CampaignKindDraft
from yushui.funds.models import GoodsCount, GoodsCountLine, GoodsItem, GoodsPlace
from yushui.funds.services.goods_moves import move_goods
from yushui.funds.types.goods import MoveDraft
from yushui.places.models import Unit


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


def campaign(*, village: str, at: datetime) -> dict[str, object]:
    """A unit of the village on the list of the town's campaign, visited once; a county's own kind of campaign."""
    desk, beizhou = (User.objects.get(username=name) for name in ("desk", "beizhou"))
    unit = Unit.objects.create(name="北洲村光荣院", kind="COMMUNITY", area_id=village)
    held = Campaign.objects.filter(area_id="990101001000", closed_at=None).latest("pk")
    row = CampaignUnit.objects.create(campaign=held, unit=unit, area_id=village)
    visit = UnitVisit.objects.create(
        unit=unit, campaign=held, area_id=village, on=at.date(), visitor_name="陈秀兰",
        client_key="unit-of-the-world", recorded_at=at, recorded_by=beizhou.pk,
    )  # fmt: skip
    kind = set_campaign_kind(actor=desk, draft=CampaignKindDraft(name="重阳走访"), at=at)
    return {"campaign_unit_id": row.pk, "unit_visit_id": visit.pk, "campaign_kind_code": kind.pk}
