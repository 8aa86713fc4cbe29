"""Writing the good rows of an import into the register: everything in one transaction, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.audit.models import Entry
from yushui.base import cipher, files
from yushui.base.area_codes import AreaLevel, level_of
from yushui.base.bulk import insert_rows, refresh_statistics
from yushui.people.services import bulk
from yushui.places.models import Area
from yushui.places.services import write_areas
from yushui.rosters.models import ImportState, KeptRow, RosterImport, RowChange
from yushui.rosters.rules.plan import PersonNow, Planned
from yushui.rosters.services.examine import Found, Progress, areas_to_add, examine
from yushui.rosters.services.preview import check_import
from yushui.rosters.types import Outcome
from yushui.rosters.workbooks.book import MOST_ROWS

SEALED = ("id_number", "phone")
CHANGE_COLUMNS = ["roster", "row", "person", "target", "target_id", "field", "was", "now"]
KEPT_COLUMNS = ["roster", "row", "person", "cells"]
MOVED = "登记册在检查之后有变化,已按现在的情况重新检查;请再看一遍后写入"


@dataclass
class Gathered:
    """All rows that write something."""

    rows: list[Planned] = field(default_factory=list)

    def take(self, planned: Planned, known: PersonNow | None) -> None:
        if planned.outcome is not Outcome.SAME or planned.kept:
            self.rows.append(planned)


def write_import(*, actor: User | None, import_id: int, at: datetime, progress: Progress) -> RosterImport:
    """Walk the file once more and write. When the register moved since the check, nothing is written and the new
    preview is shown. Safe to run again: a worker that dies leaves the import as it was before."""
    roster = RosterImport.objects.get(pk=import_id)
    if roster.state != ImportState.COMMITTING:
        return roster
    for _ in range(2):
        mark = register_mark()
        found, gathered = gather(roster, at, progress)
        if counts_of(found) != (roster.rows, roster.new, roster.changed, roster.same, roster.bad_rows):
            return show_again(roster, at, progress)
        progress(found.rows, found.rows, "正在写入登记册")
        written = write_all(actor, roster, found, gathered, mark, at)
        if written:
            refresh_statistics()
            progress(found.rows, found.rows, f"已写入:新增 {roster.new} 人,变更 {roster.changed} 人")
            return written
    return show_again(roster, at, progress)


def gather(roster: RosterImport, at: datetime, progress: Progress) -> tuple[Found, Gathered]:
    """The file walked, outside any transaction."""
    gathered = Gathered()
    with files.opened(roster.file) as path:
        found = examine(
            path=path, file_name=roster.file_name, area_code=roster.area_code,
            on=timezone.localtime(at).date(), take=gathered.take, progress=progress, keep=MOST_ROWS,
        )  # fmt: skip
    return found, gathered


def counts_of(found: Found) -> tuple[int, ...]:
    """What the preview promised, in the order of the model's columns."""
    return (found.rows, *(found.counts[o] for o in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.BAD)))


def register_mark() -> int:
    """The newest act on people or areas in the log: while it stands, the register has not moved."""
    newest = Entry.objects.filter(action__regex=r"^(people|places|merging|rosters\.import\.(committed|undone))")
    return newest.order_by("-id").values_list("id", flat=True).first() or 0


def show_again(roster: RosterImport, at: datetime, progress: Progress) -> RosterImport:
    """Back to the preview, with the reason."""
    roster = check_import(import_id=roster.pk, at=at, progress=progress)
    roster.message = MOVED
    roster.save(update_fields=["message"])
    return roster


@transaction.atomic
def write_all(
    actor: User | None, roster: RosterImport, found: Found, gathered: Gathered, mark: int, at: datetime
) -> RosterImport | None:
    """The transaction of the import. None when somebody else wrote since the file was walked."""
    locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if locked.state != ImportState.COMMITTING:
        return locked
    if register_mark() != mark:
        return None
    add_missing_areas(found)
    source = f"{roster._meta.label_lower}:{roster.pk}"
    by = actor.pk if actor else None
    ids = add_new(roster, gathered.rows, at)
    write_statuses(roster, gathered.rows, ids, source, by, at)
    write_accounts(roster, gathered.rows, ids, source, by, at)
    change_known(roster, gathered.rows, at)
    keep_cells(roster, gathered.rows, ids)
    locked.state, locked.committed_at, locked.message = ImportState.COMMITTED, at, ""
    locked.save(update_fields=["state", "committed_at", "message"])
    audit.record(
        actor=actor, action="rosters.import.committed", subject=locked, area_code=locked.area_code, at=at,
        now={"new": locked.new, "changed": locked.changed, "rows": locked.rows},
    )  # fmt: skip
    return locked


def add_missing_areas(found: Found) -> None:
    """Areas that the file names where none of the place are on the list: entered by code, to be named by the county."""
    if found.new_areas:
        known = set(Area.objects.filter(code__gte="0").values_list("code", flat=True))
        wanted = areas_to_add(found.new_areas, known)
        write_areas([(code, unnamed(code)) for code in wanted], source="名册导入,待命名")


def unnamed(code: str) -> str:
    """A name that says it is none."""
    kinds = {AreaLevel.PROVINCE: "省", AreaLevel.CITY: "市", AreaLevel.COUNTY: "县", AreaLevel.TOWN: "乡镇"}
    return f"待命名{kinds.get(level_of(code), '村')}{code.rstrip('0')[-3:]}"


def add_new(roster: RosterImport, rows: list[Planned], at: datetime) -> dict[int, int]:
    """Enter the new persons; row of the file → person."""
    new = [row for row in rows if row.outcome is Outcome.NEW and row.joins is None]
    ids = bulk.add_people(people=[row.person for row in new], at=at)
    insert_rows(
        RowChange,
        CHANGE_COLUMNS,
        ((roster.pk, row.row, pk, "person", pk, "", "", "") for row, pk in zip(new, ids, strict=True)),
    )
    return {row.row: pk for row, pk in zip(new, ids, strict=True)}


def owner_of(row: Planned, ids: dict[int, int]) -> int:
    """The person a row is about."""
    return row.person_id or ids[row.joins or row.row]


def write_statuses(
    roster: RosterImport, rows: list[Planned], ids: dict[int, int], source: str, by: int | None, at: datetime
) -> None:
    """New statuses, and new versions of changed ones."""
    new = [(row, owner_of(row, ids), row.status) for row in rows if row.status is not None]
    added = bulk.add_statuses(rows=[(pk, status) for _, pk, status in new], source=source, recorded_by=by, at=at)
    changes = [
        (roster.pk, row.row, pk, "status", status_id, "", "", "")
        for (row, pk, _), status_id in zip(new, added, strict=True)
    ]
    moved = {row.status_now.row_id: row for row in rows if row.status_now is not None and row.status_changes}
    wanted = [(old, row.status_changes) for old, row in moved.items()]
    for old, fresh in bulk.change_statuses(changes=wanted, source=source, recorded_by=by, at=at):
        row = moved[old]
        changes.append((roster.pk, row.row, owner_of(row, ids), "status", fresh, "", str(old), ""))
    insert_rows(RowChange, CHANGE_COLUMNS, changes)


def write_accounts(
    roster: RosterImport, rows: list[Planned], ids: dict[int, int], source: str, by: int | None, at: datetime
) -> None:
    """New accounts; the one in use before is closed."""
    new = [(row, owner_of(row, ids), row.account) for row in rows if row.account is not None]
    done = bulk.set_accounts(rows=[(pk, account) for _, pk, account in new], source=source, recorded_by=by, at=at)
    insert_rows(
        RowChange,
        CHANGE_COLUMNS,
        (
            (roster.pk, row.row, pk, "account", fresh, "", str(old or ""), "")
            for (row, pk, _), (old, fresh) in zip(new, done, strict=True)
        ),
    )


def change_known(roster: RosterImport, rows: Iterable[Planned], at: datetime) -> None:
    """Changed columns of known persons, each with what it was."""
    by_person = {row.person_id: row for row in rows if row.person_id and row.person}
    done = bulk.change_people(changes=[(pk, dict(row.person)) for pk, row in by_person.items()], at=at)
    changes = [
        (roster.pk, by_person[pk].row, pk, "person", pk, name, as_text(name, was[name]), as_text(name, value))
        for pk, was, now in done
        for name, value in now.items()
    ]
    insert_rows(RowChange, CHANGE_COLUMNS, changes)


def as_text(name: str, value: object) -> str:
    """A column's value as kept beside the import; personal numbers sealed."""
    if name in SEALED:
        return cipher.encrypt(str(value or ""), RowChange._meta.db_table)
    return json.dumps(value.isoformat() if isinstance(value, date) else value, ensure_ascii=False)


def keep_cells(roster: RosterImport, rows: Iterable[Planned], ids: dict[int, int]) -> None:
    """Cells of columns that the register has no place for, sealed."""
    bound = KeptRow._meta.get_field("cells")
    KeptRow.objects.filter(roster=roster).delete()

    def tuples() -> Iterator[tuple[object, ...]]:
        for row in rows:
            if row.kept:
                text = json.dumps(row.kept, ensure_ascii=False)
                yield roster.pk, row.row, owner_of(row, ids), bound.get_prep_value(text)

    for group in bulk.groups(tuples(), 5000):
        insert_rows(KeptRow, KEPT_COLUMNS, group)
