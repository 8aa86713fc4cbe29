"""From request data to drafts and filters of places. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import QueryDict

from yushui.places.selectors.papers import PAPER_STATES, PaperFilters
from yushui.places.types import PaperDraft, PostDraft, PostMove, TransferDraft, UnitDraft

MOST_LINES = 60


def new_key() -> str:
    """A key for one form as drawn, so that sending it twice records once."""
    return str(uuid.uuid4())


def whole(text: str) -> int | None:
    """A number in a query; anything else is as if it were not there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def day_of(text: str, otherwise: date) -> date:
    """A day in a query; anything else is the other day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def area_of(data: QueryDict) -> str:
    """An area code: twelve digits or nothing."""
    code = data.get("area", "")
    return code if len(code) == 12 and code.isascii() and code.isdigit() else ""


def unit_draft(data: QueryDict) -> UnitDraft:
    """The form of a unit."""
    names = ("name", "kind", "parent_id", "phone", "address", "contact_name", "starts_on", "duties")
    return UnitDraft(**{name: data.get(name, "") for name in names}, area_code=area_of(data))


def post_draft(data: QueryDict) -> PostDraft:
    """The form of a post."""
    return PostDraft(**{name: data.get(name, "") for name in ("title", "holder_name", "office", "starts_on")})


def transfer_draft(data: QueryDict) -> TransferDraft:
    """The form of a change: `leave` holds the posts that are left, `to_name-7` and `to_office-7` who follows; a named
    successor means that the holder leaves. Three lists hold who comes new."""
    shown = [int(text) for text in data.getlist("post")[:MOST_LINES] if whole(text) is not None]
    leaving = {int(text) for text in data.getlist("leave") if whole(text) is not None}
    moves = tuple(
        PostMove(pk, data.get(f"to_name-{pk}", ""), data.get(f"to_office-{pk}", ""))
        for pk in shown
        if pk in leaving or data.get(f"to_name-{pk}", "").strip()
    )
    lists = zip(data.getlist("new_title"), data.getlist("new_name"), data.getlist("new_office"), strict=False)
    additions = tuple(
        PostDraft(title, name, office) for title, name, office in list(lists)[:MOST_LINES] if name.strip() or office
    )
    names = ("on", "reason", "number", "client_key")
    return TransferDraft(
        **{name: data.get(name, "") for name in names}, moves=moves, unit_id=whole(data.get("group", "")),
        additions=additions,
    )  # fmt: skip


def paper_draft(data: QueryDict) -> PaperDraft:
    """The form of a paper."""
    names = ("kind", "unit_id", "number", "title", "issued_on", "starts_on", "last_day", "note", "client_key")
    return PaperDraft(**{name: data.get(name, "") for name in names}, proves=tuple(data.get("proves", "").split()))


def paper_filters(query: QueryDict) -> PaperFilters:
    """The search area of the list of papers."""
    state = query.get("state", "in_force")
    year = whole(query.get("year", ""))
    return PaperFilters(
        kind=query.get("kind", "")[:40],
        state=state if state in PAPER_STATES else "in_force",
        year=year if year is not None and 1949 <= year <= 2200 else None,
        unit_id=whole(query.get("unit", "")),
    )
