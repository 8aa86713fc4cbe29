"""Signing in and out: words, lockout, idle logout, the first password."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import PASSWORD, make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base import clock

pytestmark = pytest.mark.django_db


def try_password(client: Client, username: str, password: str) -> Any:
    return client.post("/login/", {"username": username, "password": password})


def test_login_when_right_leads_home_and_is_logged(client: Client) -> None:
    user = make_user(Role.DESK_OFFICER, username="lin")
    answer = try_password(client, "lin", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert list(Entry.objects.values_list("action", "actor_id")) == [("accounts.user.logged_in", user.pk)]


def test_login_when_next_is_outside_the_house_stays_inside(client: Client) -> None:
    make_user(Role.DESK_OFFICER, username="lin")
    answer = client.post("/login/", {"username": "lin", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_login_when_name_or_password_is_wrong_says_the_same(client: Client) -> None:
    make_user(Role.DESK_OFFICER, username="lin")
    pages = [try_password(client, name, "wrong-word-1").content.decode() for name in ("lin", "nobody")]
    assert ["登录名或密码不对" in page for page in pages] == [True, True]


def test_login_when_closed_account_is_not_told_apart(client: Client) -> None:
    User.objects.filter(pk=make_user(Role.DESK_OFFICER, username="lin").pk).update(is_active=False)
    assert "登录名或密码不对" in try_password(client, "lin", PASSWORD).content.decode()


def test_login_when_wrong_five_times_is_locked_even_with_the_right_password(client: Client) -> None:
    user = make_user(Role.DESK_OFFICER, username="lin")
    answers = [try_password(client, "lin", f"wrong-word-{n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    locked = try_password(client, "lin", PASSWORD)
    assert locked.status_code == 429
    assert "账号已锁定" in locked.content.decode()
    assert Entry.objects.filter(action="accounts.user.locked_out").values_list("subject", flat=True)[0] == (
        f"accounts.user:{user.pk}"
    )


def test_login_when_another_is_locked_is_open(client: Client) -> None:
    make_user(Role.DESK_OFFICER, username="lin")
    make_user(Role.REVIEWER, username="zhou")
    for n in range(5):
        try_password(client, "lin", f"wrong-word-{n}")
    assert try_password(client, "zhou", PASSWORD).status_code == 302


def test_lockout_when_nobody_has_the_name_keeps_no_name(client: Client) -> None:
    for n in range(5):
        try_password(client, "990101195005011234", f"wrong-word-{n}")
    entry = Entry.objects.get(action="accounts.user.locked_out")
    assert entry.subject == "accounts.user:0"
    assert "990101195005011234" not in entry.detail


def test_logout_when_posted_ends_the_session_and_is_logged(client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER))
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/")["Location"] == "/login/?next=/"
    assert Entry.objects.get().action == "accounts.user.logged_out"


def at_time(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_idle_logout_when_left_alone_for_more_than_thirty_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    client.force_login(make_user(Role.AUDITOR))
    at_time(monkeypatch, start)
    assert client.get("/audit/").status_code == 200
    at_time(monkeypatch, start + timedelta(minutes=31))
    answer = client.get("/audit/?who=x", follow=True)
    assert answer.redirect_chain == [("/login/?next=/audit/%3Fwho%3Dx", 302)]
    assert "离开超过 30 分钟" in answer.content.decode()


def test_idle_logout_when_working_all_the_time_never_comes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.now()
    client.force_login(make_user(Role.AUDITOR))
    for minutes in range(0, 121, 20):
        at_time(monkeypatch, start + timedelta(minutes=minutes))
        assert client.get("/audit/").status_code == 200


def test_idle_logout_when_only_a_progress_bar_asks_comes_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    client.force_login(make_user(Role.AUDITOR))
    at_time(monkeypatch, start)
    client.get("/audit/")
    for minutes in (10, 20, 30):
        at_time(monkeypatch, start + timedelta(minutes=minutes))
        client.get("/audit/", headers={"HX-Request": "true", "HX-Trigger": "job-5"})
    at_time(monkeypatch, start + timedelta(minutes=31))
    answer = client.get("/audit/", headers={"HX-Request": "true", "HX-Trigger": "job-5"})
    assert (answer["HX-Refresh"], answer.content) == ("true", b"")


def test_idle_logout_writes_the_session_at_most_once_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.now()
    client.force_login(make_user(Role.AUDITOR))
    seen = []
    for seconds in (0, 30, 59, 90):
        at_time(monkeypatch, start + timedelta(seconds=seconds))
        client.get("/audit/")
        seen.append(client.session["seen_at"] - int(start.timestamp()))
    assert seen == [0, 0, 0, 90]


def test_first_password_when_set_by_somebody_else_must_be_changed_first(client: Client) -> None:
    user = make_user(Role.AUDITOR)
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    client.force_login(user)
    assert client.get("/audit/")["Location"] == "/change-password/"
    answer = client.post("/change-password/", {"old": PASSWORD, "new": "Liuwan-2027-x", "again": "Liuwan-2027-x"})
    assert answer["Location"] == "/"
    assert client.get("/audit/").status_code == 200


@pytest.mark.parametrize(
    "old, new, again, said",
    [
        ("wrong-word-1", "Liuwan-2027-x", "Liuwan-2027-x", "现在的密码不对"),
        (PASSWORD, "short", "short", "太短,至少 10 位"),
        (PASSWORD, "739105482613", "739105482613", "<span>不能全是数字</span>"),
        (PASSWORD, "password1234", "password1234", "太常见,容易被猜到"),
        (PASSWORD, PASSWORD, PASSWORD, "和现在的密码一样"),
        (PASSWORD, "Liuwan-2027-x", "Liuwan-2027-y", "两次输入的不一样"),
        (PASSWORD, "linxiaoyan", "linxiaoyan", "与登录名或姓名太相近"),
    ],
)
def test_change_password_refuses_when_weak_or_wrong(old: str, new: str, again: str, said: str, client: Client) -> None:
    user = make_user(Role.AUDITOR, username="linxiaoyan1")
    client.force_login(user)
    page = client.post("/change-password/", {"old": old, "new": new, "again": again}).content.decode()
    user.refresh_from_db()
    assert said in page
    assert user.check_password(PASSWORD) is True


def test_change_password_when_strong_keeps_this_session_and_logs_no_password(client: Client) -> None:
    user = make_user(Role.AUDITOR)
    client.force_login(user)
    client.post("/change-password/", {"old": PASSWORD, "new": "Liuwan-2027-x", "again": "Liuwan-2027-x"})
    assert client.get("/").status_code == 200
    entry = Entry.objects.get(action="accounts.password.changed")
    assert entry.detail == "{}"
