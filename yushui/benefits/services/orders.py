"""A month run asked for on the page and made in the background."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.base import jobs
from yushui.benefits.models import Run, RunOrder
from yushui.benefits.selectors.orders import JOB
from yushui.benefits.services.runs import Tell, check_start, plan_run, silent, write_run


@transaction.atomic
def order_run(*, actor: User, area_code: str, month: int, at: datetime) -> RunOrder:
    """Ask for a run. While one of the same area and month is under way, that one is returned; one that failed is taken
    up again. Refused like the run itself, so that nobody waits to be told that the month is wrong."""
    check_start(actor, area_code, month, at)
    asked = {"ordered_at": at, "ordered_by": actor.pk}
    order, _ = RunOrder.objects.get_or_create(area_code=area_code, month=month, run=None, defaults=asked)
    jobs.enqueue(name=JOB, subject_id=order.pk, actor_id=actor.pk, at=at)
    return order


def carry_out(*, actor: User, order_id: int, at: datetime, tell: Tell = silent) -> Run:
    """Make the run of an order. Called again after a kill, it gives back what was already made."""
    order = RunOrder.objects.get(pk=order_id)
    if order.run is not None:
        return order.run
    check_start(actor, order.area_code, order.month, at)
    plan = plan_run(actor, order.area_code, order.month, at, tell)
    with transaction.atomic():
        held = RunOrder.objects.select_for_update().get(pk=order_id)
        if held.run_id is not None:
            return Run.objects.get(pk=held.run_id)
        run = write_run(actor, plan)
        RunOrder.objects.filter(pk=order_id).update(run=run)
    return run
