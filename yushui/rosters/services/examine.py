"""The one path from a file to what it would do: the preview and the writing both walk it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings

from yushui.base import cipher
from yushui.base.area_codes import ancestors_of, prefix_of
from yushui.rosters.rules.checks import Checker
from yushui.rosters.rules.forms import load_catalogue
from yushui.rosters.rules.plan import LABELS, PersonNow, Planned, plan_row
from yushui.rosters.rules.reading import choose_table, data_rows
from yushui.rosters.selectors import area_book, known_people, present_of_kinds
from yushui.rosters.types import Catalogue, Head, Outcome, Row
from yushui.rosters.workbooks.book import open_book

CHUNK = 1000
SAMPLE = 20
Progress = Callable[[int, int, str], None]
Take = Callable[[Planned, PersonNow | None], None]


@dataclass
class Found:
    """Everything a file turned out to hold."""

    head: Head
    sheet: str
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    bad: list[tuple[int, int, str]] = field(default_factory=list)  # row, column from 0, problem
    missing: list[tuple[int, str, str]] = field(default_factory=list)
    covered: str = ""  # the smallest area that holds every good row
    kept_sample: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    new_areas: set[str] = field(default_factory=set)

    @property
    def good(self) -> int:
        return self.counts[Outcome.NEW] + self.counts[Outcome.CHANGED] + self.counts[Outcome.SAME]


def catalogue() -> Catalogue:
    """The forms of the house."""
    return load_catalogue(Path(settings.CATALOGUE_DIR) / "roster_forms")


def examine(
    *, path: Path, file_name: str, area_code: str, on: date, take: Take, progress: Progress, keep: int = SAMPLE
) -> Found:
    """Read, check and compare every row; each good one is handed to `take`. Raises Unreadable.

    Cells without a place in the register are read for the first `keep` rows. Works in chunks, so memory does not grow
    with the file except for what is wrong and the numbers seen.
    """
    forms = catalogue()
    table, head = choose_table(open_book(path, file_name), forms, file_name)
    walk = Walk(Checker(head, area_book(area_code), on), Found(head, table.name), area_code, take)
    for chunk in chunked(data_rows(table, head, forms, keep)):
        walk.chunk(chunk)
        progress(walk.found.rows, 0, f"已检查 {walk.found.rows} 行")
    walk.finish()
    return walk.found


def chunked(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Rows in lists."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@dataclass
class Walk:
    """The state of one examination."""

    checker: Checker
    found: Found
    area_code: str
    take: Take
    in_file: dict[str, tuple[int, str]] = field(default_factory=dict)  # index of a good row's number → its row, name
    met: set[int] = field(default_factory=set)
    met_by_merged: set[int] = field(default_factory=set)
    prefix: str | None = None

    def chunk(self, rows: list[Row]) -> None:
        """Check, look up, plan."""
        for row in rows:
            self.checker.check(row)
        numbers = [str(row.values.get("person.id_number") or "") for row in rows]
        indexes = [cipher.blind(number, "id") for number in numbers]
        known = known_people(self.area_code, {index for index in indexes if index})
        for row, index in zip(rows, indexes, strict=True):
            self.row(row, index, known.get(index))

    def row(self, row: Row, index: str, known: PersonNow | None) -> None:
        """One row to its outcome."""
        found = self.found
        found.rows += 1
        if known:
            self.meet(row, known)
        blind = {
            "phone": cipher.blind(str(row.values.get("person.phone") or ""), "phone"),
            "account": cipher.blind(str(row.values.get("account.number") or ""), "account"),
        }
        joins = None if self.checker.is_blamed(row, "person.id_number") else self.in_file.get(index)
        planned = plan_row(self.checker, row, known or (newcomer(row, joins[1]) if joins else None), blind)
        found.bad.extend((row.number, place, problem) for place, problem in sorted(row.problems.items()) if place >= 0)
        if planned is None:
            found.counts[Outcome.BAD] += 1
            return
        if joins:
            only_status(planned, joins[0])
        self.in_file.setdefault(index, (row.number, planned.name))
        found.counts[planned.outcome] += 1
        if row.kept and len(found.kept_sample) < SAMPLE:
            found.kept_sample.append((row.number, row.kept))
        self.widen(str(row.values.get("person.area") or (known.values["area"] if known else "")))
        self.take(planned, known)

    def meet(self, row: Row, known: PersonNow) -> None:
        """Note whom the row names. Two numbers that were merged (并档) are one person and come once."""
        if known.person_id in (self.met if known.by_merged else self.met_by_merged):
            text = "与名册中另一行是同一个人(两个号码已并档);请只留一行,用登记册中保留的号码"
            self.checker.blame(row, "person.id_number", text)
        self.met.add(known.person_id)
        if known.by_merged:
            self.met_by_merged.add(known.person_id)

    def widen(self, code: str) -> None:
        """Grow the covered area so that it holds this code too."""
        if not code:
            return
        if code not in self.checker.areas.names:
            self.found.new_areas.add(code)
        prefix = code[:9] if self.prefix is None else self.prefix
        if not code.startswith(prefix):
            prefix = next(
                p for p in (code[:6], code[:4], code[:2], "") if self.prefix is not None and self.prefix.startswith(p)
            )
        self.prefix = prefix

    def finish(self) -> None:
        """What only shows at the end: columns that rows needed and the file lacks; people the file does not name."""
        head = self.found.head
        for key, count in self.checker.lacking.items():
            label = LABELS.get(key) or catalogue().fields[key].label
            text = f"缺少“{label}”列,{count} 行因此不能导入;请补上这一列(可下载模板对照)"
            self.found.bad.insert(0, (head.last_row, min(head.texts, default=0), text))
        kinds = [head.form.kind] if head.form.kind else list(dict.fromkeys(head.form.kinds.values()))
        if head.form.any_kind or self.prefix is None:
            return
        inside = self.prefix.ljust(12, "0")
        self.found.covered = inside if inside.startswith(prefix_of(self.area_code)) else self.area_code
        self.found.missing = [row for row in present_of_kinds(self.found.covered, kinds) if row[0] not in self.met]


def newcomer(row: Row, name: str) -> PersonNow:
    """Someone whom an earlier row of the same file brings in: this row may only add another status."""
    plain = {key.removeprefix("person."): value for key, value in row.values.items() if key.startswith("person.")}
    return PersonNow(0, True, {**plain, "name": name}, "", None)


def only_status(planned: Planned, joins: int) -> None:
    """A second row of one person in one file brings its status; the rest was taken from the first."""
    planned.joins = joins
    planned.person_id = planned.person_id or None
    planned.person, planned.account = {}, None
    planned.changes = [change for change in planned.changes if change.target == "status"]
    if planned.status_now is None and planned.status is None:
        planned.outcome = Outcome.SAME
    elif planned.changes:
        planned.outcome = Outcome.CHANGED


def areas_to_add(codes: set[str], known: set[str]) -> list[str]:
    """Areas that must exist before people can live in them, the upper ones first."""
    wanted = {above for code in codes for above in (*ancestors_of(code), code)} - known
    return sorted(wanted, key=lambda code: (len(prefix_of(code)), code))
