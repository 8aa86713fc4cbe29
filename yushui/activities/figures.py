"""Rows of the work ledgers that figures count: activities, visits, lists of campaigns. Money is fen."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yushui.activities.models import Activity, CampaignTarget, Visit
from yushui.activities.types import CAMPAIGN_NAMES, WAY_NAMES, Way
from yushui.base.figures import PERSONS, ROWS, Column, How, Measure, Period, RowSource, within

VILLAGES = Measure(How.DISTINCT, "area_id")


def activities(area_code: str, period: Period) -> QuerySet[Any]:
    """Activities held within the period and not withdrawn."""
    rows = Activity.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def visits(area_code: str, period: Period) -> QuerySet[Any]:
    """Visits made within the period. Withdrawn ones, and those where nobody was met, are no visits."""
    rows = Visit.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows.exclude(way=Way.ABSENT), "area_id", area_code)


def campaign_targets(area_code: str, period: Period) -> QuerySet[Any]:
    """Persons on the lists of campaigns that began within the period; `visited` when they were met in that campaign."""
    rows = CampaignTarget.objects.filter(dropped_reason="", campaign__starts_on__range=(period.first, period.last))
    met = Visit.objects.filter(
        campaign=OuterRef("campaign"), person=OuterRef("person"), withdrawn_at=None, on__lte=period.last
    ).exclude(way=Way.ABSENT)
    kept: QuerySet[Any] = within(rows, "area_id", area_code)
    known: QuerySet[Any] = kept.annotate(visited=Exists(met))
    return known


CAMPAIGNS = {"campaign": frozenset(CAMPAIGN_NAMES)}

SOURCES: dict[str, RowSource] = {
    "activities.activities": RowSource(
        "活动台账", activities, "area_id",
        {"rows": ROWS, "heads": Measure(How.SUM, "heads"), "fen": Measure(How.SUM, "amount_fen")},
        {"kind": "kind_id", "chapter": "kind__chapter", "direction": "kind__direction"},
        (
            Column("日期", "on", "day"),
            Column("活动", "title"),
            Column("类别", "kind__name"),
            Column("地区", "area_id", "area"),
            Column("人次", "heads"),
            Column("金额(元)", "amount_fen", "yuan"),
        ),
        person="",
    ),
    "activities.visits": RowSource(
        "走访慰问", visits, "area_id",
        {
            "rows": ROWS, "persons": PERSONS,
            "cash": Measure(How.SUM, "cash_fen"), "villages": Measure(How.DISTINCT, "area_id"),
        },
        {"campaign": "campaign__kind", "way": "way"},
        (
            Column("姓名", "person__name", "name"),
            Column("村(社区)", "area_id", "area"),
            Column("日期", "on", "day"),
            Column("方式", "way", labels=WAY_NAMES),
            Column("慰问金(元)", "cash_fen", "yuan"),
            Column("慰问品", "goods"),
            Column("走访人", "visitor_name"),
        ),
        choices=CAMPAIGNS,
    ),
    "activities.campaign_targets": RowSource(
        "慰问名单", campaign_targets, "area_id", {"rows": ROWS, "persons": PERSONS, "villages": VILLAGES},
        {"campaign": "campaign__kind", "visited": "visited"},
        (
            Column("姓名", "person__name", "name"),
            Column("村(社区)", "area_id", "area"),
            Column("行动", "campaign__title"),
            Column("入选原因", "reason"),
            Column("负责人", "user_name"),
        ),
        choices=CAMPAIGNS,
    ),
}  # fmt: skip
