"""What the search area of the list of people chooses from, kept for a minute: it stands on every page of the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from yushui.accounts.models import User
from yushui.people.selectors.register import list_possible_contacts
from yushui.places.selectors import areas_to_choose

LIFE = 60  # seconds that a new village or colleague may be missing from the search area


@dataclass(frozen=True)
class SearchChoices:
    """Areas (code, name) and colleagues (id, name) of the actor's area."""

    areas: tuple[tuple[str, str], ...]
    users: tuple[tuple[int, str], ...]


def search_choices(*, actor: User) -> SearchChoices:
    """The drop-downs of an area; the area is part of the key, so scopes never mix."""
    key = f"people:choices:{actor.area_code}"
    kept: SearchChoices | None = cache.get(key)
    if kept is None:
        users = list_possible_contacts(actor=actor).values_list("pk", "full_name")
        kept = SearchChoices(tuple(areas_to_choose(actor=actor)), tuple(users))
        cache.set(key, kept, LIFE)
    return kept
