"""Two entries of one person become one (并档) and again two (拆回): what the register itself holds.

The services of `merging` call this; they checked the right and lock both entries. Everything done comes back as notes
(`base.moves.Move`), from which it is taken back: a column is put back; a row with two clocks that was closed is added
again as it was, and one that was added is closed, so that nothing known between is overwritten.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone

from yushui.accounts.models import User
from yushui.base.moves import Move, move_rows, put_back
from yushui.people.models import BankAccount, Hardship, Person, PersonEvent, ResponsibleContact, Status
from yushui.people.selectors.compared import ACCOUNT, account_of, events_lacking, plan_statuses
from yushui.people.services.statuses import new_version
from yushui.people.types import MERGED_COLUMNS

ADDED, CLOSED = "added", "closed"
CLOCKED: tuple[type[Any], ...] = (Status, PersonEvent, BankAccount)


def merge_entries(
    kept: Person, dropped: Person, taken: Collection[str], *, actor: User, source: str, at: datetime
) -> list[Move]:
    """Make `dropped` part of `kept`, which takes the facts named in `taken` from it; what was done."""
    moves = merge_statuses(kept, dropped, actor=actor, source=source, at=at)
    for event in events_lacking(kept, dropped):
        moves.append(copied(event, person=kept, actor=actor, source=source, at=at))
    moves += closed(PersonEvent, dropped, at)
    moves += merge_accounts(kept, dropped, ACCOUNT in taken, actor=actor, source=source, at=at)
    moves += merge_care(kept, dropped, at)
    moves += take_facts(kept, dropped, taken)
    moves += move_rows(Person.every.filter(merged_into=dropped), merged_into_id=kept.pk)  # merged into it before
    moves += move_rows(Person.every.filter(pk=dropped.pk), merged_into_id=kept.pk, merged_at=at)
    Person.every.filter(pk=kept.pk).update(changed_at=at)
    return moves


def merge_statuses(kept: Person, dropped: Person, *, actor: User, source: str, at: datetime) -> list[Move]:
    """Statuses the kept entry lacks are added to it, blanks of its own filled; those of the other are closed."""
    plan = plan_statuses(kept, dropped, timezone.localtime(at).date())
    moves = closed(Status, dropped, at)
    for status in plan.copied:
        moves.append(copied(status, person=kept, actor=actor, source=source, at=at))
    for status, facts in plan.filled:
        new = new_version(status, facts, actor=actor, at=at, source=source)
        moves += [noted(status, CLOSED), noted(new, ADDED)]
    return moves


def merge_accounts(kept: Person, dropped: Person, takes: bool, *, actor: User, source: str, at: datetime) -> list[Move]:
    """The account of the dropped entry is closed, and becomes that of the kept one if so chosen."""
    other = account_of(dropped)
    moves = closed(BankAccount, dropped, at)
    if takes and other is not None:
        moves += closed(BankAccount, kept, at)
        moves.append(copied(other, person=kept, actor=actor, source=source, at=at))
    return moves


def merge_care(kept: Person, dropped: Person, at: datetime) -> list[Move]:
    """Hardships and responsible contacts go over; what both have open goes on once, from the kept entry."""
    on = timezone.localtime(at).date()
    moves = []
    kinds = Hardship.objects.filter(person=kept, ends_on=None).values_list("kind", flat=True)
    moves += move_rows(Hardship.objects.filter(person=dropped, ends_on=None, kind__in=list(kinds)), ends_on=on)
    moves += move_rows(Hardship.objects.filter(person=dropped), person_id=kept.pk)
    if ResponsibleContact.objects.filter(person=kept, ends_on=None).exists():
        moves += move_rows(ResponsibleContact.objects.filter(person=dropped, ends_on=None), ends_on=on)
    return moves + move_rows(ResponsibleContact.objects.filter(person=dropped), person_id=kept.pk)


def take_facts(kept: Person, dropped: Person, taken: Collection[str]) -> list[Move]:
    """Columns of the dropped entry that the kept one takes. Numbers are exchanged: each stays on one row only, so that
    the wrong one still finds the person."""
    moves: list[Move] = []
    mine, other = Person.every.filter(pk=kept.pk), Person.every.filter(pk=dropped.pk)
    for key in MERGED_COLUMNS:
        if key not in taken:
            continue
        columns = MERGED_COLUMNS[key][1]
        was = {name: getattr(kept, name) for name in columns}
        now = {name: getattr(dropped, name) for name in columns}
        if key == "id_number":
            moves += move_rows(other, id_index=f"merged:{dropped.pk}")
            moves += move_rows(mine, **now)
            moves += move_rows(other, **was)
        else:
            moves += move_rows(mine, **now)
    return moves


def split_entries(moves: Sequence[Move], *, actor: User, at: datetime) -> list[Move]:
    """Take a merge back. Returns what stands against it, and then the caller must undo the whole: changed since."""
    plain = [move for move in moves if move.column]
    clocked = [move for move in moves if not move.column]
    stuck = put_back(plain)
    for move in clocked:
        if move.now == ADDED:
            rows = table_of(move).objects.filter(pk=move.row_id, superseded_at=None)
            stuck += [] if rows.update(superseded_at=at) else [move]
    for move in clocked if not stuck else ():
        if move.now == CLOSED:
            row = table_of(move).objects.get(pk=move.row_id)
            copied(row, person=row.person, actor=actor, source=row.source, at=at, lineage=getattr(row, "lineage", None))
    return stuck


def table_of(move: Move) -> Any:
    """The table of a note of ours."""
    model = apps.get_model(move.table)
    assert model in CLOCKED
    return model


def closed(model: Any, person: Person, at: datetime) -> list[Move]:
    """Close every present version of an entry."""
    rows = list(model.objects.filter(person=person, superseded_at=None).order_by("pk"))
    model.objects.filter(pk__in=[row.pk for row in rows]).update(superseded_at=at)
    return [noted(row, CLOSED) for row in rows]


def copied(row: Any, *, person: Person, actor: User, source: str, at: datetime, lineage: int | None = None) -> Move:
    """The same facts as a new row, known from now on; a status begins a lineage of its own unless it goes on."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(row, name) for name in names}
    values |= {"person_id": person.pk, "source": source, "recorded_at": at, "recorded_by": actor.pk}
    new = type(row).objects.create(**{**values, "superseded_at": None, **({"lineage": lineage} if lineage else {})})
    if isinstance(new, Status) and lineage is None:
        Status.objects.filter(pk=new.pk).update(lineage=new.pk)
    return noted(new, ADDED)


def noted(row: Any, what: str) -> Move:
    """That a row with two clocks was added or closed."""
    return Move(row._meta.label_lower, row.pk, "", "", what)
