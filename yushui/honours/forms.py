"""From request data to drafts and filters of honours. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

import uuid
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from django.http import QueryDict

from yushui.honours.selectors.news import MORE_STATES, NewsFilters
from yushui.honours.selectors.plaques import PlaqueFilters
from yushui.honours.types import GROUNDS, NEWS_STATES, PLAQUE_STATES, DeliveryDraft

Draft = TypeVar("Draft")


def new_key() -> str:
    """A key for one form as drawn, so that sending it twice records once."""
    return str(uuid.uuid4())


def whole(text: str) -> int | None:
    """A number in a query; anything else is as if it were not there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def area_of(data: QueryDict) -> str:
    """An area code: twelve digits or nothing."""
    code = data.get("area", "")
    return code if len(code) == 12 and code.isascii() and code.isdigit() else ""


def year_of(data: QueryDict) -> int | None:
    """A year in a query, 1949 to 2200."""
    year = whole(data.get("year", ""))
    return year if year is not None and 1949 <= year <= 2200 else None


def day_of(text: str) -> date | None:
    """A day as typed, or None."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def draft_of(kind: type[Draft], data: QueryDict) -> Draft:
    """A draft whose fields are fields of the form; the area comes as `area`."""
    names = [each.name for each in fields(kind) if each.name != "area_code"]  # type: ignore[arg-type]
    typed: dict[str, Any] = {name: data.get(name, "") for name in names}
    if any(each.name == "area_code" for each in fields(kind)):  # type: ignore[arg-type]
        typed["area_code"] = area_of(data)
    return kind(**typed)


def delivery_draft(data: QueryDict) -> DeliveryDraft:
    """The form of a delivery."""
    names = ("on", "deliverers", "receiver", "feedback")
    return DeliveryDraft(**{n: data.get(n, "") for n in names}, as_activity=data.get("as_activity") == "1")


def plaque_filters(query: QueryDict) -> PlaqueFilters:
    """The search area of the list of plaques."""
    state, ground = query.get("state", "HUNG"), query.get("ground", "")
    return PlaqueFilters(
        state=state if state in {*PLAQUE_STATES, ""} else "HUNG",
        ground=ground if ground in GROUNDS else "",
        area_code=area_of(query),
        text=query.get("text", "").strip()[:20],
        year=year_of(query),
    )


def news_filters(query: QueryDict) -> NewsFilters:
    """The search area of the list of 喜报."""
    state = query.get("state", "")
    return NewsFilters(
        state=state if state in {*NEWS_STATES, *MORE_STATES} else "",
        kind=query.get("kind", "")[:40],
        year=year_of(query),
        area_code=area_of(query),
        text=query.get("text", "").strip()[:20],
    )
