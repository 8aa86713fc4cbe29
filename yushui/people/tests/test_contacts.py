"""Who looks after whom: rhythms as data, and everybody of a colleague handed over in one act."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base.days import months_after
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import ContactRhythm, ResponsibleContact
from yushui.people.rules import RhythmFacts, in_force, lasting_since
from yushui.people.selectors.contacts import contact_cards, people_in_care, rhythms_for, villages_kept
from yushui.people.services.contacts import assign_contact, hand_over_contacts
from yushui.people.services.rhythms import load_rhythms, retire_rhythm, set_rhythm
from yushui.people.tests.factories import (
    COUNTY,
    OTHER_TOWN_VILLAGE,
    OTHER_VILLAGE,
    TOWN,
    VILLAGE,
    make_areas,
    make_person,
    make_status,
)

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
TODAY = date(2026, 11, 22)
BEFORE = date(2026, 1, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    make_areas()
    return make_user(Role.TOWN_CLERK, area=TOWN, username="clerk", full_name="周建平")


@pytest.fixture
def desk() -> User:
    make_areas()
    load_rhythms(at=NOW)
    return make_user(Role.DESK_OFFICER, area=COUNTY, username="desk")


def liaison(village: str = VILLAGE, name: str = "陈秀兰", username: str = "liaison") -> User:
    return make_user(Role.LIAISON, area=village, username=username, full_name=name)


def looked_after(clerk: User, user: User, village: str = VILLAGE, names: str = "甲乙") -> list[int]:
    """Persons of a village with this contact since January."""
    people = [make_person(name=name, area=village).pk for name in names]
    assign_contact(actor=clerk, person_ids=people, user_id=user.pk, on=BEFORE, at=NOW)
    return people


def in_charge(person_id: int) -> list[tuple[str, date | None]]:
    rows = ResponsibleContact.objects.filter(person_id=person_id).order_by("starts_on", "id")
    return [(row.user_name, row.ends_on) for row in rows]


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 24))
def test_lasting_since_is_the_first_day_that_lasts(on: date, months: int) -> None:
    since = lasting_since(on, months)
    assert months_after(since, months) >= on > months_after(since - timedelta(days=1), months)


def rhythm(code: str, group: str, months: int, area: str = "") -> RhythmFacts:
    return RhythmFacts(code, code, group, None, "", months, 1, area)


def test_in_force_takes_the_nearer_of_two_for_the_same_group() -> None:
    rows = [rhythm("OURS", "ALL", 12, COUNTY), rhythm("OTHERS", "ALL", 6), rhythm("HARD", "HARDSHIP", 3)]
    assert [row.code for row in in_force(rows)] == ["HARD", "OURS"]


def test_load_rhythms_twice_changes_nothing(desk: User) -> None:
    entries = Entry.objects.count()
    assert load_rhythms(at=NOW) == 4
    assert Entry.objects.count() == entries
    assert [(r.code, r.months) for r in rhythms_for(TOWN)][-1] == ("OTHERS", 6)


def test_set_rhythm_holds_for_the_county_and_not_for_others(desk: User) -> None:
    own = set_rhythm(
        actor=desk, name="其他对象", group="ALL", age=80, status_kind="", months=4, source="本县办法", at=NOW
    )
    assert own.age is None
    assert rhythms_for(TOWN)[-1].code == own.pk
    assert rhythms_for("980101001000")[-1].code == "OTHERS"
    retire_rhythm(actor=desk, code=own.pk, at=NOW)
    assert rhythms_for(TOWN)[-1].code == "OTHERS"


def test_set_rhythm_says_all_problems_at_once(desk: User) -> None:
    with pytest.raises(Refused) as refused:
        set_rhythm(actor=desk, name=" ", group="AGE", age=None, status_kind="", months=99, source="", at=NOW)
    assert [p.where for p in refused.value.problems] == ["名称", "年满", "几个月一次", "依据"]


def test_set_rhythm_when_not_the_counties_officer(clerk: User) -> None:
    with pytest.raises(Refused):
        set_rhythm(actor=clerk, name="我的", group="ALL", age=None, status_kind="", months=4, source="无", at=NOW)
    assert not ContactRhythm.objects.exists()


def test_people_in_care_are_alive_and_of_an_entitled_kind(clerk: User) -> None:
    cared, dead, plain, gone = (make_person(name=name) for name in ("在册", "已故", "一般退役", "停发"))
    for person in (cared, dead):
        make_status(person, state="RECOGNISED")
    type(dead).objects.filter(pk=dead.pk).update(died_on=TODAY)
    make_status(plain, kind="VETERAN")
    make_status(gone, state="STOPPED")
    for by_page in (False, True):
        assert [p.pk for p in people_in_care(actor=clerk, by_page=by_page)] == [cared.pk]


def test_hand_over_splits_a_leavers_people_by_village(clerk: User) -> None:
    leaver = make_user(Role.TOWN_CLERK, area=TOWN, username="leaver", full_name="老周")
    here, there = looked_after(clerk, leaver), looked_after(clerk, leaver, OTHER_VILLAGE, "丙")
    User.objects.filter(pk=leaver.pk).update(is_active=False)
    near, far = liaison(), liaison(OTHER_VILLAGE, "何静", "hejing")
    rows = villages_kept(actor=clerk, user_id=leaver.pk)
    assert [(row.area_code, row.heads) for row in rows] == [(VILLAGE, 2), (OTHER_VILLAGE, 1)]
    to = {VILLAGE: near.pk, OTHER_VILLAGE: far.pk}
    assert hand_over_contacts(actor=clerk, from_user_id=leaver.pk, given=to, on=TODAY, at=NOW) == 3
    assert in_charge(here[0]) == [("老周", TODAY), ("陈秀兰", None)]
    assert in_charge(there[0]) == [("老周", TODAY), ("何静", None)]
    with pytest.raises(Refused, match="已没有要移交的人"):
        hand_over_contacts(actor=clerk, from_user_id=leaver.pk, given=to, on=TODAY, at=NOW)


def test_hand_over_leaves_villages_not_named(clerk: User) -> None:
    leaver = make_user(Role.TOWN_CLERK, area=TOWN, username="leaver", full_name="老周")
    looked_after(clerk, leaver)
    there = looked_after(clerk, leaver, OTHER_VILLAGE, "丙")
    moved = hand_over_contacts(actor=clerk, from_user_id=leaver.pk, given={VILLAGE: liaison().pk}, on=TODAY, at=NOW)
    assert moved == 2
    assert in_charge(there[0]) == [("老周", None)]


def test_hand_over_says_all_problems_at_once(clerk: User) -> None:
    leaver = make_user(Role.TOWN_CLERK, area=TOWN, username="leaver", full_name="老周")
    looked_after(clerk, leaver)
    looked_after(clerk, leaver, OTHER_VILLAGE, "丙")
    far = liaison(OTHER_VILLAGE, "何静", "hejing")
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        hand_over_contacts(
            actor=clerk, from_user_id=leaver.pk, given={VILLAGE: far.pk, OTHER_VILLAGE: leaver.pk}, on=tomorrow, at=NOW
        )
    words = " ".join(p.what for p in refused.value.problems)
    assert all(part in words for part in ("看不到这里的人", "接手人就是原来的包联人", "在今天之后"))
    with pytest.raises(Refused, match="还没有选接手的人"):
        hand_over_contacts(actor=clerk, from_user_id=leaver.pk, given={}, on=TODAY, at=NOW)


def test_hand_over_touches_only_the_actors_area(clerk: User, desk: User) -> None:
    county_man = make_user(Role.DESK_OFFICER, area=COUNTY, username="county", full_name="林晓燕")
    mine = make_person(area=VILLAGE).pk
    theirs = make_person(area=OTHER_TOWN_VILLAGE).pk
    assign_contact(actor=desk, person_ids=[mine, theirs], user_id=county_man.pk, on=BEFORE, at=NOW)
    given = {VILLAGE: liaison().pk, OTHER_TOWN_VILLAGE: liaison(OTHER_TOWN_VILLAGE, "外镇", "far").pk}
    with pytest.raises(Refused):
        hand_over_contacts(actor=clerk, from_user_id=county_man.pk, given=given, on=TODAY, at=NOW)
    given.pop(OTHER_TOWN_VILLAGE)
    assert hand_over_contacts(actor=clerk, from_user_id=county_man.pk, given=given, on=TODAY, at=NOW) == 1
    assert in_charge(theirs) == [("林晓燕", None)]


def test_hand_over_without_a_colleague_gives_one_to_those_who_have_none(clerk: User) -> None:
    person, other = make_person(), make_person(area=OTHER_VILLAGE)
    for each in (person, other):
        make_status(each)
    plain = make_person(name="一般退役")
    assert hand_over_contacts(actor=clerk, from_user_id=None, given={VILLAGE: liaison().pk}, on=TODAY, at=NOW) == 1
    assert in_charge(person.pk) == [("陈秀兰", None)]
    assert in_charge(other.pk) == in_charge(plain.pk) == []


def test_a_thousand_people_change_hands_with_one_entry_in_the_log(clerk: User) -> None:
    leaver = make_user(Role.TOWN_CLERK, area=TOWN, username="leaver", full_name="老周")
    people = [make_person(name=f"人{n}") for n in range(600)]
    ResponsibleContact.objects.bulk_create(
        ResponsibleContact(person=p, user_id=leaver.pk, user_name="老周", starts_on=BEFORE) for p in people
    )
    entries = Entry.objects.count()
    assert (
        hand_over_contacts(actor=clerk, from_user_id=leaver.pk, given={VILLAGE: liaison().pk}, on=TODAY, at=NOW) == 600
    )
    assert Entry.objects.count() == entries + 1
    assert ResponsibleContact.objects.filter(ends_on=None, user_name="陈秀兰").count() == 600


def test_assign_contact_when_the_colleague_cannot_see_the_person(clerk: User) -> None:
    person = make_person(area=VILLAGE)
    far = liaison(OTHER_VILLAGE, "何静", "hejing")
    with pytest.raises(Refused, match="看不到这些人"):
        assign_contact(actor=clerk, person_ids=[person.pk], user_id=far.pk, on=TODAY, at=NOW)


def test_cards_name_the_contact_of_today(clerk: User) -> None:
    user = liaison()
    person, _ = looked_after(clerk, user)
    make_person(name="没有包联人")
    [card] = contact_cards(actor=clerk, person_id=person)
    assert (card.contact, card.place, card.since) == ("陈秀兰", "石桥镇 北洲村", BEFORE)
    assert len(contact_cards(actor=clerk, user_id=user.pk)) == 2
    assert contact_cards(actor=clerk, area_code=OTHER_VILLAGE) == []


def test_hand_over_page_keeps_what_was_chosen_when_refused(clerk: User, client) -> None:
    leaver = make_user(Role.TOWN_CLERK, area=TOWN, username="leaver", full_name="老周")
    looked_after(clerk, leaver)
    near = liaison()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("hand-over-contacts")
    assert "移交老周的包联对象" in client.get(f"{address}?from={leaver.pk}").content.decode()
    sent = {"from": leaver.pk, "on": "2099-01-01", f"to-{VILLAGE}": near.pk}
    page = client.post(address, sent).content.decode()
    assert "在今天之后" in page
    assert f'<option value="{near.pk}" selected>' in page
    assert client.post(address, sent | {"on": "2026-11-22"}).url == reverse("list-contacts")
    assert client.get(f"{address}?from={leaver.pk}").status_code == 404


def test_a_leaver_of_another_area_is_not_found(clerk: User, desk: User) -> None:
    user = liaison(OTHER_TOWN_VILLAGE, "外镇", "far")
    theirs = make_person(area=OTHER_TOWN_VILLAGE).pk
    assign_contact(actor=desk, person_ids=[theirs], user_id=user.pk, on=BEFORE, at=NOW)
    assert villages_kept(actor=clerk, user_id=user.pk) == []
    with pytest.raises(NotFound):
        villages_kept(actor=user, user_id=user.pk)
