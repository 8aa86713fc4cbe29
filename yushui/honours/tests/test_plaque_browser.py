"""A plaque (光荣牌) in a real Chromium: hung, moved with its family to another village, never hung twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults, look
from yushui.honours.models import Plaque
from yushui.honours.tests.factories import make_clerk, make_home
from yushui.people.tests.factories import OTHER_VILLAGE, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def hang(page: Page) -> None:
    """From the page of the person's honours."""
    page.click("main a:has-text('登记悬挂')")
    page.fill("[name=on]", "2026-07-28")
    page.fill("[name=number]", "云光 0012")
    page.click("main button:has-text('登记')")
    page.wait_for_selector("text=已登记光荣牌")


def move(page: Page) -> None:
    """With the family; first without the village, and what was typed stays."""
    page.select_option("[name=act]", label="随户迁移")
    page.fill("[name=on]", "2026-08-20")
    page.fill("[name=reason]", "搬到儿子家")
    page.fill("[name=address]", "五组 1 号")
    page.click("main button:has-text('登记')")
    page.wait_for_selector(".problems:has-text('请选择迁入的村(社区)')")
    assert [page.input_value(f"[name={name}]") for name in ("act", "on", "reason", "address")] == [
        "MOVED", "2026-08-20", "搬到儿子家", "五组 1 号",
    ]  # fmt: skip
    assert faults(page) == NO_FAULTS
    page.select_option("[name=area]", OTHER_VILLAGE)
    page.click("main button:has-text('登记')")
    page.wait_for_selector("li:has-text('随户迁移')")


def test_plaque_when_its_family_moves_and_when_a_second_is_tried(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-01")
    clerk, head = make_clerk(), make_home()
    wife = make_person(name="李秀英", sex="F", household=head.household, relation_to_head="妻子")
    page = visit(clerk, f"/people/{head.pk}/honours/")
    hang(page)
    plaque = page.url
    move(page)
    for what, village in (("新发", "北洲村"), ("随户迁移", "柳湾村")):
        page.wait_for_selector(f"section:has(h2:text-is('经过')) li:has-text('{what}'):has-text('{village}')")
    look(page, *PHONE)
    assert faults(page) == NO_FAULTS

    page.goto(f"/plaques/?area={OTHER_VILLAGE}")
    page.click("main tr:has-text('陈大山') a")
    page.wait_for_url(plaque)
    page.goto(f"/people/{wife.pk}/hang-plaque/")
    page.wait_for_selector("main:has-text('这一户已经有光荣牌'):has-text('随户迁移')")
    assert page.locator("main form").count() == 0
    page.click("main a:has-text('打开这块牌')")
    page.wait_for_url(plaque)
    page.go_back()
    assert faults(page) == NO_FAULTS
    look(page, *DESK)
    assert faults(page) == NO_FAULTS
    kept = Plaque.objects.get()
    assert (kept.state, kept.number, kept.household.area_id) == ("HUNG", "云光 0012", OTHER_VILLAGE)
