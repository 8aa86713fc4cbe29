"""The calendar: festivals and seasons on their days, tasks, meetings and activities counted by day."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yushui.activities.models import Activity
from yushui.base.workdays import is_workday
from yushui.people.tests.factories import COUNTY, TOWN
from yushui.places.models import Unit
from yushui.plans.rules.calendar import festivals_of, seasons_between, weeks_of
from yushui.plans.selectors.calendar import Month, get_day, get_month
from yushui.plans.services.meetings import cancel_meeting
from yushui.plans.tests.factories import AT, TODAY, clerk, desk, held, make_meeting, make_task

Units = dict[str, Unit]


def lines_on(month: Month, day: date) -> list[tuple[str, str, str]]:
    """What stands on a day: sort, words, mark."""
    box = next(box for week in month.weeks for box in week if box.day.on == day)
    return [(line.sort, line.words, line.tone) for line in box.lines]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 2, 17), "春节"), (date(2026, 2, 16), "除夕"), (date(2026, 4, 5), "清明"),
        (date(2026, 8, 1), "八一建军节"), (date(2026, 9, 19), "全民国防教育日"), (date(2026, 9, 30), "烈士纪念日"),
        (date(2026, 9, 25), "中秋"), (date(2025, 1, 29), "春节"),
    ],
)  # fmt: skip
def test_festivals_lie_on_their_days(day: date, name: str) -> None:
    assert name in festivals_of(day.year)[day]


def test_seasons_meet_the_month_they_run_into() -> None:
    names = [season.name for season in seasons_between(date(2026, 9, 1), date(2026, 9, 30))]
    assert names == ["秋季征兵", "秋季退役", "国防教育月", "三秋农忙"]
    assert seasons_between(date(2026, 12, 1), date(2026, 12, 31)) == []


def test_a_month_begins_on_monday_and_is_filled_up() -> None:
    weeks = weeks_of(2026, 7, is_workday)
    assert (weeks[0][0].on, weeks[-1][-1].on) == (date(2026, 6, 29), date(2026, 8, 2))
    assert [day.is_inside for day in weeks[0]] == [False, False, True, True, True, True, True]


def test_tasks_meetings_and_activities_stand_on_their_days(units: Units) -> None:
    make_task(due_on="2026-07-08", title="报名单")
    make_task(due_on="2026-07-08", area_code=TOWN)
    meeting = held(make_meeting())
    make_meeting(on="2026-07-08", title="专题会", begins_at="")
    gone = make_meeting(on="2026-07-08")
    cancel_meeting(actor=desk(), meeting_id=gone.pk, reason="合并召开", revision="1", at=AT)
    Activity.objects.create(kind_id="GALA", area_id=TOWN, on=date(2026, 7, 8), title="联欢会", recorded_at=AT)
    month = get_month(actor=desk(), year=2026, month=7, on=TODAY)
    assert lines_on(month, date(2026, 7, 8)) == [
        ("MEETING", "9:00 军地联席会议", "done"), ("MEETING", "专题会", "bad"), ("TASK", "报名单", "bad"),
        ("TASK", "下级任务 1 项", ""), ("ACTIVITY", "联欢会", ""),
    ]  # fmt: skip
    day = get_day(actor=desk(), day=date(2026, 7, 8))
    assert {one.title for one in day.meetings} == {"军地联席会议", "专题会"}
    assert meeting.activity in list(day.activities)  # the day's list of the ledger is whole
    assert lines_on(get_month(actor=clerk(), year=2026, month=7, on=TODAY), date(2026, 7, 8)) == [
        ("TASK", "修好训练场道路", "bad"), ("ACTIVITY", "联欢会", ""),
    ]  # fmt: skip


def test_many_on_one_day_are_counted(units: Units) -> None:
    for number in range(3):
        make_task(due_on="2026-07-20", title=f"任务{number}")
        Activity.objects.create(kind_id="GALA", area_id=COUNTY, on=date(2026, 7, 20), title="x", recorded_at=AT)
        make_meeting(on="2026-07-20", begins_at="")
    month = get_month(actor=desk(), year=2026, month=7, on=TODAY)
    words = [line[1] for line in lines_on(month, date(2026, 7, 20))]
    assert words == ["军地联席会议", "会议 3 场", "任务 3 项", "活动 3 项"]


@pytest.mark.parametrize("month", ["2026-07", "1949-01", "2200-12", "2026-13", "July", "", "2026-7", "0000-00"])
def test_the_pages_of_a_month_open_whatever_is_asked(units: Units, client: Client, month: str) -> None:
    client.force_login(desk())
    for page in ("/calendar/", "/calendar/print-calendar/"):
        assert client.get(page, {"month": month}).status_code == 200
