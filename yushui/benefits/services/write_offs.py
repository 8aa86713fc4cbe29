"""Giving up an overpayment (核销): asked for with a reason, reviewed, approved; three people, as with every payment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.money import show_yuan
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import Recovery, WriteOff, WriteOffState, WrittenOff
from yushui.benefits.rules import spread
from yushui.benefits.selectors.recoveries import get_recovery, get_write_off, left_of, overpaid_by_month

OPEN = (WriteOffState.ASKED, WriteOffState.REVIEWED)


@transaction.atomic
def ask_write_off(*, actor: User, recovery_id: int, fen: int, reason: str, at: datetime) -> WriteOff:
    """Ask that so much of a case be given up. Sent twice it is one request. Raises Refused with all problems."""
    recovery = get_recovery(actor=actor, recovery_id=recovery_id, lock=True)
    need_to_act(actor, "benefits.recover", "申请核销")
    waiting = WriteOff.objects.filter(recovery=recovery, state__in=OPEN).first()
    words = reason.strip()
    if waiting is not None and (waiting.asked_by, waiting.fen, waiting.reason) == (actor.pk, fen, words):
        return waiting
    problems = []
    if recovery.closed_at is not None:
        problems.append(Problem("这件追缴已经结清"))
    if waiting is not None:
        problems.append(Problem(f"已有 {show_yuan(waiting.fen)} 元的核销在办", next_step="请等复核、审批后再申请"))
    if not 0 < fen <= left_of(recovery):
        text = f"金额应大于零,不超过未追回的 {show_yuan(left_of(recovery))} 元"
        problems.append(Problem(text, where="核销金额", next_step="请核对"))
    if len(words) < 4 or len(words) > 200:
        problems.append(
            Problem("请写明核销的理由(4 至 200 字)", where="理由", next_step="例如依据的文件、死亡且无遗产")
        )
    if problems:
        raise Refused(*problems)
    row = WriteOff.objects.create(
        recovery=recovery, fen=fen, reason=words, asked_at=at, asked_by=actor.pk, asked_name=actor.get_full_name()
    )
    audit.record(
        actor=actor, action="benefits.write_off.asked", subject=recovery, area_code=recovery.area_code, at=at, fen=fen,
        reason=words,
    )  # fmt: skip
    return row


@transaction.atomic
def decide_write_off(*, actor: User, write_off_id: int, agree: bool, opinion: str, at: datetime) -> WriteOff:
    """The next step of a request: the review, then the approval, each by another person; or a refusal with a reason.

    Approved, the money counts as settled month by month: no later run asks for it again, and nothing is paid by it.
    """
    row = get_write_off(actor=actor, write_off_id=write_off_id)
    recovery = get_recovery(actor=actor, recovery_id=row.recovery_id, lock=True)
    need_step(actor, row)
    words = opinion.strip()
    if not agree and not words:
        raise Refused(Problem("不同意要写明原因", where="意见"))
    name = actor.get_full_name()
    is_review = row.state == WriteOffState.ASKED
    if agree and is_review:
        row.state, row.reviewed_at, row.reviewed_by, row.reviewed_name = WriteOffState.REVIEWED, at, actor.pk, name
    else:
        row.state = WriteOffState.APPROVED if agree else WriteOffState.REFUSED
        row.decided_at, row.decided_by, row.decided_name = at, actor.pk, name
    row.opinion = words[:120]
    row.save()
    if row.state == WriteOffState.APPROVED:
        give_up(recovery, row, at)
    audit.record(
        actor=actor, action=f"benefits.write_off.{row.state.lower()}", subject=recovery, area_code=recovery.area_code,
        at=at, fen=row.fen, opinion=words,
    )  # fmt: skip
    return row


def need_step(actor: User, row: WriteOff) -> None:
    """Post and person of the next step."""
    taken: tuple[int | None, ...]
    if row.state == WriteOffState.ASKED:
        need_to_act(actor, "benefits.review_write_off", "复核核销")
        taken, words = (row.asked_by,), "复核"
    elif row.state == WriteOffState.REVIEWED:
        need_to_act(actor, "benefits.approve_write_off", "审批核销")
        taken, words = (row.asked_by, row.reviewed_by), "审批"
    else:
        raise Refused(Problem("这次核销已经办结", next_step="请刷新页面"))
    if actor.pk in taken:
        raise Refused(
            Problem(f"申请、复核、审批要由三个人办,您不能再{words}", next_step=f"请由另一位有{words}权限的同事办理")
        )


def give_up(recovery: Recovery, row: WriteOff, at: datetime) -> None:
    """Mark the months as given up, the earliest first, and close the case when nothing is left."""
    open_fen = overpaid_by_month(recovery)
    if row.fen > left_of(recovery) or row.fen > sum(open_fen.values()):
        step = "请退回申请,重新测算后按新的数申请"
        raise Refused(Problem("申请之后,未追回的数有了变动", where="核销金额", next_step=step))
    WrittenOff.objects.bulk_create(
        WrittenOff(write_off=row, person_id=recovery.person_id, benefit=recovery.benefit, month=month, fen=fen)
        for month, fen in spread(row.fen, open_fen).items()
    )
    recovery.written_off_fen += row.fen
    if left_of(recovery) == 0:
        recovery.closed_at = at
        recovery.closed_reason = "部分追回,其余核销" if recovery.recovered_fen else "核销"
    recovery.save(update_fields=["written_off_fen", "closed_at", "closed_reason"])
