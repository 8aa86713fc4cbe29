"""The forms of goods. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

from django.http import QueryDict

from yushui.base.queries import whole_number
from yushui.funds.selectors.goods import MoveFilters
from yushui.funds.types.goods import WAY_NAMES, CountDraft, CountLineDraft, ItemDraft, MoveDraft

MOST_LINES = 400


def item_draft(data: QueryDict) -> ItemDraft:
    """The form of an item."""
    return ItemDraft(**{name: data.get(name, "") for name in ("name", "unit", "worth")})


def move_draft(data: QueryDict) -> MoveDraft:
    """The form of a move."""
    names = (
        "way", "item_id", "place_id", "to_place_id", "pieces", "worth", "on", "party", "person_id", "note",
        "client_key",
    )  # fmt: skip
    return MoveDraft(**{name: data.get(name, "") for name in names})


def count_draft(data: QueryDict) -> CountDraft:
    """The form of a count: four lists of the same length."""
    lists = [data.getlist(name)[:MOST_LINES] for name in ("item", "expected", "found", "reason")]
    lines = tuple(
        CountLineDraft(number, expected, found, reason)
        for text, expected, found, reason in zip(*lists, strict=False)
        if (number := whole_number(text)) is not None
    )
    names = ("place_id", "on", "note", "client_key")
    return CountDraft(**{name: data.get(name, "") for name in names}, lines=lines)


def move_filters(query: QueryDict) -> MoveFilters:
    """The search area of the list of moves."""
    year = whole_number(query.get("year", ""))
    return MoveFilters(
        item_id=whole_number(query.get("item", "")),
        place_id=whole_number(query.get("place", "")),
        way=query.get("way", "") if query.get("way", "") in WAY_NAMES else "",
        year=year if year is not None and 1949 <= year <= 2200 else None,
    )
