"""The administrator's users: added, changed, closed, never deleted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from yushui.accounts import selectors, services
from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need, need_area, need_to_act
from yushui.accounts.services import UserWords
from yushui.accounts.tests.factories import COUNTY, make_user
from yushui.accounts.types import RIGHTS, ROLE_NAMES, Role
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, tzinfo=UTC)
TOWN, OTHER = "990101001000", "990102000000"


def words(**changes: Any) -> UserWords:
    kept = {"full_name": "周明", "title": "优抚股", "unit_name": "县局", "area_code": TOWN, "roles": (Role.TOWN_CLERK,)}
    return UserWords(**{**kept, **changes})  # type: ignore[arg-type]


def add(actor: User, username: str = "zhouming", password: str = "Shiqiao-2026", **changes: Any) -> User:
    return services.add_user(actor=actor, username=username, password=password, words=words(**changes), at=AT)


def said(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.where for problem in refused.value.problems]


def test_add_user_when_right_can_sign_in_and_must_change_the_password(client: Client) -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    user = add(administrator)
    assert (user.roles, user.must_change_password) == (frozenset({Role.TOWN_CLERK}), True)
    client.post("/login/", {"username": "zhouming", "password": "Shiqiao-2026"})
    assert client.get("/")["Location"] == "/change-password/"
    entry = Entry.objects.get(action="accounts.user.added")
    assert (entry.actor_id, entry.subject, entry.area_code) == (administrator.pk, f"accounts.user:{user.pk}", TOWN)
    assert "Shiqiao-2026" not in entry.detail


def test_add_user_refuses_with_every_problem_at_once() -> None:
    administrator = make_user(Role.ADMINISTRATOR, username="zhouming")
    with pytest.raises(Refused) as refused:
        add(administrator, username="ZhouMing", password="12345", roles=(), area_code=OTHER)
    assert said(refused) == ["角色", "工作区域", "密码", "密码", "密码", "登录名"]


def test_add_user_refuses_when_not_an_administrator() -> None:
    with pytest.raises(Refused) as refused:
        add(make_user(Role.DESK_OFFICER))
    assert refused.value.problems[0].next_step == "请由系统管理员办理"


def test_change_user_when_role_and_post_change_logs_both_values() -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    user = add(administrator)
    services.change_user(
        actor=administrator, user_id=user.pk, words=words(title="复核岗", roles=(Role.REVIEWER,)), is_active=True, at=AT
    )
    assert User.objects.get(pk=user.pk).roles == frozenset({Role.REVIEWER})
    detail = json.loads(Entry.objects.get(action="accounts.user.changed").detail)
    assert detail == {
        "was": {"roles": ["TOWN_CLERK"], "title": "优抚股"},
        "now": {"roles": ["REVIEWER"], "title": "复核岗"},
    }


def test_change_user_when_nothing_changes_logs_nothing() -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    user = add(administrator)
    services.change_user(actor=administrator, user_id=user.pk, words=words(), is_active=True, at=AT)
    assert Entry.objects.filter(action="accounts.user.changed").count() == 0


def test_change_user_when_closed_can_do_nothing_any_more(client: Client) -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    user = add(administrator)
    client.force_login(user)
    services.change_user(actor=administrator, user_id=user.pk, words=words(), is_active=False, at=AT)
    assert client.get("/")["Location"] == "/login/?next=/"
    assert may(User.objects.get(pk=user.pk), "people.view") is False


def test_change_user_refuses_when_the_last_administrator_would_go() -> None:
    administrator = make_user(Role.ADMINISTRATOR, area=COUNTY)
    with pytest.raises(Refused) as refused:
        services.change_user(
            actor=administrator, user_id=administrator.pk, words=words(area_code=COUNTY), is_active=False, at=AT
        )
    assert [problem.what for problem in refused.value.problems] == ["这是最后一位系统管理员", "不能停用自己的账号"]


def test_users_of_another_area_do_not_exist_for_an_administrator() -> None:
    administrator = make_user(Role.ADMINISTRATOR, area=TOWN)
    stranger = make_user(Role.DESK_OFFICER, area=OTHER)
    assert list(selectors.list_users(actor=administrator)) == [administrator]
    with pytest.raises(NotFound):
        selectors.get_user(actor=administrator, user_id=stranger.pk)
    with pytest.raises(NotFound):
        services.reset_password(actor=administrator, user_id=stranger.pk, password="Shiqiao-2026", at=AT)


def test_list_users_when_narrowed() -> None:
    administrator = make_user(Role.ADMINISTRATOR, full_name="林晓燕")
    clerk = make_user(Role.TOWN_CLERK, area=TOWN, full_name="周明")
    closed = make_user(Role.REVIEWER, full_name="陈静")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert list(selectors.list_users(actor=administrator, words="周")) == [clerk]
    assert list(selectors.list_users(actor=administrator, role="TOWN_CLERK")) == [clerk]
    assert list(selectors.list_users(actor=administrator, active="no")) == [closed]
    assert list(selectors.list_users(actor=administrator, active="yes")) == [administrator, clerk]


def test_reset_password_when_given_must_be_changed_and_ends_old_sessions(client: Client) -> None:
    administrator, user = make_user(Role.ADMINISTRATOR), make_user(Role.AUDITOR)
    client.force_login(user)
    services.reset_password(actor=administrator, user_id=user.pk, password="Shiqiao-2026", at=AT)
    assert client.get("/audit/")["Location"] == "/login/?next=/audit/"
    user.refresh_from_db()
    assert (user.check_password("Shiqiao-2026"), user.must_change_password) == (True, True)


def test_a_user_cannot_be_deleted_not_even_by_sql() -> None:
    user = make_user(Role.LIAISON)
    with pytest.raises(DatabaseError, match="accounts_user is append-only"), transaction.atomic():
        User.objects.filter(pk=user.pk).delete()
    assert User.objects.filter(pk=user.pk).exists() is True


def test_pages_when_not_an_administrator_do_not_exist(client: Client) -> None:
    user = make_user(Role.DESK_OFFICER)
    client.force_login(user)
    paths = ("/users/", "/users/add-user/", f"/users/{user.pk}/change-user/")
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_pages_when_an_administrator_adds_and_changes(client: Client) -> None:
    client.force_login(make_user(Role.ADMINISTRATOR))
    sent = {
        "username": "zhouming", "password": "Shiqiao-2026", "full_name": "周明", "unit_name": "", "title": "",
        "area_code": "990101001", "roles": ["TOWN_CLERK", "LIAISON"],
    }  # fmt: skip
    assert client.post("/users/add-user/", sent)["Location"] == "/users/"
    user = User.objects.get(username="zhouming")
    assert (user.area_code, user.roles) == (TOWN, frozenset({Role.TOWN_CLERK, Role.LIAISON}))
    again = client.post("/users/add-user/", {**sent, "full_name": "另一人"})
    assert "登录名已有人使用" in again.content.decode()
    assert 'value="另一人"' in again.content.decode()
    address = f"/users/{user.pk}/change-user/"
    assert client.post(address, {**sent, "area_code": "1"}).content.decode().count("区划代码应为") == 1
    assert client.post(address, {**sent, "is_active": "on", "title": "组长"})["Location"] == "/users/"
    assert User.objects.get(username="zhouming").title == "组长"


def test_scope_when_a_neighbour_begins_with_the_same_digits() -> None:
    inside, outside = make_user(Role.LIAISON, area="990101001001"), make_user(Role.LIAISON, area="990101010000")
    clerk = make_user(Role.TOWN_CLERK, area=TOWN)
    assert set(in_scope(User.objects.all(), clerk, "area_code")) == {inside, clerk}
    need_area(clerk, "990101001001")
    with pytest.raises(NotFound):
        need_area(clerk, outside.area_code)
    with pytest.raises(NotFound):
        need_area(clerk, COUNTY)


def test_rights_when_asked() -> None:
    clerk = make_user(Role.TOWN_CLERK)
    assert (may(clerk, "people.change"), may(clerk, "payments.approve")) == (True, False)
    with pytest.raises(NotFound):
        need(clerk, "payments.view")
    with pytest.raises(Refused, match="请由审批办理"):
        need_to_act(clerk, "payments.approve", "审批")
    with pytest.raises(KeyError):
        may(clerk, "people.fly")


def test_every_right_has_a_holder_and_every_role_a_name() -> None:
    assert [right for right, holders in RIGHTS.items() if not holders] == []
    assert set(ROLE_NAMES) == set(Role)
