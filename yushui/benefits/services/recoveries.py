"""Overpayments (追缴): a case each, never a silent deduction. What comes back is a reversal row."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min, Sum
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import Cause, Recovery, Run, RunLine
from yushui.benefits.rules import spread
from yushui.benefits.selectors.recoveries import get_recovery, left_of, overpaid_by_month
from yushui.benefits.selectors.runs import OVERPAID_FEN, get_run, is_newest
from yushui.payments.services.reversals import reverse_payments
from yushui.people.selectors.merged import entries_of


@transaction.atomic
def open_recoveries(*, actor: User, run_id: int, at: datetime) -> int:
    """Accept the overpayments that a run found, without a batch; how many cases are open by it."""
    run = get_run(actor=actor, run_id=run_id, lock=True)
    need_to_act(actor, "benefits.recover", "登记追缴")
    if run.is_abandoned or not is_newest(run):
        raise Refused(Problem("这次测算已被更新的测算代替", next_step="请打开本月最新的测算"))
    opened = open_recoveries_of(run, at)
    if not opened:
        raise Refused(Problem("本次测算没有多发", next_step="不需要登记追缴"))
    audit.record(
        actor=actor, action="benefits.recovery.opened", subject=run, area_code=run.area_code, at=at, number=opened
    )
    return opened


def open_recoveries_of(run: Run, at: datetime) -> int:
    """One open case for each person and benefit overpaid in the run; an open one is brought up to date.

    An open case of an entry that was merged into the person (并档) asks for its part already: what it still asks is
    left to it, and it is the one brought up to date when the person has no other.
    """
    found = (
        RunLine.objects.filter(run=run, cause=Cause.OVERPAID)
        .values("person_id", "benefit", "area_code")
        .annotate(fen=Sum(OVERPAID_FEN), first=Min("month"), last=Max("month"))
        .order_by("person_id", "benefit")
    )
    number = 0
    for row in found:
        number += 1
        known, others = open_cases_of(row["person_id"], row["benefit"])
        row["fen"] = max(row["fen"] - sum(left_of(other) for other in others), 0)
        if known is not None:
            settled = known.recovered_fen + known.written_off_fen
            Recovery.objects.filter(pk=known.pk).update(
                run=run, first_month=min(known.first_month, row["first"]),
                end_month=max(known.end_month, row["last"] + 1), fen=settled + row["fen"],
            )  # fmt: skip
            continue
        Recovery.objects.create(
            run=run, person_id=row["person_id"], area_code=row["area_code"], benefit=row["benefit"],
            first_month=row["first"], end_month=row["last"] + 1, fen=row["fen"], opened_at=at,
        )  # fmt: skip
    return number


def open_cases_of(person_id: int, benefit: str) -> tuple[Recovery | None, list[Recovery]]:
    """The open case of a person and benefit, and the further ones of entries merged into the person."""
    entries = entries_of(person_id)
    rows = Recovery.objects.filter(person_id__in=entries, benefit=benefit, closed_at=None)
    found = sorted(rows, key=lambda case: (case.person_id != person_id, case.pk))
    return (found[0], found[1:]) if found else (None, [])


def shares_of(recovery: Recovery, fen: int) -> list[tuple[int, int, int]]:
    """(first month, end month, fen) of money that came back: of each month no more than it was overpaid, the latest
    first, as write-offs stand for the earliest; what no month explains any more goes to the whole span."""
    open_fen = {-month: left for month, left in overpaid_by_month(recovery).items()}
    shares = [(-month, 1 - month, share) for month, share in spread(fen, open_fen).items()]
    rest = fen - sum(share for _, _, share in shares)
    return [*shares, *([(recovery.first_month, recovery.end_month, rest)] if rest else [])]


@transaction.atomic
def record_recovered(*, actor: User, recovery_id: int, fen: int, on: date, reason: str, at: datetime) -> Recovery:
    """Money that came back for a case: reversal rows on the overpaid lines; the case closes when all came back."""
    recovery = get_recovery(actor=actor, recovery_id=recovery_id, lock=True)
    need_to_act(actor, "benefits.recover", "登记追回")
    left = left_of(recovery)
    problems = []
    if recovery.closed_at is not None:
        problems.append(Problem("这件追缴已经结清"))
    if not 0 < fen <= left:
        problems.append(Problem("金额应大于零,不超过未追回的数", where="追回金额", next_step="请核对缴款单"))
    if on > timezone.localtime(at).date():
        problems.append(Problem("日期在今天之后", where="到账日期", next_step="请填实际到账的日期"))
    if problems:
        raise Refused(*problems)
    for first_month, end_month, share in shares_of(recovery, fen):
        reverse_payments(
            actor=actor, person_id=recovery.person_id, benefit=recovery.benefit, first_month=first_month,
            end_month=end_month, fen=share, on=on, reason=reason.strip() or "追回多发", at=at,
        )  # fmt: skip
    recovery.recovered_fen += fen
    if left_of(recovery) == 0:
        recovery.closed_at = at
        recovery.closed_reason = "部分追回,其余核销" if recovery.written_off_fen else "全部追回"
    recovery.save(update_fields=["recovered_fen", "closed_at", "closed_reason"])
    audit.record(
        actor=actor, action="benefits.recovery.recorded", subject=recovery, area_code=recovery.area_code, at=at,
        fen=fen, was=recovery.recovered_fen - fen, now=recovery.recovered_fen, on=on,
    )  # fmt: skip
    return recovery
