"""From request data to drafts and filters of honours. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from django.http import QueryDict

from yushui.base.queries import area_of, year_of
from yushui.honours.selectors.news import MORE_STATES, NewsFilters
from yushui.honours.selectors.plaques import PlaqueFilters
from yushui.honours.types import GROUNDS, NEWS_STATES, PLAQUE_STATES, DeliveryDraft

Draft = TypeVar("Draft")


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
        year=year_of(query.get("year", "")),
    )


def news_filters(query: QueryDict) -> NewsFilters:
    """The search area of the list of 喜报."""
    state = query.get("state", "")
    return NewsFilters(
        state=state if state in {*NEWS_STATES, *MORE_STATES} else "",
        kind=query.get("kind", "")[:40],
        year=year_of(query.get("year", "")),
        area_code=area_of(query),
        text=query.get("text", "").strip()[:20],
    )
