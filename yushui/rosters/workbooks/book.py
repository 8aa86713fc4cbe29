"""One door to every kind of file: sheets with rows, whatever wrote them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

import python_calamine

from yushui.rosters.types import Cell, ErrorValue, Unreadable
from yushui.rosters.workbooks.xlsx import SheetPart, XlsxBook

MOST_ROWS = 300_000
LARGEST_OLD_FILE = 80 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ERRORS = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
ENCODINGS = ("utf-8-sig", "gb18030")


class Table(Protocol):
    """A sheet: its name, and its rows as often as they are asked for."""

    name: str
    is_hidden: bool

    def rows(self) -> Iterator[tuple[int, list[Cell]]]: ...

    def merged_down(self) -> dict[int, list[tuple[int, int]]]: ...


@dataclass
class XlsxTable:
    """A sheet of an .xlsx, streamed."""

    book: XlsxBook
    sheet: SheetPart
    name: str
    is_hidden: bool

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        return self.book.rows(self.sheet)

    def merged_down(self) -> dict[int, list[tuple[int, int]]]:
        return self.book.merged_down(self.sheet)


@dataclass
class GridTable:
    """A sheet held in memory: .xls, .csv."""

    name: str
    grid: list[tuple[int, list[Cell]]]
    is_hidden: bool = False
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        return iter(self.grid)

    def merged_down(self) -> dict[int, list[tuple[int, int]]]:
        return self.merged


def open_book(path: Path, name: str) -> Sequence[Table]:
    """The sheets of a roster file. Raises Unreadable with what is wrong and what to do."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise Unreadable("文件是空的", "请检查后重新选择文件")
    refuse_other_kinds(start)
    if start.startswith(b"PK"):
        book = XlsxBook(path)
        return [XlsxTable(book, sheet, sheet.name, sheet.is_hidden) for sheet in book.sheets]
    if start.startswith(OLE) or start[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        return old_excel(path)
    return [GridTable(Path(name).stem[:60] or "名册", csv_rows(path))]


def refuse_other_kinds(start: bytes) -> None:
    """Files that only pretend to be a roster, told by their first bytes."""
    low = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if low.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<style")) or b"<html" in low[:600]:
        raise Unreadable("这是网页格式的表格,只是改了扩展名", "请用 Excel 打开它,另存为 .xlsx 后再上传")
    if low.startswith(b"<?xml"):
        raise Unreadable("这是 XML 格式的表格", "请用 Excel 打开它,另存为 .xlsx 后再上传")
    if start.startswith(b"%PDF"):
        raise Unreadable("这是 PDF 文件", "请上传 Excel(.xlsx、.xls)或 .csv 名册")
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")):
        raise Unreadable("这不是表格文件", "请上传 Excel(.xlsx、.xls)或 .csv 名册;压缩包请先解压")


def old_excel(path: Path) -> Sequence[Table]:
    """An .xls (or a locked .xlsx, which hides in the same wrapping)."""
    if path.stat().st_size > LARGEST_OLD_FILE:
        raise Unreadable("文件过大", "请另存为 .xlsx 后再上传")
    try:
        book = python_calamine.load_workbook(str(path))
        shown = {
            entry.name: entry.visible == python_calamine.SheetVisibleEnum.Visible for entry in book.sheets_metadata
        }
        tables: list[Table] = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            tables.append(GridTable(name, grid_of(sheet), not shown.get(name, True), merged_of(sheet)))
    except python_calamine.PasswordError as error:
        raise Unreadable("文件有打开密码", "请在 Excel 中取消密码后再上传") from error
    except BaseException as error:  # noqa: BLE001  the parser names a dozen faults, and a panic is no Exception
        if isinstance(error, Unreadable | KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable(
            "文件已损坏、加了密码,或不是 Excel 文件", "请在 Excel 中打开确认后另存为 .xlsx 再上传"
        ) from error
    if not tables:
        raise Unreadable("工作簿里没有工作表", "请检查文件")
    return tables


def grid_of(sheet: python_calamine.CalamineSheet) -> list[tuple[int, list[Cell]]]:
    """The rows of an old sheet, numbered as Excel numbers them, columns counted from A."""
    if sheet.start is None:
        return []
    top, left = sheet.start
    return [
        (top + number, [None] * left + [cell_of(value) for value in row])
        for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=1)
    ]


def merged_of(sheet: python_calamine.CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Cells merged downwards in one column."""
    merged: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right and bottom > top:
            merged.setdefault(top + 1, []).append((left, bottom + 1))
    return merged


def cell_of(value: object) -> Cell:
    """A value of the reading library as a cell."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, bool | int | float):
        return value if not isinstance(value, float) or -1e300 < value < 1e300 else str(value)
    text = str(value).replace("\x00", "")
    return ErrorValue(text) if ERRORS.fullmatch(text) else text


def csv_rows(path: Path) -> list[tuple[int, list[Cell]]]:
    """A .csv in UTF-8 (with or without mark), UTF-16, GBK or GB18030; comma, semicolon or tab."""
    raw = path.read_bytes()
    text = decoded(raw)
    if "\x00" in text:
        raise Unreadable("这不是表格文件", "请上传 Excel(.xlsx、.xls)或 .csv 名册")
    first = [line for line in text.splitlines()[:40] if line.strip()]
    mark = max(",\t;,", key=lambda candidate: sum(line.count(candidate) for line in first))
    csv.field_size_limit(1 << 20)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1):
            if number > MOST_ROWS:
                raise Unreadable(f"超过 {MOST_ROWS // 10000} 万行", "请拆分后再上传")
            rows.append((number, [error_or(cell) for cell in cells]))
    except csv.Error as error:
        raise Unreadable("CSV 的引号或分隔不成对", "请用 Excel 打开确认后另存为 .xlsx 再上传") from error
    return rows


def error_or(cell: str) -> Cell:
    """CSV text; what a failed formula left is marked."""
    return (ErrorValue(cell) if cell.startswith("#") and ERRORS.fullmatch(cell.strip()) else cell) or None


def decoded(raw: bytes) -> str:
    """Bytes as text, or Unreadable."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字编码认不出", "请用 Excel 打开,另存为 .xlsx 或“CSV UTF-8”后再上传")
