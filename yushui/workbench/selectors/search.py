"""One search for everything: people by name, initials, number; towns and villages by name."""

from __future__ import annotations

from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may
from yushui.base.cipher import mask_id
from yushui.base.days import age_on
from yushui.people.models import Person
from yushui.people.rules import search_key
from yushui.people.selectors import list_people, present_kinds
from yushui.people.types import KIND_NAMES, PeopleFilters
from yushui.places.models import Area
from yushui.places.selectors import path_names
from yushui.workbench.addresses import address_of
from yushui.workbench.types import Found, FoundArea, FoundPerson

MOST_PEOPLE, MOST_AREAS = 30, 10
SECRET_KINDS = frozenset({"number", "phone"})


def is_secret(words: str) -> bool:
    """Whether the words are a whole identity or telephone number, which must not stand in an address."""
    return bool(words) and search_key(words)[0] in SECRET_KINDS


def find(*, actor: User, words: str, on: date) -> Found:
    """People and areas of the actor's own area that fit the words; nothing for no words."""
    if not words:
        return Found()
    people: list[Person] = []
    if may(actor, "people.view"):
        rows = list_people(actor=actor, filters=PeopleFilters(on=on, text=words, life="all"))
        people = list(rows[: MOST_PEOPLE + 1])
    areas = find_areas(actor, words)
    places = path_names([*(person.area_id for person in people), *(area.code for area in areas)])
    kinds = present_kinds(person.pk for person in people)
    return Found(
        people=tuple(
            FoundPerson(
                person.pk, person.name, person.get_sex_display(), age_on(person.born_on, person.died_on or on),
                mask_id(person.id_number), places.get(person.area_id, ""),
                tuple(dict.fromkeys(KIND_NAMES.get(held.kind, held.kind) for held in kinds.get(person.pk, ()))),
                person.died_on, address_of("show-person", person.pk),
            )
            for person in people[:MOST_PEOPLE]
        ),
        areas=tuple(
            FoundArea(
                area.code, area.name, places.get(area.code, ""),
                address_of("list-people", area=area.code) if may(actor, "people.view") else "",
            )
            for area in areas
        ),
        more=len(people) > MOST_PEOPLE,
    )  # fmt: skip


def find_areas(actor: User, words: str) -> list[Area]:
    """Towns and villages of the actor's area whose name begins with the words; a range on the index of names."""
    if not may(actor, "places.view") or len(words) < 2:
        return []
    end = words[:-1] + chr(ord(words[-1]) + 1)
    rows = in_scope(Area.objects.filter(name__gte=words, name__lt=end, ends_on=None), actor, "code")
    return list(rows.order_by("code")[:MOST_AREAS])
