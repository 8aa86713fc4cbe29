"""A leaver's people are handed over in one action, split by village, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from tests.browser import serious, troubles
from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.people.models import ResponsibleContact
from yushui.people.tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, make_person, make_status


@pytest.mark.django_db(transaction=True)
def test_a_clerk_hands_a_leavers_people_over_by_village(visit: Callable[..., Page]) -> None:
    clerk = make_user(Role.TOWN_CLERK, area=TOWN, username="clerk", full_name="周建平")
    leaver = make_user(Role.TOWN_CLERK, area=TOWN, username="leaver", full_name="老周")
    heir = make_user(Role.LIAISON, area=OTHER_VILLAGE, username="heir", full_name="何静")
    for number in range(5):
        person = make_person(name=f"人{number}", area=VILLAGE if number < 3 else OTHER_VILLAGE)
        make_status(person)
        ResponsibleContact.objects.create(
            person=person, user_id=leaver.pk, user_name="老周", starts_on=date(2024, 1, 1)
        )
    User.objects.filter(pk=leaver.pk).update(is_active=False)
    page = visit(clerk, "/contacts/")
    assert "已离岗" in page.inner_text("main")
    page.get_by_role("link", name="移交", exact=True).first.click()
    page.wait_for_url(re.compile("hand-over-contacts"))
    assert serious(page) == []
    page.get_by_role("button", name="移交", exact=True).click()
    page.wait_for_selector("section.problems")
    assert "还没有选接手的人" in page.inner_text("section.problems")
    page.select_option("select[name=all]", value=str(clerk.pk))
    page.select_option(f"select[name=to-{OTHER_VILLAGE}]", value=str(heir.pk))
    page.get_by_role("button", name="移交", exact=True).click()
    page.wait_for_url(re.compile("/contacts/$"))
    assert "已移交 5 人" in page.inner_text("main")
    now = ResponsibleContact.objects.filter(ends_on=None).order_by("person_id")
    assert [row.user_name for row in now] == ["周建平"] * 3 + ["何静"] * 2
    assert ResponsibleContact.objects.filter(user_id=leaver.pk, ends_on=None).count() == 0
    assert ResponsibleContact.objects.filter(user_id=leaver.pk).count() == 5
    assert troubles(page) == []
