"""The facts behind one counter: the activities that count, or the persons who were not contacted yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.activities.models import Activity
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound
from yushui.people.models import Person
from yushui.plans.models import DutyKind
from yushui.plans.selectors.contacts import not_contacted
from yushui.plans.selectors.counters import Cell, Grid, activities_of_year
from yushui.plans.selectors.duties import kinds_of
from yushui.plans.selectors.owers import LEVELS, Ower
from yushui.plans.types.duties import Part

MOST_NAMES = 100


@dataclass(frozen=True)
class Waiting:
    """Persons of a village who were not contacted in a period."""

    part: Part
    people: list[Person]


def find_ower(grid: Grid, key: str) -> Ower:
    """One who owes; NotFound when nobody in the actor's area has this key."""
    for ower in grid.owers:
        if ower.key == key:
            return ower
    raise NotFound


def activities_for(*, actor: User, duty: DutyKind, ower: Ower, year: int, on: date) -> QuerySet[Activity]:
    """The activities that count for a duty of one who owes it, newest first."""
    rows = activities_of_year(actor.area_code, kinds_of(duty), year, on)
    if duty.owes in LEVELS and duty.reach == "OWN":
        rows = rows.filter(area_id=ower.key)
    elif duty.owes in LEVELS:
        low, high = code_range(ower.key)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    elif duty.owes == "LEADER":
        rows = rows.filter(people__post=ower.number).distinct()
    else:
        rows = rows.filter(Q(host=ower.number) | Q(partners__unit=ower.number)).distinct()
    return rows.select_related("kind", "area", "host").order_by("-on", "-id")


def waiting_for(*, actor: User, duty: DutyKind, cell: Cell, ower: Ower, on: date) -> Waiting | None:
    """Who is still to be contacted in the running period (or was left out in the last one); names only for those who
    look after persons."""
    if duty.by != "CONTACT" or duty.owes != "VILLAGE" or not may(actor, "people.view"):
        return None
    parts = [part for part in cell.parts if part.first <= on]
    if not parts:
        return None
    part = parts[-1]
    people = not_contacted(
        actor=actor, persons=duty.persons, first=part.first, last=min(part.last, on), area_code=ower.key
    )
    return Waiting(part, list(people[:MOST_NAMES]))
