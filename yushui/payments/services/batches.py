"""The steps of a batch. Each is one transaction: right, rule, state, step row, log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area, need_to_act
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows
from yushui.base.refusals import Problem, Refused
from yushui.payments import permissions, selectors
from yushui.payments.models import Batch, BatchState, BatchStep, Line, LineResult
from yushui.payments.types import Action, NewLine, State

LINE_FIELDS = (
    "batch", "person", "area_code", "benefit", "month", "turn", "fen", "account",
    "result", "failed_reason", "is_live", "settled_on", "is_bank_excess",
)  # fmt: skip
PAID_ELSEWHERE = Problem(
    "测算之后,同一人同一月的同一待遇又进了别的批次", next_step="请重新测算本月,系统会只发差额,不会重复发放"
)


@transaction.atomic
def open_batch(
    *, actor: User, title: str, area_code: str, month: int, lines: Sequence[NewLine], origin: str, at: datetime
) -> Batch:
    """Make a batch of these lines and submit it in one step.

    Raises Refused when there is nothing to pay, when a person has two accounts in it, or when one of the lines stands
    in another live batch already (the database's unique key decides, not this code).
    """
    need_to_act(actor, "payments.submit", "提交发放批次")
    need_area(actor, area_code)
    if not lines:
        raise Refused(Problem("没有要发的钱", next_step="本月已发足,或都在暂缓、待核实名单中"))
    need_one_account(lines)
    batch = Batch.objects.create(
        title=title,
        area_code=area_code,
        month=month,
        created_at=at,
        created_by=actor.pk,
        origin=origin,
        line_count=len(lines),
        total_fen=sum(line.fen for line in lines),
    )
    add_lines(batch.pk, lines)
    move(actor=actor, batch=batch, now=State.SUBMITTED, action="payments.batch.submitted", at=at, reason="")
    return batch


def need_one_account(lines: Sequence[NewLine]) -> None:
    """All lines of a person go to one account: a bank file has one row per person."""
    accounts: dict[int, int] = {}
    for line in lines:
        if accounts.setdefault(line.person_id, line.account_id) != line.account_id:
            raise Refused(Problem("同一人的款项登记了两个账户", next_step="请重新测算"))


def add_lines(batch_id: int, lines: Sequence[NewLine]) -> None:
    """Insert lines; the unique key over live lines refuses what is already being paid elsewhere."""
    rows = (
        (batch_id, r.person_id, r.area_code, r.benefit, r.month, r.turn, r.fen, r.account_id,
         LineResult.WAITING.value, "", True, None, False)
        for r in lines
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert_rows(Line, LINE_FIELDS, rows)
    except IntegrityError as error:
        raise Refused(PAID_ELSEWHERE) from error


def move(*, actor: User, batch: Batch, now: State, action: str, at: datetime, reason: str) -> None:
    """Change the state by a conditional update, add step row and log entry. Raises Refused when another was faster."""
    was = batch.state
    if not Batch.objects.filter(pk=batch.pk, state=was).update(state=now.value):
        raise Refused(Problem("本批刚刚被别人办理", next_step="请刷新页面查看最新状态"))
    batch.state = now.value
    BatchStep.objects.create(
        batch=batch, was=was, now=now.value, actor_id=actor.pk, actor_name=actor.get_full_name(), at=at, reason=reason
    )
    audit.record(
        actor=actor, action=action, subject=batch, area_code=batch.area_code, at=at, was=was, now=now.value,
        reason=reason, lines=batch.line_count, fen=batch.total_fen,
    )  # fmt: skip


def take_step(*, actor: User, batch_id: int, action: Action, log_as: str, at: datetime, reason: str = "") -> Batch:
    """Lock the batch, ask the table of steps and the three-people rule, move it on."""
    batch = selectors.get_batch(actor=actor, batch_id=batch_id, lock=True)
    past = selectors.past_of(selectors.steps_of(batch))
    step = permissions.need_step(actor, action, state=batch.state, area_code=batch.area_code, past=past)
    move(actor=actor, batch=batch, now=step.now, action=f"payments.batch.{log_as}", at=at, reason=reason)
    return batch


@transaction.atomic
def submit_again(*, actor: User, batch_id: int, at: datetime) -> Batch:
    """Submit a batch that was sent back, unchanged; whoever must sign signs anew."""
    return take_step(actor=actor, batch_id=batch_id, action=Action.SUBMIT, log_as="submitted", at=at)


@transaction.atomic
def take_back_batch(*, actor: User, batch_id: int, at: datetime) -> Batch:
    """Take back one's submission while nobody has reviewed it."""
    return take_step(actor=actor, batch_id=batch_id, action=Action.TAKE_BACK, log_as="taken_back", at=at)


@transaction.atomic
def review_batch(*, actor: User, batch_id: int, at: datetime) -> Batch:
    """Second signature (复核): never by who submitted."""
    return take_step(actor=actor, batch_id=batch_id, action=Action.REVIEW, log_as="reviewed", at=at)


@transaction.atomic
def approve_batch(*, actor: User, batch_id: int, at: datetime) -> Batch:
    """Third signature (审批): never by who submitted or reviewed."""
    return take_step(actor=actor, batch_id=batch_id, action=Action.APPROVE, log_as="approved", at=at)


@transaction.atomic
def send_back_batch(*, actor: User, batch_id: int, reason: str, at: datetime) -> Batch:
    """Back to the maker with a reason; possible until the bank file is made."""
    words = reason.strip()
    if not words:
        raise Refused(Problem("没有写退回的原因", where="退回原因", next_step="请写明哪里要改,提交人照此办理"))
    if len(words) > 300:
        raise Refused(Problem("退回原因超过 300 字", where="退回原因", next_step="请写得短一些"))
    return take_step(actor=actor, batch_id=batch_id, action=Action.SEND_BACK, log_as="sent_back", at=at, reason=words)


@transaction.atomic
def withdraw_batch(*, actor: User, batch_id: int, at: datetime) -> Batch:
    """Give up a batch sent back or taken back: its lines no longer count as paid, their months fall due again."""
    batch = take_step(actor=actor, batch_id=batch_id, action=Action.WITHDRAW, log_as="withdrawn", at=at)
    Line.objects.filter(batch=batch).update(result=LineResult.WITHDRAWN, is_live=False)
    return batch


def is_open(batch: Batch) -> bool:
    """Whether a batch still waits for a step."""
    return batch.state not in (BatchState.SETTLED, BatchState.WITHDRAWN)
