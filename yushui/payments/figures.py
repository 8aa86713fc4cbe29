"""Rows of money that figures add up. Areas are the person's village when the line was made; money is fen."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from yushui.base.days import first_day
from yushui.base.figures import PERSONS, ROWS, Column, How, Measure, Period, RowSource, within
from yushui.payments.models import Line, LineResult, Reversal
from yushui.policy.types import BENEFIT_NAMES, ONE_OFF

FEN = Measure(How.SUM, "fen")
MEASURES = {"rows": ROWS, "persons": PERSONS, "fen": FEN}


def paid_lines(area_code: str, period: Period) -> QuerySet[Any]:
    """Lines the bank has paid, by the month of their batch: arrears count in the year in which they were paid."""
    rows = Line.objects.filter(is_live=True, result=LineResult.PAID)
    rows = rows.filter(batch__month__gte=period.first_month, batch__month__lt=period.end_month)
    if period.is_open:
        rows = rows.filter(Q(settled_on=None) | Q(settled_on__lte=period.last))
    arrears = Case(When(month__lt=F("batch__month"), then=Value(True)), default=Value(False))
    kept: QuerySet[Any] = within(rows, "area_code", area_code)
    known: QuerySet[Any] = kept.annotate(is_arrears=arrears)
    return known


def first_lines(area_code: str, period: Period) -> QuerySet[Any]:
    """First payments of the months of the period that reached a batch, without one-off sums; a failed one stays in, so
    it counts against the rate. `on_time` means: with the person before that month was over."""
    rows = Line.objects.filter(turn=0, month__gte=period.first_month, month__lt=period.end_month)
    rows = rows.exclude(benefit__in=ONE_OFF)
    rows = rows.filter(result__in=[LineResult.PAID, LineResult.FAILED])
    if period.is_open:
        rows = rows.filter(Q(settled_on=None) | Q(settled_on__lte=period.last))
    months = range(period.first_month, period.end_month)
    in_month = [Q(month=month, settled_on__lt=first_day(month + 1)) for month in months]
    on_time = Q(result=LineResult.PAID, is_live=True) & (reduce(or_, in_month) if in_month else Q(pk=None))
    kept: QuerySet[Any] = within(rows, "area_code", area_code)
    known: QuerySet[Any] = kept.annotate(on_time=Case(When(on_time, then=Value(True)), default=Value(False)))
    return known


def reversals(area_code: str, period: Period) -> QuerySet[Any]:
    """Money that came back within the period."""
    rows = Reversal.objects.filter(on__range=(period.first, period.last))
    return within(rows, "line__area_code", area_code)


LINE_COLUMNS = (
    Column("姓名", "person__name", "name"),
    Column("村(社区)", "area_code", "area"),
    Column("待遇", "benefit", "benefit"),
    Column("所属月份", "month", "month"),
    Column("金额(元)", "fen", "yuan"),
    Column("结果", "result", labels=dict(LineResult.choices)),
    Column("到账日期", "settled_on", "day"),
)

BENEFITS = {"benefit": frozenset(BENEFIT_NAMES)}

SOURCES: dict[str, RowSource] = {
    "payments.paid_lines": RowSource(
        "本年发放", paid_lines, "area_code", MEASURES, {"benefit": "benefit", "arrears": "is_arrears"}, LINE_COLUMNS,
        choices=BENEFITS,
    ),
    "payments.first_lines": RowSource(
        "当月首发", first_lines, "area_code", MEASURES,
        {"benefit": "benefit", "on_time": "on_time", "result": "result"}, LINE_COLUMNS,
        choices=BENEFITS,
    ),
    "payments.reversals": RowSource(
        "退回与追回", reversals, "line__area_code",
        {"rows": ROWS, "persons": Measure(How.DISTINCT, "line__person_id"), "fen": FEN}, {"benefit": "line__benefit"},
        (
            Column("姓名", "line__person__name", "name"),
            Column("村(社区)", "line__area_code", "area"),
            Column("待遇", "line__benefit", "benefit"),
            Column("金额(元)", "fen", "yuan"),
            Column("日期", "on", "day"),
            Column("原因", "reason"),
        ),
        person="line__person_id",
        choices=BENEFITS,
    ),
}  # fmt: skip
