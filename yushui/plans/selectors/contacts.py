"""Persons who are to be contacted in a rhythm (困难、独居、八十岁以上), and which of them were."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.activities.models import Visit
from yushui.activities.types import Way
from yushui.base.days import birthday
from yushui.base.figures import within
from yushui.people.models import Hardship, Person, Status

ELDER = 80


def people_to_contact(*, area_code: str, persons: str, on: date) -> QuerySet[Person]:
    """Living persons of an area who draw benefits and belong to the group on a day."""
    drawing = Status.objects.filter(person=OuterRef("pk"), superseded_at=None, state="RECEIVING", ends_on=None)
    rows: QuerySet[Person] = within(Person.objects.filter(died_on=None), "area_id", area_code)
    if persons == "LONE":
        rows = rows.filter(is_lone_elder=True)
    elif persons == "OVER_80":
        rows = rows.filter(born_on__lte=birthday(on, -ELDER))
    else:
        hard = Hardship.objects.filter(person=OuterRef("pk"), starts_on__lte=on).exclude(ends_on__lte=on)
        rows = rows.filter(Exists(hard))
    return rows.filter(Exists(drawing))


def met_between(first: date, last: date) -> Exists:
    """Whether a person was met on one of the days [first, last]."""
    visits = Visit.objects.filter(person=OuterRef("pk"), on__range=(first, last), withdrawn_at=None)
    return Exists(visits.exclude(way=Way.ABSENT))


def contacts_by_area(
    *, area_code: str, persons: str, first: date, last: date, times: int, digits: int
) -> dict[str, tuple[int, int]]:
    """First digits of the area code → (persons to contact, persons met) in a period. With `times` above one a person
    counts as met only when visited so often."""
    rows = people_to_contact(area_code=area_code, persons=persons, on=last).annotate(who=Substr("area_id", 1, digits))
    if times == 1:
        found = rows.annotate(met=met_between(first, last)).values_list("who", "met").annotate(n=Count("pk"))
        counts: dict[str, tuple[int, int]] = {}
        for who, met, number in found:
            listed, seen = counts.get(who, (0, 0))
            counts[who] = (listed + number, seen + (number if met else 0))
        return counts
    visited = Q(visits__on__range=(first, last), visits__withdrawn_at=None) & ~Q(visits__way=Way.ABSENT)
    often = rows.annotate(visited=Count("visits", filter=visited)).values_list("who", "visited")
    counts = {}
    for who, number in often:
        listed, seen = counts.get(who, (0, 0))
        counts[who] = (listed + 1, seen + (number >= times))
    return counts


def not_contacted(*, actor: User, persons: str, first: date, last: date, area_code: str) -> QuerySet[Person]:
    """Who of an area was not met in a period, by village and name; for holders of people.view only."""
    rows = in_scope(people_to_contact(area_code=area_code, persons=persons, on=last), actor, "area_id").filter(
        ~met_between(first, last)
    )
    return rows.order_by("name", "id")
