"""Background work: making a run that was ordered."""

from __future__ import annotations

from yushui.base import clock
from yushui.base.days import show_month_zh
from yushui.base.jobs import Progress, job
from yushui.benefits.selectors.orders import JOB, user_of
from yushui.benefits.services.orders import carry_out


@job(JOB)
def make_run(subject_id: int, actor_id: int, progress: Progress) -> None:
    """Make the run of an order."""
    run = carry_out(actor=user_of(actor_id), order_id=subject_id, at=clock.now(), tell=progress)
    progress(1, 1, f"{show_month_zh(run.month)}已测算")
