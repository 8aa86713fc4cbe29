"""A joint meeting from notice to finished tasks, in a real Chromium as the county's officer and a member unit do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.activities.models import Activity
from yushui.places.models import Unit
from yushui.plans.models import Meeting, Task
from yushui.plans.tests.factories import desk, member_of

pytestmark = pytest.mark.django_db(transaction=True)


def look(page: Page) -> list[dict[str, list[str] | int]]:
    """What is wrong with the page on a desk and on a phone; two clean answers when nothing is."""
    found = []
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        found.append(faults(page))
    return found


def test_a_joint_meeting_from_notice_to_finished_tasks(visit: Callable[..., Page], units: dict[str, Unit]) -> None:
    clean: list[Any] = [NO_FAULTS, NO_FAULTS]
    page = visit(desk(), "/meetings/")
    page.click("main >> text=安排会议 >> nth=0")
    page.click("main >> text=军地联席会议")
    page.fill("[name=on]", "2026-07-09")
    page.fill("[name=agenda]", "研究八一活动\n协调训练场道路")
    assert page.is_checked(f"[name=units][value='{units['中队'].pk}']")  # garrisons are asked by themselves
    page.click("summary:has-text('成员单位')")
    page.check(f"[name=units][value='{units['交通局'].pk}']")
    assert look(page) == clean
    page.click("main button.go")
    expect(page.locator("h1")).to_contain_text("军地联席会议")
    assert look(page) == clean
    page.click("a:has-text('登记召开')")
    guest = Meeting.objects.get().invitees.get(unit=units["中队"])
    page.select_option(f"[name=p_{guest.pk}]", "DEPUTY")
    page.fill(f"[name=c_{guest.pk}]", "王某")
    page.fill("[name=minutes]", "会议研究了八一活动和训练场道路。")
    assert look(page) == clean
    page.click("main button.go")
    expect(page.locator("main")).to_contain_text("派人代会(1)")
    for text, unit in (("修好训练场道路", "交通局"), ("组织八一座谈会", "办公室")):
        page.fill("[name=text]", text)
        page.select_option("[name=owner]", str(units[unit].pk))
        page.fill("[name=due_on]", "2026-07-31")
        page.click("text=记下并下达任务")
        expect(page.locator("table")).to_contain_text(text)
    assert look(page) == clean
    assert Activity.objects.get().kind_id == "JOINT_MEETING"
    worker = visit(member_of(units["交通局"]), "/tasks/?whose=wait")
    worker.click("text=修好训练场道路")
    worker.fill("[name=words]", "道路已通车")
    worker.click("button:has-text('报办结')")
    expect(worker.locator("main")).to_contain_text("已报办结")
    for task in Task.objects.order_by("pk"):
        page.goto(f"/tasks/{task.pk}/")
        page.check("[name=score][value='5']")
        page.click("[value=ACCEPTED]")
        expect(page.locator("main")).to_contain_text("5 分")
    page.goto(f"/meetings/{Meeting.objects.get().pk}/")
    expect(page.locator("main")).to_contain_text("已办结 2 / 2")
    assert look(page) == clean
