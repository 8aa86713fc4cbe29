"""When two entries of one person become one: holds and claims go over. Lines of runs, recoveries and write-offs stay
with the entry they were made for; runs and pages read them through it."""

from __future__ import annotations

from datetime import datetime

from yushui.base.money import show_yuan
from yushui.base.moves import Move, move_rows
from yushui.base.refusals import Problem
from yushui.benefits.models import Claim, Hold, Recovery, WriteOff, WriteOffState
from yushui.benefits.selectors.recoveries import left_of
from yushui.payments.models import BatchState, Line

NOT_SENT = (BatchState.DRAFT, BatchState.SUBMITTED, BatchState.REVIEWED, BatchState.APPROVED)
WAITING = (WriteOffState.ASKED, WriteOffState.REVIEWED)


def reasons_against(person_ids: list[int]) -> list[Problem]:
    """Money of one of them that has not left the house would be paid by what is no longer so. (A run that is being made
    is found out when it is submitted.)"""
    rows = Line.objects.filter(person__in=person_ids, is_live=True, batch__state__in=NOT_SENT)
    step = "请先退回这一批并作废,并档后重新测算;或等送银行后再办"
    found = rows.values_list("batch__title", flat=True).order_by("batch").distinct()
    return [Problem(f"“{title}”里有其中一人的发放,还没有送银行", where="发放批次", next_step=step) for title in found]


def move_person(kept_id: int, dropped_id: int, *, actor_id: int, at: datetime) -> list[Move]:
    """A hold of the dropped entry keeps the kept one out of payment; when both are held, one hold stands. One-off sums
    are asked for in the name of the kept one."""
    if Hold.objects.filter(person=kept_id, released_at=None).exists():
        twice = Hold.objects.filter(person=dropped_id, released_at=None)
        moves = move_rows(twice, released_at=at, released_by=actor_id)
    else:
        moves = []
    moves += move_rows(Hold.objects.filter(person=dropped_id), person_id=kept_id)
    return moves + move_rows(Claim.objects.filter(person=dropped_id), person_id=kept_id)


def recoveries_since(kept_id: int, since: datetime) -> list[Recovery]:
    """Open recoveries that runs found while the two were one."""
    return list(Recovery.objects.filter(person=kept_id, opened_at__gte=since, closed_at=None).order_by("pk"))


def reasons_against_split(kept_id: int, since: datetime) -> list[Problem]:
    """Write-offs of such recoveries that wait for somebody."""
    found = WriteOff.objects.filter(recovery__in=recoveries_since(kept_id, since), state__in=WAITING)
    return [
        Problem(f"并档后登记的追缴有 {show_yuan(row.fen)} 元核销在办", where="追缴", next_step="请先办结这笔核销")
        for row in found.order_by("pk")
    ]


def close_recoveries(kept_id: int, since: datetime, *, reason: str, at: datetime) -> int:
    """Close what was asked for only because two entries were one; the next run finds what is really overpaid. Money
    that came back stays a reversal, so it is due again by the usual subtraction. How many were closed."""
    cases = [case for case in recoveries_since(kept_id, since) if left_of(case)]
    Recovery.objects.filter(pk__in=[case.pk for case in cases]).update(closed_at=at, closed_reason=reason[:200])
    return len(cases)
