"""A county with the law loaded and people of a few kinds, for tests of the month run."""

from __future__ import annotations

from datetime import UTC, date, datetime

from yushui.base.days import month_at
from yushui.benefits.models import Run
from yushui.benefits.services import batches as benefit_batches
from yushui.benefits.services import runs
from yushui.payments.models import Batch
from yushui.payments.services import bank_files, batches, returns
from yushui.payments.tests.factories import CSV, answer_to, approver, maker, reviewer
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, make_account, make_person, make_status
from yushui.policy.services import load_law

AT = datetime(2024, 11, 21, 2, 0, tzinfo=UTC)
NOVEMBER = month_at("2024-11")
PENSION = "disability_pension"
WAR = "war_veteran_stipend"


def make_law() -> None:
    """The law under law/ as it stands."""
    load_law(actor=None, at=datetime(2024, 1, 1, tzinfo=UTC))


def disabled(name: str = "陈志强", grade: int = 6, cause: str = "DUTY") -> Person:
    """A disabled soldier since 2003, with an account."""
    person = make_person(name=name, born_on=date(1960, 5, 1))
    make_status(
        person, kind="DISABLED_SOLDIER", starts_on=date(2003, 5, 1), grade=grade, cause=cause,
        approved_on=date(2003, 4, 10),
    )  # fmt: skip
    make_account(person)
    return person


def start(month: int = NOVEMBER, at: datetime = AT) -> Run:
    return runs.start_run(actor=maker(), area_code=COUNTY, month=month, at=at)


def submit(run: Run, at: datetime = AT) -> Batch:
    return benefit_batches.submit_batch(actor=maker(), run_id=run.pk, at=at)


def send(batch: Batch, at: datetime = AT) -> Batch:
    """Through review and approval into the bank file."""
    batches.review_batch(actor=reviewer(), batch_id=batch.pk, at=at)
    batches.approve_batch(actor=approver(), batch_id=batch.pk, at=at)
    return bank_files.make_bank_file(actor=maker(), batch_id=batch.pk, profile_key=CSV, at=at, rare_agreed=True)


def pay(run: Run, at: datetime = AT, **said: dict[int, int] | dict[int, str]) -> Batch:
    """A run all the way to the settled batch."""
    batch = send(submit(run, at), at)
    returns.take_return(actor=maker(), batch_id=batch.pk, content=answer_to(batch, **said), name="回单", at=at)
    batch.refresh_from_db()
    return batch
