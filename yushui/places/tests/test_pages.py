"""Pages of units, groups and stations: what is shown to whom, forms that keep what was typed, files that open."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.places import services
from yushui.places.models import GroupMember, Post, PostChange, Unit
from yushui.places.tests.areas import OTHER_TOWN, TOWN, VILLAGE
from yushui.places.tests.factories import AT, make_clerk, make_desk, make_group, make_post, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-11-27")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_town_clerk_adds_a_unit_wrong_first_then_right() -> None:
    client = browser(make_clerk())
    typed = {
        "name": "32145部队",
        "kind": "GARRISON",
        "area": VILLAGE,
        "phone": "12000000009",
        "starts_on": "2021-02-30",
    }
    answer = client.post("/units/add-unit/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "涉密信息不得录入" in page
    assert "日期不对" in page
    assert 'value="12000000009"' in page
    typed |= {"name": "驻北洲某部", "starts_on": "2021-02-28"}
    answer = client.post("/units/add-unit/", typed, follow=True)
    assert "已登记:驻北洲某部" in answer.content.decode()
    assert Unit.objects.get().area_id == VILLAGE


def test_units_of_other_towns_do_not_exist_for_a_clerk() -> None:
    unit, group = make_unit("汊河镇学校", "SCHOOL", OTHER_TOWN), make_group("汊河镇双拥小组", OTHER_TOWN)
    post = make_post(unit, "联络员", "李强")
    client = browser(make_clerk())
    gets = (f"/units/{unit.pk}/", f"/units/{unit.pk}/change-unit/", f"/groups/{group.pk}/",
            f"/groups/{group.pk}/appointment/", f"/groups/transfer-posts/?group={group.pk}")  # fmt: skip
    assert {client.get(address).status_code for address in gets} == {404}
    posts = (f"/posts/{post.pk}/end-post/", f"/units/{unit.pk}/appoint-post/", f"/groups/{group.pk}/add-members/",
             f"/units/{unit.pk}/state-station/", f"/posts/{post.pk}/link-post/")  # fmt: skip
    assert {client.post(address, {"unit": unit.pk}).status_code for address in posts} == {404}


def test_the_page_of_a_unit_gives_and_ends_posts_and_keeps_what_was_typed() -> None:
    unit = make_unit("石桥镇拥军志愿服务队", "VOLUNTEERS", TOWN)
    client = browser(make_clerk())
    typed = {"title": "志愿者", "holder_name": "陈明、李强", "starts_on": "去年"}
    answer = client.post(f"/units/{unit.pk}/appoint-post/", typed)
    assert answer.status_code == 422
    assert 'value="陈明、李强"' in answer.content.decode()
    answer = client.post(f"/units/{unit.pk}/appoint-post/", {**typed, "starts_on": "2026-01-01"}, follow=True)
    assert "陈明、李强任志愿者" in answer.content.decode()
    post = Post.objects.get(holder_name="陈明")
    answer = client.post(f"/posts/{post.pk}/end-post/", {"on": "2026-01-01", "reason": ""})
    assert answer.status_code == 422
    assert "请写明卸任的原因" in answer.content.decode()
    client.post(f"/posts/{post.pk}/end-post/", {"on": "2026-09-01", "reason": "外出务工"})
    page = client.get(f"/units/{unit.pk}/").content.decode()
    assert "曾任 1 人" in page
    assert "外出务工" in page


def test_the_form_of_a_unit_that_somebody_else_changed_tells_it_and_keeps_the_words() -> None:
    unit = make_unit("石桥镇中心小学", "SCHOOL", TOWN)
    client = browser(make_clerk())
    typed = {"name": "石桥镇中心小学", "kind": "SCHOOL", "area": TOWN, "phone": "12000000001", "revision": "1"}
    assert client.post(f"/units/{unit.pk}/change-unit/", typed).status_code == 302
    answer = client.post(f"/units/{unit.pk}/change-unit/", {**typed, "phone": "12000000002"})
    assert answer.status_code == 422
    assert "刚被别人改过" in answer.content.decode()
    assert 'value="12000000002"' in answer.content.decode()


def test_member_units_are_chosen_together_and_stay_chosen_when_the_day_is_wrong() -> None:
    group, unit = make_group(), make_unit("县教育局")
    client = browser(make_desk())
    answer = client.post(f"/groups/{group.pk}/add-members/", {"unit": [unit.pk], "on": "昨天"})
    assert answer.status_code == 422
    assert f'value="{unit.pk}" checked' in answer.content.decode()
    answer = client.post(f"/groups/{group.pk}/add-members/", {"on": "2026-01-01"})
    assert "请选择单位" in answer.content.decode()
    client.post(f"/groups/{group.pk}/add-members/", {"unit": [unit.pk], "on": "2026-01-01"})
    assert GroupMember.objects.get().unit == unit


def test_a_group_is_shown_as_of_any_day() -> None:
    group = make_group()
    post = make_post(group, "组长", "周明", "县委书记")
    services.end_post(actor=make_desk(), post_id=post.pk, ends_on="2025-01-01", reason="调离", at=AT)
    make_post(group, "组长", "何静", "县委书记", since="2025-01-01")
    client = browser(make_user(Role.AUDITOR))

    def chief(day: str) -> list[str]:
        page = client.get(f"/groups/{group.pk}/?on={day}").content.decode()
        return [name for name in ("周明", "何静") if name in page]

    assert (chief("2024-12-31"), chief("2025-01-01"), chief("nonsense")) == (["周明"], ["何静"], ["何静"])
    assert "周明" in client.get("/groups/?on=2023-01-01").content.decode()


def test_a_refused_change_keeps_who_was_ticked_and_who_was_not() -> None:
    group, other = make_group(), make_group("石桥镇双拥工作领导小组", TOWN)
    stays = make_post(group, "成员", "周明", "石桥镇党委书记")
    goes = make_post(other, "组长", "周明", "石桥镇党委书记")
    client = browser(make_desk())
    page = client.get("/groups/transfer-posts/?name=周明").content.decode()
    assert page.count(" checked") == 2
    typed = {
        "name": "周明", "post": [stays.pk, goes.pk], "leave": [goes.pk], "on": "2026-11-01", "client_key": "one-form",
        f"to_name-{goes.pk}": "何静",
    }  # fmt: skip
    answer = client.post("/groups/transfer-posts/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明调整的原因" in page
    assert f'value="{goes.pk}" checked' in page
    assert f'value="{stays.pk}" checked' not in page
    assert 'value="何静"' in page
    answer = client.post("/groups/transfer-posts/", {**typed, "reason": "调离"}, follow=True)
    change = PostChange.objects.get()
    assert answer.redirect_chain[-1][0] == f"/groups/changes/{change.pk}/"
    assert Post.objects.get(pk=stays.pk).ends_on is None


def test_people_of_one_name_with_different_offices_are_not_ticked_beforehand() -> None:
    make_post(make_group(), "成员", "张伟", "县教育局局长")
    make_post(make_group("石桥镇双拥工作领导小组", TOWN), "成员", "张伟", "石桥镇民政办主任")
    page = browser(make_desk()).get("/groups/transfer-posts/?name=张伟").content.decode()
    assert "可能是同名的几个人" in page
    assert " checked" not in page


def test_the_appointment_is_a_word_file_of_the_same_words_as_the_page() -> None:
    group = make_group()
    make_post(group, "组长", "周明", "县委书记")
    client = browser(make_user(Role.LEADER))
    page = client.get(f"/groups/{group.pk}/appointment/").content.decode()
    answer = client.get(f"/groups/{group.pk}/print-appointment/")
    words = [p.text for p in docx.Document(BytesIO(answer.content)).paragraphs if p.text]
    assert words[0] == "关于成立云川县双拥工作领导小组的通知"
    assert all(text in page for text in (words[0], "周\u3000明\u3000县委书记"))
    assert client.get(f"/groups/{group.pk}/appointment/?change=999").status_code == 404


def test_stations_are_shown_town_by_town_and_village_by_village() -> None:
    station = make_unit("北洲村退役军人服务站", "STATION", VILLAGE)
    client = browser(make_clerk())
    answer = client.post(f"/units/{station.pk}/state-station/", {"BODY": "1", "on": "2026-12-01"})
    assert answer.status_code == 422
    client.post(f"/units/{station.pk}/state-station/", {"BODY": "1", "on": "2026-11-01", "note": "没有专人"})
    page = client.get("/units/stations/").content.decode()  # of one town: its villages
    assert "北洲村" in page
    assert "未建" in page  # 柳湾村
    whole = browser(make_desk()).get("/units/stations/").content.decode()
    assert "汊河镇" in whole
    assert "北洲村" not in whole
    assert browser(make_user(Role.LIAISON, area=VILLAGE)).get("/units/stations/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/units/?kind=CLUB&area=1&lack=x&q=%00a&page=-1",
        "/groups/transfer-posts/?group=9999999999999999999",
        "/groups/?area=x",
    ],
)
def test_odd_questions_are_answered_calmly(address: str) -> None:
    assert browser(make_desk()).get(address).status_code in {200, 400}
