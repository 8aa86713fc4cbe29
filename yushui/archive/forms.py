"""From request data to drafts of the archive."""

from __future__ import annotations

from django.http import QueryDict

from yushui.archive.types import BoxDraft


def box_draft(data: QueryDict) -> BoxDraft:
    """The form of a box."""
    names = ("fonds", "catalogue", "year", "pile", "title", "keep", "shelf", "client_key")
    return BoxDraft(**{name: data.get(name, "") for name in names})
