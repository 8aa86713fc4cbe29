"""A small town: three people in 北洲村, one in 柳湾村, who are there for every example."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.people.models import Person
from yushui.people.tests.factories import OTHER_TOWN_VILLAGE, OTHER_VILLAGE, make_person, make_status


@pytest.fixture
def people(db: None) -> dict[str, Person]:
    """Four war veterans of the town and one of another town, by name."""
    found = {
        "陈大山": make_person(name="陈大山", born_on=date(1940, 5, 1)),
        "李秀英": make_person(name="李秀英", born_on=date(1955, 3, 8), sex="F"),
        "王德胜": make_person(name="王德胜", born_on=date(1950, 1, 1)),
        "吴长河": make_person(name="吴长河", born_on=date(1951, 1, 1), area=OTHER_VILLAGE),
        "孙远方": make_person(name="孙远方", born_on=date(1952, 1, 1), area=OTHER_TOWN_VILLAGE),
    }
    for person in found.values():
        make_status(person, kind="WAR_VETERAN")
    return found
