"""Leading groups: who was in one on a day, a change after a transfer, member units, the paper of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.places import services
from yushui.places.models import ChangedUnit, Post, PostChange
from yushui.places.permissions import held_unit_ids, may_record_paper, my_unit_ids
from yushui.places.selectors.groups import appointment_of, open_change, open_group
from yushui.places.selectors.posts import accounts_of, may_be_several, posts_held_by
from yushui.places.selectors.units import my_units
from yushui.places.tests.areas import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.places.tests.factories import AT, MOVE, TODAY, make_clerk, make_desk, make_group, make_post, make_unit
from yushui.places.types import PostDraft, PostMove
from yushui.places.word import make_appointment

pytestmark = pytest.mark.django_db


def wheres(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.where for problem in refused.value.problems]


def names_on(group_id: int, day: str) -> list[str]:
    sheet = open_group(actor=make_desk(), unit_id=group_id, on=date.fromisoformat(day))
    return [f"{post.title} {post.holder_name}" for post in sheet.posts]


def test_who_was_in_a_group_on_any_day() -> None:
    group = make_group()
    chief, member = make_post(group, "组长", "周明", "县委书记"), make_post(group, "成员", "高敏")
    draft = replace(
        MOVE, moves=(PostMove(chief.pk, "何静", "县委书记"), PostMove(member.pk)), unit_id=group.pk,
        additions=(PostDraft("副组长", "李强", "副县长"),),
    )  # fmt: skip
    services.transfer_posts(actor=make_desk(), draft=draft, at=AT)
    assert names_on(group.pk, "2022-02-28") == []
    assert names_on(group.pk, "2022-03-01") == ["组长 周明", "成员 高敏"]
    assert names_on(group.pk, "2026-10-31") == ["组长 周明", "成员 高敏"]
    assert names_on(group.pk, "2026-11-01") == ["组长 何静", "副组长 李强"]
    left = Post.objects.get(pk=member.pk)
    assert (left.reason, left.closed_by.number) == ("人事变动", "云双拥〔2026〕9号")


def test_one_who_leaves_all_posts_in_several_groups_at_once() -> None:
    county, town, team = (
        make_group(),
        make_group("石桥镇双拥工作领导小组", TOWN),
        make_unit("志愿队", "VOLUNTEERS", TOWN),
    )
    for unit, title in ((county, "成员"), (town, "组长"), (team, "名誉队长")):
        make_post(unit, title, "周明", "石桥镇党委书记")
    make_post(town, "副组长", "李强")
    held = posts_held_by(actor=make_desk(), name=" 周明 ", on=TODAY)
    assert [post.title for post in held] == ["成员", "组长", "名誉队长"]
    draft = replace(
        MOVE, moves=tuple(PostMove(post.pk, "何静", post.office) for post in held[:2]) + (PostMove(held[2].pk),)
    )
    change = services.transfer_posts(actor=make_desk(), draft=draft, at=AT)
    assert posts_held_by(actor=make_desk(), name="周明", on=TODAY) == []
    assert names_on(town.pk, "2026-11-27") == ["组长 何静", "副组长 李强"]
    sheet = open_change(actor=make_desk(), change_id=change.pk)
    assert [(p.unit.name, len(p.left), len(p.came)) for p in sheet.parts] == [
        ("云川县双拥工作领导小组", 1, 1), ("石桥镇双拥工作领导小组", 1, 1), ("志愿队", 1, 0),
    ]  # fmt: skip
    seen_in_town = open_change(actor=make_clerk(), change_id=change.pk)
    assert [p.unit.name for p in seen_in_town.parts] == ["石桥镇双拥工作领导小组", "志愿队"]
    with pytest.raises(NotFound):
        open_change(actor=make_clerk(OTHER_TOWN), change_id=change.pk)


def test_the_same_form_sent_twice_is_one_change() -> None:
    post = make_post(make_group(), "组长", "周明")
    draft = replace(MOVE, moves=(PostMove(post.pk, "何静"),))
    first = services.transfer_posts(actor=make_desk(), draft=draft, at=AT)
    assert services.transfer_posts(actor=make_desk(), draft=draft, at=AT) == first
    assert (PostChange.objects.count(), Post.objects.count(), ChangedUnit.objects.count()) == (1, 2, 1)


def test_two_people_change_one_post_and_the_second_is_told() -> None:
    post = make_post(make_group(), "组长", "周明")
    services.transfer_posts(actor=make_desk(), draft=replace(MOVE, moves=(PostMove(post.pk, "何静"),)), at=AT)
    again = replace(MOVE, moves=(PostMove(post.pk, "李强"),), client_key="transfer-2")
    with pytest.raises(Refused, match="已于 2026-11-01 卸任组长"):
        services.transfer_posts(actor=make_desk(), draft=again, at=AT)


def test_a_change_with_several_faults_tells_all_and_changes_nothing() -> None:
    group = make_group()
    chief, member = make_post(group, "组长", "周明"), make_post(group, "成员", "高敏", since="2026-11-15")
    draft = replace(
        MOVE, moves=(PostMove(chief.pk, "周明"), PostMove(member.pk)), unit_id=group.pk,
        additions=(PostDraft("副组长", "李强"), PostDraft("副组长", "李强")),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        services.transfer_posts(actor=make_desk(), draft=draft, at=AT)
    assert wheres(refused) == ["高敏", f"{group.name} 组长", f"{group.name} 副组长"]
    assert (PostChange.objects.count(), Post.objects.filter(ends_on=None).count()) == (0, 2)


def test_one_name_for_two_posts_of_the_same_title_is_refused() -> None:
    group = make_group()
    moves = tuple(PostMove(make_post(group, "成员", name).pk, "何静") for name in ("周明", "李强"))
    with pytest.raises(Refused, match="何静写了两次"):
        services.transfer_posts(actor=make_desk(), draft=replace(MOVE, moves=moves), at=AT)


def test_a_clerk_changes_no_post_outside_the_own_town() -> None:
    post = make_post(make_group("汊河镇双拥工作领导小组", OTHER_TOWN), "组长", "周明")
    with pytest.raises(NotFound):
        services.transfer_posts(actor=make_clerk(), draft=replace(MOVE, moves=(PostMove(post.pk),)), at=AT)
    leader = make_user(Role.LEADER)
    with pytest.raises(Refused, match="没有维护单位和职务的权限"):
        services.transfer_posts(actor=leader, draft=replace(MOVE, moves=(PostMove(post.pk),)), at=AT)


def test_posts_under_one_name_with_different_offices_may_be_several_people() -> None:
    group, other = make_group(), make_group("石桥镇双拥工作领导小组", TOWN)
    held = [make_post(group, "成员", "张伟", "县教育局局长"), make_post(other, "成员", "张伟", "石桥镇民政办主任")]
    assert may_be_several(held) is True
    assert may_be_several([*held[:1], make_post(group, "联络员", "张伟")]) is False


def test_a_post_ends_with_day_and_reason_only() -> None:
    post = make_post(make_unit(), "联络员", "高敏", since="2026-03-01")
    with pytest.raises(Refused) as refused:
        services.end_post(actor=make_desk(), post_id=post.pk, ends_on="2026-03-01", reason=" ", at=AT)
    assert wheres(refused) == ["原因", "高敏"]
    with pytest.raises(Refused, match="日期不对"):
        services.end_post(actor=make_desk(), post_id=post.pk, ends_on="三月", reason="调动", at=AT)
    services.end_post(actor=make_desk(), post_id=post.pk, ends_on="2026-09-01", reason="调动", at=AT)
    assert make_post(post.unit, "联络员", "高敏", since="2026-09-01").ends_on is None


def test_a_post_is_not_held_twice_at_a_time_or_before_the_unit_stood() -> None:
    unit = make_unit()
    make_post(unit, "联络员", "高敏")
    with pytest.raises(Refused, match="已任联络员"):
        make_post(unit, "联络员", "高敏", since="2026-05-01")
    with pytest.raises(Refused, match="才成立"):
        make_post(unit, "联络员", "李强", since="2020-01-01")


def test_a_post_is_tied_to_the_account_of_the_same_name_and_makes_the_unit_ones_own() -> None:
    unit = make_unit("北洲村退役军人服务站", "STATION", VILLAGE)
    post = make_post(unit, "联络员", "陈秀兰")
    own = make_user(Role.LIAISON, area=VILLAGE, username="beizhou", full_name="陈秀兰")
    other = make_user(Role.LIAISON, area=VILLAGE, username="else", full_name="吴建国")
    assert accounts_of(actor=make_clerk(), names=["陈秀兰"]) == [own]
    assert accounts_of(actor=make_clerk(OTHER_TOWN), names=["陈秀兰"]) == []
    with pytest.raises(Refused, match="没有这个同名的账号"):
        services.link_post(actor=make_clerk(), post_id=post.pk, user_id=other.pk, at=AT)
    services.link_post(actor=make_clerk(), post_id=post.pk, user_id=own.pk, at=AT)
    assert my_units(actor=own, on=TODAY) == [unit]
    services.link_post(actor=make_clerk(), post_id=post.pk, user_id=None, at=AT)
    assert my_units(actor=own, on=TODAY) == []


def test_a_unit_that_an_account_only_names_gives_its_tasks_and_not_its_papers() -> None:
    unit = make_unit("云川县教育局", "MEMBER", COUNTY)
    named = make_user(Role.MEMBER_UNIT, area=COUNTY, username="named", full_name="高敏")
    named.unit_name = unit.name
    assert my_unit_ids(named, TODAY) == {unit.pk}
    assert held_unit_ids(named, TODAY) == set()
    assert not may_record_paper(named, unit.pk, TODAY)


def test_member_units_come_together_and_go_one_by_one() -> None:
    group, first, second = make_group(), make_unit("县教育局"), make_unit("县公安局")
    desk, ids = make_desk(), [first.pk, second.pk]
    made = services.add_members(actor=desk, group_id=group.pk, unit_ids=ids, starts_on="2024-01-01", at=AT)
    with pytest.raises(Refused) as refused:
        services.add_members(actor=desk, group_id=first.pk, unit_ids=[*ids, first.pk], starts_on="昨天", at=AT)
    assert wheres(refused) == ["加入日期", "县教育局", "县教育局"]
    with pytest.raises(Refused, match="县公安局:那一天已经是成员单位"):
        services.add_members(actor=desk, group_id=group.pk, unit_ids=[second.pk], starts_on="2025-01-01", at=AT)
    with pytest.raises(Refused) as refused:
        services.end_member(actor=desk, group_id=group.pk, member_id=made[0].pk, ends_on="2024-01-01", reason="", at=AT)
    assert wheres(refused) == ["原因", "移出日期"]
    services.end_member(
        actor=desk, group_id=group.pk, member_id=made[0].pk, ends_on="2026-01-01", reason="机构改革", at=AT
    )
    days = ("2023-12-31", "2025-12-31", "2026-01-01")
    sheets = [open_group(actor=desk, unit_id=group.pk, on=date.fromisoformat(day)) for day in days]
    assert [[m.unit.name for m in s.members] for s in sheets] == [[], ["县教育局", "县公安局"], ["县公安局"]]


def words_of(content: bytes) -> list[str]:
    return [p.text for p in docx.Document(BytesIO(content)).paragraphs if p.text]


def test_the_paper_of_a_change_names_who_is_in_who_left_units_and_office() -> None:
    group = make_group()
    make_unit("云川县双拥办", "OFFICE", parent_id=str(group.pk))
    chief = make_post(group, "组长", "周明", "县委书记")
    make_post(group, "副组长", "李强", "副县长")
    services.add_members(
        actor=make_desk(), group_id=group.pk, unit_ids=[make_unit("县教育局").pk], starts_on="2022-03-01", at=AT
    )
    draft = replace(MOVE, moves=(PostMove(chief.pk, "何静", "县委书记"),))
    services.transfer_posts(actor=make_desk(), draft=draft, at=AT)
    paper = appointment_of(actor=make_desk(), unit_id=group.pk, change_id=None, on=TODAY)
    assert words_of(make_appointment(paper)) == [
        "关于调整云川县双拥工作领导小组组成人员的通知", "云双拥〔2026〕9号", "各有关单位：",
        "因人事变动，经研究，决定调整云川县双拥工作领导小组组成人员，自2026年11月1日起施行。现将组成人员通知如下：",
        "组\u3000长：何\u3000静\u3000县委书记", "副组长：李\u3000强\u3000副县长", "免去周明同志的组长职务。",
        "成员单位：县教育局。",
        "领导小组办公室设在云川县双拥办，承担日常工作。", "云川县双拥工作领导小组", "2026年11月1日",
    ]  # fmt: skip


def test_the_first_paper_founds_the_group_in_the_name_of_its_unit() -> None:
    company = make_unit("云川纺织有限公司", "ENTERPRISE")
    group = make_group("云川纺织有限公司双拥工作领导小组", parent_id=str(company.pk))
    draft = replace(MOVE, unit_id=group.pk, reason="工作需要", additions=(PostDraft("组长", "周明", "总经理"),))
    services.transfer_posts(actor=make_desk(), draft=draft, at=AT)
    paper = appointment_of(actor=make_desk(), unit_id=group.pk, change_id=None, on=TODAY)
    assert (paper.is_first, paper.issuer, paper.title) == (
        True, "云川纺织有限公司", "关于成立云川纺织有限公司双拥工作领导小组的通知",
    )  # fmt: skip
    with pytest.raises(NotFound):
        appointment_of(actor=make_desk(), unit_id=group.pk, change_id=999, on=TODAY)
