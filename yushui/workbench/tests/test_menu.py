"""The menu: what it shows may be opened, and what may not be opened it does not show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import RIGHTS, Role
from yushui.people.tests.factories import make_areas
from yushui.policy.services import load_law
from yushui.workbench.addresses import address_of
from yushui.workbench.menu import GROUPS, groups_for

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"show-style"}  # holds nothing of anybody; only kept out of most menus
ENTRIES = [entry for _, entries in GROUPS for entry in entries]


def labels(*roles: Role) -> list[str]:
    groups = groups_for(make_user(*roles), "/", "", "home")
    return [line.label for group in groups for line in group.lines]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.label)
def test_every_entry_has_a_page_and_a_known_right(entry: object) -> None:
    assert address_of(entry.name) != ""  # type: ignore[attr-defined]
    assert entry.right == "" or entry.right in RIGHTS  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", list(Role))
def test_every_line_shown_to_a_role_opens(role: Role, client: Client) -> None:
    make_areas()
    load_law(actor=None, at=datetime(2026, 11, 22, tzinfo=UTC))  # a house is never opened without its law
    user = make_user(role)
    client.force_login(user)
    lines = [line for group in groups_for(user, "/", "", "home") for line in group.lines]
    answers = {line.label: client.get(line.url).status_code for line in lines}
    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize("role", list(Role))
def test_every_line_hidden_from_a_role_is_closed(role: Role, client: Client) -> None:
    make_areas()
    user = make_user(role)
    client.force_login(user)
    shown = {line.label for group in groups_for(user, "/", "", "home") for line in group.lines}
    hidden = [e for e in ENTRIES if e.label not in shown and not e.query and e.name not in OPEN_TO_ALL]
    answers = {entry.label: client.get(address_of(entry.name)).status_code for entry in hidden}
    assert answers == dict.fromkeys(answers, 404)


def test_menu_when_administrator_holds_no_personal_lists() -> None:
    assert labels(Role.ADMINISTRATOR) == [
        "工作台", "标准与政策", "领导小组", "单位与职务", "制度与文件", "用户", "操作记录", "界面样式",
    ]  # fmt: skip


def test_menu_when_two_roles_shows_both() -> None:
    both = set(labels(Role.REVIEWER, Role.AUDITOR))
    assert both == set(labels(Role.REVIEWER)) | set(labels(Role.AUDITOR))


@pytest.mark.parametrize(
    "path, query, name, label",
    [
        ("/", "", "home", "工作台"),
        ("/people/", "", "list-people", "人员名册"),
        ("/people/5/", "", "show-person", "人员名册"),
        ("/people/", "confirm=missing", "list-people", "年度确认"),
        ("/batches/7/", "", "show-batch", "每月发放"),
        ("/campaigns/7/", "", "show-campaign", "走访慰问"),
    ],
)
def test_menu_lights_the_line_of_the_page(path: str, query: str, name: str, label: str) -> None:
    groups = groups_for(make_user(Role.DESK_OFFICER), path, query, name)
    assert [line.label for group in groups for line in group.lines if line.is_open] == [label]


def test_menu_when_long_folds_all_but_what_was_left_open_and_the_page_shown() -> None:
    groups = groups_for(make_user(Role.DESK_OFFICER), "/groups/", "", "list-groups", {"list-failed": 3}, unfolded="1")
    assert [group.title for group in groups if group.is_unfolded] == ["", "人员", "组织"]
    assert {group.title: group.badge for group in groups}["待遇"] == 3


def test_menu_when_short_is_never_folded() -> None:
    assert all(group.is_unfolded for group in groups_for(make_user(Role.ADMINISTRATOR), "/", "", "home"))


def test_menu_when_the_cookie_is_spoilt_shows_what_it_can(client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER))
    client.cookies["menu"] = '1."><b>.99999.4'
    page = client.get("/").content.decode()
    assert 'data-unfolded="1.4"' in page


def test_pages_name_area_day_and_person(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-11-22")
    make_areas()
    client.force_login(make_user(Role.DESK_OFFICER, full_name="林晓燕"))
    page = client.get("/").content.decode()
    words = ("云川县", "2026年11月22日 星期日 农历十月十四 小雪", "林晓燕", "县局经办")
    assert [word in page for word in words] == [True] * 4
