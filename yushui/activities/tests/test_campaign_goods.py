"""Goods of a campaign: taken from the store, handed over in visits, given back; never more than there is."""

from __future__ import annotations

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.activities.models import Campaign, Visit, VisitGoods
from yushui.activities.selectors.campaign_goods import goods_sheet, held_by
from yushui.activities.selectors.campaigns import get_campaign
from yushui.activities.services.campaign_goods import in_hand_now, return_goods, take_goods
from yushui.activities.services.campaigns import close_campaign
from yushui.activities.services.visits import record_visit, withdraw_visit
from yushui.activities.tests.factories import AT, draft_of, make_campaign, make_clerk, make_liaison, visit
from yushui.base.refusals import NotFound, Refused
from yushui.funds.models import GoodsItem, GoodsMove, GoodsPlace
from yushui.funds.tests.factories import bring_in, lies, make_item, make_keeper, make_store
from yushui.people.models import Person
from yushui.people.tests.factories import OTHER_TOWN

pytestmark = pytest.mark.django_db
People = dict[str, Person]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")


class Scene:
    """A campaign of the town for four people (米 10kg、油 5L each), and a store with rice and oil."""

    def __init__(self) -> None:
        self.clerk: User = make_clerk()
        self.campaign: Campaign = make_campaign(self.clerk)
        self.store: GoodsPlace = make_store(self.clerk)
        self.rice: GoodsItem = make_item(self.clerk, "米 10kg")
        self.oil: GoodsItem = make_item(self.clerk, "油 5L", "桶")
        bring_in(self.clerk, self.rice, self.store, 10)
        bring_in(self.clerk, self.oil, self.store, 2)

    def take(self, rice: str, oil: str = "", seen: str = "") -> None:
        take_goods(
            actor=self.clerk, campaign_id=self.campaign.pk, store_id=self.store.pk, at=AT, seen=seen,
            pieces={self.rice.pk: rice, self.oil.pk: oil},
        )  # fmt: skip
        self.campaign = get_campaign(actor=self.clerk, campaign_id=self.campaign.pk)

    def numbers(self) -> list[tuple[str, int, int, int, int]]:
        return [(r.item.name, r.taken, r.handed, r.back, r.left) for r in held_by(self.campaign)]


@pytest.fixture
def scene(people: People) -> Scene:
    return Scene()


def words(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.what for problem in caught.value.problems]


def test_needs_when_nothing_is_taken_say_what_the_store_lacks(scene: Scene) -> None:
    sheet = goods_sheet(actor=scene.clerk, campaign_id=scene.campaign.pk, store_id=None)
    assert [(need.name, need.pieces, need.short) for need in sheet.needs] == [("米 10kg", 4, 0), ("油 5L", 4, 2)]
    assert {line.item.name: line.suggested for line in sheet.lines} == {"米 10kg": 4, "油 5L": 2}


def test_take_when_more_than_there_is_is_refused_whole(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        scene.take("11", "3")
    assert words(caught) == ["镇物资库现有 10 袋,不够 11 袋", "镇物资库现有 2 桶,不够 3 桶"]
    assert (lies(scene.rice, scene.store), GoodsMove.objects.filter(way="TAKEN").count()) == (10, 0)


def test_take_when_the_form_comes_twice_is_taken_once(scene: Scene) -> None:
    scene.take("4", "2")
    with pytest.raises(Refused) as caught:
        scene.take("4", "")
    assert words(caught) == ["这次行动手里的物资刚有变动,没有登记"]
    assert lies(scene.rice, scene.store) == 6


def test_visit_when_goods_were_taken_draws_from_them_and_a_withdrawal_gives_them_back(
    scene: Scene, people: People
) -> None:
    scene.take("4", "2")
    liaison = make_liaison()
    made = visit(liaison, scene.campaign, people["陈大山"].pk, goods=("米10KG×2", "油 5L", "春联"))
    assert made.goods == "米10KG×2、油 5L、春联"
    assert scene.numbers() == [("油 5L", 2, 1, 0, 1), ("米 10kg", 4, 2, 0, 2)]
    assert [(m.person_id, m.on) for m in GoodsMove.objects.filter(way="HANDED")] == [(made.person_id, made.on)] * 2
    withdraw_visit(actor=liaison, visit_id=made.pk, reason="记错人", at=AT)
    assert scene.numbers() == [("油 5L", 2, 0, 0, 2), ("米 10kg", 4, 0, 0, 4)]


def test_visit_when_more_goods_than_there_are_is_refused_with_everything_else(scene: Scene, people: People) -> None:
    scene.take("1", "")
    with pytest.raises(Refused) as caught:
        visit(make_liaison(), scene.campaign, people["陈大山"].pk, goods=("米 10kg×3",), cash="很多")
    assert [problem.where for problem in caught.value.problems] == ["慰问金", "慰问品"]
    assert caught.value.problems[1].what == "“2026年春节慰问”领出的米 10kg只剩 1 袋,不够 3 袋"
    assert not Visit.objects.exists()


def test_visit_when_sent_five_times_draws_once(scene: Scene, people: People) -> None:
    scene.take("4", "")
    liaison, draft = make_liaison(), draft_of(goods=("米 10kg",))
    person = people["陈大山"].pk
    for _ in range(5):
        record_visit(actor=liaison, person_id=person, campaign_id=scene.campaign.pk, draft=draft, at=AT)
    assert (Visit.objects.count(), VisitGoods.objects.count(), scene.numbers()[0][4]) == (1, 1, 3)


def test_form_when_goods_were_handed_over_already_does_not_offer_them_again(
    scene: Scene, people: People, client: Client
) -> None:
    scene.take("4", "")
    liaison, person = make_liaison(), people["陈大山"].pk
    client.force_login(liaison)
    address = f"/campaigns/{scene.campaign.pk}/record-visit/{person}/"
    ticked = 'name="goods" value="米 10kg" checked'
    assert ticked in client.get(address).content.decode()
    visit(liaison, scene.campaign, person, cash="", goods=("米 10kg",))
    assert ticked not in client.get(address).content.decode()


def test_visit_when_nobody_was_met_draws_nothing(scene: Scene, people: People) -> None:
    scene.take("1", "")
    visit(make_liaison(), scene.campaign, people["陈大山"].pk, way="ABSENT", goods=("米 10kg×9",))
    assert scene.numbers() == [("米 10kg", 1, 0, 0, 1)]


def test_visit_when_the_person_died_meanwhile_draws_nothing(scene: Scene, people: People) -> None:
    scene.take("4", "")
    Person.objects.filter(pk=people["陈大山"].pk).update(died_on="2026-02-01")
    with pytest.raises(Refused) as caught:
        visit(make_liaison(), scene.campaign, people["陈大山"].pk, goods=("米 10kg",))
    assert (words(caught), scene.numbers()[0][4]) == (["这位对象已登记去世"], 4)


def test_return_when_the_campaign_has_ended_still_works(scene: Scene, people: People) -> None:
    scene.take("4", "2")
    visit(make_liaison(), scene.campaign, people["陈大山"].pk, goods=("米 10kg",))
    close_campaign(actor=scene.clerk, campaign_id=scene.campaign.pk, at=AT)
    scene.campaign.refresh_from_db()
    seen = in_hand_now(scene.campaign.hands)
    back = {"actor": scene.clerk, "campaign_id": scene.campaign.pk, "store_id": scene.store.pk, "at": AT, "seen": seen}
    with pytest.raises(Refused) as caught:
        return_goods(**back, pieces={scene.rice.pk: "4"})
    assert words(caught) == ["2026年春节慰问现有 3 袋,不够 4 袋"]
    return_goods(**back, pieces={scene.rice.pk: "3", scene.oil.pk: "2"})
    assert scene.numbers() == [("油 5L", 2, 0, 2, 0), ("米 10kg", 4, 1, 3, 0)]
    assert (lies(scene.rice, scene.store), lies(scene.oil, scene.store)) == (9, 2)
    with pytest.raises(Refused):
        scene.take("1")


def test_take_when_store_or_campaign_is_of_another_town_is_not_there(scene: Scene) -> None:
    far = make_keeper(OTHER_TOWN, username="far")
    with pytest.raises(NotFound):
        take_goods(actor=far, campaign_id=scene.campaign.pk, store_id=make_store(far).pk, pieces={}, at=AT)
    with pytest.raises(NotFound):
        take_goods(
            actor=scene.clerk, campaign_id=scene.campaign.pk, store_id=make_store(far, "外镇库").pk, pieces={}, at=AT
        )


def test_pages_when_a_hurried_clerk_types_wrong_keep_what_was_typed(scene: Scene, client: Client) -> None:
    client.force_login(scene.clerk)
    address = f"/campaigns/{scene.campaign.pk}/take-goods/"
    typed = {"store": scene.store.pk, "item": [scene.rice.pk, scene.oil.pk], "pieces": ["三", "99"], "seen": ""}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert (answer.status_code, 'value="三"' in page, "现有 2 桶,不够 99 桶" in page) == (422, True, True)
    assert client.post(address, {**typed, "pieces": ["4", "2"]}).status_code == 302
    page = client.get(f"/campaigns/{scene.campaign.pk}/").content.decode()
    assert "待退" in page
