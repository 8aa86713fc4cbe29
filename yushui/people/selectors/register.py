"""Reading the register. Every function takes the actor and stays inside the actor's area."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from yushui.accounts.models import User
from yushui.audit.models import Entry
from yushui.base import cipher
from yushui.base.area_codes import code_range
from yushui.base.days import age_on, birthday
from yushui.base.refusals import NotFound
from yushui.people import types
from yushui.people.models import BankAccount, Hardship, Person, PersonEvent, ResponsibleContact, Status
from yushui.people.permissions import check_see_area, visible_people
from yushui.people.rules import OLDEST, search_key
from yushui.people.selectors.merged import entries_of, kept_with, refuse_missing
from yushui.places.selectors import path_names
from yushui.policy.types import STATUS_COLUMNS, Facts

FEW = 1500  # holders of a kind up to this number are looked up one by one instead of walking through the area
LAST = chr(0x10FFFF)  # sorts behind every other character: x ≤ name < x + LAST are the names that begin with x
CHUNK = 10_000  # rows fetched at a time for the engine
QUARTER = timedelta(days=92)
LIST_COLUMNS = (
    "id", "name", "sex", "born_on", "died_on", "id_number", "phone", "area_id", "is_lone_elder", "household_kind",
)  # fmt: skip
PRESENT = Status.objects.filter(superseded_at=None)
BLIND_COLUMNS = {"number": ("id_index", "id"), "tail": ("id_tail_index", "id_tail"), "phone": ("phone_index", "phone")}


def get_person(*, actor: User, person_id: int) -> Person:
    """One person the actor may see; NotFound otherwise."""
    person = visible_people(actor).select_related("area", "household").filter(pk=person_id).first()
    return person or refuse_missing(actor=actor, person_id=person_id)


def get_for_change(*, actor: User, person_id: int) -> Person:
    """The same, locked for the verb that is about to change it."""
    person = visible_people(actor).select_for_update().filter(pk=person_id).first()
    return person or refuse_missing(actor=actor, person_id=person_id)


def list_people(*, actor: User, filters: types.PeopleFilters) -> QuerySet[Person]:
    """People by area and id (by name when a name is searched for), narrowed by the filters; see PeopleFilters.

    Built for a county of 100,000 on SQLite: ranges and equalities on indexes, EXISTS on partial indexes, no count.
    """
    rows = visible_people(actor)
    if filters.area:
        low, high = code_range(filters.area)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if filters.suspected_dead:
        rows = rows.filter(suspected_dead(filters.on))
    elif filters.state == "DIED" or filters.life == "dead":
        rows = rows.exclude(died_on=None)
    elif filters.life == "living":
        rows = rows.filter(died_on=None)
    rows = by_age(rows, filters)
    if filters.kind or filters.state:
        rows = rows.filter(holding(kind=filters.kind, state=filters.state))
    if filters.hardship:
        rows = rows.filter(named_by(Hardship.objects.filter(kind=filters.hardship, ends_on=None)))
    if filters.contact:
        rows = rows.filter(named_by(ResponsibleContact.objects.filter(user_id=filters.contact, ends_on=None)))
    if filters.gap:
        rows = rows.filter(with_gap(filters.gap))
    if filters.confirm == "missing":
        rows = rows.filter(unconfirmed(filters.on))
    if filters.found_by:
        column, _ = BLIND_COLUMNS.get(filters.found_by.split(":")[0], BLIND_COLUMNS["number"])
        rows = rows.filter(kept_with(column, filters.found_by.partition(":")[2]))
    return by_text(rows, filters.text) if filters.text.strip() else rows.order_by("area_id", "id")


def count_people(*, actor: User, filters: types.PeopleFilters) -> int:
    """How many people a filter gives; for counters that are shown, never beside a list."""
    return list_people(actor=actor, filters=filters).order_by().count()


def by_text(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Exact by blind index for numbers, by range for names and initials; ordered so that the same index is walked."""
    kind, value = search_key(text)
    if kind in BLIND_COLUMNS:
        column, purpose = BLIND_COLUMNS[kind]
        return rows.filter(kept_with(column, cipher.blind(value, purpose))).order_by("area_id", "id")
    column = "name_key" if kind == "initials" else "name"
    if connection.vendor == "postgresql":  # its order of text depends on the locale; LIKE 'x%' has an index of its own
        return rows.filter(**{f"{column}__startswith": value}).order_by(column, "id")
    return rows.filter(**{f"{column}__gte": value, f"{column}__lt": value + LAST}).order_by(column, "id")


def by_age(rows: QuerySet[Person], filters: types.PeopleFilters) -> QuerySet[Person]:
    """Whole years of age on the day, coming birthdays, coming turns of age."""
    on = filters.on
    if filters.age_from is not None:
        rows = rows.filter(born_on__lte=birthday(on, -min(filters.age_from, on.year - 1)))
    if filters.age_to is not None:
        rows = rows.filter(born_on__gt=birthday(on, -min(filters.age_to + 1, on.year - 1)))
    if filters.turning in types.TURNING_AGES:
        first, end = birthday(on, -filters.turning), birthday(on + QUARTER, -filters.turning)
        rows = rows.filter(born_on__gt=first, born_on__lte=end)
        if filters.turning in (18, 22):  # what ends or must be shown at these ages concerns children of 三属
            rows = rows.filter(holding(kinds=types.SURVIVOR_KINDS))
        elif filters.turning == 55:
            rows = rows.filter(sex="F")
    if filters.birthday == "week":
        rows = rows.filter(born_on__in=birthdays_of_week(on))
    return rows


def birthdays_of_week(on: date) -> list[date]:
    """Every birth date whose anniversary falls into the seven days from `on`."""
    week = [on + timedelta(days=n) for n in range(types.WEEK)]
    dates = {birthday(day, -age) for day in week for age in range(1, OLDEST)}
    if any((day.month, day.day) == (3, 1) for day in week):  # born on 29 February
        dates |= {date(year, 2, 29) for year in range(on.year - OLDEST, on.year) if year % 4 == 0 and year != 1900}
    return sorted(dates)


def holding(*, kind: str = "", state: str = "", kinds: Sequence[str] = ()) -> Q:
    """Persons with a present status of this kind and state."""
    held = PRESENT
    if kinds:
        held = held.filter(kind__in=kinds)
    if kind:
        held = held.filter(kind=kind)
    if state:
        held = held.filter(state=state)
    return named_by(held)


def named_by(rows: QuerySet[Any]) -> Q:
    """Persons that have a row among these: by their ids when they are few, else asked for each person in turn."""
    few = list(rows.values_list("person_id", flat=True)[: FEW + 1])
    return Q(pk__in=few) if len(few) <= FEW else Q(Exists(rows.filter(person=OuterRef("pk"))))


def with_gap(gap: str) -> Q:
    """Persons whose data have a gap that stops a payment or a call."""
    receiving = PRESENT.filter(state="RECEIVING")
    if gap == "no_phone":
        return Q(phone_index="")
    if gap == "no_account":
        in_use = BankAccount.objects.filter(superseded_at=None)
        lacking = receiving.filter(kind__in=types.ENTITLED_KINDS).exclude(person__in=in_use.values("person_id"))
        return Q(pk__in=lacking.values("person_id"))
    missing = Q(pk__in=[])
    for kind, columns in types.REQUIRED_COLUMNS.items():
        for column in columns:
            empty = Q(**{column: None}) if Status._meta.get_field(column).null else Q(**{column: ""})
            missing |= Q(kind=kind) & empty
    return Q(pk__in=receiving.filter(missing).values("person_id"))


def unconfirmed(on: date) -> Q:
    """Persons who receive a benefit of the national kinds and were not confirmed (年度确认) in the year of `on`."""
    confirmed = PersonEvent.objects.filter(what="CONFIRMED", on__gte=date(on.year, 1, 1), superseded_at=None)
    receiving = PRESENT.filter(state="RECEIVING", kind__in=types.ENTITLED_KINDS)
    return Q(pk__in=receiving.exclude(person__in=confirmed.values("person_id")).values("person_id"))


def suspected_dead(on: date) -> Q:
    """Who may have died without the register following: a death is on record but a benefit still runs, or older than a
    hundred and not confirmed this year. A list to be looked into, no more."""
    receiving = PRESENT.filter(state="RECEIVING").values("person_id")
    recorded = ~Q(died_on=None) & Q(pk__in=receiving)
    return recorded | (Q(died_on=None, born_on__lte=birthday(on, -100)) & unconfirmed(on))


def list_statuses(*, actor: User, person_id: int, history: bool = False) -> QuerySet[Status]:
    """Statuses of a person, the newest first; with `history` every version that was ever known, by status."""
    get_person(actor=actor, person_id=person_id)
    rows = Status.objects.filter(person_id=person_id)
    if history:
        return rows.order_by("-lineage", "-recorded_at", "-id")
    return rows.filter(superseded_at=None).order_by("-starts_on", "-id")


def get_status(*, actor: User, lineage: int) -> Status:
    """The present version of a status; NotFound when it does not exist for the actor."""
    status = PRESENT.filter(lineage=lineage, person__in=visible_people(actor)).select_related("person").first()
    if status is None:
        raise NotFound
    return status


def statuses_known(*, actor: User, person_id: int, known_at: datetime) -> QuerySet[Status]:
    """What was known of a person's statuses at a moment (the second clock)."""
    get_person(actor=actor, person_id=person_id)
    return Status.objects.filter(known(known_at), person_id=person_id).order_by("starts_on", "lineage")


def known(at: datetime) -> Q:
    """Rows of the two-clock tables that held as knowledge at a moment."""
    return Q(recorded_at__lte=at) & (Q(superseded_at=None) | Q(superseded_at__gt=at))


def present_kinds(person_ids: Iterable[int], *, whole: bool = False) -> dict[int, list[Status]]:
    """Present statuses of the people on one page, for lists that already went through the actor; `whole` with all their
    columns, else with those a list shows."""
    held: dict[int, list[Status]] = {}
    shown = PRESENT if whole else PRESENT.only("person_id", "kind", "state", "grade", "cause")
    for status in shown.filter(person_id__in=list(person_ids)).order_by("starts_on", "id"):
        held.setdefault(status.person_id, []).append(status)
    return held


@dataclass(frozen=True)
class PersonRow:
    """A person as one line of a list."""

    person: Person
    place: str
    age: int
    statuses: list[Status]
    sex: str = ""


def rows_of(people: Sequence[Person], *, on: date, whole: bool = False) -> list[PersonRow]:
    """The lines for the people of one page, who already went through the actor: two queries, however many they are."""
    held = present_kinds((p.pk for p in people), whole=whole)
    places = path_names({p.area_id for p in people})
    return [
        PersonRow(
            p, places[p.area_id], age_on(p.born_on, p.died_on or on), held.get(p.pk, []),
            types.SEX_NAMES.get(p.sex, ""),
        )
        for p in people
    ]  # fmt: skip


def list_events(*, actor: User, person_id: int) -> QuerySet[PersonEvent]:
    """What happened to a person, withdrawn entries included, the newest first."""
    get_person(actor=actor, person_id=person_id)
    return PersonEvent.objects.filter(person_id=person_id).order_by("-on", "-id")


def list_accounts(*, actor: User, person_id: int) -> QuerySet[BankAccount]:
    """A person's accounts, the one in use first."""
    get_person(actor=actor, person_id=person_id)
    return BankAccount.objects.filter(person_id=person_id).order_by("-recorded_at", "-id")


def list_hardships(*, actor: User, person_id: int) -> QuerySet[Hardship]:
    """A person's difficulties, open ones first."""
    get_person(actor=actor, person_id=person_id)
    return Hardship.objects.filter(person_id=person_id).order_by("ends_on", "-starts_on", "-id")


def get_hardship(*, actor: User, hardship_id: int) -> Hardship:
    """One difficulty of a person the actor may see."""
    rows = Hardship.objects.filter(pk=hardship_id, person__in=visible_people(actor)).select_related("person")
    hardship = rows.first()
    if hardship is None:
        raise NotFound
    return hardship


def list_chosen(*, actor: User, asked: Sequence[str]) -> QuerySet[Person]:
    """The people whose ids were ticked in a list, as far as the actor may see them."""
    ids = [int(each) for each in asked[:500] if each.isascii() and each.isdigit() and len(each) < 16]
    return visible_people(actor).filter(pk__in=ids).order_by("area_id", "id")


def list_contacts(*, actor: User, person_id: int) -> QuerySet[ResponsibleContact]:
    """Who looked after a person and who does."""
    get_person(actor=actor, person_id=person_id)
    return ResponsibleContact.objects.filter(person_id=person_id).order_by("-starts_on", "-id")


def list_household(*, actor: User, person: Person) -> QuerySet[Person]:
    """The other members of a person's household whom the actor may see."""
    if person.household_id is None:
        return Person.objects.none()
    return (
        visible_people(actor).filter(household_id=person.household_id).exclude(pk=person.pk).order_by("born_on", "id")
    )


def list_changes(*, actor: User, person_id: int) -> QuerySet[Entry]:
    """The log's entries on a person and on what was merged into it, the newest first."""
    person = get_person(actor=actor, person_id=person_id)
    subjects = [f"{person._meta.label_lower}:{pk}" for pk in entries_of(person.pk)]
    return Entry.objects.filter(subject__in=subjects).order_by("-id")


@dataclass(frozen=True)
class PersonFile:
    """What the person file (一人一档) shows on top, and the rows of the tab that is open."""

    person: Person
    place: str
    age: int
    statuses: list[Status]
    account: BankAccount | None
    contact: ResponsibleContact | None
    confirmed_on: date | None
    rows: Sequence[Any]
    more: Sequence[Any]


def open_file(*, actor: User, person_id: int, tab: str, on: date) -> PersonFile:
    """A person's file with the rows of one tab of FILE_TABS; NotFound when the actor may not see the person."""
    person = get_person(actor=actor, person_id=person_id)
    [line] = rows_of([person], on=on, whole=True)
    # Unordered: asked for the latest, SQLite would walk every confirmation of the county by day to find this person's.
    confirmed = PersonEvent.objects.filter(person=person, what="CONFIRMED", superseded_at=None)
    rows, more = rows_of_tab(actor=actor, person=person, tab=tab)
    return PersonFile(
        person=person, place=line.place, age=line.age, statuses=line.statuses,
        account=BankAccount.objects.filter(person=person, superseded_at=None).first(),
        contact=ResponsibleContact.objects.filter(person=person, ends_on=None).first(),
        confirmed_on=max(confirmed.values_list("on", flat=True), default=None), rows=list(rows), more=list(more),
    )  # fmt: skip


def rows_of_tab(*, actor: User, person: Person, tab: str) -> tuple[Iterable[Any], Iterable[Any]]:
    """The one or two lists that a tab shows."""
    pk = person.pk
    match tab:
        case "statuses":
            return list_statuses(actor=actor, person_id=pk, history=True), ()
        case "household":
            return list_household(actor=actor, person=person), ()
        case "accounts":
            return list_accounts(actor=actor, person_id=pk), ()
        case "care":
            return list_hardships(actor=actor, person_id=pk), list_contacts(actor=actor, person_id=pk)
        case "events":
            return list_events(actor=actor, person_id=pk), ()
        case "changes":
            return list_changes(actor=actor, person_id=pk)[:200], ()
    return (), ()


def list_possible_contacts(*, actor: User, area_code: str = "") -> QuerySet[User]:
    """Users who may be made responsible for people of an area: who work in it or above it, inside the actor's area."""
    low, high = code_range(actor.area_code)
    users = User.objects.filter(is_active=True, area_code__gte=low, area_code__lt=high)
    rows = users.filter(held_roles__role__in=[r.value for r in types.CONTACT_ROLES])
    if area_code:
        low, high = code_range(area_code)
        above = [area_code[:cut].ljust(12, "0") for cut in (2, 4, 6, 9)]
        rows = rows.filter(Q(area_code__gte=low, area_code__lt=high) | Q(area_code__in=above))
    return rows.distinct().order_by("area_code", "full_name", "id")


def facts_of(
    *,
    actor: User,
    area_code: str,
    known_at: datetime,
    person_ids: Iterable[int] | None = None,
    kinds: Collection[str] | None = None,
) -> Facts:
    """Everything the engine asks of the people of an area, as it was known at a moment; one pass per table.

    With `kinds` only of those who were known to hold a status of one of them: most of a county's veterans hold none
    that is paid for. A death counts from the moment its event was recorded, whatever the person's row says now; an
    entry merged since is there with what was known before. Local values belong to benefits and are not here.
    """
    check_see_area(actor, area_code)
    low, high = code_range(area_code)
    people = Person.every.filter(area_id__gte=low, area_id__lt=high)
    of_people = Q(person__area_id__gte=low, person__area_id__lt=high)
    if person_ids is not None:
        wanted = list(person_ids)
        people, of_people = people.filter(pk__in=wanted), of_people & Q(person_id__in=wanted)
    if kinds is not None:
        holders = Status.objects.filter(known(known_at), kind__in=kinds).values("person_id")
        people, of_people = people.filter(pk__in=holders), of_people & Q(person_id__in=holders)
    events = PersonEvent.objects.filter(known(known_at), of_people).order_by("on", "id")
    happened = list(events.values_list("person_id", "what", "on", "detail"))
    deaths = {person: (on, detail) for person, what, on, detail in happened if what == "DIED"}
    columns = ["lineage" if name == "status_id" else name for name in STATUS_COLUMNS]
    never: tuple[Any, Any] = (None, "")
    persons = (
        (person, area, born_on, *deaths.get(person, never), int(is_ill))
        for person, area, born_on, is_ill in people.values_list("pk", "area_id", "born_on", "has_mental_illness")
    )
    return Facts.from_rows(
        persons=persons,
        statuses=Status.objects.filter(known(known_at), of_people).values_list(*columns).iterator(CHUNK),
        events=(row[:3] for row in happened),
    )
