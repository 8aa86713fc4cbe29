"""From request data to drafts of the archive."""

from __future__ import annotations

import uuid

from django.http import QueryDict

from yushui.archive.types import BoxDraft


def new_key() -> str:
    """A key for one form as drawn, so that sending it twice records once."""
    return str(uuid.uuid4())


def year_of(query: QueryDict, otherwise: int) -> int:
    """A year in a query, 1949 to 2200."""
    text = query.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and 1949 <= int(text[:5]) <= 2200 else otherwise


def box_draft(data: QueryDict) -> BoxDraft:
    """The form of a box."""
    names = ("fonds", "catalogue", "year", "pile", "title", "keep", "shelf", "client_key")
    return BoxDraft(**{name: data.get(name, "") for name in names})
