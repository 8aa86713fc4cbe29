"""From request data to drafts and filters. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from yushui.activities.selectors.activities import ActivityFilters
from yushui.activities.selectors.contacts import STATES, ContactFilters
from yushui.activities.selectors.pairs import PairFilters
from yushui.activities.selectors.person_pairs import HELP_STATES, HelpFilters
from yushui.activities.selectors.visits import VisitFilters
from yushui.activities.types import (
    CHAPTER_NAMES,
    PAIR_STATES,
    SLEEP_CHOICES,
    SLEEPS_AFTER,
    WAY_NAMES,
    ActivityDraft,
    CampaignDraft,
    CampaignKindDraft,
    ContactDraft,
    KindDraft,
    MeasureDraft,
    PairDraft,
    PairKindDraft,
    PersonPairDraft,
    Photo,
    VisitDraft,
)
from yushui.base.pictures import MOST_BYTES
from yushui.base.queries import area_of, whole_number, year_of


def photo_of(files: MultiValueDict[str, UploadedFile[Any]]) -> Photo | None:
    """The photo sent along, if any. Never more than one byte over the limit is read."""
    sent = files.get("photo")
    if sent is None:
        return None
    return Photo(content=sent.read(MOST_BYTES + 1), name=sent.name or "photo")


def visit_draft(data: QueryDict) -> VisitDraft:
    """The form of a visit."""
    return VisitDraft(
        way=data.get("way", ""),
        on=data.get("on", ""),
        cash=data.get("cash", ""),
        goods=(*data.getlist("goods"), data.get("more_goods", "")),
        note=data.get("note", ""),
        visitor_name=data.get("visitor_name", ""),
        client_key=data.get("client_key", ""),
    )


def visit_filters(query: QueryDict) -> VisitFilters:
    """The search area of the list of visits."""
    return VisitFilters(
        person_id=whole_number(query.get("person", "")),
        campaign_id=whole_number(query.get("campaign", "")),
        year=year_of(query.get("year", "")),
        area_code=area_of(query),
        way=query.get("way", "") if query.get("way", "") in WAY_NAMES else "",
        with_withdrawn=query.get("withdrawn") == "1",
    )


def activity_draft(data: QueryDict) -> ActivityDraft:
    """The form of an activity. The field `partners` comes twice: what stands there, and one more."""
    names = (
        "kind", "on", "last_day", "title", "place", "host_id", "host", "heads", "amount", "note", "leaders", "speakers",
        "volunteers", "hours", "client_key",
    )  # fmt: skip
    return ActivityDraft(
        **{name: data.get(name, "") for name in names},
        area_code=area_of(data),
        partners="、".join(text for text in data.getlist("partners") if text.strip()),
        measures=tuple((name.removeprefix("m_"), data.get(name, "")) for name in data if name.startswith("m_")),
    )


def activity_filters(query: QueryDict, today: date) -> ActivityFilters:
    """The search area of the list of activities. A text without a year is looked for in this year; sums by kind are of
    this year until somebody asks for all."""
    text, year = query.get("text", "").strip()[:40], year_of(query.get("year", ""))
    month = whole_number(query.get("month", ""))
    month = month if month is not None and 1 <= month <= 12 else None
    if (text or month or (query.get("by") == "kind" and "year" not in query)) and year is None:
        year = today.year
    return ActivityFilters(
        kind=query.get("kind", "")[:40],
        chapter=query.get("chapter", "") if query.get("chapter", "") in CHAPTER_NAMES else "",
        year=year,
        month=month,
        area_code=area_of(query),
        host_id=whole_number(query.get("host", "")),
        partner_id=whole_number(query.get("partner", "")),
        text=text,
        with_withdrawn=query.get("withdrawn") == "1",
    )


def kind_draft(data: QueryDict) -> KindDraft:
    """The form of a kind; the lines of further numbers come as four lists of the same length."""
    lists = [data.getlist(name) for name in ("m_key", "m_name", "m_unit", "m_decimals")]
    names = ("name", "chapter", "direction", "measure", "words")
    measures = tuple(MeasureDraft(*line) for line in zip(*lists, strict=False))
    wants = data.get("wants_evidence") == "1"
    return KindDraft(**{name: data.get(name, "") for name in names}, wants_evidence=wants, measures=measures)


def campaign_draft(data: QueryDict, like_id: int | None = None) -> CampaignDraft:
    """The form of a campaign; `like_id` is the one it carries on."""
    names = ("title", "kind", "first_day", "last_day", "cash", "goods", "least_age", "not_since", "client_key")
    return CampaignDraft(
        **{name: data.get(name, "") for name in names},
        area_code=area_of(data),
        kinds=tuple(data.getlist("kinds")),
        hardships=tuple(data.getlist("hardships")),
        every=data.get("every") == "1",
        merits=tuple(data.getlist("merits")),
        birthday=data.get("birthday") == "1",
        areas=tuple(data.getlist("areas")),
        unit_kinds=tuple(data.getlist("unit_kinds")),
        like_id=like_id,
        by_hand=tuple(number for text in data.getlist("by_hand") if (number := whole_number(text)) is not None),
    )


def contact_filters(asked: QueryDict) -> ContactFilters:
    """The query of the pages of 包联; what makes no sense is left out."""
    area, state, rhythm = asked.get("area", ""), asked.get("state", ""), asked.get("rhythm", "")
    return ContactFilters(
        area_code=area if area.isascii() and area.isdigit() and len(area) == 12 else "",
        user_id=whole_number(asked.get("user", "")),
        rhythm=rhythm if rhythm.isascii() and rhythm.isprintable() else "",
        state=state if state in STATES else "",
    )


def pair_draft(data: QueryDict) -> PairDraft:
    """The form of an agreement between units."""
    names = ("unit", "other", "subject", "starts_on", "last_day", "note", "client_key")
    return PairDraft(**{name: data.get(name, "") for name in names}, area_code=area_of(data))


def pair_filters(query: QueryDict) -> PairFilters:
    """The search area of the list of agreements."""
    state, months = query.get("state", ""), whole_number(query.get("months", ""))
    return PairFilters(
        state=state if state in PAIR_STATES else "",
        area_code=area_of(query),
        text=query.get("text", "").strip()[:40],
        months=months if months in SLEEP_CHOICES else SLEEPS_AFTER,
    )


def person_pair_draft(data: QueryDict) -> PersonPairDraft:
    """The form of a pair of people."""
    names = (
        "kind", "helper", "helper_unit", "helper_phone", "person_id", "helped", "helped_unit", "starts_on", "needs",
        "note", "client_key",
    )  # fmt: skip
    return PersonPairDraft(**{name: data.get(name, "") for name in names}, area_code=area_of(data))


def help_filters(query: QueryDict) -> HelpFilters:
    """The search area of the list of pairs of people."""
    state = query.get("state", "LIVE")
    return HelpFilters(
        state=state if state in HELP_STATES else "LIVE",
        kind=query.get("kind", "")[:40],
        area_code=area_of(query),
        text=query.get("text", "").strip()[:20],
        person_id=whole_number(query.get("person", "")),
    )


def contact_draft(data: QueryDict) -> ContactDraft:
    """The form of a contact; the visit that is one comes from its own button."""
    names = ("on", "way", "note", "visit_id", "client_key")
    return ContactDraft(**{name: data.get(name, "") for name in names})


def pair_kind_draft(data: QueryDict) -> PairKindDraft:
    """The form of a kind of pairs of people."""
    names = ("name", "helper_word", "helped_word")
    return PairKindDraft(**{name: data.get(name, "") for name in names}, of_register=data.get("of_register") != "0")


def campaign_kind_draft(data: QueryDict) -> CampaignKindDraft:
    """The form of a kind of campaign."""
    names = ("name", "follows", "days_before", "days_after", "first", "last")
    return CampaignKindDraft(**{name: data.get(name, "") for name in names})


def pieces_typed(data: QueryDict) -> dict[int, str]:
    """Pieces by item: two lists of the same length."""
    lists = zip(data.getlist("item")[:400], data.getlist("pieces"), strict=False)
    return {number: pieces for text, pieces in lists if (number := whole_number(text)) is not None}
