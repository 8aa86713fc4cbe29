"""From a run to a batch: only while nothing it stands on has changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.days import show_month_zh
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import Run, RunLine
from yushui.benefits.selectors.inputs import gather
from yushui.benefits.selectors.runs import get_run, is_newest
from yushui.benefits.services.recoveries import open_recoveries_of
from yushui.payments.models import Batch
from yushui.payments.services.batches import open_batch
from yushui.payments.types import NewLine


@transaction.atomic
def submit_batch(*, actor: User, run_id: int, at: datetime) -> Batch:
    """Make the batch of a run and submit it; overpayments become recoveries in the same step.

    Raises Refused when the run was put aside or submitted before, when facts, accounts, law or payments changed since
    it was calculated, and when there is nothing to pay.
    """
    run = get_run(actor=actor, run_id=run_id, lock=True)
    need_to_act(actor, "payments.submit", "提交发放批次")
    need_fresh(actor, run)
    batch = open_batch(
        actor=actor, title=f"{show_month_zh(run.month)}抚恤补助", area_code=run.area_code, month=run.month,
        lines=new_lines(run), origin=f"/runs/{run.pk}/", at=at,
    )  # fmt: skip
    Run.objects.filter(pk=run.pk).update(batch=batch)
    opened = open_recoveries_of(run, at)
    audit.record(
        actor=actor, action="benefits.run.submitted", subject=run, area_code=run.area_code, at=at,
        batch=batch.pk, recoveries=opened,
    )  # fmt: skip
    return batch


def need_fresh(actor: User, run: Run) -> None:
    """The run is the newest of its month, not used, and what it stands on is unchanged."""
    if run.batch_id is not None:
        raise Refused(Problem("这次测算已经提交过", next_step="请在发放批次中查看"))
    if run.is_abandoned or not is_newest(run):
        raise Refused(Problem("这次测算已被更新的测算代替", next_step="请打开本月最新的测算"))
    inputs = gather(actor=actor, area_code=run.area_code, month=run.month, known_at=run.known_at)
    if inputs.digest() != run.inputs_digest:
        raise Refused(
            Problem("测算之后,人员、账户、标准或发放记录有了变动", next_step="请重新测算(几秒钟),核对后再提交")
        )


def new_lines(run: Run) -> list[NewLine]:
    """The lines to pay: what is due beyond what was paid and is not held."""
    rows = RunLine.objects.filter(run=run, due_fen__gt=F("paid_fen"), held="").order_by("person_id", "benefit", "month")
    return [
        NewLine(person_id, area_code, benefit, month, turn, due_fen - paid_fen, account_id)
        for person_id, area_code, benefit, month, turn, due_fen, paid_fen, account_id in rows.values_list(
            "person_id", "area_code", "benefit", "month", "turn", "due_fen", "paid_fen", "account_id"
        )
        if account_id is not None
    ]
