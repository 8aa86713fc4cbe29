"""Rows of the month runs that figures count: what was due, what was asked, what was overpaid. Money is fen."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from yushui.base.days import month_of
from yushui.base.figures import PERSONS, ROWS, Column, How, Measure, Period, RowSource, within
from yushui.benefits.models import Recovery, RunLine, RunQuestion
from yushui.payments.models import BatchState, Line, LineResult
from yushui.policy.types import BENEFIT_NAMES

WHO = (
    Column("姓名", "person__name", "name"),
    Column("村(社区)", "area_code", "area"),
    Column("待遇", "benefit", "benefit"),
)
DUE = Measure(How.SUM, "due_fen")


def told_again(model: type[RunLine] | type[RunQuestion], *columns: str) -> Exists:
    """Rows of a run that a later run of the same month tells again, for the same area or a part of it: a county's run
    beside a town's, a second run after a batch. Counted once, as the later run says."""
    same = {name: OuterRef(name) for name in ("person", "benefit", *columns)}
    newer = model.objects.filter(run_id__gt=OuterRef("run_id"), run__month=OuterRef("run__month"), **same)
    return Exists(newer.filter(run__is_abandoned=False))


def due(area_code: str, period: Period) -> QuerySet[Any]:
    """What the runs of the period found due for their own month, once it went to the bank or the month is over; what
    still waits for the bank's return is not judged yet. `met` means that a live line of that month is paid; `is_held`
    that the line was kept out of the batch."""
    rows = RunLine.objects.filter(run__is_abandoned=False, month=F("run__month"), due_fen__gt=0)
    rows = rows.filter(month__gte=period.first_month, month__lt=period.end_month)
    at_bank = Q(run__batch__state__in=[BatchState.SENT, BatchState.SETTLED])
    rows = rows.filter(at_bank | Q(month__lt=month_of(period.on)))
    lines = Line.objects.filter(
        person=OuterRef("person"), benefit=OuterRef("benefit"), month=OuterRef("month"), is_live=True
    )
    kept: QuerySet[Any] = within(rows.exclude(told_again(RunLine, "month")), "area_code", area_code)
    known: QuerySet[Any] = kept.filter(~Exists(lines.filter(result=LineResult.WAITING))).annotate(
        met=Exists(lines.filter(result=LineResult.PAID)),
        is_held=Case(When(held="", then=Value(False)), default=Value(True)),
    )
    return known


def questions(area_code: str, period: Period) -> QuerySet[Any]:
    """What the last run in each area of the period had to ask: facts or local values that are missing."""
    months = {"run__month__gte": period.first_month, "run__month__lt": period.end_month}
    rows = RunQuestion.objects.filter(run__is_abandoned=False, **months)
    later = RunQuestion.objects.filter(
        run__is_abandoned=False, run__area_code=OuterRef("run__area_code"), run__month__gt=OuterRef("run__month"),
        run__month__lt=period.end_month,
    )  # fmt: skip
    kept: QuerySet[Any] = within(rows, "area_code", area_code)
    return kept.filter(~Exists(later)).exclude(told_again(RunQuestion, "ask"))


def recoveries(area_code: str, period: Period) -> QuerySet[Any]:
    """Overpayments that are open on the last day of the period; `left_fen` is what has not come back."""
    rows = Recovery.objects.filter(Q(closed_at=None) | Q(closed_at__date__gt=period.last))
    rows = rows.filter(opened_at__date__lte=period.last).annotate(
        left_fen=F("fen") - F("recovered_fen") - F("written_off_fen")
    )
    return within(rows, "area_code", area_code)


BENEFITS = {"benefit": frozenset(BENEFIT_NAMES)}

SOURCES: dict[str, RowSource] = {
    "benefits.due": RowSource(
        "本年各月应发", due, "area_code", {"rows": ROWS, "persons": PERSONS, "fen": DUE},
        {"benefit": "benefit", "met": "met", "held": "is_held"},
        (*WHO, Column("月份", "month", "month"), Column("应发(元)", "due_fen", "yuan"), Column("暂缓原因", "held")),
        choices=BENEFITS,
    ),
    "benefits.questions": RowSource(
        "核算时缺少的事实或标准", questions, "area_code", {"rows": ROWS, "persons": PERSONS},
        {"benefit": "benefit", "ask": "ask"},
        (*WHO, Column("缺什么", "ask", "ask"), Column("自", "first_month", "month")),
        choices=BENEFITS,
    ),
    "benefits.recoveries": RowSource(
        "未结的多发", recoveries, "area_code",
        {"rows": ROWS, "persons": PERSONS, "fen": Measure(How.SUM, "left_fen")}, {"benefit": "benefit"},
        (*WHO, Column("多发(元)", "fen", "yuan"), Column("未追回(元)", "left_fen", "yuan")),
        choices=BENEFITS,
    ),
}  # fmt: skip
