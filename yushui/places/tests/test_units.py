"""Units: added, changed by two people, ended; their duties; who may."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.places import services
from yushui.places.models import GroupMember, Post, Unit
from yushui.places.selectors.units import UnitFilters, find_units, parents_to_choose
from yushui.places.tests.areas import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.places.tests.factories import AT, TODAY, make_clerk, make_desk, make_group, make_post, make_unit
from yushui.places.types import UnitDraft

pytestmark = pytest.mark.django_db
STATION = UnitDraft(name="北洲村退役军人服务站", kind="STATION", area_code=VILLAGE, starts_on="2021-05-01")


def wheres(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.where for problem in refused.value.problems]


def test_a_town_clerk_keeps_the_units_of_the_own_town_and_of_no_other() -> None:
    clerk = make_clerk()
    assert services.add_unit(actor=clerk, draft=STATION, at=AT).area_id == VILLAGE
    for area in (OTHER_TOWN, COUNTY):
        with pytest.raises(NotFound):
            services.add_unit(actor=clerk, draft=replace(STATION, area_code=area), at=AT)
    with pytest.raises(Refused, match="区划"):
        services.add_villages(actor=clerk, rows=[("990101001009", "新村")], at=AT)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.MEMBER_UNIT, Role.LEADER, Role.AUDITOR, Role.REVIEWER])
def test_units_are_not_kept_by_other_roles(role: Role) -> None:
    make_desk()
    with pytest.raises(Refused, match="乡镇\\(街道\\)经办"):
        services.add_unit(actor=make_user(role, area=VILLAGE), draft=STATION, at=AT)


def test_a_member_unit_begins_with_the_usual_duties_of_its_name() -> None:
    finance = make_unit("县财政局")
    assert list(finance.duties.order_by("place").values_list("text", flat=True)) == [
        "安排双拥经费预算,及时下拨并保存下拨凭证", "安排困难帮扶资金",
    ]  # fmt: skip
    assert "考评标准" in finance.duties.first().source
    assert make_unit("县发展和改革局").duties.count() == 0
    assert make_unit("县公安局", duties="按县里文件办").duties.get().source == ""


def test_usual_duties_are_added_behind_a_units_own_by_a_button() -> None:
    unit = make_unit("云川汽车客运总站", "TRANSPORT", duties="做好军人候车服务")
    services.take_usual_duties(actor=make_desk(), unit_id=unit.pk, at=AT)
    assert [d.text for d in unit.duties.order_by("place")] == [
        "做好军人候车服务",
        "设置军人依法优先标志和窗口,落实出行优先",
    ]
    with pytest.raises(Refused, match="没有这类单位的常用职责"):
        services.take_usual_duties(actor=make_desk(), unit_id=make_unit("县水利局").pk, at=AT)


def test_a_unit_that_is_there_already_is_refused_with_every_other_problem() -> None:
    make_unit("县教育局")
    draft = UnitDraft(name="县教育局", kind="MEMBER", area_code=COUNTY, parent_id="999", phone="电" * 50)
    with pytest.raises(Refused) as refused:
        services.add_unit(actor=make_desk(), draft=draft, at=AT)
    assert wheres(refused) == ["电话", "名称", "上级单位"]


def test_two_people_at_one_unit_and_the_second_is_told() -> None:
    unit = make_unit("县教育局")
    draft = UnitDraft(name="县教育体育局", kind="MEMBER", area_code=COUNTY, starts_on="2022-03-01")
    services.change_unit(actor=make_desk(), unit_id=unit.pk, draft=draft, revision="1", at=AT)
    with pytest.raises(Refused, match="刚被别人改过"):
        services.change_unit(
            actor=make_desk(), unit_id=unit.pk, draft=replace(draft, name="县教育局"), revision="1", at=AT
        )
    unit.refresh_from_db()
    assert (unit.name, unit.revision) == ("县教育体育局", 2)
    entry = Entry.objects.filter(action="places.unit.changed").latest("pk")
    assert json.loads(entry.detail)["was"] == {"name": "县教育局"}
    assert json.loads(entry.detail)["now"] == {"name": "县教育体育局"}


def test_a_clerk_who_changes_a_station_keeps_its_bureau_above() -> None:
    bureau = make_unit("云川县退役军人事务局", "BUREAU")
    station = make_unit("石桥镇退役军人服务站", "STATION", TOWN, parent_id=str(bureau.pk))
    clerk = make_clerk()
    assert bureau in parents_to_choose(actor=clerk, on=TODAY)
    draft = UnitDraft("石桥镇退役军人服务站", "STATION", TOWN, str(bureau.pk), phone="12000000001")
    services.change_unit(actor=clerk, unit_id=station.pk, draft=draft, revision="1", at=AT)
    station.refresh_from_db()
    assert (station.parent_id, station.phone) == (bureau.pk, "12000000001")


def test_units_do_not_belong_to_each_other_in_a_ring() -> None:
    top = make_unit("县教育局")
    below = make_unit("县第一中学", "SCHOOL", parent_id=str(top.pk))
    draft = UnitDraft("县教育局", "MEMBER", COUNTY, str(below.pk), starts_on="2022-03-01")
    with pytest.raises(Refused) as refused:
        services.change_unit(actor=make_desk(), unit_id=top.pk, draft=draft, revision="1", at=AT)
    assert wheres(refused) == ["上级单位"]


def test_a_leading_group_does_not_become_a_unit_of_another_kind_or_begin_after_its_first_post() -> None:
    group = make_group()
    make_post(group, "组长", "周明")
    draft = UnitDraft(group.name, "MEMBER", COUNTY, starts_on="2023-01-01")
    with pytest.raises(Refused) as refused:
        services.change_unit(actor=make_desk(), unit_id=group.pk, draft=draft, revision="1", at=AT)
    assert wheres(refused) == ["类别", "成立日期"]


def test_a_unit_that_ends_takes_its_posts_and_memberships_with_it() -> None:
    group, unit = make_group(), make_unit("县教育局")
    make_post(unit, "联络员", "高敏")
    services.add_members(actor=make_desk(), group_id=group.pk, unit_ids=[unit.pk], starts_on="2022-03-01", at=AT)
    services.end_unit(actor=make_desk(), unit_id=unit.pk, last_day="2026-06-01", reason="机构改革", at=AT)
    assert Post.objects.get().reason == "机构改革"
    assert str(GroupMember.objects.get().ends_on) == "2026-06-01"
    with pytest.raises(Refused, match="已于 2026-06-01 撤销"):
        services.end_unit(actor=make_desk(), unit_id=unit.pk, last_day="2026-07-01", reason="再撤", at=AT)
    with pytest.raises(Refused, match="撤销"):
        make_post(unit, "联络员", "李强", since="2026-07-01")


def test_a_group_that_ends_lets_its_member_units_go() -> None:
    group, unit = make_group(), make_unit("县教育局")
    services.add_members(actor=make_desk(), group_id=group.pk, unit_ids=[unit.pk], starts_on="2022-03-01", at=AT)
    services.end_unit(actor=make_desk(), unit_id=group.pk, last_day="2026-06-01", reason="并入", at=AT)
    assert str(GroupMember.objects.get().ends_on) == "2026-06-01"


@pytest.mark.parametrize(
    ("day", "where"), [("明天", "撤销日期"), ("2027-01-01", "撤销日期"), ("2022-03-01", "撤销日期")]
)
def test_a_unit_does_not_end_on_a_wrong_day(day: str, where: str) -> None:
    unit = make_unit("县教育局")
    with pytest.raises(Refused) as refused:
        services.end_unit(actor=make_desk(), unit_id=unit.pk, last_day=day, reason="改革", at=AT)
    assert wheres(refused) == [where]


def test_units_are_found_by_name_holder_and_what_they_lack() -> None:
    with_liaison, without = make_unit("县教育局"), make_unit("县水利局")
    make_post(with_liaison, "联络员", "高敏")
    desk = make_desk()

    def found(**filters: object) -> list[str]:
        return [u.name for u in find_units(actor=desk, filters=UnitFilters(**filters), on=TODAY)]

    assert found(words="高敏") == ["县教育局"]
    assert found(words="水利") == [without.name]
    assert found(lack="liaison") == ["县水利局"]
    assert found(lack="duties") == ["县水利局"]
    assert found(lack="people") == ["县水利局"]
    assert found(ended=True) == []
    assert Unit.objects.count() == 2
