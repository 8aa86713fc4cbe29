"""Rows of cases that figures count. No name and no text of a case is among the columns: who counts sees numbers."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from yushui.base.figures import ROWS, Column, How, Measure, Period, RowSource, within
from yushui.cases.models import Case as CaseRow
from yushui.cases.models import CaseAid, Project, Reception, Statement
from yushui.cases.selectors.deeds import with_spent
from yushui.cases.types.cases import CHANNEL_NAMES, MEANS_NAMES, RATING_NAMES
from yushui.cases.types.kinds import RESULT_NAMES
from yushui.cases.types.needs import PROJECT_NAMES, SIDE_NAMES

FEN = Measure(How.SUM, "fen")


def cases(area_code: str, period: Period) -> QuerySet[Any]:
    """Cases opened within the period; `ended` and `answered` as of its last day."""
    rows = CaseRow.objects.filter(opened_on__range=(period.first, period.last))
    kept: QuerySet[Any] = within(rows, "area_id", area_code)
    known: QuerySet[Any] = kept.annotate(
        ended=yes(Q(closed_on__lte=period.last)), answered=yes(Q(replied_on__lte=period.last)),
        overdue=yes(Q(closed_on=None, due_on__lt=period.last)),
    )  # fmt: skip
    return known


def closed(area_code: str, period: Period) -> QuerySet[Any]:
    """Cases that ended within the period; `pleased` when the asker was satisfied or mostly so."""
    rows = CaseRow.objects.filter(closed_on__range=(period.first, period.last))
    kept: QuerySet[Any] = within(rows, "area_id", area_code)
    known: QuerySet[Any] = kept.annotate(pleased=yes(Q(rating__gte=2)), rated=yes(Q(rating__isnull=False)))
    return known


def yes(test: Q) -> Case:
    """True or False, never unknown."""

    return Case(When(test, then=Value(True)), default=Value(False), output_field=BooleanField())


def aids(area_code: str, period: Period) -> QuerySet[Any]:
    """Help given within the period and not withdrawn."""
    rows = CaseAid.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows, "case__area_id", area_code)


def receptions(area_code: str, period: Period) -> QuerySet[Any]:
    """Receptions by leaders held within the period."""
    rows = Reception.objects.filter(held_on__range=(period.first, period.last))
    return within(rows, "case__area_id", area_code)


def statements(area_code: str, period: Period) -> QuerySet[Any]:
    """What was stated for months, quarters and years that begin within the period, as last stated."""
    rows = Statement.objects.filter(superseded_at=None, starts_on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def deeds(area_code: str, period: Period) -> QuerySet[Any]:
    """Projects of the period's year; those dropped are left out."""
    rows = with_spent(Project.objects.filter(year=period.year).exclude(state="DROPPED"))
    return within(rows, "area_id", area_code)


CASE_COLUMNS = (
    Column("编号", "number"),
    Column("类型", "kind__name"),
    Column("地区", "area_id", "area"),
    Column("来源", "channel", labels=CHANNEL_NAMES),
    Column("登记日期", "opened_on", "day"),
    Column("办结日期", "closed_on", "day"),
    Column("结果", "result", labels=RESULT_NAMES),
)
CASE_FILTERS = {"kind": "kind_id", "family": "kind__family", "cause": "cause__key", "result": "result"}

SOURCES: dict[str, RowSource] = {
    "cases.cases": RowSource(
        "登记的办件", cases, "area_id", {"rows": ROWS, "heads": Measure(How.SUM, "heads")},
        {**CASE_FILTERS, "ended": "ended", "answered": "answered", "overdue": "overdue"}, CASE_COLUMNS, person="",
    ),
    "cases.closed": RowSource(
        "办结的办件", closed, "area_id", {"rows": ROWS},
        {**CASE_FILTERS, "pleased": "pleased", "rated": "rated"},
        (*CASE_COLUMNS, Column("满意度", "rating", labels=RATING_NAMES)), person="",
    ),
    "cases.aids": RowSource(
        "办件里的帮扶", aids, "case__area_id",
        {"rows": ROWS, "cases": Measure(How.DISTINCT, "case_id"), "fen": FEN},
        {"kind": "case__kind_id", "means": "means"},
        (
            Column("编号", "case__number"),
            Column("类型", "case__kind__name"),
            Column("地区", "case__area_id", "area"),
            Column("日期", "on", "day"),
            Column("方式", "means", labels=MEANS_NAMES),
            Column("金额(元)", "fen", "yuan"),
        ),
        person="",
    ),
    "cases.receptions": RowSource(
        "领导接访", receptions, "case__area_id", {"rows": ROWS}, {"kind": "case__kind_id"},
        (
            Column("编号", "case__number"),
            Column("接访领导", "host_name"),
            Column("约访日期", "planned_on", "day"),
            Column("接访日期", "held_on", "day"),
            Column("地区", "case__area_id", "area"),
        ),
        person="",
    ),
    "cases.statements": RowSource(
        "零报告", statements, "area_id",
        {"rows": ROWS, "count": Measure(How.SUM, "count"), "areas": Measure(How.DISTINCT, "area_id")},
        {"event": "kind_id"},
        (
            Column("地区", "area_id", "area"),
            Column("单位", "unit__name"),
            Column("事项", "kind__name"),
            Column("时段起", "starts_on", "day"),
            Column("发生", "count"),
            Column("说明", "words"),
            Column("报告人", "stated_name"),
        ),
        person="",
    ),
    "cases.deeds": RowSource(
        "军地互办实事", deeds, "area_id",
        {"rows": ROWS, "budget": Measure(How.SUM, "budget_fen"), "spent": Measure(How.SUM, "cost_fen")},
        {"side": "side", "state": "state"},
        (
            Column("项目", "title"),
            Column("方向", "side", labels=SIDE_NAMES),
            Column("牵头单位", "unit__name"),
            Column("地区", "area_id", "area"),
            Column("预算(元)", "budget_fen", "yuan"),
            Column("花费(元)", "cost_fen", "yuan"),
            Column("进展", "state", labels=PROJECT_NAMES),
        ),
        person="",
    ),
}  # fmt: skip
