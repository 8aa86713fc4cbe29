"""Rows of sites and offers that figures count."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from yushui.base.figures import ROWS, Column, How, Measure, Period, RowSource, within
from yushui.sites.models import Agreement, Check, Site, SiteNumber
from yushui.sites.types import CHECK_RESULTS, GROUP_NAMES


def standing(period: Period) -> QuerySet[Any]:
    """Sites that stand on the last day of the period; `agreed` when an agreement holds on it or none is needed."""
    day = period.last
    rows = Site.objects.filter(Q(since=None) | Q(since__lte=day), Q(ends_on=None) | Q(ends_on__gt=day))
    holds = Exists(Agreement.objects.filter(site=OuterRef("pk"), starts_on__lte=day, ends_on__gt=day))
    agreed = Case(When(kind__signed=False, then=Value(True)), default=holds, output_field=BooleanField())
    known: QuerySet[Any] = rows.annotate(agreed=agreed)
    return known


def sites(area_code: str, period: Period) -> QuerySet[Any]:
    """Sites and offers at the end of the period."""
    return within(standing(period), "area_id", area_code)


def numbers(area_code: str, period: Period) -> QuerySet[Any]:
    """Numbers of standing sites as they are now: beds, graves, buses."""
    return within(SiteNumber.objects.filter(month=0, site__in=standing(period)), "site__area_id", area_code)


def months(area_code: str, period: Period) -> QuerySet[Any]:
    """Numbers by month within the period: tickets, rides."""
    rows = SiteNumber.objects.filter(month__gte=period.first_month, month__lt=period.end_month)
    return within(rows, "site__area_id", area_code)


def checks(area_code: str, period: Period) -> QuerySet[Any]:
    """Upkeep checks within the period."""
    return within(Check.objects.filter(on__range=(period.first, period.last)), "site__area_id", area_code)


SITE_COLUMNS = (
    Column("名称", "name"),
    Column("类别", "kind__name"),
    Column("地区", "area_id", "area"),
    Column("优待内容", "offer"),
    Column("启用", "since", "day"),
)
NUMBER_COLUMNS = (
    Column("名称", "site__name"),
    Column("类别", "site__kind__name"),
    Column("地区", "site__area_id", "area"),
    Column("数字", "value"),
)
BY_KIND = {"kind": "site__kind_id", "key": "key"}
SOURCES: dict[str, RowSource] = {
    "sites.sites": RowSource(
        "阵地与优待", sites, "area_id", {"rows": ROWS, "villages": Measure(How.DISTINCT, "area_id")},
        {"kind": "kind_id", "group": "kind__group", "agreed": "agreed"}, SITE_COLUMNS, person="",
        choices={"group": frozenset(GROUP_NAMES)},
    ),
    "sites.numbers": RowSource(
        "阵地的数字", numbers, "site__area_id", {"rows": ROWS, "value": Measure(How.SUM, "value")}, BY_KIND,
        NUMBER_COLUMNS, person="",
    ),
    "sites.months": RowSource(
        "按月的数字", months, "site__area_id", {"rows": ROWS, "value": Measure(How.SUM, "value")}, BY_KIND,
        (*NUMBER_COLUMNS[:3], Column("月份", "month", "month"), NUMBER_COLUMNS[3]), person="",
    ),
    "sites.checks": RowSource(
        "阵地检查", checks, "site__area_id", {"rows": ROWS}, {"result": "result", "group": "site__kind__group"},
        (
            Column("名称", "site__name"),
            Column("地区", "site__area_id", "area"),
            Column("日期", "on", "day"),
            Column("结果", "result", labels=CHECK_RESULTS),
            Column("发现的问题", "found"),
            Column("整改", "mended_on", "day"),
        ),
        person="",
    ),
}  # fmt: skip
