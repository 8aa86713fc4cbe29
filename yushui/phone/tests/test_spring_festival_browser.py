"""A Spring Festival campaign with gift stock in a real Chromium: bought, planned, taken out, handed over on a phone,
counted, given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.activities.models import Campaign, Visit
from yushui.activities.selectors.campaign_goods import held_by
from yushui.activities.tests.factories import make_clerk, make_liaison
from yushui.funds.models import GoodsBalance
from yushui.people.tests.factories import make_person, make_status

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def village(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    for name in ("陈大山", "李秀英"):
        make_status(make_person(name=name))


def stock_up(page: Page) -> None:
    """A store, an item, ten bags bought; first a number that is none."""
    page.goto("/goods/")
    page.click("main a.go:has-text('添加库房')")
    page.fill("[name=name]", "镇物资库")
    page.click("main button.go")
    page.click("main a.go:has-text('添加品种')")
    for field, text in {"name": "大米", "unit": "袋", "worth": "58"}.items():
        page.fill(f"[name={field}]", text)
    page.click("main button.go")
    page.click("main a.go:has-text('入库')")
    page.select_option("[name=item_id]", label="大米(袋)")
    page.fill("[name=pieces]", "十袋")
    page.click("main button.go")
    page.wait_for_selector(".problems")
    page.fill("[name=pieces]", "10")
    page.click("main button.go")
    page.wait_for_selector("td:has-text('580.00')")


def plan(page: Page) -> None:
    """The list by rule, looked at first; assigned; goods taken out as the page suggests."""
    page.goto("/campaigns/plan-campaign/?kind=SPRING_FESTIVAL")
    page.check("[name=kinds][value=WAR_VETERAN]")
    page.fill("[name=cash]", "500")
    page.fill("[name=goods]", "大米")
    page.click("button[name=look]")
    page.wait_for_selector("#preview:has-text('将列入 2 人')")
    page.wait_for_selector("#preview:has-text('库存 10')")
    page.click("main button.go:has-text('建立名单')")
    page.wait_for_url(lambda url: "plan-campaign" not in url)
    page.click("main button:has-text('按村分派给联络员')")
    page.click("main a:has-text('物资')")
    assert page.input_value("[aria-label=领出大米]") == "2"
    page.fill("[aria-label=领出大米]", "4")
    page.click("main button.go:has-text('领出')")
    page.wait_for_selector("[aria-label=退回大米]")


def hand_over(page: Page, person_id: int, campaign_id: int, goods: str | None) -> None:
    """One visit on the phone; the goods stand there already unless others are typed."""
    page.goto(f"/phone/visit/?person={person_id}&campaign={campaign_id}")
    page.wait_for_selector("form[data-ready]")
    assert page.input_value("[name=more_goods]") == "大米"
    page.check("[name=way][value=HOME]")
    if goods is not None:
        page.fill("[name=more_goods]", goods)
    page.click("main button.go")


def test_spring_festival_when_goods_go_from_the_store_through_visits_and_back(
    village: None, visit: Callable[..., Page], live_server: Any
) -> None:
    liaison, clerk = make_liaison(), make_clerk()
    desk = visit(clerk, "/goods/", width=DESK[0], height=DESK[1])
    stock_up(desk)
    plan(desk)
    campaign = Campaign.objects.get()
    first, second = campaign.targets.order_by("id").values_list("person_id", flat=True)
    phone = visit(liaison, "/phone/", width=PHONE[0], height=PHONE[1])
    hand_over(phone, first, campaign.pk, "大米×9")  # more than the campaign has
    phone.wait_for_selector("#problems:has-text('只剩 4 袋')")
    phone.fill("[name=more_goods]", "大米")
    phone.click("main button.go")
    phone.wait_for_url(lambda url: f"person={second}" in url)
    hand_over(phone, second, campaign.pk, None)
    phone.wait_for_url(lambda url: "visit" not in url)
    assert Visit.objects.count() == 2
    desk.goto(f"/campaigns/{campaign.pk}/")
    desk.wait_for_selector(".counters:has-text('100%')")
    assert faults(desk) == NO_FAULTS
    desk.click("main a:has-text('领出、退回')")
    assert desk.input_value("[aria-label=退回大米]") == "2"
    desk.click("main button.go:has-text('退回')")
    desk.wait_for_selector("text=已退回库房")
    assert faults(desk) == NO_FAULTS
    (rice,) = held_by(campaign.__class__.objects.get())
    assert (rice.taken, rice.handed, rice.back, rice.left) == (4, 2, 2, 0)
    assert GoodsBalance.objects.get(place__sort="STORE").pieces == 8
