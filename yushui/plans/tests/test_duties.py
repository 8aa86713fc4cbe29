"""Duties: what is asked for in a period, what counts, who is behind; a county's own duty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yushui.activities.models import Activity
from yushui.activities.services.activities import record_activity
from yushui.activities.types import ActivityDraft
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import Hardship
from yushui.people.tests.factories import COUNTY, TOWN, VILLAGE, make_person, make_status
from yushui.places.models import Paper, PaperKind, PaperProof, Post, Unit
from yushui.plans.models import DutyKind
from yushui.plans.rules.duties import parts_of, stand
from yushui.plans.selectors.boards import duty_board
from yushui.plans.selectors.counters import Cell, get_grid
from yushui.plans.selectors.duty_facts import activities_for, find_ower, waiting_for
from yushui.plans.selectors.gaps import list_gaps
from yushui.plans.services.duties import load_duties, retire_duty, set_duty
from yushui.plans.tests.factories import AT, TODAY, clerk, desk, held, key, make_meeting, make_task
from yushui.plans.types import DutyDraft

Units = dict[str, Unit]


def record(kind: str, on: str = "2026-03-05", area: str = COUNTY, **typed: Any) -> Activity:
    draft = ActivityDraft(kind=kind, on=on, area_code=area, client_key=key(), **typed)
    return record_activity(actor=desk(), draft=draft, at=AT)


def cell_of(code: str, ower: str, owes: str) -> Cell:
    return get_grid(actor=desk(), owes=owes, year=2026, on=TODAY).cells[code, ower]


@pytest.mark.parametrize(
    ("done", "standing"),
    [
        ({}, (0, 2, 4, 2, 1)), ({0: 1, 1: 1}, (2, 2, 4, 0, 1)), ({0: 5}, (5, 2, 4, 1, 1)),
        ({0: 1, 1: 1, 2: 1}, (3, 2, 4, 0, 0)),
    ],
)  # fmt: skip
def test_what_is_done_beyond_one_period_makes_good_for_no_other(
    done: dict[int, int], standing: tuple[int, ...]
) -> None:
    found = stand(parts_of("QUARTER", 2026, needs=1, done=done), TODAY)
    assert (found.done, found.due, found.whole, found.missed, found.left) == standing


def test_nothing_is_asked_before_a_duty_begins() -> None:
    parts = parts_of("QUARTER", 2026, needs=2, done={}, starts_on=date(2026, 5, 1))
    assert [part.need for part in parts] == [0, 0, 2, 2]


def test_own_activities_count_and_those_below_only_where_asked(units: Units) -> None:
    record("GROUP_PLENARY", area=TOWN)  # the town's own plenary is not the county's
    record("GALA", area=TOWN)  # 军民联欢 counts what is below as well
    assert cell_of("COUNTY_PLENARY", COUNTY, "COUNTY").standing.done == 0
    assert cell_of("COUNTY_GALA", COUNTY, "COUNTY").standing.done == 1
    assert cell_of("TOWN_PLENARY", TOWN, "TOWN").standing.done == 1


def test_hours_are_added_up_where_the_duty_asks_for_an_amount(units: Units) -> None:
    record("DEFENCE_LESSON", area=TOWN, heads="8")
    record("DEFENCE_LESSON", area=VILLAGE, heads="4")
    standing = cell_of("TOWN_DEFENCE_HOURS", TOWN, "TOWN").standing
    assert (standing.done, standing.left, standing.state) == (12, 6, "DUE")


def test_a_leader_is_counted_by_the_post_and_a_unit_as_host_or_partner(units: Units) -> None:
    head = Post.objects.get(title="组长")
    record("VISIT_GARRISON", leaders="组长 陈志远", partners="县教育局")
    record("JOB_FAIR", host_id=str(units["教育局"].pk), partners="县教育局、县交通运输局")
    assert cell_of("LEADER_VISITS", str(head.pk), "LEADER").standing.done == 1
    assert cell_of("MEMBER_ACTIVITY", str(units["教育局"].pk), "MEMBER").standing.done == 2
    assert cell_of("MEMBER_ACTIVITY", str(units["交通局"].pk), "MEMBER").standing.done == 1


def test_a_withdrawn_or_future_activity_counts_for_nothing(units: Units) -> None:
    record("GALA")
    Activity.objects.update(withdrawn_at=AT)
    Activity.objects.create(kind_id="GALA", area_id=COUNTY, on=date(2026, 12, 1), title="x", recorded_at=AT)
    assert cell_of("COUNTY_GALA", COUNTY, "COUNTY").standing.done == 0


def test_a_paper_fulfils_the_duty_whose_code_it_names(units: Units) -> None:
    kind, _ = PaperKind.objects.get_or_create(code="PLAN", defaults={"name": "计划"})
    paper = Paper.objects.create(
        kind=kind, title="县教育局双拥计划", unit=units["教育局"], area_id=COUNTY, issued_on=date(2026, 2, 20),
        starts_on=date(2026, 2, 20),
        client_key=key(), recorded_at=AT,
    )  # fmt: skip
    PaperProof.objects.create(paper=paper, code="MEMBER_PLAN")
    assert cell_of("MEMBER_PLAN", str(units["教育局"].pk), "MEMBER").standing.state == "DONE"
    assert cell_of("MEMBER_PLAN", str(units["交通局"].pk), "MEMBER").standing.state == "DUE"


def test_a_village_owes_contact_with_each_person_in_hardship(units: Units) -> None:
    for name in ("陈大山", "李秀英"):
        person = make_person(name=name)
        make_status(person, kind="WAR_VETERAN")
        Hardship.objects.create(person=person, kind="LIVING", starts_on=date(2026, 1, 1), recorded_at=AT)
    grid = get_grid(actor=desk(), owes="VILLAGE", year=2026, on=TODAY)
    cell = grid.cells["CONTACT_HARDSHIP", VILLAGE]
    assert [(part.need, part.done) for part in cell.parts] == [(2, 0), (2, 0), (2, 0), (0, 0)]
    waiting = waiting_for(
        actor=desk(), duty=DutyKind.objects.get(pk="CONTACT_HARDSHIP"), cell=cell, ower=find_ower(grid, VILLAGE),
        on=TODAY,
    )  # fmt: skip
    assert waiting is not None
    assert {person.name for person in waiting.people} == {"李秀英", "陈大山"}


def test_a_counter_opens_exactly_the_activities_it_counted(units: Units) -> None:
    counted = [record("DEFENCE_LESSON", area=VILLAGE, heads="2"), record("FILM_SHOW", area=TOWN)]
    record("FILM_SHOW", area=COUNTY)
    grid = get_grid(actor=desk(), owes="TOWN", year=2026, on=TODAY)
    duty = DutyKind.objects.get(pk="TOWN_DEFENCE")
    rows = activities_for(actor=desk(), duty=duty, ower=find_ower(grid, TOWN), year=2026, on=TODAY)
    assert {row.pk for row in rows} == {row.pk for row in counted}
    assert grid.cells["TOWN_DEFENCE", TOWN].standing.done == 2


def test_a_town_sees_its_own_counters_only(units: Units) -> None:
    assert [ower.key for ower in get_grid(actor=clerk(), owes="TOWN", year=2026, on=TODAY).owers] == [TOWN]
    assert get_grid(actor=clerk(), owes="COUNTY", year=2026, on=TODAY).owers == ()
    with pytest.raises(NotFound):
        duty_board(actor=clerk(), owes="TOWN", year=2026, on=TODAY, by_ower=False, key=COUNTY)


def test_counters_follow_what_is_done_though_they_are_kept(units: Units) -> None:
    assert cell_of("COUNTY_JOINT_MEETING", COUNTY, "COUNTY").standing.done == 0
    held(make_meeting())
    assert cell_of("COUNTY_JOINT_MEETING", COUNTY, "COUNTY").standing.done == 1


OWN = DutyDraft(
    name="每季度走进军营",
    owes="TOWN",
    rhythm="QUARTER",
    times="1",
    kinds=("MILITARY_DAY",),
    source="县双拥办〔2026〕3号",
)


def test_a_duty_of_the_county_counts_at_once_and_leaves_when_retired(units: Units) -> None:
    record("MILITARY_DAY", area=TOWN, on="2026-02-01")
    duty = set_duty(actor=desk(), draft=OWN, at=AT)
    standing = cell_of(duty.pk, TOWN, "TOWN").standing
    assert (duty.pk, standing.done, standing.missed, standing.left) == ("LOCAL_990101_1", 1, 1, 1)
    task = make_task(duty_code=duty.pk)
    retire_duty(actor=desk(), code=duty.pk, at=AT)
    assert (duty.pk, TOWN) not in get_grid(actor=desk(), owes="TOWN", year=2026, on=TODAY).cells
    task.refresh_from_db()
    assert task.duty_id == duty.pk


def test_a_duty_is_refused_with_everything_at_once_when_wrong(units: Units) -> None:
    wrong = DutyDraft(name="", owes="KING", rhythm="DAY", times="0", by="ACTIVITY", kinds=("NOTHING",), starts_on="x")
    with pytest.raises(Refused) as refused:
        set_duty(actor=desk(), draft=wrong, at=AT)
    said = [problem.where for problem in refused.value.problems]
    assert said == ["名称", "由谁承担", "周期", "次数", "哪些活动算完成", "起算日期", "依据"]
    contact = DutyDraft(name="联系", owes="LEADER", by="CONTACT", source="某文")
    with pytest.raises(Refused) as refused:
        set_duty(actor=desk(), draft=contact, at=AT)
    assert [problem.where for problem in refused.value.problems] == ["联系对象", "由谁承担"]


def test_only_the_county_sets_duties_and_never_the_catalogues(units: Units) -> None:
    with pytest.raises(Refused):
        set_duty(actor=clerk(), draft=OWN, at=AT)
    with pytest.raises(NotFound):
        set_duty(actor=desk(), draft=OWN, code="TOWN_FORUM", at=AT)


def test_the_catalogue_loaded_again_changes_nothing_and_leaves_own_duties(units: Units) -> None:
    own = set_duty(actor=desk(), draft=OWN, at=AT)
    before = list(DutyKind.objects.order_by("pk").values())
    load_duties(at=AT)
    assert list(DutyKind.objects.order_by("pk").values()) == before
    assert DutyKind.objects.get(pk=own.pk).retired is False


def test_the_page_of_gaps_counts_what_its_lists_show(units: Units) -> None:
    make_task(due_on="2026-07-01")
    make_task(due_on="", owner_unit_id=units["教育局"].pk)
    make_meeting()
    found = {gap.query: gap.count for gap in list_gaps(actor=desk(), on=TODAY)}
    assert (found["whose=none"], found["when=undated"], found["when=silent"], found["when=unrecorded"]) == (1, 1, 1, 1)
    assert found["owes=MEMBER&by=ower"] == 2  # no arrangement of the first two quarters, by two units
