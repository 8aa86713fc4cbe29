"""Help in hardship (困难帮扶) in a real Chromium: a town asks, the approver grants, the care fund pays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.cases.models import Case
from yushui.cases.tests.factories import approver, clerk, desk, make_county
from yushui.funds.models import Entry
from yushui.funds.tests.money import make_care
from yushui.people.tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def is_clean(page: Page) -> None:
    """Free of faults at both sizes."""
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == NO_FAULTS, page.url


def send(page: Page) -> None:
    page.get_by_role("button", name="办理", exact=True).click()


def open_help(page: Page) -> None:
    """A clerk in a hurry first, then with the person out of the register."""
    page.get_by_label("详细情况").fill("住院两次,自付三万余元")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_selector("text=请写一句话说明是什么事")
    page.wait_for_selector("text=请从名册选人,或写申请人姓名")
    assert page.get_by_label("详细情况").input_value() == "住院两次,自付三万余元"
    is_clean(page)
    page.get_by_label("事项").fill("患重病,家庭困难")
    page.get_by_label("从名册里找").fill("陈大山")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("radio", name="陈大山").check()
    page.get_by_label("事由").select_option(label="致残、患重病")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/cases/*/")


def open_help_again(page: Page) -> None:
    """The same person for the same cause: refused, with the way to the earlier help."""
    page.get_by_label("事项").fill("又来求助")
    page.get_by_label("从名册里找").fill("陈大山")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("radio", name="陈大山").check()
    page.get_by_label("事由").select_option(label="致残、患重病")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_selector("text=同一事由不重复困难帮扶:致残、患重病已于 2026-09-07 办结")
    is_clean(page)
    page.get_by_role("link", name="看 990101-2026-00001").click()
    page.wait_for_selector("text=帮扶已兑现")


def propose(page: Page) -> None:
    """The town's inquiry; without its papers nothing goes up."""
    page.get_by_role("radio", name="符合条件").check()
    send(page)
    page.wait_for_selector("text=还缺材料:申请表、困难情况证明")
    page.get_by_label("申请表").check()
    page.get_by_label("困难情况证明").check()
    page.get_by_label("意见", exact=True).fill("入户核实,情况属实")
    send(page)
    page.wait_for_selector("text=已办理")


def pay(page: Page, amount: str) -> None:
    """Help in money out of the care fund."""
    form = page.locator("form[action$='aid-case/']")
    form.get_by_label("资金", exact=True).check()
    form.get_by_label("金额").fill(amount)
    form.get_by_label("从哪笔资金付").select_option(label="退役军人关爱基金(余 2,600.00 元)")
    form.get_by_role("button", name="登记").click()


def test_help_in_hardship_is_granted_and_paid_from_the_care_fund(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-07")
    make_county()
    fund, _ = make_care(money_in="2600")
    make_person(name="陈大山")

    town = visit(clerk(), "/cases/open-case/?kind=HARDSHIP_HELP")
    open_help(town)
    address = town.url
    assert town.get_by_text("登记帮扶").count() == 0  # nothing is granted yet
    propose(town)

    boss = visit(approver(), "/cases/")
    boss.get_by_role("link", name="患重病,家庭困难").click()
    boss.get_by_role("radio", name="同意帮扶").check()
    send(boss)
    boss.wait_for_selector("text=已办理")

    office = visit(desk(), address)
    pay(office, "3000")
    office.wait_for_selector("text=余额不足:退役军人关爱基金")
    office.wait_for_selector("text=还差 400.00 元")
    assert office.get_by_label("金额").input_value() == "3000"
    is_clean(office)
    assert Entry.objects.filter(side="OUT").count() == 0
    pay(office, "1500")
    office.wait_for_selector("text=已登记帮扶")
    aid = office.locator("section", has=office.get_by_role("heading", name="帮扶", exact=True))
    assert "资金 1,500.00 元" in aid.inner_text()
    assert "退役军人关爱基金" in aid.inner_text()
    office.get_by_role("radio", name="帮扶已兑现").check()
    office.locator("form[action$='decide-case/'] [name=reply]").fill("帮扶金一千五百元已发给本人")
    send(office)
    office.wait_for_selector("text=已办理")
    is_clean(office)
    assert Case.objects.get().result == "SETTLED"

    office.goto(f"/funds/{fund.pk}/")
    row = office.locator("tr", has_text="困难帮扶")
    assert row.locator("[data-label=支出]").inner_text() == "1,500.00"
    assert row.locator("[data-label=余额]").inner_text() == "1,100.00"
    assert "1,100.00" in office.locator("section.sum .is").inner_text()
    row.locator("a.row").click()
    office.wait_for_selector("dt:text-is('审核') + dd:text-is('罗文华')")
    office.wait_for_selector("dt:text-is('收款方') + dd:text-is('陈大山')")
    town.goto("/cases/open-case/?kind=HARDSHIP_HELP")
    open_help_again(town)
