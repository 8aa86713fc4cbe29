"""Checking a file: everything found is kept for the page, and the file goes back with its bad cells marked."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from yushui.base import cipher, files
from yushui.base.bulk import insert_rows
from yushui.people.models import Person, Status
from yushui.people.services.bulk import groups
from yushui.people.types import CODE_NAMES, GRADE_NAMES
from yushui.places.selectors import path_names
from yushui.rosters.models import BadCell, ImportState, KeptRow, PlannedRow, RosterImport
from yushui.rosters.rules.plan import Change, PersonNow, Planned
from yushui.rosters.selectors import account_tails
from yushui.rosters.services.effect import Affected, effect_of
from yushui.rosters.services.examine import Found, Progress, examine
from yushui.rosters.types import Outcome, Unreadable
from yushui.rosters.workbooks.annotate import annotate
from yushui.rosters.workbooks.book import open_book
from yushui.rosters.workbooks.xlsx import column_letters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_PROBLEM = 200
ACCOUNT_LABELS = {"bank": "开户银行", "holder_name": "开户名称", "number": "银行账号"}


@dataclass
class Noted:
    """Planned rows as the page shows them, and the facts that bear on money."""

    rows: list[tuple[int, str, int | None, str, str, bytes]] = field(
        default_factory=list
    )  # changes packed: they are long
    affected: Affected = field(default_factory=Affected)

    def take(self, planned: Planned, known: PersonNow | None) -> None:
        """One good row."""
        self.affected.take(planned, known)
        if planned.outcome is Outcome.SAME:
            return
        area = str(planned.person.get("area") or (known.values["area"] if known else ""))
        changes = packed(describe(planned, known)) if planned.outcome is Outcome.CHANGED else b""
        self.rows.append((planned.row, planned.outcome.value, planned.person_id, planned.name, area, changes))


def packed(changes: list[list[str]]) -> bytes:
    """Changes as they wait to be stored."""
    return zlib.compress(json.dumps(changes, ensure_ascii=False).encode(), 1)


def unpacked(changes: bytes) -> str:
    """The JSON text again."""
    return zlib.decompress(changes).decode() if changes else ""


def describe(planned: Planned, known: PersonNow | None) -> list[list[str]]:
    """[label, was, now] of each change, in words; personal numbers show their last four digits."""
    return [
        [
            label_of(change.target, change.field),
            shown(change, planned, known, is_new=False),
            shown(change, planned, known, is_new=True),
        ]
        for change in planned.changes
    ]


@cache
def label_of(target: str, column: str) -> str:
    """The column's name on the page."""
    if target == "account":
        return ACCOUNT_LABELS[column]
    if (target, column) == ("status", "kind"):
        return "新增身份"
    model = Person if target == "person" else Status
    return str(model._meta.get_field(column).verbose_name)  # type: ignore[union-attr]


def shown(change: Change, planned: Planned, known: PersonNow | None, *, is_new: bool) -> str:
    """A value in words."""
    value = change.now if is_new else change.was
    if change.field in ("phone", "number"):
        if not value:
            return ""
        if not is_new:
            return f"#{change.target}:{known.account.row_id if known and known.account else 0}"
        plain = planned.person.get("phone") if change.field == "phone" else (planned.account or {}).get("number")
        return cipher.mask_tail(str(plain or ""))[-8:]
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if change.field == "grade":
        return GRADE_NAMES.get(int(str(value)), str(value))
    if isinstance(value, date):
        return value.isoformat()
    return CODE_NAMES.get(change.field, {}).get(str(value), str(value))


def check_import(*, import_id: int, at: datetime, progress: Progress) -> RosterImport:
    """Check the whole file and keep what was found. Safe to run again; writes in one short transaction at its end."""
    roster = RosterImport.objects.get(pk=import_id)
    if roster.state not in (ImportState.CHECKING, ImportState.COMMITTING):
        return roster
    on = timezone.localtime(at).date()
    noted = Noted()
    try:
        with files.opened(roster.file) as path:
            found = examine(
                path=path, file_name=roster.file_name, area_code=roster.area_code, on=on, take=noted.take,
                progress=progress,
            )  # fmt: skip
            progress(found.rows, found.rows, "正在标注有问题的单元格")
            marked = marked_copy(path, roster.file_name, found, at)
    except Unreadable as unreadable:
        return keep_failure(roster, unreadable)
    progress(found.rows, found.rows, "正在测算资金影响")
    effect = effect_of(noted.affected, area_code=roster.area_code, on=on, at=at)
    noted.affected = Affected()
    progress(found.rows, found.rows, "正在保存检查结果")
    return keep_findings(roster, found, noted, effect, marked)


def keep_failure(roster: RosterImport, unreadable: Unreadable) -> RosterImport:
    """The file could not be read at all."""
    roster.state = ImportState.FAILED
    roster.message = f"{unreadable.what}。{unreadable.next_step}"[:300]
    roster.save(update_fields=["state", "message"])
    return roster


def marked_copy(path: Path, file_name: str, found: Found, at: datetime) -> int | None:
    """The file with its bad cells marked, stored; None when nothing is bad."""
    if not found.bad:
        return None
    marks: dict[int, list[tuple[int, str]]] = {}
    for row, column, problem in found.bad:
        marks.setdefault(row, []).append((column, problem))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "marked.xlsx"
        annotate(path, open_book(path, file_name), found.sheet, merged(marks), out)
        return int(files.store(content=out.read_bytes(), name=marked_name(file_name), media_type=XLSX, at=at).pk)


def merged(marks: dict[int, list[tuple[int, str]]]) -> dict[int, list[tuple[int, str]]]:
    """One text per cell."""
    whole = {}
    for row, cells in marks.items():
        texts: dict[int, str] = {}
        for column, problem in cells:
            texts[column] = f"{texts[column]};{problem}" if column in texts else problem
        whole[row] = sorted(texts.items())
    return whole


def marked_name(file_name: str) -> str:
    """残疾名册.xls → 残疾名册-问题标注.xlsx."""
    name = Path(file_name)
    return f"{name.stem[:150]}-问题标注{'.xlsm' if name.suffix.lower() == '.xlsm' else '.xlsx'}"


@transaction.atomic
def keep_findings(
    roster: RosterImport, found: Found, noted: Noted, effect: dict[str, object], marked: int | None
) -> RosterImport:
    """Write the result of a check in place of an earlier one."""
    BadCell.objects.filter(roster=roster).delete()
    PlannedRow.objects.filter(roster=roster).delete()
    KeptRow.objects.filter(roster=roster).delete()
    KeptRow.objects.bulk_create(
        KeptRow(roster=roster, row=row, cells=json.dumps(cells, ensure_ascii=False)) for row, cells in found.kept_sample
    )
    insert_rows(BadCell, ["roster", "cell", "problem"], bad_rows(roster, found))
    tails = account_tails(old_accounts(noted))
    absent = [(0, Outcome.MISSING.value, person_id, name, area, b"") for person_id, name, area in found.missing]
    for group in groups([*noted.rows, *absent], 2000):
        rows = [(roster.pk, *row[:5], with_tails(unpacked(row[5]), tails)) for row in group]
        insert_rows(PlannedRow, ["roster", "row", "outcome", "person", "name", "area_code", "changes"], rows)
    roster.form, roster.sheet, roster.rows, roster.good = found.head.form.key, found.sheet[:60], found.rows, found.good
    roster.new, roster.changed, roster.same = (found.counts[o] for o in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME))
    roster.bad_rows, roster.bad_cells, roster.missing = found.counts[Outcome.BAD], len(found.bad), len(found.missing)
    roster.summary = summary_of(found, effect)
    roster.annotated_id = marked
    roster.state, roster.message = ImportState.CHECKED, ""
    roster.save()
    return roster


def bad_rows(roster: RosterImport, found: Found) -> Iterator[tuple[int, str, str]]:
    """Bad cells in the order of the file, one row per cell."""
    cells: dict[tuple[int, int], str] = {}
    for row, column, problem in found.bad:
        cells[row, column] = f"{cells[row, column]};{problem}" if (row, column) in cells else problem
    for (row, column), problem in cells.items():
        yield roster.pk, f"{column_letters(column)}{row}", problem[:LONGEST_PROBLEM]


def old_accounts(noted: Noted) -> list[int]:
    """Accounts that would be replaced."""
    return [
        int(was.partition(":")[2])
        for row in noted.rows
        if row[5]
        for _, was, _ in json.loads(unpacked(row[5]))
        if was.startswith("#account:")
    ]


def with_tails(changes: str, tails: dict[int, str]) -> str:
    """Old numbers as their last four digits; an old phone only as hidden."""
    if "#" not in changes:
        return changes
    rows = json.loads(changes)
    for row in rows:
        if row[1].startswith("#account:"):
            row[1] = f"****{tails.get(int(row[1].partition(':')[2]), '')}"
        elif row[1].startswith("#person:"):
            row[1] = "原号码"
    return json.dumps(rows, ensure_ascii=False)


def summary_of(found: Found, effect: dict[str, object]) -> dict[str, object]:
    """What the page says about the columns, and the effect on money."""
    head = found.head
    return {
        "form_title": head.form.title,
        "head_row": head.last_row,
        "mapped": [[column_letters(place), head.texts[place]] for place in sorted(head.fields)],
        "kept_columns": [head.kept[place] for place in sorted(head.kept)],
        "ignored_columns": list(head.unknown),
        "secret_columns": list(head.secret),
        "covered": found.covered,
        "covered_name": path_names([found.covered]).get(found.covered, "") if found.covered else "",
        "new_areas": len(found.new_areas),
        "effect": effect,
    }
