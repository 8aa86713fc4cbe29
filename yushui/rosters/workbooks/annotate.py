"""The officer's own workbook given back: bad cells filled and commented, everything else as it was.

An .xlsx is rewritten part by part: rows without a problem are copied as the bytes they are. An .xls or .csv comes back
as a new .xlsx with the same sheets and cells.
"""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import xlsxwriter
from lxml import etree

from yushui.rosters.types import Cell, ErrorValue, Unreadable
from yushui.rosters.workbooks.book import Table
from yushui.rosters.workbooks.comments import add_comments
from yushui.rosters.workbooks.cutting import chunks_of, parse_xml, pieces, row_number
from yushui.rosters.workbooks.xlsx import SheetPart, XlsxBook, column_index, column_letters

Marks = Mapping[int, Sequence[tuple[int, str]]]  # row → (column from 0, problem)
MOST_COMMENTS = 20_000  # beyond it cells are only filled: Excel itself grows slow
FILL = "FFFFC7CE"
QUICK = 1  # compression of large parts: they are read once and thrown away
CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
STYLE = re.compile(rb'\ss=["\'](\d+)["\']')
PLACE = re.compile(rb'\sr=["\']([A-Za-z]+)\d+["\']')
AFTER_DRAWING = re.compile(
    rb"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|</(?:\w+:)?worksheet>"
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Styles:
    """The workbook's cell styles, each with a filled twin made when first needed."""

    def __init__(self, content: bytes) -> None:
        self.root = parse_xml(content)
        self.space = etree.QName(self.root).namespace or ""
        self.formats = next(self.root.iter(f"{{{self.space}}}cellXfs"), None)
        self.twins: dict[int, int] = {}
        self.fill = self.add_fill()

    def add_fill(self) -> int:
        """A solid light red; its place in the list of fills."""
        fills = next(self.root.iter(f"{{{self.space}}}fills"), None)
        if fills is None or self.formats is None:
            return -1
        fill = etree.SubElement(fills, f"{{{self.space}}}fill")
        pattern = etree.SubElement(fill, f"{{{self.space}}}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{{{self.space}}}fgColor", rgb=FILL)
        etree.SubElement(pattern, f"{{{self.space}}}bgColor", indexed="64")
        fills.set("count", str(len(fills)))
        return len(fills) - 1

    def twin(self, style: int) -> int:
        """The number of the style that looks the same but is filled."""
        if self.formats is None or self.fill < 0:
            return style
        if style not in self.twins:
            base = self.formats[style] if style < len(self.formats) else self.formats[0]
            filled = copy.deepcopy(base)
            filled.set("fillId", str(self.fill))
            filled.set("applyFill", "1")
            self.formats.append(filled)
            self.formats.set("count", str(len(self.formats)))
            self.twins[style] = len(self.formats) - 1
        return self.twins[style]

    def content(self) -> bytes:
        return bytes(etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True))


def annotate_xlsx(path: Path, sheet_name: str, marks: Marks, out: Path) -> None:
    """Write the marked copy of an .xlsx or .xlsm to `out`."""
    book = XlsxBook(path)
    sheet = next(each for each in book.sheets if each.name == sheet_name)
    styles_part = next((target for kind, target in book.rels.values() if kind == "styles"), "")
    styles = Styles(book.read(styles_part)) if styles_part in book.names else None
    changed = add_comments(book, sheet, commented(marks))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as target:
        with target.open(sheet.part, "w", force_zip64=True) as written, book.open(sheet.part) as source:
            rewrite_sheet(source, written, marks, styles, changed.legacy_id)
        if styles:
            changed.parts[styles_part] = styles.content()
        for name, content in changed.parts.items():
            target.writestr(name, content)
        for name, info in book.names.items():
            if name != sheet.part and name not in changed.parts and not info.is_dir():
                with book.open(name) as source, target.open(name, "w", force_zip64=True) as written:
                    copy_part(source, written)


def copy_part(source: IO[bytes], written: IO[bytes]) -> None:
    """A part as it is."""
    for chunk in chunks_of(source):
        written.write(chunk)


def commented(marks: Marks) -> list[tuple[int, int, str]]:
    """The cells that get a comment, in order: (row, column, text)."""
    cells = [(row, column, text) for row in sorted(marks) for column, text in sorted(marks[row])]
    return cells[:MOST_COMMENTS]


def rewrite_sheet(source: IO[bytes], written: IO[bytes], marks: Marks, styles: Styles | None, legacy_id: str) -> None:
    """Copy a sheet, with filled cells in the marked rows and the link to the comments near its end."""
    number = 0
    between = b""
    for is_row, xml in pieces(source, b"row"):
        if not is_row:
            between += xml
            continue
        written.write(between)
        between = b""
        number = row_number(xml, number)
        written.write(mark_row(xml, number, dict(marks[number]), styles) if number in marks and styles else xml)
    if legacy_id and (found := AFTER_DRAWING.search(between)):
        prefix = re.match(rb"</?(\w+:)?", found[0])
        name = (prefix[1] or b"" if prefix else b"") + b"legacyDrawing"
        link = b'<%s xmlns:r="%s" r:id="%s"/>' % (name, RELATIONS.encode(), legacy_id.encode())
        between = between[: found.start()] + link + between[found.start() :]
    written.write(between)


def mark_row(xml: bytes, number: int, marked: dict[int, str], styles: Styles) -> bytes:
    """One row with its marked cells filled; a marked cell that the row lacks is put in its place."""
    opening = xml[: xml.find(b">") + 1]
    if opening.endswith(b"/>"):
        name = re.match(rb"<(\w+:)?", opening)
        tag = (name[1] or b"" if name else b"") + b"row"
        opening, cells = opening[:-2] + b">", []
    else:
        tag = xml[xml.rfind(b"</") + 2 : -1]
        cells = CELL.findall(xml, len(opening))
    parts: list[bytes] = [opening]
    todo = sorted(marked)
    place = -1
    for cell in cells:
        head = cell[: cell.find(b">") + 1]
        letters = PLACE.search(head)
        place = column_index(letters[1].decode().upper()) if letters else place + 1
        while todo and todo[0] < place:
            parts.append(empty_cell(tag, todo.pop(0), number, styles))
        if todo and todo[0] == place:
            todo.pop(0)
            cell = filled_cell(cell, head, styles)
        parts.append(cell)
    parts.extend(empty_cell(tag, column, number, styles) for column in todo)
    return b"".join(parts) + b"</" + tag + b">"


def empty_cell(tag: bytes, column: int, number: int, styles: Styles) -> bytes:
    """A cell without content, only filled."""
    name = tag[: -len(b"row")] + b"c"
    return b'<%s r="%s%d" s="%d"/>' % (name, column_letters(column).encode(), number, styles.twin(0))


def filled_cell(cell: bytes, head: bytes, styles: Styles) -> bytes:
    """The same cell in the filled twin of its style."""
    found = STYLE.search(head)
    twin = b' s="%d"' % styles.twin(int(found[1]) if found else 0)
    if found:
        return cell[: found.start()] + twin + cell[found.end() :]
    end = len(head) - (2 if head.endswith(b"/>") else 1)
    return cell[:end] + twin + cell[end:]


def annotate_grid(tables: Sequence[Table], sheet_name: str, marks: Marks, out: Path) -> None:
    """The sheets of an .xls or .csv as a new .xlsx, marked."""
    book = xlsxwriter.Workbook(
        str(out), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    filled = book.add_format({"bg_color": "#FFC7CE"})
    seen: set[str] = set()
    for number, table in enumerate(tables, start=1):
        sheet = book.add_worksheet(safe_name(table.name, number, seen))
        for row, column, cell in cells_of(table):
            write_cell(sheet, row, column, cell, None)
        if table.name == sheet_name:
            texts = {(row, column): text for row, column, text in commented(marks)}
            grid = {(row, column): cell for row, column, cell in cells_of(table) if row in marks}
            for row, found in marks.items():
                for column, _ in found:
                    write_cell(sheet, row, column, grid.get((row, column)), filled)
                    if (row, column) in texts:
                        sheet.write_comment(row - 1, column, texts[row, column], {"x_scale": 2})
    book.close()


def cells_of(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Filled cells of a table: (row, column, cell)."""
    for row, cells in table.rows():
        for column, cell in enumerate(cells[:16_000]):
            if cell is not None:
                yield row, column, cell


def write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, look: object) -> None:
    """One cell as it was."""
    if cell is None:
        sheet.write_blank(row - 1, column, None, look)
    elif isinstance(cell, str | ErrorValue):
        sheet.write_string(row - 1, column, cell[:32_000], look)
    elif isinstance(cell, bool):
        sheet.write_boolean(row - 1, column, cell, look)
    else:
        sheet.write_number(row - 1, column, cell, look)


def safe_name(name: str, number: int, seen: set[str]) -> str:
    """A sheet name that Excel takes."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name)[:28].strip() or f"表{number}"
    while plain.lower() in seen:
        plain = f"{plain[:25]}{number}"
    seen.add(plain.lower())
    return plain


def is_streamed(tables: Sequence[Table]) -> bool:
    """Whether the tables are those of an .xlsx."""
    return bool(tables) and isinstance(getattr(tables[0], "sheet", None), SheetPart)


def annotate(path: Path, tables: Sequence[Table], sheet_name: str, marks: Marks, out: Path) -> None:
    """The marked copy of any roster file. A workbook with damage outside its rows comes back as a new one."""
    if is_streamed(tables):
        try:
            annotate_xlsx(path, sheet_name, marks, out)
        except Unreadable:
            annotate_grid([table for table in tables if table.name == sheet_name], sheet_name, marks, out)
    else:
        annotate_grid(tables, sheet_name, marks, out)
