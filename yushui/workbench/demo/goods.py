"""The county's gift stock over a year, and the campaigns beside the two great ones, of persons and of units."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.activities.models import Campaign, CampaignTarget, CampaignUnit
from yushui.activities.rules.goods import items_of
from yushui.activities.services.campaign_goods import in_hand_now, return_goods, take_goods
from yushui.activities.services.campaign_units import record_unit_visit
from yushui.activities.services.targets import add_target, drop_target
from yushui.activities.types import CampaignDraft, VisitDraft
from yushui.base.almanac import martyrs_day, mid_autumn, qingming
from yushui.funds.models import GoodsItem, GoodsPlace
from yushui.funds.selectors.goods import left_in
from yushui.funds.services.goods import add_goods_place, set_goods_item
from yushui.funds.services.goods_counts import count_goods
from yushui.funds.services.goods_moves import move_goods
from yushui.funds.types.goods import CountDraft, CountLineDraft, ItemDraft, MoveDraft, Way
from yushui.people.models import Person
from yushui.workbench.demo.drafts import moment
from yushui.workbench.demo.towns import COUNTY, list_towns

ONE_DAY = timedelta(days=1)
# name → unit, yuan a piece
ITEMS = {
    "大米": ("袋", "58"), "食用油": ("桶", "65"), "牛奶": ("箱", "52"), "棉被": ("床", "120"), "月饼": ("盒", "68"),
    "慰问信": ("封", "1"), "鲜花": ("束", "30"), "蛋糕": ("个", "98"),
}  # fmt: skip
SHOP, BANK = "清溪食品有限公司", "云川县农商银行"


@dataclass
class Shelves:
    """The county's store and that of its first town, with what their keeper does."""

    keeper: User
    today: date
    rng: Random
    since: date  # goods are booked from this day on
    items: dict[str, GoodsItem] = field(default_factory=dict)
    turn: int = 0

    def open(self) -> None:
        """Two stores and the items."""
        at = moment(self.since)
        self.store = add_goods_place(actor=self.keeper, name="县局物资库", at=at)
        self.town_store = add_goods_place(actor=self.keeper, name="石桥镇物资库", area_code=list_towns()[0][0], at=at)
        for name, (unit, yuan) in ITEMS.items():
            self.items[name] = set_goods_item(actor=self.keeper, draft=ItemDraft(name, unit, yuan), at=at)

    def move(self, way: Way, name: str, pieces: int, on: date, **more: str) -> None:
        """One move of the form, on its day."""
        self.turn += 1
        draft = MoveDraft(
            way=way, item_id=str(self.items[name].pk), place_id=more.pop("place", str(self.store.pk)),
            pieces=str(pieces), on=on.isoformat(), client_key=f"demo-goods-{self.turn:06d}", **more,
        )  # fmt: skip
        move_goods(actor=self.keeper, draft=draft, at=moment(on))

    def supply(self, campaign: Campaign, goods: str, store: GoodsPlace | None = None) -> None:
        """Before a campaign of the year of the stock its goods are bought and taken, some more than the list needs."""
        if campaign.starts_on < self.since:
            return
        heads = CampaignTarget.objects.filter(campaign=campaign).count()
        if not goods:
            return
        wanted = {self.items[name].pk: heads + max(heads // 40, 6) for name in items_of(goods)}
        on = campaign.starts_on - 3 * ONE_DAY
        place = store or self.store
        left = left_in([place.pk])
        for name in items_of(goods):
            item = self.items[name].pk
            missing = wanted[item] - left.get((item, place.pk), 0)
            if missing > 0:
                self.move(Way.BOUGHT, name, missing + 20, on - 4 * ONE_DAY, party=SHOP, place=str(place.pk))
        take_goods(
            actor=self.keeper, campaign_id=campaign.pk, store_id=place.pk, at=moment(on),
            pieces={item: str(pieces) for item, pieces in wanted.items()},
        )  # fmt: skip

    def give_back(self, campaign: Campaign) -> None:
        """What is left of a campaign that is over."""
        campaign.refresh_from_db()
        if campaign.hands is None:
            return
        left = {item: str(pieces) for (item, _), pieces in left_in([campaign.hands.pk]).items() if pieces}
        if left:
            return_goods(
                actor=self.keeper, campaign_id=campaign.pk, store_id=self.store.pk, pieces=left,
                seen=in_hand_now(campaign.hands), at=moment(campaign.ends_on + 2 * ONE_DAY),
            )  # fmt: skip

    def live_a_year(self) -> None:
        """Donations, what came from above, gifts to units and persons, losses."""
        day = self.since + 20 * ONE_DAY
        self.move(Way.DONATED, "牛奶", 200, day, party=BANK, note="春节前捐赠")
        self.move(Way.ALLOTTED, "棉被", 300, day + 6 * ONE_DAY, party="市退役军人事务局", note="冬春救助")
        self.move(Way.CARRIED, "棉被", 120, day + 9 * ONE_DAY, to_place_id=str(self.town_store.pk))
        self.move(Way.GIVEN, "牛奶", 40, day + 12 * ONE_DAY, party="武警云川中队", note="八一前送到驻地")
        self.move(Way.SCRAPPED, "牛奶", 6, day + 60 * ONE_DAY, note="过期")
        self.move(Way.GIVEN, "棉被", 60, day + 70 * ONE_DAY, party="县消防救援大队", note="抗洪救灾驻训")

    def count(self) -> None:
        """A count a week ago: two bags of rice are missing."""
        on = self.today - 7 * ONE_DAY
        books = {item: pieces for (item, _), pieces in left_in([self.store.pk]).items()}
        lines = []
        for item in self.items.values():
            book = books.get(item.pk, 0)
            found, why = (book - 2, "鼠咬 2 袋") if item.name == "大米" and book > 2 else (book, "")
            lines.append(CountLineDraft(item.pk, str(book), str(found), why))
        count_goods(
            actor=self.keeper, at=moment(on),
            draft=CountDraft(str(self.store.pk), on.isoformat(), "监盘:财务室", tuple(lines), "demo-goods-count"),
        )  # fmt: skip


def more_campaigns(year: int, today: date) -> list[tuple[CampaignDraft, float]]:
    """The smaller campaigns of a year: kinds, days, whom, and the share of the list that is visited."""
    moon, martyrs, tombs = mid_autumn(year), martyrs_day(year), qingming(year)
    town = list_towns()[0][0]

    def draft(kind: str, first: date, days: int, area: str = COUNTY[0], **rule: object) -> CampaignDraft:
        last = first + timedelta(days=days)
        return CampaignDraft(
            kind=kind,
            area_code=area,
            first_day=first.isoformat(),
            last_day=last.isoformat(),
            **rule,  # type: ignore[arg-type]
        )

    elders, hard = ("DEMOBILIZED", "RED_ARMY_VETERAN"), ("LIVING", "ALONE")
    planned = [
        (draft("MID_AUTUMN", moon - 10 * ONE_DAY, 10, kinds=elders, goods="月饼、食用油"), 0.99),
        (draft("QINGMING", tombs - 8 * ONE_DAY, 10, kinds=("SURVIVOR_MARTYR",), goods="鲜花"), 0.97),
        (draft("MARTYRS_DAY", martyrs - 9 * ONE_DAY, 10, kinds=("SURVIVOR_MARTYR",), cash="500", goods="慰问信"), 1.0),
        (draft("MERIT_FAMILY", date(year, 5, 8), 20, merits=("MERIT_2", "MERIT_3"), cash="1000", goods="慰问信"), 1.0),
        (draft("FRONT_SUPPORT", date(year, 6, 5), 30, kinds=("CONSCRIPT",), cash="300", goods="慰问信"), 0.92),
        (draft("SUMMER_HARVEST", date(year, 5, 22), 35, area=town, hardships=hard, least_age="80", every=True), 0.9),
        (draft("BIRTHDAY", date(year, 3, 1), 90, area=town, birthday=True, least_age="85", goods="蛋糕"), 0.95),
    ]  # fmt: skip
    return [(plan, share) for plan, share in planned if plan.last_day < today.isoformat()]


UNIT_NOTES = {"HONOUR_HOME": "看望院内老人,查看食宿和取暖", "CARE_HOSPITAL": "看望住院的优抚对象,了解诊疗保障"}


def greet_units(*, actor: User, campaign: Campaign, shelves: Shelves) -> None:
    """The garrisons and homes of a campaign, each visited with its leader; the goods come from the campaign's hands."""
    campaign.refresh_from_db()
    rows = CampaignUnit.objects.filter(campaign=campaign).select_related("unit").order_by("id")
    for number, row in enumerate(rows):
        on = campaign.starts_on + (2 + number) * ONE_DAY
        goods = "大米" if campaign.hands_id else ""
        draft = VisitDraft(
            on=on.isoformat(), cash="20000", goods=(goods,), visitor_name="县委、县政府领导带队",
            note=UNIT_NOTES.get(row.unit.kind, "座谈,了解驻训保障需要"), client_key=f"demo-unit-{campaign.pk}-{row.pk}",
        )  # fmt: skip
        record_unit_visit(
            actor=actor, row_id=row.pk, draft=draft, heads=str(shelves.rng.randint(20, 80)), at=moment(on)
        )


def touch_list(*, actor: User, campaign: Campaign, rng: Random, at: datetime) -> None:
    """A name added by hand and one dropped, as in every real list."""
    listed = CampaignTarget.objects.filter(campaign=campaign)
    villages = list(listed.order_by("id").values_list("area_id", flat=True)[:40])
    others = Person.objects.filter(died_on=None, area_id__in=villages).exclude(pk__in=listed.values("person_id"))
    for person in others.order_by("pk")[: rng.randint(1, 3)]:
        add_target(actor=actor, campaign_id=campaign.pk, person_id=person.pk, reason="刚出院,村里报来", at=at)
    first = listed.filter(by_hand=False).order_by("id").first()
    if first:
        drop_target(actor=actor, target_id=first.pk, reason="长期在外,由居住地走访", at=at)
