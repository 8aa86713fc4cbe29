"""Rows of money that figures count: budget lines, entries, donations, applications to the care fund. Money is fen.

Entries are net: a reversal counts against what it reverses, on the day it was made.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet, Value

from yushui.base.figures import PERSONS, ROWS, Column, How, Measure, Period, RowSource, within
from yushui.funds.models import Application, Donation, Entry, Fund, GoodsMove
from yushui.funds.types.care import APPLICATION_NAMES, CAUSE_NAMES
from yushui.funds.types.donations import DONOR_NAMES
from yushui.funds.types.goods import WAY_NAMES as GOODS_WAYS
from yushui.funds.types.money import FUND_NAMES, SOURCE_NAMES

NOTHING = Value(0, output_field=BigIntegerField())


def budgets(area_code: str, period: Period) -> QuerySet[Any]:
    """Budget lines of the year."""
    return within(Fund.objects.filter(kind="BUDGET", year=period.year), "area_id", area_code)


def care_funds(area_code: str, period: Period) -> QuerySet[Any]:
    """Care funds that stood in the year: opened before its last day, not closed before its first."""
    rows = Fund.objects.filter(kind="CARE", opened_at__date__lte=period.last).exclude(closed_at__date__lt=period.first)
    return within(rows, "area_id", area_code)


def income(area_code: str, period: Period) -> QuerySet[Any]:
    """Money that came in within the period."""
    return within(Entry.objects.filter(side="IN", on__range=(period.first, period.last)), "area_id", area_code)


def spending(area_code: str, period: Period) -> QuerySet[Any]:
    """Money that went out within the period, positive."""
    out = ExpressionWrapper(NOTHING - F("fen"), output_field=BigIntegerField())
    rows = Entry.objects.filter(side="OUT", on__range=(period.first, period.last)).annotate(out_fen=out)
    return within(rows, "area_id", area_code)


def care_help(area_code: str, period: Period) -> QuerySet[Any]:
    """Help out of care funds to persons within the period, without what was taken back."""
    rows = spending(area_code, period).filter(fund__kind="CARE", person__isnull=False)
    return rows.filter(reverses=None, reversal=None)


def donations(area_code: str, period: Period) -> QuerySet[Any]:
    """Donations promised within the period."""
    rows = Donation.objects.filter(promised_on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def applications(area_code: str, period: Period) -> QuerySet[Any]:
    """Applications to the care fund made within the period."""
    rows = Application.objects.filter(on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def goods(area_code: str, period: Period) -> QuerySet[Any]:
    """Moves of goods within the period, without those reversed and their reversals; `fen` at their worth then."""
    rows = GoodsMove.objects.filter(reverses=None, reversed_by=None, on__range=(period.first, period.last))
    worth = ExpressionWrapper(F("pieces") * F("worth_fen"), output_field=BigIntegerField())
    return within(rows.annotate(fen=worth), "area_id", area_code)


FUND_COLUMN = Column("资金", "fund__name")
SOURCES: dict[str, RowSource] = {
    "funds.goods": RowSource(
        "物资流水", goods, "area_id",
        {"rows": ROWS, "pieces": Measure(How.SUM, "pieces"), "fen": Measure(How.SUM, "fen")},
        {"way": "way"},
        (
            Column("日期", "on", "day"),
            Column("品种", "item__name"),
            Column("方式", "way", labels=GOODS_WAYS),
            Column("件数", "pieces"),
            Column("价值(元)", "fen", "yuan"),
            Column("对方", "party", "name"),
            Column("地区", "area_id", "area"),
        ),
        person="", choices={"way": frozenset(GOODS_WAYS)},
    ),
    "funds.budgets": RowSource(
        "预算经费", budgets, "area_id", {"rows": ROWS, "fen": Measure(How.SUM, "planned_fen")},
        {"source": "source", "use": "use_id"},
        (
            Column("资金", "name"),
            Column("来源", "source", labels=SOURCE_NAMES),
            Column("地区", "area_id", "area"),
            Column("预算数(元)", "planned_fen", "yuan"),
        ),
        person="",
        choices={"source": frozenset(SOURCE_NAMES)},
    ),
    "funds.care_funds": RowSource(
        "关爱基金", care_funds, "area_id", {"rows": ROWS}, {"source": "source"},
        (Column("资金", "name"), Column("地区", "area_id", "area")),
        person="",
    ),
    "funds.income": RowSource(
        "资金收入", income, "area_id", {"rows": ROWS, "fen": Measure(How.SUM, "fen")},
        {"source": "fund__source", "kind": "fund__kind", "donor_kind": "donation__donor_kind"},
        (
            Column("日期", "on", "day"),
            Column("摘要", "words"),
            FUND_COLUMN,
            Column("来源", "fund__source", labels=SOURCE_NAMES),
            Column("地区", "area_id", "area"),
            Column("金额(元)", "fen", "yuan"),
        ),
        person="",
        choices={
            "source": frozenset(SOURCE_NAMES), "kind": frozenset(FUND_NAMES), "donor_kind": frozenset(DONOR_NAMES),
        },
    ),
    "funds.spending": RowSource(
        "资金支出", spending, "area_id", {"rows": ROWS, "fen": Measure(How.SUM, "out_fen")},
        {"source": "fund__source", "kind": "fund__kind", "use": "use_id"},
        (
            Column("日期", "on", "day"),
            Column("摘要", "words"),
            FUND_COLUMN,
            Column("用途", "use__name"),
            Column("关联事项", "origin_words"),
            Column("地区", "area_id", "area"),
            Column("金额(元)", "out_fen", "yuan"),
        ),
        person="",
        choices={"source": frozenset(SOURCE_NAMES), "kind": frozenset(FUND_NAMES)},
    ),
    "funds.care_help": RowSource(
        "关爱基金发放", care_help, "area_id",
        {"rows": ROWS, "persons": PERSONS, "fen": Measure(How.SUM, "out_fen")},
        {"cause": "application__cause"},
        (
            Column("姓名", "person__name", "name"),
            Column("村(社区)", "person__area_id", "area"),
            Column("日期", "on", "day"),
            Column("摘要", "words"),
            Column("金额(元)", "out_fen", "yuan"),
        ),
        choices={"cause": frozenset(CAUSE_NAMES)},
    ),
    "funds.donations": RowSource(
        "捐赠", donations, "area_id",
        {"rows": ROWS, "donors": Measure(How.DISTINCT, "donor_name"), "fen": Measure(How.SUM, "promised_fen")},
        {"donor_kind": "donor_kind"},
        (
            Column("日期", "promised_on", "day"),
            Column("捐赠方", "donor_name"),
            Column("单位或个人", "donor_kind", labels=DONOR_NAMES),
            FUND_COLUMN,
            Column("地区", "area_id", "area"),
            Column("承诺(元)", "promised_fen", "yuan"),
        ),
        person="",
        choices={"donor_kind": frozenset(DONOR_NAMES)},
    ),
    "funds.applications": RowSource(
        "关爱基金申请", applications, "area_id",
        {"rows": ROWS, "persons": PERSONS, "fen": Measure(How.SUM, "granted_fen")},
        {"state": "state", "cause": "cause"},
        (
            Column("姓名", "person__name", "name"),
            Column("村(社区)", "area_id", "area"),
            Column("日期", "on", "day"),
            Column("项目", "project__name"),
            Column("原因", "cause", labels=CAUSE_NAMES),
            Column("情况", "state", labels=APPLICATION_NAMES),
            Column("资助(元)", "granted_fen", "yuan"),
        ),
        choices={"state": frozenset(APPLICATION_NAMES), "cause": frozenset(CAUSE_NAMES)},
    ),
}  # fmt: skip
