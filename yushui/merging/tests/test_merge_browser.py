"""A double is found, compared, asked for, confirmed and taken back in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import serious, troubles
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.benefits.tests.factories import make_law
from yushui.merging.tests.factories import pair
from yushui.people.models import Person


@pytest.mark.django_db(transaction=True)
def test_two_officers_make_one_entry_of_two_and_take_it_back(visit: Callable[..., Page]) -> None:
    make_law()
    desk = make_user(Role.DESK_OFFICER, username="desk", full_name="林晓燕")
    boss = make_user(Role.APPROVER, username="approve", full_name="罗文华")
    kept, dropped = pair(address="柳湾村 8 号")
    page = visit(desk, f"/people/{kept.pk}/")
    page.get_by_role("link", name="并档", exact=True).click()
    page.wait_for_url(re.compile("/double/$"))
    assert serious(page) == []
    page.get_by_role("link", name="并排核对").click()
    page.wait_for_url(re.compile("/merge/"))
    assert serious(page) == []
    page.check("input[name=fact-account][value=dropped]")
    page.fill("input[name=reason] >> nth=0", "有")
    page.get_by_role("button", name="提出并档").click()
    page.wait_for_selector("section.problems")
    assert page.is_checked("input[name=fact-account][value=dropped]")
    page.fill("input[name=reason] >> nth=0", "身份证号抄错,与户口簿核对")
    page.get_by_role("button", name="提出并档").click()
    page.wait_for_url(re.compile(r"/merges/\d+/$"))
    assert "等另一位复核或审批人员确认" in page.inner_text("main")
    assert troubles(page) == []
    other = visit(boss, page.url, width=390, height=844)
    assert serious(other) == []
    other.get_by_role("button", name="确认并档").click()
    other.wait_for_selector("text=已并档")
    assert Person.every.get(pk=dropped.pk).merged_into_id == kept.pk
    other.get_by_text("拆回", exact=True).first.click()
    other.fill("input[name=reason]", "认错了人")
    other.get_by_role("button", name="拆回", exact=True).click()
    other.wait_for_selector("text=两份档案恢复原样")
    assert Person.objects.count() == 2
    assert troubles(other) == []
