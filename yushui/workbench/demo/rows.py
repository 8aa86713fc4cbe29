"""The invented county into the tables, in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models

from yushui.accounts.models import User
from yushui.base import cipher
from yushui.base.bulk import insert_rows, sync_ids
from yushui.people.models import BankAccount, Hardship, Household, Person, PersonEvent, ResponsibleContact, Status
from yushui.people.rules import name_key
from yushui.people.types import CARED_STATES, ENTITLED_KINDS
from yushui.workbench.demo.drafts import SOURCE, County, PersonDraft, columns_of, moment

Maker = Callable[[Any], object]


def write_drafts(model: type[models.Model], drafts: Sequence[Any], **columns: Maker) -> None:
    """Insert drafts: their own columns as they are, `columns` worked out, every other column at its default."""
    own = [name for name in columns_of(type(drafts[0])) if name.removesuffix("_id") not in columns] if drafts else []
    fields = [*(name.removesuffix("_id") for name in own), *columns]
    rest = [
        field
        for field in model._meta.concrete_fields
        if field.name not in fields and not field.primary_key and not field.null
    ]
    defaults = [field.get_default() for field in rest]
    insert_rows(
        model,
        [*fields, *(field.name for field in rest)],
        ([*(getattr(d, n) for n in own), *(make(d) for make in columns.values()), *defaults] for d in drafts),
    )


def seal(name: str, bound_to: str) -> Maker:
    """The named number of a draft, encrypted for one column."""
    return lambda draft: cipher.encrypt(getattr(draft, name), bound_to)


def write_register(county: County, liaisons: dict[str, User]) -> None:
    """All rows of the register. The tables must be empty: the drafts bring their own ids."""
    insert_rows(Household, ("id", "area", "head_name", "address"), county.households)
    write_drafts(
        Person, county.people,
        id_number=seal("id_number", "people_person.id_number"), phone=seal("phone", "people_person.phone"),
        id_index=lambda p: cipher.blind(p.id_number, "id"),
        id_tail_index=lambda p: cipher.blind(p.id_number[-4:], "id_tail"),
        phone_index=lambda p: cipher.blind(p.phone, "phone"),
        name_key=lambda p: name_key(p.name), changed_at=lambda p: p.created_at, ethnicity=lambda _: "汉族",
    )  # fmt: skip
    for number, event in enumerate(county.events, start=1):
        for status in event.ended:  # so that a death taken back gives back what it ended
            status.source = f"people.personevent:{number}"
    write_drafts(Status, county.statuses)
    write_drafts(PersonEvent, county.events, source=lambda _: SOURCE)
    write_drafts(
        BankAccount, county.accounts, source=lambda _: SOURCE,
        number=seal("number", "people_bankaccount.number"), number_index=lambda a: cipher.blind(a.number, "account"),
    )  # fmt: skip
    write_care(county, liaisons)
    for model in (Household, Person, Status):
        sync_ids(model)


def write_care(county: County, liaisons: dict[str, User]) -> None:
    """Hardships, and the liaison of the village as responsible contact (包联) of everybody who must have one."""
    insert_rows(
        Hardship,
        ("person", "kind", "note", "starts_on", "ends_on", "recorded_at"),
        ((person, kind, "", begin, end, moment(begin)) for person, kind, begin, end in county.hardships),
    )
    begin = county.today.replace(year=county.today.year - 2, month=1, day=10)
    insert_rows(
        ResponsibleContact,
        ("person", "user_id", "user_name", "starts_on"),
        ((person, liaisons[village].pk, liaisons[village].full_name, begin) for person, village in in_care(county)),
    )


def contacts_of(county: County, liaisons: dict[str, User]) -> list[tuple[int, str, str]]:
    """(person, village, name of the liaison) of everybody who has a contact."""
    return [(p.id, p.area_id, liaisons[p.area_id].full_name) for p in entitled_alive(county)]


def in_care(county: County) -> Iterable[tuple[int, str]]:
    """(person, village) of everybody alive whose status of an entitled kind holds, drawing a benefit or not."""
    held = county.open_statuses()
    for person in county.people:
        states = [s.state for s in held.get(person.id, []) if s.kind in ENTITLED_KINDS]
        if person.died_on is None and set(states) & set(CARED_STATES):
            yield person.id, person.area_id


def entitled_alive(county: County) -> Iterable[PersonDraft]:
    """Persons with an open status that draws a benefit; one in sixty has no contact yet."""
    held = county.open_statuses()
    for person in county.people:
        if person.died_on is None and any(s.state == "RECEIVING" for s in held.get(person.id, [])) and person.id % 60:
            yield person
