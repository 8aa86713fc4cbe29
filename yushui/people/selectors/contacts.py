"""Responsible contacts (包联): who is to be looked after, how often, by whom, and what of it can be handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.base.area_codes import code_range
from yushui.base.days import birthday
from yushui.base.kinds import kinds_for
from yushui.base.refusals import NotFound
from yushui.people import types
from yushui.people.models import ContactRhythm, Hardship, Person, ResponsibleContact, Status
from yushui.people.permissions import visible_people
from yushui.people.rules import RhythmFacts, in_force
from yushui.people.selectors.register import list_possible_contacts
from yushui.places.selectors import path_names

MOST_CARDS = 300  # cards printed at once


def contact_now() -> FilteredRelation:
    """The contact of today, to annotate persons with; a new one each time, for Django writes into it."""
    return FilteredRelation("contacts", condition=Q(contacts__ends_on=None))


def rhythms_for(area_code: str) -> list[RhythmFacts]:
    """The rhythms that hold in an area, the most frequent first."""
    rows = kinds_for(ContactRhythm, area_code)
    return in_force(
        RhythmFacts(r.code, r.name, r.group, r.age, r.status_kind, r.months, r.place, r.area_code) for r in rows
    )


def belongs(rhythm: RhythmFacts, on: date) -> Q:
    """Which persons a rhythm is for on a day."""
    hard = Hardship.objects.filter(person=OuterRef("pk"), starts_on__lte=on).exclude(ends_on__lte=on)
    if rhythm.group == "HARDSHIP":
        return Q(Exists(hard))
    if rhythm.group == "LONE":
        return Q(is_lone_elder=True) | Q(Exists(hard.filter(kind="ALONE")))
    if rhythm.group == "AGE":
        return Q(born_on__lte=birthday(on, -(rhythm.age or 0)))
    if rhythm.group == "KIND":
        held = Status.objects.filter(person=OuterRef("pk"), superseded_at=None, kind=rhythm.status_kind)
        return Q(Exists(held.filter(state__in=types.CARED_STATES)))
    return Q(pk__gt=0)


def rhythm_case(rhythms: Sequence[RhythmFacts], on: date) -> Case:
    """The code of the rhythm that holds for a person: the first that fits; empty when none does."""
    found = (When(belongs(rhythm, on), then=Value(rhythm.code)) for rhythm in rhythms)
    return Case(*found, default=Value(""), output_field=CharField())


def people_in_care(*, actor: User, by_page: bool = False) -> QuerySet[Person]:
    """Who must have a contact: living persons of the actor's area with a present status of an entitled kind.

    Everybody at once is one pass over a partial index. `by_page` asks for each person in turn, so that a page whose
    rows lie close together stops early; the kind is kept off its index, where SQLite would look seventeen times.
    """
    held = Status.objects.filter(superseded_at=None, state__in=types.CARED_STATES)
    rows = visible_people(actor).filter(died_on=None)
    if not by_page:
        return rows.filter(pk__in=held.filter(kind__in=types.ENTITLED_KINDS).values("person_id"))
    of_kind = held.annotate(kind_text=Concat("kind", Value(""))).filter(kind_text__in=types.ENTITLED_KINDS)
    return rows.filter(Exists(of_kind.filter(person=OuterRef("pk"))))


def need_hand_over(actor: User) -> None:
    """Who may open the page that hands people over."""
    need(actor, "people.change")


@dataclass(frozen=True)
class VillageOf:
    """The people of one village that one colleague, or nobody, looks after."""

    area_code: str
    name: str
    heads: int
    users: tuple[tuple[int, str], ...] = ()


def kept_people(*, actor: User, user_id: int | None) -> QuerySet[Person]:
    """The living people of the actor's area whom a user looks after; without a user those in care whom nobody does."""
    if user_id is None:
        named = ResponsibleContact.objects.filter(person=OuterRef("pk"), ends_on=None)
        return people_in_care(actor=actor).filter(~Exists(named))
    ids = ResponsibleContact.objects.filter(user_id=user_id, ends_on=None).values("person_id")
    return visible_people(actor).filter(pk__in=ids, died_on=None)


def villages_kept(*, actor: User, user_id: int | None) -> list[VillageOf]:
    """Those people by village, with the colleagues who may take them over: who works there or above it."""
    need_hand_over(actor)
    rows = kept_people(actor=actor, user_id=user_id).order_by().values_list("area_id").annotate(n=Count("pk"))
    heads = dict(rows.values_list("area_id", "n"))
    names = path_names(set(heads))
    staff = [u for u in list_possible_contacts(actor=actor) if u.pk != user_id]
    return [
        VillageOf(code, names[code], heads[code], tuple((u.pk, named(u)) for u in staff if reaches(u, code)))
        for code in sorted(heads)
    ]


def reaches(user: User, area_code: str) -> bool:
    """Whether a user can see the people of an area."""
    low, high = code_range(user.area_code)
    return low <= area_code < high


def named(user: User) -> str:
    """A colleague in a list to choose from."""
    return f"{user.get_full_name()}({user.unit_name or user.title})"


@dataclass(frozen=True)
class Colleague:
    """Who looks after people now; `left` when the account is closed, so that the people wait for somebody else."""

    user_id: int
    name: str
    unit: str
    left: bool


def colleagues(user_ids: Sequence[int]) -> dict[int, Colleague]:
    """The users of some contacts, by id."""
    rows = User.objects.filter(pk__in=user_ids)
    return {u.pk: Colleague(u.pk, u.get_full_name(), u.unit_name or u.title, not u.is_active) for u in rows}


def get_colleague(*, actor: User, user_id: int) -> Colleague:
    """A user who looks after somebody in the actor's area; NotFound otherwise."""
    need_hand_over(actor)
    found = colleagues([user_id]).get(user_id)
    if found is None or not kept_people(actor=actor, user_id=user_id).exists():
        raise NotFound
    return found


@dataclass(frozen=True)
class Card:
    """联系卡: what the person at home needs to know of who looks after them."""

    person: Person
    place: str
    contact: str
    unit: str
    since: date


def contact_cards(
    *, actor: User, person_id: int | None = None, user_id: int | None = None, area_code: str = ""
) -> list[Card]:
    """Cards of one person, of all people of a colleague, or of a village; at most MOST_CARDS."""
    rows = visible_people(actor).filter(died_on=None)
    if person_id is not None:
        rows = rows.filter(pk=person_id)
    if area_code:
        low, high = code_range(area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    rows = rows.annotate(now=contact_now()).filter(now__isnull=False)
    if user_id is not None:
        rows = rows.filter(now__user_id=user_id)
    shown = rows.annotate(by=F("now__user_id"), by_name=F("now__user_name"), since=F("now__starts_on"))
    people = list(shown.order_by("area_id", "id")[:MOST_CARDS])
    places, staff = path_names({p.area_id for p in people}), colleagues([p.by for p in people])
    return [card_of(p, places, staff) for p in people]


def card_of(person: Person, places: Mapping[str, str], staff: Mapping[int, Colleague]) -> Card:
    """The card of a person of `contact_cards`."""
    found = vars(person)
    colleague = staff.get(found["by"])
    unit = colleague.unit if colleague else ""
    return Card(person, places[person.area_id], found["by_name"], unit, found["since"])


@dataclass(frozen=True)
class RhythmRow:
    """A rhythm on its page: `is_own` when the actor may change it, `is_replaced` when a nearer one holds instead."""

    rhythm: ContactRhythm
    who: str
    is_own: bool
    is_replaced: bool


def list_rhythms(*, actor: User) -> list[RhythmRow]:
    """Every rhythm of the actor's area, the retired own ones too."""
    need(actor, "people.view")
    holds = {rhythm.code for rhythm in rhythms_for(actor.area_code)}
    own = ContactRhythm.objects.filter(area_code=actor.area_code, retired=True)
    rows = [*kinds_for(ContactRhythm, actor.area_code), *own.order_by("place", "code")]
    return [
        RhythmRow(r, who_words(r), r.area_code == actor.area_code, not r.retired and r.pk not in holds) for r in rows
    ]


def get_own_rhythm(*, actor: User, code: str) -> ContactRhythm:
    """A rhythm that the actor's area added; NotFound otherwise."""
    need(actor, "people.set_rhythm")
    row = ContactRhythm.objects.filter(pk=code, area_code=actor.area_code).first()
    if row is None:
        raise NotFound
    return row


def who_words(rhythm: ContactRhythm) -> str:
    """Whom a rhythm is for."""
    if rhythm.group == "AGE":
        return f"年满 {rhythm.age} 周岁的"
    if rhythm.group == "KIND":
        return types.KIND_NAMES.get(rhythm.status_kind, rhythm.status_kind)
    return types.GROUP_NAMES[rhythm.group]
