"""Rows of honours that figures count: households with a ground, plaques, cards, good news, honours, selections."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yushui.base.figures import ROWS, Column, How, Measure, Period, RowSource, within
from yushui.honours.models import Card, GoodNews, Nominee, Plaque, PlaqueEvent, UnitHonour, holding
from yushui.honours.types import CARD_STATES, GROUNDS, NEWS_STATES, PLAQUE_ACTS
from yushui.people.models import Household


def homes(area_code: str, period: Period) -> QuerySet[Any]:
    """Households with a ground for a plaque at the end of the period, but for those whose plaque was cancelled or
    taken back; `hung` when theirs hangs."""
    held = holding(period.last).values("person__household_id")
    hung = Exists(Plaque.objects.filter(household=OuterRef("pk"), state="HUNG", hung_on__lte=period.last))
    rows = within(Household.objects.filter(pk__in=held), "area_id", area_code)
    gone = Plaque.objects.filter(state__in=("CANCELLED", "TAKEN_BACK")).values("household_id")
    known: QuerySet[Any] = rows.exclude(pk__in=gone).annotate(hung=hung)
    return known


def plaque_events(area_code: str, period: Period) -> QuerySet[Any]:
    """What was done with plaques within the period."""
    return within(PlaqueEvent.objects.filter(on__range=(period.first, period.last)), "area_id", area_code)


def cards(area_code: str, period: Period) -> QuerySet[Any]:
    """Cards in use or applied for by the end of the period."""
    rows = Card.objects.filter(applied_on__lte=period.last).exclude(state="CANCELLED")
    return within(rows, "person__area_id", area_code)


def good_news(area_code: str, period: Period) -> QuerySet[Any]:
    """喜报 delivered within the period."""
    rows = GoodNews.objects.filter(state="DELIVERED", delivered_on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def news_received(area_code: str, period: Period) -> QuerySet[Any]:
    """喜报 received within the period; `state` tells those delivered."""
    rows = GoodNews.objects.filter(received_on__range=(period.first, period.last)).exclude(state="WITHDRAWN")
    return within(rows, "area_id", area_code)


def unit_honours(area_code: str, period: Period) -> QuerySet[Any]:
    """Honours given to units, or to the area itself, within the period."""
    rows = UnitHonour.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def commended(area_code: str, period: Period) -> QuerySet[Any]:
    """Persons and units on the lists that were published within the period, by where they are from."""
    rows = Nominee.objects.filter(chosen=True, dropped_reason="", selection__stage="DECIDED")
    return within(rows.filter(selection__decided_on__range=(period.first, period.last)), "area_id", area_code)


NEWS_COLUMNS = (
    Column("军人", "soldier_name", "name"),
    Column("等次", "kind__name"),
    Column("村(社区)", "area_id", "area"),
    Column("收到", "received_on", "day"),
    Column("送达", "delivered_on", "day"),
    Column("状态", "state", labels=NEWS_STATES),
)
SOURCES: dict[str, RowSource] = {
    "honours.homes": RowSource(
        "应挂光荣牌的家庭", homes, "area_id", {"rows": ROWS}, {"hung": "hung"},
        (Column("户主", "head_name", "name"), Column("村(社区)", "area_id", "area")),
        person="",
    ),
    "honours.plaque_events": RowSource(
        "光荣牌办理", plaque_events, "area_id", {"rows": ROWS}, {"what": "what"},
        (
            Column("户主", "plaque__household__head_name", "name"),
            Column("村(社区)", "area_id", "area"),
            Column("办理", "what", labels=PLAQUE_ACTS),
            Column("日期", "on", "day"),
            Column("依据", "plaque__ground", labels=GROUNDS),
        ),
        person="",
    ),
    "honours.cards": RowSource(
        "优待证", cards, "person__area_id", {"rows": ROWS}, {"state": "state", "kind": "kind_id"},
        (
            Column("姓名", "person__name", "name"),
            Column("村(社区)", "person__area_id", "area"),
            Column("种类", "kind__name"),
            Column("状态", "state", labels=CARD_STATES),
            Column("申请", "applied_on", "day"),
        ),
    ),
    "honours.good_news": RowSource(
        "送达的喜报", good_news, "area_id",
        {"rows": ROWS}, {"kind": "kind_id"}, NEWS_COLUMNS,
    ),
    "honours.unit_honours": RowSource(
        "单位荣誉", unit_honours, "area_id", {"rows": ROWS}, {"kind": "kind_id"},
        (
            Column("荣誉", "title"),
            Column("单位", "unit__name"),
            Column("授予单位", "issuer"),
            Column("日期", "on", "day"),
            Column("地区", "area_id", "area"),
        ),
        person="",
    ),
    "honours.commended": RowSource(
        "评选表彰名单", commended, "area_id", {"rows": ROWS, "times": Measure(How.DISTINCT, "selection_id")},
        {"kind": "selection__kind_id"},
        (
            Column("姓名或单位", "name", "name"),
            Column("评选", "selection__title"),
            Column("推荐单位", "nominator"),
            Column("公布", "selection__decided_on", "day"),
            Column("地区", "area_id", "area"),
        ),
        person="",
    ),
    "honours.news_received": RowSource(
        "收到的喜报", news_received, "area_id",
        {"rows": ROWS}, {"kind": "kind_id", "state": "state"}, NEWS_COLUMNS,
    ),
}  # fmt: skip
