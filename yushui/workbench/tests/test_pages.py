"""The shell, home and style page in a real browser: axe finds nothing serious, nothing comes from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.people.tests.factories import make_areas, make_person, make_status

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
Visit = Callable[..., Page]


@SIZES
def test_home_when_signed_in_is_free_of_faults(size: tuple[int, int], visit: Visit) -> None:
    make_areas()
    make_status(make_person(name="陈大山"), campaign="VIETNAM")
    page = visit(make_user(Role.DESK_OFFICER, full_name="林晓燕"), "/", width=size[0], height=size[1])
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
    assert faults(page) == NO_FAULTS


@SIZES
@pytest.mark.parametrize(
    "path", ["/style/", "/users/", "/users/add-user/", "/audit/", "/change-password/", "/nowhere/"]
)
def test_page_when_opened_by_the_administrator_is_free_of_faults(
    path: str, size: tuple[int, int], visit: Visit
) -> None:
    page = visit(make_user(Role.ADMINISTRATOR), path, width=size[0], height=size[1])
    assert faults(page) == NO_FAULTS


@SIZES
def test_login_when_wrong_says_so_and_is_free_of_faults(size: tuple[int, int], new_page: Callable[..., Page]) -> None:
    page = new_page(width=size[0], height=size[1])
    page.goto("/login/")
    assert faults(page) == NO_FAULTS
    page.fill("input[name=username]", "nobody")
    page.fill("input[name=password]", "wrong-word-1")
    page.click("button.go")
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不对")
    assert faults(page) == NO_FAULTS


def test_policy_when_a_page_tries_inline_style_is_enforced_and_seen(visit: Visit) -> None:
    """The watch itself must be able to fail: an inline style is refused by the browser and counted as a trouble."""
    page = visit(make_user(Role.ADMINISTRATOR), "/style/")
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    page.wait_for_timeout(200)
    found = faults(page)["troubles"]
    assert isinstance(found, list)
    assert len(found) == 1
    assert "Content Security Policy" in found[0]


def test_keyboard_when_working_without_a_mouse(visit: Visit) -> None:
    make_areas()
    make_person(name="陈大山")
    make_person(name="陈大海")
    page = visit(make_user(Role.DESK_OFFICER), "/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("陈大")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    page.locator("a.row").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.row").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/")


def test_row_when_clicked_anywhere_opens_it(visit: Visit) -> None:
    make_user(Role.AUDITOR, username="somebody")
    page = visit(make_user(Role.ADMINISTRATOR), "/users/?words=somebody")
    page.locator("tbody tr td").nth(1).click()
    page.wait_for_url("**/change-user/")


def test_menu_when_on_a_phone_folds_and_closes_with_escape(visit: Visit) -> None:
    page = visit(make_user(Role.DESK_OFFICER), "/", width=PHONE[0], height=PHONE[1])
    people = page.get_by_role("link", name="人员名册")
    expect(people).to_be_hidden()
    page.get_by_text("菜单", exact=True).click()
    expect(people).to_be_visible()
    assert faults(page) == NO_FAULTS
    page.keyboard.press("Escape")
    expect(people).to_be_hidden()
    page.get_by_text("菜单", exact=True).click()
    people.click()
    page.wait_for_url("**/people/")


def test_sign_out_when_chosen_closes_everything(visit: Visit, live_server: Any) -> None:
    page = visit(make_user(Role.AUDITOR), "/audit/")
    page.locator(".who summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/")
    page.goto("/audit/")
    assert page.url == f"{live_server.url}/login/?next=/audit/"


def test_form_when_sent_twice_in_haste_is_sent_once(visit: Visit) -> None:
    page = visit(make_user(Role.ADMINISTRATOR), "/change-password/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.fill("input[name=old]", "x")
    page.fill("input[name=new]", "Liuwan-2027-x")
    page.fill("input[name=again]", "Liuwan-2027-x")
    page.evaluate("() => { const b = document.querySelector('main button.go'); b.click(); b.click(); }")
    expect(page.get_by_role("alert")).to_contain_text("现在的密码不对")
    assert len(sent) == 1


def test_style_page_when_printed_shows_no_shell(visit: Visit) -> None:
    page = visit(make_user(Role.ADMINISTRATOR), "/style/")
    page.emulate_media(media="print")
    hidden = [page.locator(part).first.is_visible() for part in (".side", ".top", ".acts", ".filters", ".pager")]
    assert hidden == [False] * 5
    expect(page.locator(".sheet")).to_be_visible()
