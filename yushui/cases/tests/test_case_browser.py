"""Two ways through in a real Chromium: a petition over a long holiday, and a garrison's need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.cases.models import Case
from yushui.cases.tests.factories import clerk, desk, make_county
from yushui.people.tests.factories import COUNTY, OTHER_TOWN
from yushui.places.models import Post, Unit
from yushui.plans.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
Visitor = Callable[..., Page]


@pytest.fixture
def on(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`on("2026-09-28")`: from now on it is that day."""

    def turn(day: str) -> None:
        monkeypatch.setenv("YUSHUI_TODAY", day)

    turn("2026-09-28")
    make_county()
    return turn


def open_form(page: Page, words: str) -> Any:
    """A form of the case's page that stands folded, opened."""
    fold = page.locator("details", has=page.locator("summary", has_text=words))
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    return fold


def decide(page: Page, outcome: str, words: str = "", reply: str = "") -> None:
    """Choose an outcome and send."""
    form = page.locator("form[action$='decide-case/']")
    form.get_by_role("radio", name=outcome).check()
    if words:
        form.get_by_label("意见", exact=True).fill(words)
    if reply:
        form.locator("[name=reply]").fill(reply)
    form.get_by_role("button", name="办理", exact=True).click()
    page.wait_for_selector("text=已办理")


def is_clean(page: Page) -> None:
    """Free of faults at both sizes."""
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == NO_FAULTS


def test_a_petition_goes_from_visit_to_satisfaction_with_a_transfer_and_a_pause_over_the_holiday(
    visit: Visitor, on: Callable[[str], None]
) -> None:
    page = visit(desk(), "/cases/open-case/?kind=PETITION_VISIT", width=DESK[0], height=DESK[1])
    page.fill("[name=title]", "反映优待金没有收到")
    page.fill("[name=asker_name]", "王德胜")
    page.select_option("[name=area]", "990101002001")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/cases/*/")
    case = Case.objects.get()
    assert page.locator("text=时限 2026-10-13").count() == 1
    assert page.locator("svg.flow .is-now").count() > 0
    is_clean(page)

    form = open_form(page, "转办")
    form.locator("[name=office]").select_option(COUNTY)
    form.locator("[name=words]").fill("先由县里核对账户")
    form.get_by_role("button", name="转办").click()
    page.wait_for_selector("text=已转办")

    on("2026-09-29")
    page = visit(desk(), f"/cases/{case.pk}/", width=DESK[0], height=DESK[1])  # a session lasts a working day
    form = open_form(page, "暂停计时")
    form.get_by_role("button", name="暂停").click()  # the hurried clerk first, without a reason
    page.wait_for_selector("text=请选择暂停原因")
    form = open_form(page, "暂停计时")
    form.locator("[name=reason]").select_option("PAPERS")
    form.get_by_role("button", name="暂停").click()
    page.wait_for_selector("text=已暂停计时")

    on("2026-10-09")
    page = visit(desk(), f"/cases/{case.pk}/", width=DESK[0], height=DESK[1])
    page.get_by_role("button", name="恢复计时").click()
    page.wait_for_selector("text=时限 2026-10-23")  # ten days stood still
    decide(page, "予以受理")

    other = visit(clerk(OTHER_TOWN, full_name="孙丽"), f"/cases/{case.pk}/", width=DESK[0], height=DESK[1])
    other.wait_for_selector("text=办理:办理答复")
    form = other.locator("form[action$='decide-case/']")
    form.get_by_label("办结", exact=True).check()
    form.get_by_role("button", name="办理", exact=True).click()
    other.wait_for_selector("text=办结前要答复申请人")
    decide(other, "办结", "账号有误,已更正补发", "优待金已于十月九日补发到账")
    form = open_form(other, "满意度")
    form.get_by_label("满意", exact=True).check()
    form.get_by_role("button", name="登记评价").click()
    other.wait_for_selector("text=已登记满意度")
    is_clean(other)
    case.refresh_from_db()
    assert (case.result, case.rating) == ("SETTLED", 3)


def test_a_garrisons_need_goes_from_ask_to_rating(visit: Visitor, on: Callable[[str], None]) -> None:
    garrison = Unit.objects.create(name="驻云川某部", kind="GARRISON", area_id=COUNTY)
    roads = Unit.objects.create(name="县交通运输局", kind="MEMBER", area_id=COUNTY)
    page = visit(desk(), "/cases/open-case/?kind=GARRISON_NEED", width=DESK[0], height=DESK[1])
    page.select_option("[name=unit]", str(garrison.pk))
    page.fill("[name=title]", "61234 部队训练场道路")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_selector("text=涉密信息不得录入")
    page.fill("[name=title]", "训练场进场道路硬化")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/cases/*/")
    case = Case.objects.get()
    decide(page, "列入需求清单")
    form = page.locator("form[action$='assign-need/']")
    form.locator("[name=unit]").select_option(str(roads.pk))
    form.locator("[name=due_on]").fill("2026-11-20")
    form.get_by_role("button", name="下达").click()
    page.wait_for_selector("text=已定责任单位")
    decide(page, "责任单位和时限已明确", "由交通局办理")

    member = make_user(Role.MEMBER_UNIT, full_name="高敏")
    Post.objects.create(unit=roads, title="联络员", holder_name="高敏", user_id=member.pk, starts_on="2024-01-01")
    task = Task.objects.get(source=f"cases.case:{case.pk}")
    other = visit(member, f"/tasks/{task.pk}/", width=DESK[0], height=DESK[1])
    other.fill("[name=words]", "道路已通车")
    other.get_by_role("button", name="报办结").click()
    other.wait_for_selector("text=已报办结")

    page.goto(f"/cases/{case.pk}/")
    assert page.locator("text=已报办结").count() == 1
    decide(page, "已办成", "已通车", "道路已硬化,请验收")
    form = open_form(page, "满意度")
    form.get_by_label("满意", exact=True).check()
    form.get_by_role("button", name="登记评价").click()
    page.wait_for_selector("text=已登记满意度")
    page.goto("/cases/needs/")
    row = page.locator("tr", has_text="训练场进场道路硬化")
    assert "县交通运输局" in row.inner_text()
    assert "满意" in row.inner_text()
    is_clean(page)
