"""What did we know on a day? Corrections, endings and deaths never overwrite what was known before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import PersonEvent, Status
from yushui.people.selectors import facts_of, get_status, list_statuses, statuses_known
from yushui.people.services.events import confirm_person, record_event, withdraw_event
from yushui.people.services.statuses import add_status, change_status, end_status
from yushui.people.tests.factories import COUNTY, OTHER_TOWN_VILLAGE, TOWN, VILLAGE, make_person, make_status
from yushui.people.types import StatusFacts

pytestmark = pytest.mark.django_db


def moment(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 2, 0, tzinfo=UTC)


SIX = StatusFacts(
    kind="DISABLED_SOLDIER", starts_on=date(2003, 5, 1), approved_on=date(2003, 4, 10), grade=6, cause="DUTY"
)


@pytest.fixture
def officer():
    return make_user(Role.DESK_OFFICER)


def test_change_status_keeps_what_was_known(officer) -> None:
    person = make_person()
    status = add_status(actor=officer, person_id=person.pk, facts=SIX, at=moment(3, 1))
    change_status(actor=officer, lineage=status.lineage, facts=replace(SIX, grade=5), reason="调残", at=moment(6, 1))

    def grades(at: datetime) -> list[int | None]:
        return [s.grade for s in statuses_known(actor=officer, person_id=person.pk, known_at=at)]

    assert grades(moment(2, 28)) == []
    assert grades(moment(3, 1)) == [6]
    assert grades(moment(5, 31)) == [6]
    assert grades(moment(6, 1)) == [5]
    assert [s.grade for s in list_statuses(actor=officer, person_id=person.pk, history=True)] == [5, 6]
    assert get_status(actor=officer, lineage=status.lineage).grade == 5


def test_change_status_without_a_reason_is_refused(officer) -> None:
    status = add_status(actor=officer, person_id=make_person().pk, facts=SIX, at=moment(3, 1))
    with pytest.raises(Refused) as refused:
        change_status(actor=officer, lineage=status.lineage, facts=replace(SIX, grade=5), reason=" ", at=moment(6, 1))
    assert [p.where for p in refused.value.problems] == ["原因"]
    assert Status.objects.count() == 1


def test_change_status_without_a_change_adds_no_version(officer) -> None:
    status = add_status(actor=officer, person_id=make_person().pk, facts=SIX, at=moment(3, 1))
    change_status(actor=officer, lineage=status.lineage, facts=SIX, reason="核对", at=moment(6, 1))
    assert Status.objects.count() == 1


@pytest.mark.parametrize(
    "kind,missing",
    [
        ("DISABLED_SOLDIER", ["伤残等级", "伤残性质", "批准日期"]),
        ("SURVIVOR_MARTYR", ["城乡", "与牺牲病故军人关系"]),
        ("DEMOBILIZED", ["属于时期"]),
        ("WAR_VETERAN", ["参战(参试)类别"]),
        ("RURAL_VETERAN_60", ["服义务兵役开始", "服义务兵役结束"]),
        ("CONSCRIPT", ["服义务兵役开始", "服役地区", "入伍时学历"]),
        ("VETERAN", ["安置方式"]),
        ("MARTYR_CHILD", []),
    ],
)
def test_add_status_asks_for_what_its_kind_requires(officer, kind: str, missing: list[str]) -> None:
    person = make_person()
    facts = StatusFacts(kind=kind, starts_on=date(2020, 1, 1))
    if not missing:
        assert add_status(actor=officer, person_id=person.pk, facts=facts, at=moment(3, 1)).kind == kind
        return
    with pytest.raises(Refused) as refused:
        add_status(actor=officer, person_id=person.pk, facts=facts, at=moment(3, 1))
    assert [p.where for p in refused.value.problems] == missing


def test_add_status_grade_seven_by_illness_is_refused(officer) -> None:
    facts = replace(SIX, grade=7, cause="ILLNESS")
    with pytest.raises(Refused) as refused:
        add_status(actor=officer, person_id=make_person().pk, facts=facts, at=moment(3, 1))
    assert [p.what for p in refused.value.problems] == ["七级没有因病:因病只评一级至六级"]


def test_add_status_says_every_impossible_day(officer) -> None:
    facts = StatusFacts(
        kind="RURAL_VETERAN_60", starts_on=date(1949, 1, 1), ends_on=date(1948, 1, 1), approved_on=date(2027, 1, 1),
        service_starts_on=date(1960, 1, 1), service_ends_on=date(1960, 1, 1),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        add_status(actor=officer, person_id=make_person().pk, facts=facts, at=moment(3, 1))
    assert [str(p) for p in refused.value.problems] == [
        "开始日期:早于出生日期",
        "结束日期:应晚于开始日期",
        "服义务兵役结束:应晚于服义务兵役开始",
        "批准日期:在今天之后",
        "服义务兵役开始:入伍时不满 14 周岁",
    ]


def test_add_status_of_a_kind_held_on_a_day_already_is_refused(officer) -> None:
    person = make_person()
    make_status(person, kind="MARTYR_CHILD", starts_on=date(2012, 1, 1), ends_on=date(2020, 1, 1))
    facts = StatusFacts(kind="MARTYR_CHILD", starts_on=date(2019, 12, 31))
    with pytest.raises(Refused) as refused:
        add_status(actor=officer, person_id=person.pk, facts=facts, at=moment(3, 1))
    assert [p.where for p in refused.value.problems] == ["开始日期"]
    facts = StatusFacts(kind="MARTYR_CHILD", starts_on=date(2020, 1, 1))
    assert add_status(actor=officer, person_id=person.pk, facts=facts, at=moment(3, 1)).starts_on == date(2020, 1, 1)


def test_end_status_is_a_version_of_its_own(officer) -> None:
    status = add_status(actor=officer, person_id=make_person().pk, facts=SIX, at=moment(3, 1))
    ended = end_status(
        actor=officer,
        lineage=status.lineage,
        state="MOVED",
        ends_on=date(2026, 7, 1),
        reason="迁往外省",
        at=moment(7, 2),
    )
    assert (ended.lineage, ended.state, ended.ends_on) == (status.lineage, "MOVED", date(2026, 7, 1))
    assert Status.objects.get(pk=status.pk).superseded_at == moment(7, 2)


def test_death_ends_every_status_and_its_withdrawal_brings_them_back(officer) -> None:
    person = make_person()
    add_status(actor=officer, person_id=person.pk, facts=SIX, at=moment(3, 1))
    add_status(
        actor=officer,
        person_id=person.pk,
        facts=StatusFacts(kind="MARTYR_CHILD", starts_on=date(2012, 1, 1)),
        at=moment(3, 1),
    )
    death = record_event(
        actor=officer, person_id=person.pk, what="DIED", on=date(2026, 8, 9), detail="OLD_WOUND", at=moment(9, 1)
    )
    person.refresh_from_db()
    assert person.died_on == date(2026, 8, 9)
    ends = [(s.state, s.ends_on) for s in list_statuses(actor=officer, person_id=person.pk)]
    assert ends == [("DIED", date(2026, 8, 10))] * 2

    withdraw_event(actor=officer, event_id=death.pk, reason="同名误报", at=moment(9, 5))
    person.refresh_from_db()
    assert person.died_on is None
    ends = [(s.kind, s.state, s.ends_on) for s in list_statuses(actor=officer, person_id=person.pk)]
    assert ends == [("MARTYR_CHILD", "RECEIVING", None), ("DISABLED_SOLDIER", "RECEIVING", None)]
    between = statuses_known(actor=officer, person_id=person.pk, known_at=moment(9, 3))
    assert [s.state for s in between] == ["DIED", "DIED"]


def test_death_twice_is_refused(officer) -> None:
    person = make_person()
    record_event(actor=officer, person_id=person.pk, what="DIED", on=date(2026, 8, 9), at=moment(9, 1))
    with pytest.raises(Refused) as refused:
        record_event(actor=officer, person_id=person.pk, what="DIED", on=date(2026, 8, 10), at=moment(9, 2))
    assert [p.what for p in refused.value.problems] == ["已登记于 2026-08-09 去世"]


def test_record_event_tomorrow_is_refused(officer) -> None:
    with pytest.raises(Refused) as refused:
        record_event(actor=officer, person_id=make_person().pk, what="MOVED_OUT", on=date(2026, 9, 2), at=moment(9, 1))
    assert [p.what for p in refused.value.problems] == ["在今天之后"]


def test_withdraw_event_twice_is_not_found(officer) -> None:
    person = make_person()
    event = record_event(actor=officer, person_id=person.pk, what="MOVED_OUT", on=date(2026, 8, 9), at=moment(9, 1))
    withdraw_event(actor=officer, event_id=event.pk, reason="误报", at=moment(9, 2))
    with pytest.raises(NotFound):
        withdraw_event(actor=officer, event_id=event.pk, reason="误报", at=moment(9, 3))


def test_confirm_person_once_a_year_by_the_village_liaison() -> None:
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    person = make_person()
    confirm_person(actor=liaison, person_id=person.pk, way="HOME", on=date(2026, 3, 5), at=moment(3, 5))
    with pytest.raises(Refused) as refused:
        confirm_person(actor=liaison, person_id=person.pk, way="PHONE", on=date(2026, 4, 5), at=moment(4, 5))
    assert [p.what for p in refused.value.problems] == ["2026 年已确认过"]
    assert [e.detail for e in PersonEvent.objects.all()] == ["HOME"]
    with pytest.raises(Refused):
        record_event(actor=liaison, person_id=person.pk, what="DIED", on=date(2026, 4, 5), at=moment(4, 5))


def test_facts_of_tells_what_was_known_at_the_moment(officer) -> None:
    person = make_person()
    make_person(area=OTHER_TOWN_VILLAGE)
    status = add_status(actor=officer, person_id=person.pk, facts=SIX, at=moment(3, 1))
    change_status(actor=officer, lineage=status.lineage, facts=replace(SIX, grade=5), reason="调残", at=moment(6, 1))
    record_event(
        actor=officer, person_id=person.pk, what="DIED", on=date(2026, 5, 20), detail="ILLNESS", at=moment(9, 1)
    )

    def known(at: datetime, area: str = TOWN) -> tuple[int, list[int], list[bool]]:
        facts = facts_of(actor=officer, area_code=area, known_at=at)
        died = [int(day) > -(2**31) for day in facts.persons["died_on"]]
        return len(facts.persons["person_id"]), [int(g) for g in facts.statuses["grade"]], died

    assert known(moment(2, 1)) == (1, [], [False])
    assert known(moment(4, 1)) == (1, [6], [False])
    assert known(moment(7, 1)) == (1, [5], [False])
    assert known(moment(10, 1)) == (1, [5], [True])
    assert known(moment(10, 1), area=COUNTY)[0] == 2
    one = facts_of(actor=officer, area_code=COUNTY, known_at=moment(10, 1), person_ids=[person.pk])
    assert list(one.statuses["status_id"]) == [status.lineage]


def test_facts_of_another_area_is_not_found() -> None:
    clerk = make_user(Role.TOWN_CLERK, area=TOWN)
    with pytest.raises(NotFound):
        facts_of(actor=clerk, area_code=COUNTY, known_at=moment(3, 1))
