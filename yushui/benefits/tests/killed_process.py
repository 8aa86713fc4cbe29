"""One step of the office in a process of its own, killed in its middle when asked. Used by test_killed.py.

python -m yushui.benefits.tests.killed_process STEP [kill | kill-late]
"""

from __future__ import annotations

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db.models import Sum  # noqa: E402

from yushui.audit import services as audit  # noqa: E402
from yushui.audit.models import Entry  # noqa: E402
from yushui.audit.selectors import breaks  # noqa: E402
from yushui.base import jobs  # noqa: E402
from yushui.benefits.models import Run, RunLine  # noqa: E402
from yushui.benefits.services import orders  # noqa: E402
from yushui.benefits.tests import factories  # noqa: E402
from yushui.payments.models import Batch, BatchStep, Line  # noqa: E402
from yushui.payments.services import bank_files, batches, returns  # noqa: E402
from yushui.payments.tests.factories import CSV, answer_to, approver, maker, reviewer  # noqa: E402
from yushui.people.tests.factories import COUNTY  # noqa: E402

AT = factories.AT


def die(*_: object, **__: object) -> None:
    """What a power cut does: no clean-up of any kind."""
    os.kill(os.getpid(), signal.SIGKILL)


def prepare() -> None:
    factories.make_law()
    for number in range(30):
        factories.disabled(name=f"陈{number}")


STEPS = {
    "prepare": prepare,
    "run": lambda: factories.start(),
    "order": lambda: orders.order_run(actor=maker(), area_code=COUNTY, month=factories.NOVEMBER, at=AT),
    "work": jobs.run_all,
    "submit": lambda: factories.submit(Run.objects.latest("id")),
    "review": lambda: batches.review_batch(actor=reviewer(), batch_id=Batch.objects.get().pk, at=AT),
    "approve": lambda: batches.approve_batch(actor=approver(), batch_id=Batch.objects.get().pk, at=AT),
    "send": lambda: bank_files.make_bank_file(
        actor=maker(), batch_id=Batch.objects.get().pk, profile_key=CSV, at=AT, rare_agreed=True
    ),
    "return": lambda: returns.take_return(
        actor=maker(), batch_id=Batch.objects.get().pk, content=answer_to(Batch.objects.get()), name="回单", at=AT
    ),
}


def state() -> str:
    """Everything that a half-done step would leave behind, in one line."""
    batch = Batch.objects.first()
    paid = Line.objects.filter(is_live=True).aggregate(fen=Sum("fen"))["fen"] or 0
    results = sorted(Line.objects.values_list("result", flat=True).distinct())
    return repr(
        (
            Run.objects.count(), RunLine.objects.count(), batch.state if batch else "", BatchStep.objects.count(),
            Line.objects.count(), paid, results, Entry.objects.count(), len(list(breaks())),
        )
    )  # fmt: skip


if __name__ == "__main__":
    maker(), reviewer(), approver()
    if "kill-late" in sys.argv:
        jobs.finish = die  # type: ignore[assignment]  # the run is written, the job is not yet closed
    if "kill" in sys.argv:
        audit.record = die  # type: ignore[assignment]  # every service writes its rows before the log entry
    if sys.argv[1] != "state":
        STEPS[sys.argv[1]]()
    print(state())
