"""One person entered twice, for tests of merging."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yushui.benefits.tests.factories import AT, disabled
from yushui.merging.models import Merge
from yushui.merging.services import decide_merge, propose_merge
from yushui.payments.tests.factories import maker, reviewer
from yushui.people.models import Person
from yushui.people.tests.factories import make_account, make_person, make_status

LATER = AT + timedelta(hours=1)
EVEN_LATER = AT + timedelta(hours=2)
WHY = "身份证号抄错,与户口簿核对为同一人"


def double_of(person: Person, **columns: object) -> Person:
    """The same person under another number, with the same status and another account: both get paid."""
    other = make_person(name=person.name, born_on=person.born_on, sex=person.sex, **columns)
    for status in person.statuses.filter(superseded_at=None):
        make_status(
            other, kind=status.kind, starts_on=status.starts_on, grade=status.grade, cause=status.cause,
            approved_on=status.approved_on,
        )  # fmt: skip
    make_account(other)
    return other


def pair(**columns: object) -> tuple[Person, Person]:
    """A disabled soldier and the double."""
    kept = disabled()
    return kept, double_of(kept, **columns)


def survivor(name: str = "张桂兰") -> Person:
    """A person without any status."""
    return make_person(name=name, born_on=date(1955, 3, 8), sex="F")


def ask(kept: Person, dropped: Person, *taken: str, at: datetime = LATER) -> Merge:
    return propose_merge(actor=maker(), kept_id=kept.pk, dropped_id=dropped.pk, taken=taken, reason=WHY, at=at)


def merge(kept: Person, dropped: Person, *taken: str, at: datetime = LATER) -> Merge:
    """Asked for and confirmed."""
    asked = ask(kept, dropped, *taken, at=at)
    return decide_merge(actor=reviewer(), merge_id=asked.pk, agrees=True, opinion="", at=at)
