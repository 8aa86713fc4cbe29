"""Writing many people at once, for rosters: add, change, and take back. The same columns and constraints as one by one.

Callers are services that checked the rows and the right to write them, record the act in the log, and keep what is
returned here, so that everything can be taken back. Personal numbers arrive in full and leave sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction

from yushui.base import cipher
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.fields import SealedField
from yushui.people.models import BankAccount, Person, Status
from yushui.people.rules import name_key

Item = TypeVar("Item")
Values = Mapping[str, object]
GROUP = 500  # keys in one query: SQLite takes no more than 999


def groups(items: Iterable[Item], size: int = GROUP) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    source = iter(items)
    while group := list(islice(source, size)):
        yield group


def columns_of(model: type[models.Model]) -> dict[str, Callable[[], object]]:
    """Every column of a model with what it holds when nothing is said."""
    empty: dict[str, Callable[[], object]] = {}
    for field in model._meta.concrete_fields:
        if field.has_default():
            empty[field.attname] = field.get_default
        elif field.null:
            empty[field.attname] = lambda: None
        elif isinstance(field, models.CharField | models.TextField):
            empty[field.attname] = lambda: ""
    return empty


def sealer(model: type[models.Model], name: str) -> Callable[[object], str]:
    """How a sealed column is written."""
    field = model._meta.get_field(name)
    assert isinstance(field, SealedField)
    return field.get_prep_value


def insert(model: type[models.Model], rows: Iterable[Values]) -> None:
    """Insert rows given by column name; columns not named stay empty."""
    empty = columns_of(model)
    fields = [field.attname for field in model._meta.concrete_fields]
    sealed = {
        field.attname: sealer(model, field.attname)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    }

    def tuples() -> Iterator[list[object]]:
        for row in rows:
            values = [row[name] if name in row else empty[name]() for name in fields]
            yield [sealed[name](value) if name in sealed else value for name, value in zip(fields, values, strict=True)]

    for group in groups(tuples(), 5000):
        insert_rows(model, fields, group)


def indexed(values: dict[str, object]) -> dict[str, object]:
    """A person's columns with the search keys that follow from them."""
    more: dict[str, object] = {}
    if "id_number" in values:
        number = str(values["id_number"])
        more |= {"id_index": cipher.blind(number, "id"), "id_tail_index": cipher.blind(number[-4:], "id_tail")}
    if "phone" in values:
        more["phone_index"] = cipher.blind(str(values["phone"]), "phone")
    if "name" in values:
        more["name_key"] = name_key(str(values["name"]))
    if "area" in values:
        more["area_id"] = values["area"]
    return {name: value for name, value in (values | more).items() if name != "area"}


@transaction.atomic
def add_people(*, people: Sequence[Values], at: datetime) -> list[int]:
    """Enter persons; their ids in the same order. Columns by name, `area` as a code, numbers in full."""
    first = next_id(Person)
    rows = (
        {**indexed(dict(person)), "id": first + place, "created_at": at, "changed_at": at}
        for place, person in enumerate(people)
    )
    insert(Person, rows)
    sync_ids(Person)
    return list(range(first, first + len(people)))


@transaction.atomic
def change_people(
    *, changes: Sequence[tuple[int, dict[str, object]]], at: datetime
) -> list[tuple[int, dict[str, object], dict[str, object]]]:
    """Change columns of known persons. Returns (person, was, now) with sealed columns as they are stored."""
    done = []
    for group in groups(changes):
        rows = dict(group)
        held = {person.pk: person for person in Person.objects.filter(pk__in=list(rows))}
        for person_id, values in rows.items():
            person = held[person_id]
            wanted = {**indexed(values), "changed_at": at}
            was = {name: getattr(person, name) for name in wanted}
            for name, value in wanted.items():
                setattr(person, name, value)
            person.save(update_fields=[name.removesuffix("_id") if name == "area_id" else name for name in wanted])
            done.append((person_id, was, wanted))
    return done


@transaction.atomic
def add_statuses(
    *, rows: Sequence[tuple[int, Values]], source: str, recorded_by: int | None, at: datetime
) -> list[int]:
    """Give persons a status; the ids of the new rows, which are their lineages too."""
    first = next_id(Status)
    insert(
        Status,
        (
            {
                **values, "id": first + place, "lineage": first + place, "person_id": person_id, "source": source,
                "recorded_at": at, "recorded_by": recorded_by,
            }
            for place, (person_id, values) in enumerate(rows)
        ),
    )  # fmt: skip
    sync_ids(Status)
    return list(range(first, first + len(rows)))


@transaction.atomic
def change_statuses(
    *, changes: Sequence[tuple[int, Values]], source: str, recorded_by: int | None, at: datetime
) -> list[tuple[int, int]]:
    """Correct present statuses: the row is closed and a new version of the same lineage follows. (old, new) ids."""
    first = next_id(Status)
    done: list[tuple[int, int]] = []
    wanted = dict(changes)
    fields = [field.attname for field in Status._meta.concrete_fields]
    for group in groups(wanted):
        held = {row["id"]: row for row in Status.objects.filter(pk__in=group).values(*fields)}
        Status.objects.filter(pk__in=group).update(superseded_at=at)
        fresh = []
        for old in group:
            new = first + len(done)
            marks = {"id": new, "source": source, "recorded_at": at, "recorded_by": recorded_by, "superseded_at": None}
            fresh.append({**held[old], **wanted[old], **marks})
            done.append((old, new))
        insert(Status, fresh)
    sync_ids(Status)
    return done


@transaction.atomic
def set_accounts(
    *, rows: Sequence[tuple[int, Values]], source: str, recorded_by: int | None, at: datetime
) -> list[tuple[int | None, int]]:
    """Give persons the account their money goes to; the one in use is closed. Without a number the old one stays.

    Returns (closed row or None, new row) in order.
    """
    first = next_id(BankAccount)
    done: list[tuple[int | None, int]] = []
    for group in groups(rows):
        people = [person_id for person_id, _ in group]
        held = {row.person_id: row for row in BankAccount.objects.filter(person_id__in=people, superseded_at=None)}
        BankAccount.objects.filter(pk__in=[row.pk for row in held.values()]).update(superseded_at=at)
        fresh: list[Values] = []
        for person_id, values in group:
            old = held.get(person_id)
            number = str(values.get("number") or (old.number if old else ""))
            new = first + len(done)
            same = old is not None and values.get("holder_name", old.holder_name) == old.holder_name
            kept = {"holder_reason": old.holder_reason, "holder_relation": old.holder_relation} if old and same else {}
            fresh.append({
                **kept, **values, "id": new, "person_id": person_id, "number": number,
                "number_index": cipher.blind(number, "account"), "is_confirmed": True, "source": source,
                "recorded_at": at, "recorded_by": recorded_by,
            })  # fmt: skip
            done.append((old.pk if old else None, new))
        insert(BankAccount, fresh)
    sync_ids(BankAccount)
    return done


MODELS: dict[str, type[models.Model]] = {"person": Person, "status": Status, "account": BankAccount}


@transaction.atomic
def take_back(*, target: str, added: Sequence[int], closed: Sequence[int]) -> None:
    """Remove rows that an import added and open again the rows that it closed."""
    manager: Any = MODELS[target]._default_manager
    for group in groups(added):
        manager.filter(pk__in=group).delete()
    for group in groups(closed):
        manager.filter(pk__in=group).update(superseded_at=None)


@transaction.atomic
def restore_people(*, values: Sequence[tuple[int, dict[str, object]]]) -> None:
    """Put columns of persons back to what they were; sealed columns come as plain text and are sealed anew."""
    for group in groups(values):
        rows = dict(group)
        for person in Person.objects.filter(pk__in=list(rows)):
            for name, value in rows[person.pk].items():
                setattr(person, name, value)
            person.save(
                update_fields=[name.removesuffix("_id") if name == "area_id" else name for name in rows[person.pk]]
            )
