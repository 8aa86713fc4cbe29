"""Figures of plans: what they count, and that each opens exactly its rows."""

from __future__ import annotations

import pytest

from yushui.base.figures import Period
from yushui.indicators.selectors.values import values_of
from yushui.people.tests.factories import COUNTY
from yushui.places.models import Unit
from yushui.plans.figures import SOURCES
from yushui.plans.services.decisions import add_decision
from yushui.plans.services.steps import close_task
from yushui.plans.tests.factories import AT, TODAY, desk, held, key, make_meeting, make_office, make_task
from yushui.plans.tests.test_plans import make_plan
from yushui.plans.types import DecisionDraft

Units = dict[str, Unit]


@pytest.fixture
def units(db: None, monkeypatch: pytest.MonkeyPatch) -> Units:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-10")
    return make_office()


def numbers(*ids: str) -> tuple[int | None, ...]:
    found = values_of(actor=desk(), area_code=COUNTY, year=2026, on=TODAY, ids=ids)
    return tuple(found[name].number for name in ids)


def test_tasks_are_counted_as_they_stood_on_the_day(units: Units) -> None:
    plan = make_plan()
    owner = units["教育局"].pk
    done = make_task(plan_id=plan.pk, owner_unit_id=owner, due_on="2026-07-31")
    make_task(plan_id=plan.pk, owner_unit_id=owner, due_on="2026-07-01")
    make_task(plan_id=plan.pk, due_on="")
    make_task(plan_id=plan.pk, due_on="2027-03-01")  # another year's
    dropped = make_task(plan_id=plan.pk)
    make_task(due_on="2026-09-01", owner_unit_id=owner)  # in no plan
    close_task(actor=desk(), task_id=done.pk, verdict="ACCEPTED", score="5", revision="1", at=AT)
    close_task(actor=desk(), task_id=dropped.pk, verdict="DROPPED", words="并入他项", revision="1", at=AT)
    assert numbers("plan_tasks", "overdue_tasks", "tasks_without_owner") == (3, 1, 1)
    assert numbers("plan_tasks_done", "tasks_in_time") == (3333, 10000)


def test_meetings_attendance_and_decisions(units: Units) -> None:
    meeting = make_meeting(units=(units["教育局"].pk, units["交通局"].pk), others="老兵代表")
    guests = list(meeting.invitees.order_by("id").values_list("pk", flat=True))
    marks = ((guests[0], "PRESENT", ""), (guests[1], "DEPUTY", ""), (guests[2], "EXCUSED", ""))
    meeting = held(meeting, marks=marks)
    make_meeting()  # noticed only
    for text in ("甲", "乙"):
        draft = DecisionDraft(text=text, client_key=key())
        made = add_decision(actor=desk(), meeting_id=meeting.pk, draft=draft, at=AT)
    assert made.task is not None
    close_task(actor=desk(), task_id=made.task.pk, verdict="ACCEPTED", score="4", revision="1", at=AT)
    assert numbers("meetings_held", "meeting_decisions", "joint_meetings") == (1, 2, 1)
    assert numbers("meeting_attendance", "meeting_decisions_done") == (6666, 5000)


def test_units_and_towns_behind_are_those_of_the_counters(units: Units) -> None:
    # by 10 July each member unit owes the arrangements of two quarters; towns owe nothing that is over
    assert numbers("units_in_arrears", "towns_without_arrears", "garrisons_serving") == (2, 10000, 0)
    rows = SOURCES["plans.units"].rows(COUNTY, Period(2026, TODAY)).filter(standing="MISSED")
    assert {row.name for row in rows} == {"县教育局", "县交通运输局"}
