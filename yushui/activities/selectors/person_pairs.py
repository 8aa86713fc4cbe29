"""Pairs of people (结对帮扶): the list, one with its contacts, those not contacted this quarter, cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.activities.models import PairContact, PairKind, PersonPair, Visit
from yushui.activities.models.standing import lasts
from yushui.activities.permissions import sees_people
from yushui.activities.rules.pairs import quarter_start
from yushui.activities.selectors.areas import narrowed
from yushui.activities.selectors.targets import SEALED
from yushui.activities.types import PersonPairDraft, Way
from yushui.base.area_codes import code_range, lies_in
from yushui.base.kinds import kinds_for
from yushui.base.refusals import NotFound
from yushui.people import selectors as register
from yushui.people.models import Person
from yushui.places.models import Unit

HELP_STATES = {"LIVE": "在帮", "QUIET": "本季度未联系", "ENDED": "已结束"}
MOST_CARDS = 200
MOST_VISITS = 10


@dataclass(frozen=True)
class HelpFilters:
    """What the list of pairs of people is narrowed to."""

    state: str = "LIVE"
    kind: str = ""
    area_code: str = ""
    text: str = ""
    person_id: int | None = None


def list_pair_kinds(*, actor: User) -> list[PairKind]:
    """Kinds of pairs in use in the actor's area."""
    return list(kinds_for(PairKind, actor.area_code))


def visible_helps(actor: User) -> QuerySet[PersonPair]:
    """Pairs of people in the actor's area; the helper's phone is not read."""
    need(actor, "activities.view")
    rows = in_scope(PersonPair.objects.select_related("kind", "person", "area"), actor, "area_id")
    return rows.defer("helper_phone", *SEALED)


def list_helps(*, actor: User, filters: HelpFilters, on: date) -> QuerySet[PersonPair]:
    """Pairs of people, each with `last_on`, the day of the last contact, by area; of those not contacted this quarter
    the longest left alone first."""
    living = PairContact.objects.filter(pair=OuterRef("pk"), withdrawn_at=None)
    low, high = code_range(narrowed(actor, filters.area_code))
    rows = visible_helps(actor).filter(area_id__gte=low, area_id__lt=high)
    rows = rows.filter(lasts(on)) if filters.state != "ENDED" else rows.filter(ends_on__lte=on)
    if filters.state == "QUIET":
        rows = rows.filter(~Exists(living.filter(on__gte=quarter_start(on))))
    if filters.kind:
        rows = rows.filter(kind_id=filters.kind)
    if filters.person_id is not None:
        rows = rows.filter(person_id=filters.person_id)
    if filters.text:
        named = Q(helper_name__contains=filters.text) | Q(helper_unit__contains=filters.text)
        if sees_people(actor):
            named |= Q(person__name__contains=filters.text) | Q(helped_name__contains=filters.text)
        rows = rows.filter(named)
    newest = living.order_by("-on").values("on")[:1]
    ordered = rows.annotate(last_on=Subquery(newest), contact_count=Count("contacts", Q(contacts__withdrawn_at=None)))
    if filters.state == "QUIET":
        return ordered.order_by(F("last_on").asc(nulls_first=True), "id")
    return ordered.order_by("area_id", "-id") if filters.state == "LIVE" else ordered.order_by("-ends_on", "-id")


def count_states(*, actor: User, filters: HelpFilters, on: date) -> list[tuple[str, str, int]]:
    """How many pairs stand in each state: (code, words, number)."""
    return [
        (code, words, list_helps(actor=actor, filters=replace(filters, state=code), on=on).count())
        for code, words in HELP_STATES.items()
    ]


def get_help(*, actor: User, help_id: int) -> PersonPair:
    """One pair of people in the actor's area; NotFound otherwise."""
    found = visible_helps(actor).filter(pk=help_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class HelpSheet:
    """A pair of people in full. The phone is read only for those who see people."""

    pair: PersonPair
    contacts: tuple[PairContact, ...]
    visits: tuple[Visit, ...]  # that may be logged as contacts
    full: bool  # names and words in full
    phone: str
    is_open: bool
    contacted: bool  # this quarter

    @property
    def last_day(self) -> date | None:
        """The last day of a pair that has ended."""
        return self.pair.ends_on - timedelta(days=1) if self.pair.ends_on else None


def help_sheet(*, actor: User, help_id: int, on: date) -> HelpSheet:
    """One pair with its contacts, newest first, and the visits of the last half year that could be one."""
    pair = get_help(actor=actor, help_id=help_id)
    full = sees_people(actor)
    contacts = PairContact.objects.filter(pair=pair, withdrawn_at=None).select_related("visit").order_by("-on", "-id")
    phone = PersonPair.objects.only("helper_phone").get(pk=pair.pk).helper_phone if full else ""
    logged = tuple(contacts[:100])
    return HelpSheet(
        pair, logged, loggable_visits(actor, pair, on) if full else (), full, phone,
        pair.ends_on is None or pair.ends_on > on, any(contact.on >= quarter_start(on) for contact in logged),
    )  # fmt: skip


def loggable_visits(actor: User, pair: PersonPair, on: date) -> tuple[Visit, ...]:
    """Visits to the one helped since the pair began, of the last half year, not logged yet."""
    if pair.person_id is None:
        return ()
    rows = in_scope(Visit.objects.filter(person=pair.person_id, withdrawn_at=None), actor, "area_id")
    rows = rows.exclude(way=Way.ABSENT).filter(on__gte=max(pair.starts_on, on - timedelta(days=183)))
    taken = PairContact.objects.filter(pair=pair, visit=OuterRef("pk"), withdrawn_at=None)
    return tuple(rows.filter(~Exists(taken)).order_by("-on", "-id")[:MOST_VISITS])


def get_contact(*, actor: User, contact_id: int) -> PairContact:
    """One contact of a pair in the actor's area; NotFound otherwise."""
    need(actor, "activities.view")
    rows = in_scope(PairContact.objects.select_related("pair"), actor, "pair__area_id")
    found = rows.filter(pk=contact_id).first()
    if found is None:
        raise NotFound
    return found


def get_helped(*, actor: User, person_id: int) -> Person:
    """The person of the register who is to be helped; NotFound outside the actor's area."""
    return register.get_person(actor=actor, person_id=person_id)


def find_helped(*, actor: User, text: str) -> list[Person]:
    """People whose name begins so: for choosing whom to help."""
    need(actor, "people.view")
    if not text.strip():
        return []
    rows = in_scope(Person.objects.filter(name__startswith=text.strip()[:20], died_on=None), actor, "area_id")
    return list(rows.select_related("area").defer("id_number", "phone").order_by("name", "id")[:20])


def help_as_typed(*, actor: User, help_id: int) -> PersonPairDraft:
    """A pair of people as its form would have it, the phone included."""
    need(actor, "activities.pair")
    pair = get_help(actor=actor, help_id=help_id)
    phone = PersonPair.objects.only("helper_phone").get(pk=pair.pk).helper_phone
    return PersonPairDraft(
        kind=pair.kind_id, helper=pair.helper_name, helper_unit=pair.helper_unit, helper_phone=phone,
        person_id=str(pair.person_id or ""), helped=pair.helped_name, helped_unit=pair.helped_unit,
        area_code=pair.area_id, starts_on=pair.starts_on.isoformat(), needs=pair.needs, note=pair.note,
    )  # fmt: skip


@dataclass(frozen=True)
class Card:
    """What is printed on a card for the family: who helps, how to reach, what one may ask for."""

    pair: PersonPair
    phone: str
    station: Unit | None  # the service station of the town


def cards(*, actor: User, filters: HelpFilters, help_id: int | None, on: date) -> list[Card]:
    """Cards of one pair, or of all that pass the filters, at most 200. The phone stands on them, so only who keeps
    pairs may print."""
    need(actor, "activities.pair")
    rows = list_helps(actor=actor, filters=filters, on=on)
    found: Sequence[PersonPair] = (
        [get_help(actor=actor, help_id=help_id)] if help_id is not None else list(rows[:MOST_CARDS])
    )
    phones = dict(PersonPair.objects.filter(pk__in=[row.pk for row in found]).values_list("pk", "helper_phone"))
    stations = in_scope(Unit.objects.filter(kind="STATION", ends_on=None), actor, "area_id").exclude(phone="")
    by_area = {unit.area_id: unit for unit in stations.order_by("id")}
    return [Card(row, phones.get(row.pk, ""), nearest(by_area, row.area_id)) for row in found]


def nearest(stations: dict[str, Unit], area_code: str) -> Unit | None:
    """The station of the village, else of the town."""
    inside = [unit for code, unit in stations.items() if lies_in(area_code, code)]
    return max(inside, key=lambda unit: unit.area_id, default=None)


def may_keep(actor: User) -> bool:
    """Whether the actor enters and ends pairs."""
    return may(actor, "activities.pair")


def helps_of_person(*, actor: User, person_id: int, on: date) -> list[PersonPair]:
    """Who stands by a person now."""
    return list(visible_helps(actor).filter(lasts(on), person=person_id).order_by("id"))
