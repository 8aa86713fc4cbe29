"""A clerk applies for help out of the care fund, wrong input first; another reviews; the money goes out and is on the
ledger. In a real Chromium, at the office and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.funds.models import Entry
from yushui.funds.tests.money import make_care, make_desk, make_reviewer, make_town
from yushui.people.tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def check_both_sizes(page: Page) -> None:
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == NO_FAULTS, page.url


def test_help_from_application_to_ledger(visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-20")
    fund, _ = make_care(money_in="2600")
    make_person(name="陈大山")

    clerk = visit(make_town(), "/care/ask-care/")
    clerk.fill("main input[name=name]", "陈")
    clerk.press("main input[name=name]", "Enter")
    clerk.get_by_role("link", name="为此人申请").click()
    clerk.fill("input[name=amount]", "八千")
    clerk.fill("textarea[name=words]", "住院手术,自付三万余元")
    clerk.get_by_role("button", name="提交申请").click()
    clerk.get_by_text("没有选救助原因").wait_for()
    clerk.get_by_text("金额应为数字").wait_for()
    assert clerk.input_value("textarea[name=words]") == "住院手术,自付三万余元"
    clerk.select_option("select[name=cause]", "ILLNESS")
    clerk.fill("input[name=amount]", "3000")
    check_both_sizes(clerk)
    clerk.get_by_role("button", name="提交申请").click()
    clerk.get_by_text("待审核").first.wait_for()
    address = clerk.url

    reviewer = visit(make_reviewer(), "/funds/")
    reviewer.get_by_role("link", name="关爱基金申请待审核").click()
    reviewer.get_by_role("link", name="陈大山").click()
    reviewer.fill("input[name=amount]", "2500")
    check_both_sizes(reviewer)
    reviewer.get_by_role("button", name="同意资助").click()
    reviewer.get_by_text("待发放").first.wait_for()

    desk = visit(make_desk(), address)
    desk.get_by_role("button", name="登记发放").click()
    desk.get_by_text("已发放").first.wait_for()
    desk.goto(f"/funds/{fund.pk}/")
    desk.get_by_role("cell", name="2,500.00").wait_for()
    check_both_sizes(desk)
    assert Entry.objects.get(side="OUT").fen == -250_000
