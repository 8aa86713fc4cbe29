"""From sheets to rows: the data sheet is chosen, notes and blanks are passed over, every cell is parsed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from yushui.rosters.rules.heads import HEAD_DEPTH, SKIPPED_SHEETS, find_head, text_of
from yushui.rosters.rules.values import FORMULA, Parsed, is_error, parsers, plain_text
from yushui.rosters.types import Catalogue, Cell, ErrorValue, Field, Head, Row, Unreadable
from yushui.rosters.workbooks.book import MOST_ROWS, Table

REMEMBERED = frozenset({"date", "choice", "grade", "yes_no", "area", "kind", "text"})
MEMORY = 20_000  # distinct cells remembered per column
NOTE_STARTS = (
    "注", "说明", "备注", "填表", "制表", "合计", "总计", "小计", "共计", "审核", "复核", "单位负责人", "负责人",
    "经办", "联系人", "填报", "以上", "盖章", "(盖章", "本页", "累计", "——", "以下空白", "此表",
)  # fmt: skip
LONGEST_KEPT = 300


def choose_table(tables: Sequence[Table], catalogue: Catalogue, file_name: str) -> tuple[Table, Head]:
    """The sheet that holds the roster and how its head reads. Sheets of value lists and notices are passed over."""
    best: tuple[Table, Head] | None = None
    for table in sorted(tables, key=lambda each: each.is_hidden):
        if table.name.strip().lower() in SKIPPED_SHEETS:
            continue
        rows = list(islice(table.rows(), HEAD_DEPTH + 1))
        head = find_head(rows, catalogue, table.name + file_name)
        if head and (best is None or head.score > best[1].score):
            best = (table, head)
    if best is None:
        raise Unreadable("没有找到表头", "请确认表中有“姓名”“身份证号”等列名,或下载模板后填写")
    return best


def data_rows(table: Table, head: Head, catalogue: Catalogue, keep: int) -> Iterator[Row]:
    """Every row that stands for a person, parsed; of the first `keep` also the cells that are kept aside."""
    read = reader(head, catalogue)
    merged = table.merged_down()
    filled: dict[int, tuple[Cell, int]] = {}
    identity = sorted(at for at, field in head.fields.items() if field in ("person.id_number", "person.name"))[:2]
    count = 0
    for number, cells in table.rows():
        if number <= head.last_row:
            continue
        if merged or filled:
            fill_down(number, cells, merged, filled, head)
        if not stands_for_person(cells, head, identity):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Unreadable(f"超过 {MOST_ROWS // 10000} 万行", "请拆分后再上传")
        yield read(number, cells, count <= keep)


def fill_down(
    number: int,
    cells: list[Cell],
    merged: dict[int, list[tuple[int, int]]],
    filled: dict[int, tuple[Cell, int]],
    head: Head,
) -> None:
    """Give a row the text of cells merged downwards above it. Never for what belongs to one person alone."""
    for place, last in merged.get(number, ()):
        if place < len(cells) and head.fields.get(place, "") not in (
            "person.id_number",
            "person.name",
            "account.number",
        ):
            filled[place] = (cells[place], last)
    for place, (cell, last) in list(filled.items()):
        if number > last:
            del filled[place]
        elif place in head.fields:
            cells.extend([None] * (place + 1 - len(cells)))
            if cells[place] is None:
                cells[place] = cell


def stands_for_person(cells: Sequence[Cell], head: Head, identity: Sequence[int]) -> bool:
    """False for blank rows, notes and sums below the table, and heads printed again on each page."""
    if len(identity) == 2 and all(at < len(cells) and cells[at] not in (None, "") for at in identity):
        return any(text_of(cells[at]) != head.texts[at] for at in identity)
    return is_broken_row(cells, head)


def is_broken_row(cells: Sequence[Cell], head: Head) -> bool:
    """Whether a row that lacks number or name still is somebody's row."""
    filled = [
        (place, cell) for place, cell in enumerate(cells[: max(head.texts, default=0) + 1]) if cell not in (None, "")
    ]
    filled = [(place, cell) for place, cell in filled if not isinstance(cell, str) or cell.strip()]
    if not filled:
        return False
    identity = {field: place for place, field in head.fields.items() if field in ("person.name", "person.id_number")}
    shown = {place for place, _ in filled}
    first = text_of(filled[0][1]).replace(" ", "").replace("\u3000", "")
    has_number = identity.get("person.id_number", -1) in shown
    if not has_number and first.startswith(NOTE_STARTS):
        return False
    repeated = sum(1 for place, cell in filled if text_of(cell) and text_of(cell) == head.texts.get(place))
    if repeated >= min(len(filled), 3):
        return False
    if any(place in shown for place in identity.values()):
        return not (len(filled) == 1 and len(first) > 40)
    places = set(head.fields) | set(head.kept)
    return sum(1 for place in shown if place in places) > 2


def reader(head: Head, catalogue: Catalogue) -> Callable[[int, Sequence[Cell], bool], Row]:
    """A function that parses one row by this head. Repeated cells are parsed once."""
    by_type = parsers(catalogue)
    plan: list[tuple[int, str, Field, Callable[[Cell, Field], Parsed], dict[Cell, Parsed] | None]] = [
        (place, key, entry, by_type[entry.type], {} if entry.type in REMEMBERED else None)
        for place, key in sorted(head.fields.items())
        for entry in (catalogue.fields[key],)
    ]
    kept = sorted(head.kept.items())

    def read(number: int, cells: Sequence[Cell], keeps: bool) -> Row:
        width = len(cells)
        values: dict[str, object] = {}
        problems: dict[int, str] = {}
        for place, key, entry, parse, memory in plan:
            cell = cells[place] if place < width else None
            if cell is None or cell == "":
                continue
            known = memory.get(cell) if memory and cell.__class__ is not ErrorValue else None
            value, problem = known or remembered(cell, entry, parse, memory)
            if problem:
                problems[place] = problem
            elif value is not None and key not in values:
                values[key] = value
        aside = aside_of(cells, kept) if keeps else {}
        return Row(number, values, problems, aside)

    return read


def aside_of(cells: Sequence[Cell], kept: Sequence[tuple[int, str]]) -> dict[str, str]:
    """Cells of columns without a place in the register, as text."""
    found = {text: plain_text(cells[at])[:LONGEST_KEPT] for at, text in kept if at < len(cells)}
    return {text: cell for text, cell in found.items() if cell}


def remembered(
    cell: Cell, entry: Field, parse: Callable[[Cell, Field], Parsed], memory: dict[Cell, Parsed] | None
) -> Parsed:
    """Parse a cell that was not met before, and remember what it gave."""
    if is_error(cell):
        return None, FORMULA
    parsed = parse(cell, entry)
    if memory is not None and len(memory) < MEMORY:
        memory[cell] = parsed
    return parsed
