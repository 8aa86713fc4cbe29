"""From request data to drafts and filters of places. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

import re

from django.http import QueryDict

from yushui.base.queries import area_of, whole_number
from yushui.places.selectors.papers import PAPER_STATES, PaperFilters
from yushui.places.selectors.units import UNIT_KIND_NAMES, UnitFilters
from yushui.places.types import LACK_NAMES, PaperDraft, PostDraft, PostMove, TransferDraft, UnitDraft

MOST_LINES = 60


def unit_filters(query: QueryDict) -> UnitFilters:
    """The search area of the list of units."""
    kind, lack = query.get("kind", ""), query.get("lack", "")
    return UnitFilters(
        kind=kind if kind in UNIT_KIND_NAMES else "",
        area_code=area_of(query),
        words=query.get("q", "").strip()[:40],
        lack=lack if lack in LACK_NAMES else "",
        ended=query.get("ended") == "1",
    )


def typed_cells(data: QueryDict) -> dict[str, tuple[str, str]]:
    """The form of an arrangement: code → (row, column) as typed."""
    codes = [name.removeprefix("row-") for name in data if name.startswith("row-")]
    return {code: (data.get(f"row-{code}", "")[:6], data.get(f"column-{code}", "")[:6]) for code in codes}


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
    shown = [int(text) for text in data.getlist("post")[:MOST_LINES] if whole_number(text) is not None]
    leaving = {int(text) for text in data.getlist("leave") if whole_number(text) is not None}
    moves = tuple(
        PostMove(pk, data.get(f"to_name-{pk}", ""), data.get(f"to_office-{pk}", ""))
        for pk in shown
        if pk in leaving or data.get(f"to_name-{pk}", "").strip()
    )
    lists = zip(data.getlist("new_title"), data.getlist("new_name"), data.getlist("new_office"), strict=False)
    additions = tuple(
        PostDraft(title, name, office)
        for title, name, office in list(lists)[:MOST_LINES]
        if name.strip() or office.strip()
    )
    names = ("on", "reason", "number", "client_key", "name")
    return TransferDraft(
        **{name: data.get(name, "") for name in names}, moves=moves, unit_id=whole_number(data.get("group", "")),
        additions=additions,
    )  # fmt: skip


def paper_draft(data: QueryDict) -> PaperDraft:
    """The form of a paper."""
    names = ("kind", "unit_id", "number", "title", "issued_on", "starts_on", "last_day", "note", "client_key")
    return PaperDraft(**{name: data.get(name, "") for name in names}, proves=tuple(proofs_of(data)))


def proofs_of(data: QueryDict) -> list[str]:
    """What a paper proves: duties ticked, items of a standard typed."""
    return [
        code
        for text in (*data.getlist("duty"), data.get("items", ""))
        for code in re.split(r"[\s、,,;;]+", text)
        if code
    ]


def paper_filters(query: QueryDict) -> PaperFilters:
    """The search area of the list of papers."""
    state = query.get("state", "in_force")
    year = whole_number(query.get("year", ""))
    return PaperFilters(
        kind=query.get("kind", "")[:40],
        state=state if state in PAPER_STATES else "in_force",
        year=year if year is not None and 1949 <= year <= 2200 else None,
        unit_id=whole_number(query.get("unit", "")),
        area_code=area_of(query),
        words=query.get("q", "").strip()[:40],
    )
