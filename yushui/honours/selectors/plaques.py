"""Plaques and cards in the actor's area: lists, one of them, households still without, coverage by village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound
from yushui.honours.models import Card, Plaque, PlaqueEvent, holding
from yushui.honours.permissions import visible_cards, visible_plaques
from yushui.honours.rules.plaques import ground_of
from yushui.people.models import Household, Person
from yushui.people.selectors import get_person
from yushui.places.selectors import path_names


@dataclass(frozen=True)
class PlaqueFilters:
    """What the list of plaques is narrowed to."""

    state: str = "HUNG"
    ground: str = ""
    area_code: str = ""
    text: str = ""  # how the head's name begins
    year: int | None = None  # of hanging


def within(rows: QuerySet, column: str, area_code: str) -> QuerySet:  # type: ignore[type-arg]
    """Rows inside a further area; none given narrows nothing."""
    if not area_code:
        return rows
    low, high = code_range(area_code)
    return rows.filter(**{f"{column}__gte": low, f"{column}__lt": high})


def list_plaques(*, actor: User, filters: PlaqueFilters) -> QuerySet[Plaque]:
    """Plaques by village, each with its household."""
    rows = within(visible_plaques(actor), "household__area_id", filters.area_code)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.ground:
        rows = rows.filter(ground=filters.ground)
    if filters.year is not None:
        rows = rows.filter(hung_on__gte=date(filters.year, 1, 1), hung_on__lt=date(filters.year + 1, 1, 1))
    if filters.text:
        rows = rows.filter(household__head_name__startswith=filters.text)
    return rows.select_related("household").order_by("household__area_id", "household_id")


def list_missing(*, actor: User, area_code: str, on: date) -> QuerySet[Household]:
    """Households with a ground and without a plaque, by village. One whose plaque was cancelled or taken back is none
    of them."""
    need(actor, "honours.view")
    held = holding(on).values("person__household_id")  # asked once; asked for each household it would take minutes
    rows = within(in_scope(Household.objects.all(), actor, "area_id"), "area_id", area_code)
    return rows.filter(pk__in=held, plaque=None).order_by("area_id", "id")


def homes_without_plaque(*, actor: User, on: date) -> dict[int, str]:
    """All households with a ground and without a plaque, with their villages: for taking over whole lists."""
    need(actor, "honours.view")
    held = all_grounds(on)
    rows = in_scope(Household.objects.filter(plaque=None), actor, "area_id").order_by("id")
    return {pk: area for pk, area in rows.values_list("pk", "area_id") if pk in held}


def grounds_by_household(household_ids: Iterable[int], on: date) -> dict[int, str]:
    """The ground that each household has on a day; one that has none is left out."""
    kinds: dict[int, set[str]] = defaultdict(set)
    rows = holding(on).filter(person__household__in=list(household_ids))
    for household, kind in rows.values_list("person__household_id", "kind"):
        kinds[household].add(kind)
    return {household: ground for household, found in kinds.items() if (ground := ground_of(found))}


def all_grounds(on: date) -> dict[int, str]:
    """The ground of every household of the register, for taking over whole lists."""
    kinds: dict[int, set[str]] = defaultdict(set)
    for household, kind in holding(on).values_list("person__household_id", "kind"):
        kinds[household].add(kind)
    return {household: ground for household, found in kinds.items() if (ground := ground_of(found))}


def ground_of_person(person_id: int, on: date) -> str:
    """The ground that a person gives by themselves."""
    return ground_of(holding(on).filter(person_id=person_id).values_list("kind", flat=True))


def get_plaque(*, actor: User, plaque_id: int) -> Plaque:
    """One plaque in the actor's area; NotFound otherwise."""
    found = visible_plaques(actor).select_related("household__area").filter(pk=plaque_id).first()
    if found is None:
        raise NotFound
    return found


def events_of(plaque: Plaque) -> list[PlaqueEvent]:
    """What happened to a plaque, the newest first."""
    return list(PlaqueEvent.objects.filter(plaque=plaque).select_related("area").order_by("-on", "-id"))


def plaque_of_person(*, actor: User, person: Person) -> Plaque | None:
    """The plaque of a person's household, if the actor may see it."""
    if person.household_id is None:
        return None
    return visible_plaques(actor).select_related("household").filter(household=person.household_id).first()


@dataclass(frozen=True)
class Coverage:
    """Households with a ground in one village or town, and those whose plaque hangs."""

    area_code: str
    name: str
    households: int
    hung: int

    @property
    def missing(self) -> int:
        """Still to be hung."""
        return self.households - self.hung

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 is said only of all."""
        return self.hung * 100 // self.households if self.households else 0


def coverage(*, actor: User, area_code: str = "", on: date) -> list[Coverage]:
    """Coverage one level below the actor's area, or below `area_code` (a town: its villages). Persons without a
    household count as one household each; those whose plaque was cancelled or taken back do not count."""
    need(actor, "honours.view")
    name = f"plaque-coverage:{actor.area_code}:{area_code}:{on}"
    return until_next_act(name, lambda: count_coverage(actor, area_code, on))


def count_coverage(actor: User, area_code: str, on: date) -> list[Coverage]:
    """The same, counted anew."""
    rows = within(in_scope(holding(on), actor, "person__area_id"), "person__area_id", area_code)
    rows = rows.exclude(person__household__plaque__state__in=("CANCELLED", "TAKEN_BACK"))
    home = "person__household_id"
    counted = rows.order_by().values_list("person__area_id").annotate(
        n=Count(home, distinct=True),
        up=Count(home, distinct=True, filter=Q(person__household__plaque__state="HUNG")),
        alone=Count("person_id", distinct=True, filter=Q(person__household=None)),
    )  # fmt: skip
    cut = 12 if len((area_code or actor.area_code).rstrip("0")) > 6 else 9
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for code, households, up, alone in counted:
        key = code[:cut].ljust(12, "0")
        sums[key][0] += households + alone
        sums[key][1] += up
    names = path_names(sums)
    return [Coverage(code, names[code] or code, *sums[code]) for code in sorted(sums)]


def list_cards(*, actor: User, state: str, kind: str, area_code: str) -> QuerySet[Card]:
    """Cards, those that waited longest first while they wait, else the newest first."""
    rows = within(visible_cards(actor), "person__area_id", area_code)
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    order = ("state_on", "id") if state == "APPLIED" else ("-state_on", "-id")
    return rows.select_related("person", "kind").order_by(*order)


def get_card(*, actor: User, card_id: int) -> Card:
    """One card in the actor's area; NotFound otherwise."""
    found = visible_cards(actor).select_related("person", "kind").filter(pk=card_id).first()
    if found is None:
        raise NotFound
    return found


def cards_of(*, actor: User, person_id: int) -> list[Card]:
    """A person's cards, the newest first."""
    person = get_person(actor=actor, person_id=person_id)
    return list(visible_cards(actor).filter(person=person).select_related("kind").order_by("-applied_on", "-id"))


def members_of(*, actor: User, plaque: Plaque) -> list[Person]:
    """The members of a plaque's household whom the actor may see."""
    rows = in_scope(Person.objects.filter(household=plaque.household_id), actor, "area_id")
    return list(rows.order_by("born_on", "id")[:30])
