"""What the pages for the phone show: the day, my people, one person, and the lists that the forms choose from.

The forms and lists are kept in the browser for the hours without network, so they carry names, villages, days and
marks only. Numbers, hardships and statuses stand on phone-person alone, which is never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.activities.models import ActivityKind, Campaign, Visit
from yushui.activities.selectors.campaigns import MyRound, my_rounds
from yushui.activities.selectors.contacts import due_people
from yushui.activities.selectors.kinds import list_kinds, usual_kinds
from yushui.activities.selectors.visits import VisitFilters, list_visits, visible_visits
from yushui.people.models import Person
from yushui.people.selectors import PersonFile, list_hardships, list_people, open_file
from yushui.people.types import PeopleFilters
from yushui.phone.permissions import check_use_phone
from yushui.plans.models import Task
from yushui.plans.selectors.tasks import mine

MOST_CHOICES = 600  # people to choose from on a form kept for the hours without network


@dataclass(frozen=True)
class Line:
    """A person in a list: when last met, whether a contact is due, who looks after them."""

    person: Person
    last_on: date | None
    is_due: bool
    contact: str


@dataclass(frozen=True)
class Day:
    """The first page: rounds, who is to be contacted, whom to confirm, tasks."""

    rounds: tuple[MyRound, ...]
    people: int
    due: tuple[Line, ...]
    due_count: int
    unconfirmed: tuple[Person, ...]
    unconfirmed_count: int
    tasks: tuple[Task, ...]
    visits_today: int

    @property
    def left(self) -> int:
        """Households of my rounds that nobody has met yet."""
        return sum(len(village.left) for one in self.rounds for village in one.villages)


def my_people(*, actor: User, on: date, text: str = "", whole: bool = False, confirm: str = "") -> QuerySet[Person]:
    """The people the actor looks after (包联); the whole area when asked, or when none are given to the actor."""
    check_use_phone(actor)
    mine_only = not whole and has_own(actor, on)
    filters = PeopleFilters(on=on, text=text, contact=actor.pk if mine_only else None, confirm=confirm)
    return list_people(actor=actor, filters=filters).select_related("area")


def has_own(actor: User, on: date) -> bool:
    """Whether anybody was given to the actor as responsible contact."""
    return list_people(actor=actor, filters=PeopleFilters(on=on, contact=actor.pk)).exists()


def lines_of(people: list[Person], *, actor: User, on: date) -> list[Line]:
    """The people of one page, who already went through the actor; due by the rhythm of the place (联系频次)."""
    named = Person.objects.filter(pk__in=[person.pk for person in people], contacts__ends_on=None)
    contacts = dict(named.values_list("pk", "contacts__user_name"))
    due = due_people(people, actor=actor, on=on)
    return [Line(p, *due[p.pk], contacts.get(p.pk) or "") for p in people]


def my_day(*, actor: User, on: date) -> Day:
    """What waits for the actor today."""
    check_use_phone(actor)
    people = list(my_people(actor=actor, on=on)[:MOST_CHOICES])
    waiting_for = [line for line in lines_of(people, actor=actor, on=on) if line.is_due]
    due = sorted(waiting_for, key=lambda x: (x.last_on or date.min, x.person.pk))
    waiting = list(my_people(actor=actor, on=on, confirm="missing")[:MOST_CHOICES]) if confirms(actor) else []
    return Day(
        rounds=tuple(my_rounds(actor=actor)), people=len(people), due=tuple(due[:8]), due_count=len(due),
        unconfirmed=tuple(waiting[:8]), unconfirmed_count=len(waiting),
        tasks=tuple(mine(actor=actor, on=on).select_related("owner")[:8]),
        visits_today=visible_visits(actor).filter(on=on, recorded_by=actor.pk).count(),
    )  # fmt: skip


def confirms(actor: User) -> bool:
    """Whether the yearly confirmation is the actor's work."""
    return may(actor, "people.confirm")


@dataclass(frozen=True)
class PersonSheet:
    """What a liaison needs at the door."""

    file: PersonFile
    hardships: tuple[object, ...]
    visits: tuple[Visit, ...]
    may_call: bool
    is_confirmed: bool


def person_sheet(*, actor: User, person_id: int, on: date) -> PersonSheet:
    """One person. NotFound when out of reach."""
    check_use_phone(actor)
    file = open_file(actor=actor, person_id=person_id, tab="care", on=on)
    hard = list_hardships(actor=actor, person_id=person_id).filter(ends_on=None)
    visits = list_visits(actor=actor, filters=VisitFilters(person_id=person_id))[:5]
    confirmed = file.confirmed_on is not None and file.confirmed_on.year == on.year
    return PersonSheet(
        file, tuple(hard), tuple(visits), may(actor, "people.reveal_number") and bool(file.person.phone), confirmed
    )


@dataclass(frozen=True)
class Choices:
    """What a form chooses from."""

    people: tuple[Person, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    usual: tuple[ActivityKind, ...] = ()
    kinds: tuple[ActivityKind, ...] = ()


def choices_for(*, actor: User, kind: str, on: date) -> Choices:
    """The people (mine and those of my rounds, whole village for a report), campaigns and kinds of a form."""
    check_use_phone(actor)
    if kind == "activity":
        return Choices(usual=tuple(usual_kinds(actor=actor)), kinds=tuple(list_kinds(actor=actor)))
    rounds = my_rounds(actor=actor) if kind == "visit" else []
    found = {
        p.pk: p for p in my_people(actor=actor, on=on, confirm="missing" if kind == "confirm" else "")[:MOST_CHOICES]
    }
    for one in rounds:
        for village in one.villages:
            found |= {target.person_id: target.person for target in (*village.left, *village.done)}
    people = sorted(found.values(), key=lambda person: (person.area_id, person.name_key, person.pk))
    return Choices(people=tuple(people), campaigns=tuple(one.campaign for one in rounds))
