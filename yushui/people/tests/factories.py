"""Invented people for tests. Identity numbers stand under the unassigned prefix 99: none can be a living person's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from yushui.base import cipher
from yushui.people.models import BankAccount, Person, Status
from yushui.people.rules import check_digit
from yushui.places.tests.areas import (
    AREAS,
    COUNTY,
    OTHER_TOWN,
    OTHER_TOWN_VILLAGE,
    OTHER_VILLAGE,
    TOWN,
    VILLAGE,
    make_areas,
)

__all__ = [
    "AREAS", "COUNTY", "OTHER_TOWN", "OTHER_TOWN_VILLAGE", "OTHER_VILLAGE", "TOWN", "VILLAGE", "make_account",
    "make_areas", "make_person", "make_status", "number_for",
]  # fmt: skip

EARLY = datetime(2009, 1, 1, tzinfo=UTC)
serials = count(1)


def number_for(born_on: date, sex: str = "M", serial: int | None = None) -> str:
    """A valid invented identity number."""
    turn = next(serials) if serial is None else serial
    last = turn % 500 * 2 + (1 if sex == "M" else 0)
    first17 = f"9901{turn // 500 % 100:02d}{born_on:%Y%m%d}{last:03d}"
    return first17 + check_digit(first17)


def make_person(
    *, name: str = "陈大山", born_on: date = date(1950, 5, 1), sex: str = "M", area: str = VILLAGE, **columns: object
) -> Person:
    """A person of the register; areas are made when missing."""
    make_areas()
    number = str(columns.pop("id_number", "") or number_for(born_on, sex))
    return Person.objects.create(
        name=name, sex=sex, born_on=born_on, area_id=area, id_number=number,
        id_index=cipher.blind(number, "id"), id_tail_index=cipher.blind(number[-4:], "id_tail"),
        created_at=EARLY, changed_at=EARLY, **columns,
    )  # fmt: skip


def make_status(
    person: Person, *, kind: str = "WAR_VETERAN", starts_on: date = date(2010, 1, 1), **columns: object
) -> Status:
    """A status that has always been known."""
    status = Status.objects.create(
        person=person,
        lineage=0,
        kind=kind,
        starts_on=starts_on,
        recorded_at=columns.pop("recorded_at", EARLY),
        **columns,
    )
    Status.objects.filter(pk=status.pk).update(lineage=status.pk)
    status.lineage = status.pk
    return status


def make_account(person: Person, *, number: str = "", bank: str = "云川农商行", holder_name: str = "") -> BankAccount:
    """A bank account in use."""
    number = number or f"6299{next(serials):015d}"
    return BankAccount.objects.create(
        person=person, bank=bank, holder_name=holder_name or person.name, number=number,
        number_index=cipher.blind(number, "account"), recorded_at=EARLY,
    )  # fmt: skip
