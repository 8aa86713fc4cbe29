"""A shop with an offer in a real Chromium: added, wrong first; its agreement signed, expired, renewed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults, look
from yushui.people.tests.factories import VILLAGE
from yushui.sites.models import Agreement, Site
from yushui.sites.tests.test_sites import make_clerk

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = "main form[method=post]:has([name=name])"
SIGN = "main form[action*=sign-agreement]"
LINE = "main tr:has-text('清溪理发店')"
RIGHT = {"name": "清溪理发店", "point": "116.397,39.909"}
KEPT = {"area": VILLAGE, "address": "老街 12 号", "offer": "凭优待证八折", "link": "www.example.com/清溪"}


def add_shop(page: Page) -> None:
    """Wrong first: three problems told at once, and what was right still stands there."""
    page.click("main a.go:has-text('登记')")
    page.select_option("[name=kind]", label="拥军优惠门店")
    page.click("main button:has-text('下一步')")
    page.wait_for_selector(MAIN)
    page.select_option("[name=area]", KEPT["area"])
    for field, text in {**KEPT, "point": "清溪桥头"}.items():
        if field != "area":
            page.fill(f"[name={field}]", text)
    page.click("main button:has-text('保存')")
    page.wait_for_selector(".problems h2:has-text('共 3 处')")
    assert page.locator(".problems b").all_inner_texts() == ["名称", "坐标", "链接"]
    assert {field: page.input_value(f"[name={field}]") for field in KEPT} == KEPT
    assert page.input_value("[name=point]") == "清溪桥头"
    assert faults(page) == NO_FAULTS
    for field, text in {**RIGHT, "link": "https://www.example.com/"}.items():
        page.fill(f"[name={field}]", text)
    page.click("main button:has-text('保存')")
    page.wait_for_selector("text=已登记:清溪理发店")


def sign(page: Page, first: str, last: str, button: str) -> None:
    """Sign or renew."""
    page.fill(f"{SIGN} [name=starts_on]", first)
    page.fill(f"{SIGN} [name=last_day]", last)
    page.click(f"{SIGN} button:has-text('{button}')")


def test_shop_when_added_signed_expired_and_renewed(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2025-09-01")
    clerk = make_clerk()
    page = visit(clerk, "/sites/")
    add_shop(page)
    assert page.input_value(f"{SIGN} [name=offer]") == KEPT["offer"]
    sign(page, "2025-09-01", "2026-08-31", "登记协议")
    page.wait_for_selector("text=2025年9月1日 至 2026年8月31日")
    page.goto("/sites/")
    page.wait_for_selector(f"{LINE} >> text=在用")

    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-01")  # the first day not covered
    page = visit(clerk, "/sites/?state=EXPIRED", width=PHONE[0], height=PHONE[1])  # the old session is long over
    page.wait_for_selector(f"{LINE} >> text=协议已过期")
    assert faults(page) == NO_FAULTS
    page.click(f"{LINE} a")
    sign(page, "2026-09-01", "2026-08-30", "续签")
    page.wait_for_selector(".problems:has-text('有效期早于开始日期')")
    assert page.input_value("[name=checker]") == "周建平"  # the other form keeps what it offers
    assert faults(page) == NO_FAULTS
    look(page, *DESK)
    sign(page, "2026-09-01", "2028-08-31", "续签")
    page.wait_for_selector("li:has-text('2025年9月1日 至 2026年8月31日'):has-text('已续签')")
    assert faults(page) == NO_FAULTS
    page.goto("/sites/")
    page.wait_for_selector(f"{LINE}:has-text('2028年8月31日') >> text=在用")
    shop = Site.objects.get()
    assert (shop.name, shop.longitude, shop.evidence.count()) == ("清溪理发店", 116_397_000, 1)
    assert list(Agreement.objects.order_by("id").values_list("offer", flat=True)) == [KEPT["offer"]] * 2
