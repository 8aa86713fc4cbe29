"""Meetings: noticed, held once, decided, followed up; and everything that can be typed wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.places.models import Post, Unit
from yushui.plans.models import Decision, Invitee, Meeting, Task
from yushui.plans.selectors.boards import duty_board
from yushui.plans.selectors.meeting_forms import usual_meeting
from yushui.plans.selectors.meetings import MeetingFilters, list_meetings, meeting_kinds, meeting_sheet
from yushui.plans.services.decisions import add_decision, set_decision_tasks, withdraw_decision
from yushui.plans.services.meetings import cancel_meeting, change_meeting, hold_meeting, plan_meeting, write_minutes
from yushui.plans.services.steps import close_task
from yushui.plans.tests.factories import AT, TODAY, clerk, desk, held, key, make_meeting, notice
from yushui.plans.types import DecisionDraft, HeldDraft

Units = dict[str, Unit]


def problems_of(act: Any, *args: Any, **kwargs: Any) -> list[str]:
    """What a refusal says, in order."""
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return [str(problem.where or problem.what) for problem in refused.value.problems]


def decide(meeting: Meeting, **typed: Any) -> Decision:
    only = typed.pop("only", False)
    values = {"text": "八一前修好训练场道路。由财政安排资金", "client_key": key(), **typed}
    return add_decision(
        actor=desk(), meeting_id=meeting.pk, draft=DecisionDraft(**values), with_task=not only, at=AT
    )  # fmt: skip


def test_a_notice_keeps_agenda_and_guests_when_planned(units: Units) -> None:
    head = Post.objects.get(title="组长")
    meeting = make_meeting(
        units=(units["中队"].pk, units["教育局"].pk), posts=(head.pk,), others="老兵代表 李大勇、县融媒体中心",
        host_id=units["办公室"].pk,
    )  # fmt: skip
    assert (meeting.title, str(meeting.begins_at), meeting.state) == ("军地联席会议", "09:00:00", "PLANNED")
    assert list(meeting.agenda.values_list("place", "title")) == [(1, "通报上半年双拥工作"), (2, "研究八一活动")]
    names = list(meeting.invitees.order_by("id").values_list("name", flat=True))
    assert names == ["组长 陈志远", "武警云川中队", "县教育局", "老兵代表 李大勇", "县融媒体中心"]
    assert Entry.objects.latest("pk").action == "plans.meeting.planned"


def test_a_notice_is_refused_with_everything_at_once_when_wrong(units: Units) -> None:
    wrong = notice(
        kind="GALA", on="2026-13-40", begins_at="25点", units=(999_999,), posts=(999_999,), host_id=-1,
        note="驻地某部队番号 81234 部队", title="x" * 121,
    )  # fmt: skip
    said = problems_of(plan_meeting, actor=desk(), draft=wrong, at=AT)
    assert said == ["会议类型", "名称", "日期", "时间", "要求", "主办单位", "参会单位", "参会领导"]
    assert not Meeting.objects.exists()


def test_the_same_notice_sent_twice_is_one_meeting(units: Units) -> None:
    draft = notice()
    assert plan_meeting(actor=desk(), draft=draft, at=AT) == plan_meeting(actor=desk(), draft=draft, at=AT)
    assert Meeting.objects.count() == 1


def test_only_clerks_of_the_area_plan_meetings(units: Units) -> None:
    with pytest.raises(Refused):
        plan_meeting(actor=make_user(Role.LEADER), draft=notice(), at=AT)
    with pytest.raises(NotFound):
        plan_meeting(actor=clerk(), draft=notice(area_code=OTHER_TOWN), at=AT)
    meeting = make_meeting()
    with pytest.raises(NotFound):
        cancel_meeting(actor=clerk(), meeting_id=meeting.pk, reason="x", revision="1", at=AT)


def test_a_meeting_held_is_an_activity_that_the_duty_counts(units: Units) -> None:
    head = Post.objects.get(title="组长")
    meeting = make_meeting(units=(units["中队"].pk, units["教育局"].pk), posts=(head.pk,), host_id=units["办公室"].pk)
    guests = {guest.name: guest.pk for guest in meeting.invitees.all()}
    marks = (
        (guests["组长 陈志远"], "PRESENT", ""), (guests["武警云川中队"], "DEPUTY", "副指导员 王某"),
        (guests["县教育局"], "EXCUSED", ""),
    )  # fmt: skip
    meeting = held(meeting, marks=marks, others="县融媒体中心", minutes="会议通报了情况。")
    activity = Activity.objects.get()
    assert (activity.kind_id, activity.on, activity.heads, activity.host) == (
        "JOINT_MEETING", meeting.on, 3, units["办公室"],
    )  # fmt: skip
    assert [partner.name for partner in activity.partners.all()] == ["武警云川中队", "县融媒体中心"]
    assert [(person.name, person.post) for person in activity.people.all()] == [("组长 陈志远", head)]
    sheet = meeting_sheet(actor=desk(), meeting_id=meeting.pk, on=TODAY)
    assert [(words, [one.name for one in those]) for words, those in sheet.by_presence] == [
        ("出席", ["组长 陈志远", "县融媒体中心"]), ("派人代会", ["武警云川中队"]), ("请假", ["县教育局"]),
    ]  # fmt: skip
    board = duty_board(actor=desk(), owes="COUNTY", year=2026, on=TODAY, by_ower=False, key="")
    counted = {line.duty.pk: line.done for line in board.duties}
    assert (counted["COUNTY_JOINT_MEETING"], counted["COUNTY_PLENARY"]) == (1, 0)


def test_the_number_is_the_items_when_the_kind_counts_items(units: Units) -> None:
    held(make_meeting(kind="MILITARY_AFFAIRS_MEETING"), heads="12")
    assert Activity.objects.get().heads == 2


@pytest.mark.parametrize(
    ("day", "said"), [("2026-07-11", "日期还没到"), ("2026-07-07", "早于通知的日期"), ("7月8日", "日期不对")]
)
def test_a_meeting_cannot_be_held_on_a_wrong_day(units: Units, day: str, said: str) -> None:
    meeting = make_meeting()
    with pytest.raises(Refused, match=said):
        held(meeting, on=day)
    assert Activity.objects.count() == 0
    assert Meeting.objects.get().state == "PLANNED"


def test_a_meeting_is_held_once(units: Units) -> None:
    meeting = make_meeting()
    draft = HeldDraft(on="2026-07-08", client_key=key())
    for _ in range(2):  # the same form sent twice
        hold_meeting(actor=desk(), meeting_id=meeting.pk, draft=draft, revision="1", at=AT)
    with pytest.raises(Refused, match="会议已召开,不能登记召开"):
        held(meeting)
    assert Activity.objects.count() == 1


def test_a_meeting_cancelled_cannot_be_held_and_one_held_not_cancelled(units: Units) -> None:
    gone, done = make_meeting(), held(make_meeting())
    assert problems_of(
        cancel_meeting, actor=desk(), meeting_id=gone.pk, reason=" ", revision="1", at=AT
    ) == ["原因"]  # fmt: skip
    cancel_meeting(actor=desk(), meeting_id=gone.pk, reason="改为书面征求意见", revision="1", at=AT)
    with pytest.raises(Refused, match="会议已取消"):
        held(gone)
    with pytest.raises(Refused, match="会议已召开,不能取消"):
        cancel_meeting(actor=desk(), meeting_id=done.pk, reason="x", revision=str(done.revision), at=AT)


def test_who_changes_a_notice_second_is_told(units: Units) -> None:
    meeting = make_meeting(units=(units["教育局"].pk,))
    change_meeting(actor=desk(), meeting_id=meeting.pk, draft=notice(place="县委"), revision="1", at=AT)
    with pytest.raises(Refused, match="刚被别人改过"):
        change_meeting(actor=desk(), meeting_id=meeting.pk, draft=notice(place="县政府"), revision="1", at=AT)
    with pytest.raises(Refused, match="刚被别人改过"):
        hold_meeting(
            actor=desk(), meeting_id=meeting.pk, draft=HeldDraft(on="2026-07-08", client_key=key()), revision="1",
            at=AT,
        )  # fmt: skip
    assert (Meeting.objects.get().place, Invitee.objects.count(), Activity.objects.count()) == ("县委", 0, 0)


def test_attendance_and_minutes_are_corrected_after_the_meeting(units: Units) -> None:
    meeting = held(make_meeting(units=(units["教育局"].pk,)), others="县融媒体中心")
    guest = meeting.invitees.get(unit=units["教育局"])
    draft = HeldDraft(
        on="2026-07-08", marks=((guest.pk, "ABSENT", ""),), minutes="补记纪要", client_key=key(), heads="30"
    )
    write_minutes(actor=desk(), meeting_id=meeting.pk, draft=draft, revision=str(meeting.revision), at=AT)
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.heads) == ("补记纪要", 30)
    assert list(meeting.invitees.values_list("name", "presence")) == [("县教育局", "ABSENT")]
    with pytest.raises(Refused, match="还没有登记召开"):
        write_minutes(actor=desk(), meeting_id=make_meeting().pk, draft=draft, revision="1", at=AT)


def test_a_decision_becomes_a_task_with_owner_helpers_and_day(units: Units) -> None:
    meeting = held(make_meeting())
    made = decide(meeting, owner_unit_id=units["交通局"].pk, helper_unit_ids=(units["教育局"].pk,), due_on="2026-07-31")
    task = Task.objects.get()
    assert (task.title, task.owner, str(task.due_on)) == ("八一前修好训练场道路", units["交通局"], "2026-07-31")
    assert [helper.unit for helper in task.helpers.all()] == [units["教育局"]]
    assert (task.source, made.task) == (f"plans.decision:{made.pk}", task)
    assert "由财政安排资金" in task.note


def test_a_decision_of_a_town_station_is_done_in_the_town(units: Units) -> None:
    decide(held(make_meeting()), owner_unit_id=units["服务站"].pk)
    assert Task.objects.get().area_id == TOWN
    assert Task.objects.get().desk_code == COUNTY


def test_decisions_without_task_or_owner_show_as_gaps(units: Units) -> None:
    meeting, quiet = held(make_meeting()), held(make_meeting())
    decide(meeting, only=True)
    decide(meeting, text="由办公室牵头修订制度")

    def found(when: str) -> list[Meeting]:
        return list(list_meetings(actor=desk(), filters=MeetingFilters(when=when), on=TODAY))

    assert found("gaps") == [meeting]
    set_decision_tasks(actor=desk(), meeting_id=meeting.pk, at=AT)
    assert set_decision_tasks(actor=desk(), meeting_id=meeting.pk, at=AT) == []  # none twice
    assert (Task.objects.count(), found("gaps")) == (2, [meeting])
    Task.objects.update(owner=units["办公室"])
    assert (found("gaps"), found("open")) == ([], [meeting])
    for task in Task.objects.all():
        close_task(actor=desk(), task_id=task.pk, verdict="ACCEPTED", score="5", revision=str(task.revision), at=AT)
    assert (found("open"), found("held")) == ([], [quiet, meeting])
    line = found("held")[1]
    assert (line.decided, line.done, line.late) == (2, 2, 0)  # type: ignore[attr-defined]


def test_a_decision_is_refused_with_everything_at_once_when_wrong(units: Units) -> None:
    draft = DecisionDraft(text=" ", owner_unit_id=999_999, helper_unit_ids=(-1,), due_on="明年", client_key="x")
    said = problems_of(add_decision, actor=desk(), meeting_id=make_meeting().pk, draft=draft, at=AT)
    assert said == ["决定事项", "完成时限", "表单缺少编号", "责任单位", "配合单位", "会议还没有登记召开"]
    assert Decision.objects.count() == 0


def test_a_decision_is_taken_back_only_without_a_living_task(units: Units) -> None:
    meeting = held(make_meeting())
    made, plain = decide(meeting), decide(meeting, only=True)
    with pytest.raises(Refused, match="先在任务页取消"):
        withdraw_decision(actor=desk(), decision_id=made.pk, reason="记重了", at=AT)
    withdraw_decision(actor=desk(), decision_id=plain.pk, reason="记重了", at=AT)
    assert meeting_sheet(actor=desk(), meeting_id=meeting.pk, on=TODAY).decisions == [made]
    with pytest.raises(Refused, match="已经撤回过"):
        withdraw_decision(actor=desk(), decision_id=plain.pk, reason="记重了", at=AT)


def test_a_village_sees_its_own_meetings_only(units: Units) -> None:
    of_county, of_village = make_meeting(), make_meeting(area_code=VILLAGE)
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    assert list(list_meetings(actor=liaison, filters=MeetingFilters(), on=TODAY)) == [of_village]
    with pytest.raises(NotFound):
        meeting_sheet(actor=liaison, meeting_id=of_county.pk, on=TODAY)


def test_the_form_begins_as_the_last_meeting_of_the_kind_without_who_left(units: Units) -> None:
    kind = next(kind for kind in meeting_kinds(actor=desk()) if kind.pk == "JOINT_MEETING")
    first = usual_meeting(actor=desk(), kind=kind, on=TODAY, client_key="first-one")
    assert first.units == (units["中队"].pk,)
    assert (first.chair, len(first.posts)) == ("陈志远", 2)
    deputy = Post.objects.get(title="副组长")
    make_meeting(
        units=(units["中队"].pk, units["教育局"].pk), posts=(deputy.pk,), others="县融媒体中心", chair="林国强"
    )
    Unit.objects.filter(pk=units["教育局"].pk).update(ends_on="2026-07-09")
    again = usual_meeting(actor=desk(), kind=kind, on=TODAY, client_key="second-one")
    assert (again.units, again.posts, again.others) == ((units["中队"].pk,), (deputy.pk,), "县融媒体中心")
    assert (again.chair, again.agenda, again.on) == ("林国强", "", "")


def test_the_list_is_narrowed_by_state_kind_year_area_and_words(units: Units) -> None:
    past, coming = make_meeting(on="2025-03-05", agenda="研究表彰"), make_meeting(on="2026-07-20")
    of_town = make_meeting(clerk(), kind="SUBJECT_MEETING")

    def found(**typed: Any) -> list[Meeting]:
        return list(list_meetings(actor=desk(), filters=MeetingFilters(**typed), on=TODAY))

    assert found() == [coming, of_town, past]
    assert (found(when="planned"), found(when="unrecorded")) == ([coming], [of_town, past])
    assert (found(kind="SUBJECT_MEETING"), found(year=2025)) == ([of_town], [past])
    assert (found(area_code=TOWN), found(text="表彰")) == ([of_town], [past])
