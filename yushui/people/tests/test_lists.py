"""Finding people: by number, name, initials, age, gaps, coming days; only in the own area."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base import cipher
from yushui.base.refusals import NotFound, Refused
from yushui.people import rules
from yushui.people.forms import filters_from, search_query
from yushui.people.models import Person, ResponsibleContact
from yushui.people.selectors import birthdays_of_week, count_people, list_people, list_possible_contacts, rows_of
from yushui.people.services.contacts import assign_contact, hand_over_contacts
from yushui.people.services.events import confirm_person
from yushui.people.services.hardships import add_hardship
from yushui.people.tests.factories import (
    COUNTY,
    OTHER_TOWN_VILLAGE,
    OTHER_VILLAGE,
    TOWN,
    VILLAGE,
    make_account,
    make_person,
    make_status,
)
from yushui.people.types import PeopleFilters

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def officer():
    return make_user(Role.DESK_OFFICER)


def named(name: str, **columns: object) -> Person:
    return make_person(name=name, name_key=rules.name_key(name), **columns)


def names(actor, **filters: object) -> list[str]:
    return [p.name for p in list_people(actor=actor, filters=PeopleFilters(on=TODAY, **filters))]


@pytest.mark.parametrize(
    "words,found",
    [
        ("陈大山", ["陈大山"]), ("陈大", ["陈大山", "陈大川"]), ("cds", ["陈大山"]), ("CD", ["陈大川", "陈大山"]),
        ("大山", []), ("13800138000", ["陈大山"]), ("138-0013-8000", ["陈大山"]), ("1380013", []),
    ],
)  # fmt: skip
def test_search_by_words(officer, words: str, found: list[str]) -> None:
    named("陈大山", phone="13800138000", phone_index=cipher.blind("13800138000", "phone"))
    named("陈大川")
    named("王小河")
    assert names(officer, text=words) == found


def test_search_by_number_whole_or_its_end(officer) -> None:
    person = named("陈大山")
    named("王小河", born_on=date(1961, 2, 3))
    for words in (person.id_number, person.id_number.lower(), person.id_number[-4:], f" {person.id_number} "):
        assert names(officer, text=words) == ["陈大山"], words
    assert names(officer, text=person.id_number[:17]) == []


def test_search_query_hides_numbers_and_keeps_names() -> None:
    person = named("陈大山")
    sent = search_query({"text": person.id_number, "area": TOWN, "kind": ""})
    assert sent == {"area": TOWN, "found_by": f"number:{person.id_index}"}
    assert search_query({"text": "陈大"}) == {"text": "陈大"}
    assert filters_from(sent, on=TODAY).life == "all"  # a number is looked up among the dead too


def test_list_people_is_bounded_by_the_actors_area() -> None:
    named("北洲人")
    named("柳湾人", area=OTHER_VILLAGE)
    named("新河人", area=OTHER_TOWN_VILLAGE)
    assert names(make_user(Role.LIAISON, area=VILLAGE)) == ["北洲人"]
    assert names(make_user(Role.TOWN_CLERK, area=TOWN)) == ["北洲人", "柳湾人"]
    assert names(make_user(Role.TOWN_CLERK, area=TOWN), area=COUNTY) == ["北洲人", "柳湾人"]
    assert names(make_user(Role.DESK_OFFICER), area=OTHER_VILLAGE) == ["柳湾人"]
    with pytest.raises(NotFound):
        names(make_user(Role.LEADER))


def test_kind_and_state_of_the_present_version_only(officer) -> None:
    person = named("陈大山")
    make_status(person, kind="MARTYR_CHILD", superseded_at=NOW)
    make_status(person, kind="WAR_VETERAN", state="STOPPED")
    assert names(officer, kind="MARTYR_CHILD") == []
    assert names(officer, kind="WAR_VETERAN") == ["陈大山"]
    assert names(officer, kind="WAR_VETERAN", state="RECEIVING") == []
    assert names(officer, state="STOPPED") == ["陈大山"]


def test_age_on_the_day(officer) -> None:
    named("今天六十", born_on=date(1966, 11, 22))
    named("明天六十", born_on=date(1966, 11, 23))
    assert names(officer, age_from=60) == ["今天六十"]
    assert names(officer, age_to=59) == ["明天六十"]
    assert names(officer, age_from=59, age_to=60) == ["今天六十", "明天六十"]


def test_turning_sixty_within_three_months(officer) -> None:
    named("昨天", born_on=date(1966, 11, 21))
    named("今天", born_on=date(1966, 11, 22))
    named("明天", born_on=date(1966, 11, 23))
    named("二月", born_on=date(1967, 2, 22))
    named("三月", born_on=date(1967, 3, 1))
    assert names(officer, turning=60) == ["明天", "二月"]


def test_turning_eighteen_looks_at_children_of_survivors_and_fifty_five_at_women(officer) -> None:
    child, other = named("遗属子女", born_on=date(2008, 12, 1)), named("义务兵", born_on=date(2008, 12, 1))
    make_status(child, kind="SURVIVOR_DUTY", relation="CHILD", household_kind="RURAL")
    make_status(other, kind="CONSCRIPT")
    named("男", born_on=date(1971, 12, 1))
    named("女", born_on=date(1971, 12, 1), sex="F")
    assert names(officer, turning=18) == ["遗属子女"]
    assert names(officer, turning=55) == ["女"]


def test_birthdays_of_the_week(officer) -> None:
    named("今天", born_on=date(1950, 11, 22))
    named("六天后", born_on=date(1950, 11, 28))
    named("七天后", born_on=date(1950, 11, 29))
    assert names(officer, birthday="week") == ["今天", "六天后"]


def test_birthdays_of_the_week_know_the_leap_day() -> None:
    assert date(1948, 2, 29) in birthdays_of_week(date(2027, 2, 25))
    assert date(1948, 2, 29) in birthdays_of_week(date(2028, 2, 25))
    assert date(1900, 3, 1) in birthdays_of_week(date(2027, 2, 25))
    assert date(1948, 2, 29) not in birthdays_of_week(date(2027, 3, 2))


def test_gaps_in_the_data(officer) -> None:
    whole = named("齐全", phone="1", phone_index="x")
    make_status(whole, kind="DISABLED_SOLDIER", grade=6, cause="DUTY", approved_on=date(2003, 4, 10))
    make_account(whole)
    lacking = named("缺项")
    make_status(lacking, kind="DISABLED_SOLDIER", grade=6)
    served = named("一般退役", phone="1", phone_index="y")
    make_status(served, kind="VETERAN", state="RECOGNISED")  # is not paid: needs no account, nothing is missing
    assert names(officer, gap="no_phone") == ["缺项"]
    assert names(officer, gap="no_account") == ["缺项"]
    assert names(officer, gap="missing_facts") == ["缺项"]


def test_unconfirmed_this_year(officer) -> None:
    done, open_case, last_year = named("已确认"), named("未确认"), named("去年确认")
    for person in (done, open_case, last_year):
        make_status(person)
    confirm_person(actor=officer, person_id=done.pk, way="HOME", on=date(2026, 3, 1), at=NOW)
    confirm_person(actor=officer, person_id=last_year.pk, way="HOME", on=date(2025, 12, 31), at=NOW)
    assert names(officer, confirm="missing") == ["未确认", "去年确认"]
    assert count_people(actor=officer, filters=PeopleFilters(on=TODAY, confirm="missing")) == 2


def test_suspected_dead(officer) -> None:
    still_paid = named("已去世仍享受", died_on=date(2026, 1, 1))
    make_status(still_paid)
    very_old = named("百岁未确认", born_on=date(1926, 1, 1))
    make_status(very_old)
    confirmed = named("百岁已确认", born_on=date(1926, 1, 1))
    make_status(confirmed)
    confirm_person(actor=officer, person_id=confirmed.pk, way="HOME", on=date(2026, 3, 1), at=NOW)
    make_status(named("常人"))
    assert names(officer, suspected_dead=True) == ["已去世仍享受", "百岁未确认"]


def test_the_dead_are_left_out_unless_asked_for(officer) -> None:
    named("健在")
    named("去世", died_on=date(2026, 1, 1))
    assert names(officer) == ["健在"]
    assert names(officer, life="dead") == ["去世"]
    assert names(officer, life="all") == ["健在", "去世"]


def test_hardship_and_contact(officer) -> None:
    person, _ = named("困难户"), named("旁人")
    add_hardship(actor=officer, person_id=person.pk, kind="LIVING", starts_on=date(2026, 1, 1), at=NOW)
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    assign_contact(actor=officer, person_ids=[person.pk], user_id=liaison.pk, on=TODAY, at=NOW)
    assert names(officer, hardship="LIVING") == ["困难户"]
    assert names(officer, hardship="HOUSING") == []
    assert names(officer, contact=liaison.pk) == ["困难户"]


def test_list_people_costs_three_queries_with_its_lines(officer, django_assert_num_queries) -> None:
    for number in range(5):
        make_status(named(f"人{number}"))
    assert officer.roles
    with django_assert_num_queries(3):
        people = list(list_people(actor=officer, filters=PeopleFilters(on=TODAY))[:26])
        lines = rows_of(people, on=TODAY)
    assert [(line.place, len(line.statuses)) for line in lines] == [("石桥镇 北洲村", 1)] * 5


def test_hand_over_gives_a_leavers_people_to_a_colleague(officer) -> None:
    people = [named("陈大山"), named("王小河")]
    leaver = make_user(Role.LIAISON, area=VILLAGE, username="leaver")
    heir = make_user(Role.LIAISON, area=VILLAGE, username="heir", full_name="何静")
    start = TODAY - timedelta(days=30)
    assign_contact(actor=officer, person_ids=[p.pk for p in people], user_id=leaver.pk, on=start, at=NOW)
    given = {VILLAGE: heir.pk}
    moved = hand_over_contacts(actor=officer, from_user_id=leaver.pk, given=given, on=TODAY, at=NOW)
    assert moved == 2
    assert ResponsibleContact.objects.filter(user_id=heir.pk, user_name="何静", ends_on=None).count() == 2
    with pytest.raises(Refused):
        hand_over_contacts(actor=officer, from_user_id=leaver.pk, given=given, on=TODAY, at=NOW)


def test_contacts_to_choose_work_inside_the_actors_area(officer) -> None:
    make_user(Role.LIAISON, area=VILLAGE, full_name="村联络员")
    make_user(Role.LIAISON, area=OTHER_TOWN_VILLAGE, full_name="外镇联络员")
    make_user(Role.LEADER, area=TOWN, full_name="领导")
    clerk = make_user(Role.TOWN_CLERK, area=TOWN, full_name="乡镇经办")
    assert [u.full_name for u in list_possible_contacts(actor=clerk)] == ["乡镇经办", "村联络员"]
