"""Who is due for contact by the rhythm of the place; sums by colleague."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Visit
from yushui.activities.selectors.contacts import (
    STATES,
    ContactFilters,
    contact_sums,
    due_people,
    lines_of,
    people_to_contact,
)
from yushui.base.refusals import NotFound
from yushui.people.models import Hardship, Person
from yushui.people.services.contacts import assign_contact
from yushui.people.services.rhythms import load_rhythms
from yushui.people.tests.factories import OTHER_TOWN_VILLAGE, OTHER_VILLAGE, TOWN, VILLAGE, make_person, make_status

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
ON = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def cared(name: str, last: date | None = None, *, way: str = "HOME", area: str = VILLAGE, **columns: object) -> Person:
    """A person in care who was last met on a day."""
    person = make_person(name=name, area=area, **columns)
    make_status(person)
    if last is not None:
        Visit.objects.create(
            person=person, area_id=area, on=last, way=way, visitor_name="陈秀兰", client_key=f"key-{person.pk}",
            recorded_at=NOW,
        )  # fmt: skip
    return person


@pytest.fixture
def clerk() -> User:
    load_rhythms(at=NOW)
    return make_user(Role.TOWN_CLERK, area=TOWN, username="clerk")


def names(actor: User, **filters: object) -> set[str]:
    rows = people_to_contact(actor=actor, filters=ContactFilters(**filters), on=ON)
    return set(rows.values_list("name", flat=True))


def test_states_follow_the_rhythm_of_the_class(clerk: User) -> None:
    cared("半年内", date(2026, 6, 1))
    cared("两周内到期", date(2026, 5, 30))
    cared("逾期", date(2026, 5, 21))
    cared("到期当天", date(2026, 5, 22))
    cared("从未")
    cared("没见到", ON, way="ABSENT")
    hard = cared("困难", date(2026, 8, 1))
    Hardship.objects.create(person=hard, kind="LIVING", starts_on=date(2026, 1, 1), recorded_at=NOW)
    cared("八旬", date(2026, 8, 23), born_on=date(1946, 11, 22))
    assert names(clerk, state="late") == {"逾期", "困难"}
    assert names(clerk, state="never") == {"从未", "没见到"}
    assert names(clerk, state="soon") == {"两周内到期", "到期当天", "半年内", "八旬"}
    assert names(clerk, state="due") == {"逾期", "困难", "从未", "没见到", "到期当天"}
    assert names(clerk, rhythm="HARDSHIP") == {"困难"}
    assert names(clerk, rhythm="OVER_80") == {"八旬"}


def test_lines_say_what_the_filters_find(clerk: User) -> None:
    for number, last in enumerate((None, date(2026, 2, 28), date(2026, 5, 31), date(2026, 11, 1))):
        cared(f"人{number}", last)
    people = list(people_to_contact(actor=clerk, filters=ContactFilters(), on=ON))
    lines = lines_of(people, actor=clerk, on=ON)
    for state in ("late", "soon", "never"):
        assert {line.person.name for line in lines if line.state == state} == names(clerk, state=state), STATES[state]
    due = {pk for pk, (_, is_due) in due_people(people, actor=clerk, on=ON).items() if is_due}
    assert due == set(
        people_to_contact(actor=clerk, filters=ContactFilters(state="due"), on=ON).values_list("pk", flat=True)
    )


def test_an_ended_hardship_gives_its_rhythm_back(clerk: User) -> None:
    person = cared("脱困", date(2026, 8, 1))
    Hardship.objects.create(
        person=person, kind="LIVING", starts_on=date(2026, 1, 1), ends_on=date(2026, 9, 1), recorded_at=NOW
    )
    assert names(clerk, rhythm="OTHERS") == {"脱困"}
    assert names(clerk, state="late") == set()


def test_sums_add_up_by_colleague_and_by_class(clerk: User) -> None:
    liaison = make_user(Role.LIAISON, area=VILLAGE, username="liaison", full_name="陈秀兰")
    mine = [cared("按时", date(2026, 10, 8)), cared("逾期", date(2026, 1, 5)), cared("从未")]
    assign_contact(actor=clerk, person_ids=[p.pk for p in mine], user_id=liaison.pk, on=date(2026, 1, 1), at=NOW)
    cared("没人管", date(2026, 9, 30), area=OTHER_VILLAGE)
    cared("外镇", area=OTHER_TOWN_VILLAGE)
    sums, by_rhythm = contact_sums(actor=clerk, area_code="", on=ON)
    nobody, hers = sums
    assert nobody.colleague is None
    assert (nobody.heads, nobody.quarter, nobody.behind) == (1, 0, 0)
    assert hers.colleague is not None
    assert (hers.colleague.name, hers.heads, hers.late, hers.never, hers.quarter) == ("陈秀兰", 3, 1, 1, 1)
    assert sum(one.heads for one in by_rhythm.values()) == 4
    assert names(clerk, state="none") == {"没人管"}
    assert names(clerk, user_id=liaison.pk) == {"按时", "逾期", "从未"}


def test_people_of_another_town_are_not_found(clerk: User) -> None:
    with pytest.raises(NotFound):
        names(clerk, area_code=OTHER_TOWN_VILLAGE)


def test_list_page_takes_odd_filters(clerk: User, client) -> None:
    cared("陈大山")
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/contacts/people/?state=xx&user=9999999999999999999&rhythm=%00&area=99")
    assert page.status_code == 400
    page = client.get("/contacts/people/?state=xx&user=999999999999999999999&rhythm=%E4%BA%BA&area=99")
    assert "陈大山" in page.content.decode()
