"""Taking the bank's return: every row in one class, lines settled, refused accounts marked. All or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base import files
from yushui.base.bulk import insert_rows
from yushui.base.models import StoredFile
from yushui.base.refusals import Problem, Refused
from yushui.payments import selectors
from yushui.payments.models import BankReturn, Batch, BatchState, Line, LineResult, ReturnClass, ReturnRow, Reversal
from yushui.payments.rules.returns import classify, read_return, spread_shortfall
from yushui.payments.services.batches import move
from yushui.payments.types import Classed, State
from yushui.people.services.account_doubts import doubt_accounts

ROW_FIELDS = ("bank_return", "number", "person", "reference", "fen", "asked_fen", "outcome", "reason")


@transaction.atomic
def take_return(*, actor: User, batch_id: int, content: bytes, name: str, at: datetime) -> BankReturn:
    """Read a return of the batch's bank, class its rows, settle the lines they answer.

    PAID settles. FAILED takes the lines out of what counts as paid, so their months fall due again, and marks the
    account. DIFFERS settles what was really paid: a shortfall by reversal rows, an excess by a line of its own; no
    amount is edited. UNKNOWN and DOUBLE change nothing and stay listed. Raises Refused with all faults of the file, or
    when it came before.
    """
    batch = selectors.get_batch(actor=actor, batch_id=batch_id, lock=True)
    need_to_act(actor, "payments.take_return", "导入回单")
    if batch.state != BatchState.SENT:
        raise Refused(Problem("本批没有在等回单", next_step="只有已送银行、尚未结清的批次可以导入回单"))
    classed = classed_rows(batch, content)
    stored = files.store(content=content, name=name, media_type="application/octet-stream", at=at)
    need_new(batch, stored)
    taken = BankReturn.objects.create(batch=batch, file=stored, taken_at=at, taken_by=actor.pk)
    asked = dict(selectors.asked_of(batch).values())
    insert_rows(
        ReturnRow,
        ROW_FIELDS,
        (
            (taken.pk, row.answer.number, row.person_id, row.answer.reference[:40], row.answer.fen,
             None if row.person_id is None else asked[row.person_id], row.outcome, row.reason[:120])
            for row in classed
        ),
    )  # fmt: skip
    settle(actor=actor, batch=batch, taken=taken, classed=classed, asked=asked, at=at)
    counts = Counter(row.outcome for row in classed)
    audit.record(
        actor=actor, action="payments.return.taken", subject=batch, area_code=batch.area_code, at=at,
        digest=stored.digest, **{key.lower(): number for key, number in sorted(counts.items())},
    )  # fmt: skip
    if not Line.objects.filter(batch=batch, result=LineResult.WAITING).exists():
        move(actor=actor, batch=batch, now=State.SETTLED, action="payments.batch.settled", at=at, reason="")
    return taken


def classed_rows(batch: Batch, content: bytes) -> list[Classed]:
    """The rows of the file in their classes. Raises Refused when not one of them belongs to the batch."""
    answers = read_return(content, selectors.get_profile(batch.bank_profile))
    classed = classify(answers, selectors.asked_of(batch), selectors.answered_in(batch))
    if all(row.outcome == "UNKNOWN" for row in classed):
        raise Refused(Problem("这份回单没有一笔属于本批", next_step="请核对是不是别的批次的回单"))
    return classed


def need_new(batch: Batch, stored: StoredFile) -> None:
    """The same file is taken once."""
    before = BankReturn.objects.filter(batch=batch, file=stored).first()
    if before is not None:
        when = timezone.localtime(before.taken_at)
        raise Refused(Problem(f"这份回单已于 {when:%Y-%m-%d %H:%M} 导入过", next_step="不必再导入,结果见下方"))


def settle(
    *, actor: User, batch: Batch, taken: BankReturn, classed: Sequence[Classed], asked: dict[int, int], at: datetime
) -> None:
    """Write what the classes mean on the lines, set by set."""
    on = timezone.localtime(at).date()
    waiting = Line.objects.filter(batch=batch, result=LineResult.WAITING)
    rows = ReturnRow.objects.filter(bank_return=taken)
    differs = [row for row in classed if row.outcome == "DIFFERS"]
    for row in differs:
        assert row.person_id is not None
        settle_difference(
            actor=actor,
            batch=batch,
            person_id=row.person_id,
            paid=row.answer.fen,
            asked=asked[row.person_id],
            on=on,
            at=at,
        )
    paid = rows.filter(outcome__in=[ReturnClass.PAID, ReturnClass.DIFFERS])
    waiting.filter(person_id__in=paid.values("person_id")).update(result=LineResult.PAID, settled_on=on)
    failed = {row.person_id: row.reason[:80] for row in classed if row.outcome == "FAILED" and row.person_id}
    accounts: dict[int, str] = {}
    for reason in sorted(set(failed.values())):
        refused = rows.filter(outcome=ReturnClass.FAILED, reason=reason).values("person_id")
        lines = waiting.filter(person_id__in=refused)
        accounts.update((account_id, reason) for account_id in lines.values_list("account_id", flat=True) if account_id)
        lines.update(result=LineResult.FAILED, is_live=False, failed_reason=reason, settled_on=on)
    doubt_accounts(actor=actor, refused=accounts, at=at)


def settle_difference(
    *, actor: User, batch: Batch, person_id: int, paid: int, asked: int, on: date, at: datetime
) -> None:
    """The bank paid another amount: rows bring the ledger to what was really paid."""
    lines = list(
        Line.objects.filter(batch=batch, person_id=person_id, result=LineResult.WAITING).order_by(
            "month", "benefit", "id"
        )
    )
    if paid < asked:
        shares = spread_shortfall(asked - paid, [(line.pk, line.fen) for line in lines])
        for line_id, fen in shares:
            Reversal.objects.create(
                line_id=line_id, fen=fen, on=on, reason="银行实付少于应付", recorded_at=at, recorded_by=actor.pk
            )
        return
    last = lines[-1]
    top = Line.objects.filter(person_id=person_id, benefit=last.benefit, month=last.month, is_live=True).aggregate(
        top=Max("turn")
    )["top"]
    Line.objects.create(
        batch=batch, person_id=person_id, area_code=last.area_code, benefit=last.benefit, month=last.month,
        turn=(top or 0) + 1, fen=paid - asked, account_id=last.account_id, result=LineResult.PAID, settled_on=on,
        is_bank_excess=True,
    )  # fmt: skip
