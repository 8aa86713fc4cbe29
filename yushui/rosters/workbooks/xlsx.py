"""Reading .xlsx by streaming its XML, so that 100,000 rows of 62 columns need little memory.

A row is cut out as bytes and its cells are found by one regular expression in the form that Excel, WPS, LibreOffice
and the common libraries write. A row in any other form goes through a real XML parser, so nothing is misread.
"""

from __future__ import annotations

import html
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from yushui.rosters.types import Cell, ErrorValue, Unreadable
from yushui.rosters.workbooks.cutting import (
    ALIEN,
    LARGEST_PART,
    Strings,
    chunks_of,
    parse_xml,
    rows_of,
    text_in,
    unescape,
)

MOST_RATIO = 400  # unpacked : packed, above it is a bomb
WIDEST = 16_384
MOST_TOLD = 20_000  # shared strings remembered as text
LARGEST_SMALL_PART = 128 << 20
CELL = re.compile(
    rb'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?'
    rb"(?:/>|>(?:<f[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v></c>|>(.*?)</c>)",
    re.DOTALL,
)
DATE_FORMATS = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58}
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  Excel knows no zones


@dataclass(frozen=True)
class SheetPart:
    """A sheet of a workbook and the part of the package it lies in."""

    name: str
    part: str
    is_hidden: bool


def column_index(letters: str) -> int:
    """A → 0, B → 1, AA → 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def column_letters(place: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


COLUMNS = {column_letters(n).encode(): n for n in range(WIDEST)}


class XlsxBook:
    """An open .xlsx or .xlsm."""

    def __init__(self, path: Path) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
            self.names = {info.filename: info for info in self.archive.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise Unreadable("文件不完整或已损坏", "请在 Excel 中打开确认后另存为新的 .xlsx 再上传") from error
        if "[Content_Types].xml" not in self.names:
            raise Unreadable("这个压缩文件不是 Excel 工作簿", "请上传 .xlsx、.xls 或 .csv 名册")
        self.part_of_kind = self.relations("_rels/.rels", "")
        self.workbook = next((target for kind, target in self.part_of_kind.values() if kind == "officeDocument"), "")
        if not self.workbook or "xl" not in self.workbook or not self.workbook.endswith(".xml"):
            raise Unreadable("这不是 Excel 工作簿(可能是 Word 文档或二进制工作簿)", "请另存为 .xlsx 后再上传")
        self.rels = self.relations(rels_of(self.workbook), folder_of(self.workbook))
        self.is_1904 = False
        self.sheets = self.list_sheets()
        self.date_styles = self.read_date_styles()
        self.strings = Strings()
        self.told: dict[bytes, str] = {}

    def read(self, name: str) -> bytes:
        """A whole small part."""
        content = bytearray()
        with self.open(name) as part:
            for chunk in chunks_of(part):
                content += chunk
                if len(content) > LARGEST_SMALL_PART:
                    raise Unreadable("工作簿中有异常大的部分", "请把数据复制到新的工作簿后再上传")
        return bytes(content)

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream; parts that unpack to far too much are refused before a byte is read."""
        info = self.names.get(name)
        if info is None:
            raise Unreadable(f"工作簿缺少内部文件 {Path(name).name}", "请在 Excel 中打开确认后另存为新的 .xlsx 再上传")
        if info.file_size > LARGEST_PART or (
            info.file_size > 64 << 20 and info.file_size > MOST_RATIO * info.compress_size
        ):
            raise Unreadable("文件展开后过大", "请删除空行空列或拆分后再上传")
        try:
            return self.archive.open(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise Unreadable("文件有密码或已损坏", "请取消密码,另存为新的 .xlsx 再上传") from error

    def relations(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (kind, target inside the package)."""
        if name not in self.names:
            return {}
        root = parse_xml(self.read(name))
        found = {}
        for item in root:
            target = str(item.get("Target", ""))
            kind = str(item.get("Type", "")).rsplit("/", 1)[-1]
            if item.get("TargetMode") != "External":
                found[str(item.get("Id", ""))] = (kind, resolve(target, folder))
        return found

    def list_sheets(self) -> list[SheetPart]:
        """The sheets in the order of the tabs."""
        root = parse_xml(self.read(self.workbook))
        sheets = []
        for item in root.iter("{*}workbookPr"):
            self.is_1904 = item.get("date1904") in {"1", "true"}
        for item in root.iter("{*}sheet"):
            link = next((value for key, value in item.attrib.items() if str(key).endswith("}id")), "")
            kind, part = self.rels.get(str(link), ("", ""))
            if kind == "worksheet" and part in self.names:
                sheets.append(SheetPart(str(item.get("name", "")), part, item.get("state", "visible") != "visible"))
        if not sheets:
            raise Unreadable("工作簿里没有工作表", "请检查文件")
        return sheets

    def read_date_styles(self) -> frozenset[int]:
        """Numbers of the cell styles that show a number as a day."""
        part = next((target for kind, target in self.rels.values() if kind == "styles"), "")
        if part not in self.names:
            return frozenset()
        root = parse_xml(self.read(part))
        own = {
            int(item.get("numFmtId", "0"))
            for item in root.iter("{*}numFmt")
            if re.search(r"[ymd年月日]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", str(item.get("formatCode", ""))).lower())
        }
        xfs = next(root.iter("{*}cellXfs"), None)
        formats = [int(xf.get("numFmtId", "0") or 0) for xf in (xfs if xfs is not None else ())]
        return frozenset(n for n, code in enumerate(formats) if code in own or code in DATE_FORMATS)

    def load_strings(self) -> None:
        """Shared strings, once."""
        part = next((target for kind, target in self.rels.values() if kind == "sharedStrings"), "")
        if len(self.strings) or part not in self.names:
            return
        with self.open(part) as stream:
            self.strings.load(stream)

    def rows(self, sheet: SheetPart) -> Iterator[tuple[int, list[Cell]]]:
        """Rows of a sheet with their numbers; only rows that the file has."""
        self.load_strings()
        with self.open(sheet.part) as stream:
            for number, xml in rows_of(stream):
                yield number, self.cells(xml)

    def cells(self, xml: bytes) -> list[Cell]:
        """The cells of one row, from column A on."""
        found = CELL.findall(xml)
        if len(found) != xml.count(b"<c ") + xml.count(b"<c>") + xml.count(b"<c/>") or b"<!" in xml:
            return self.cells_by_parser(xml)
        values: list[Cell] = []
        add = values.append
        told = self.told
        width = 0
        for letters, style, kind, plain, inner in found:
            place = COLUMNS.get(letters, -1)
            if place > width:
                values.extend([None] * (place - width))
            elif place < width:
                return self.cells_by_parser(xml)
            width = place + 1
            if kind == b"s":
                add(told[plain] if plain in told else self.shared(plain))
            elif plain and not kind:
                add(self.number(plain, style))
            elif plain or inner:
                add(self.value(kind, plain, inner, style))
            else:
                add(None)
        return values

    def shared(self, plain: bytes) -> Cell:
        """A shared string by its number; the first ones are remembered, for villages, kinds and days come again."""
        if not plain.isdigit() or int(plain) >= len(self.strings):
            return None
        text = self.strings[int(plain)]
        if len(self.told) < MOST_TOLD:
            self.told[plain] = text
        return text

    def number(self, raw: bytes, style: bytes) -> Cell:
        """A number, or the day that its style makes of it."""
        try:
            value = float(raw)
        except ValueError:
            return raw.decode(errors="replace")
        if not math.isfinite(value):
            return raw.decode(errors="replace")
        if style and int(style) in self.date_styles and 0 < value < 2_958_466:
            return (EPOCH + timedelta(days=int(value) + (1462 if self.is_1904 else 0))).date().isoformat()
        return value

    def value(self, kind: bytes, plain: bytes, inner: bytes, style: bytes) -> Cell:
        """Every other kind of cell: formula text, inline text, truth, error, day."""
        if inner:
            match = re.search(rb"<v[^>]*>([^<]*)</v>", inner)
            plain = match[1] if match else b""
            if kind == b"inlineStr" or b"<is" in inner:
                return text_in(inner)
        text = unescape(plain)
        if kind == b"e":
            return ErrorValue(text)
        if kind == b"b":
            return text.strip() == "1"
        if kind == b"s":
            return self.strings[int(text)] if text.strip().isdigit() and int(text) < len(self.strings) else None
        if not kind or kind == b"n":
            return self.number(plain, style) if plain else None
        return text

    def cells_by_parser(self, xml: bytes) -> list[Cell]:
        """The same with a real parser, for rows written in an unusual way."""
        root = parse_xml(ALIEN.sub(b"", xml))
        values: dict[int, Cell] = {}
        place = -1
        for item in root.iter("{*}c"):
            letters = re.match(r"[A-Za-z]+", str(item.get("r", "")))
            place = column_index(letters[0].upper()) if letters else place + 1
            if not 0 <= place < WIDEST:
                continue
            kind, style = str(item.get("t", "")), str(item.get("s", ""))
            if kind == "inlineStr":
                values[place] = "".join(str(t.text or "") for t in item.iter("{*}t"))
                continue
            node = next(item.iter("{*}v"), None)
            raw = str(node.text or "") if node is not None else ""
            shown_as = style.encode() if style.isdigit() else b""
            values[place] = (
                self.value(kind.encode(), html.escape(raw, quote=False).encode(), b"", shown_as) if raw else None
            )
        return [values.get(n) for n in range(max(values, default=-1) + 1)]

    def merged_down(self, sheet: SheetPart) -> dict[int, list[tuple[int, int]]]:
        """Cells merged downwards in one column: first row → (column, last row). Their text counts for every row."""
        tail = b""
        with self.open(sheet.part) as stream:
            found = bytearray()
            for chunk in chunks_of(stream):
                if found:
                    found += chunk
                elif (at := (tail + chunk).find(b"mergeCells")) >= 0:
                    found += (tail + chunk)[at:]
                tail = chunk[-16:]
                if len(found) > 32 << 20:
                    break
        merged: dict[int, list[tuple[int, int]]] = {}
        for left, top, right, bottom in re.findall(rb'ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"', bytes(found)):
            if left == right and int(bottom) > int(top) and left in COLUMNS:
                merged.setdefault(int(top), []).append((COLUMNS[left], int(bottom)))
        return merged


def folder_of(part: str) -> str:
    return part.rpartition("/")[0]


def rels_of(part: str) -> str:
    """xl/workbook.xml → xl/_rels/workbook.xml.rels."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def resolve(target: str, folder: str) -> str:
    """A relation's target as a path inside the package."""
    if target.startswith("/"):
        return target.lstrip("/")
    parts = folder.split("/") if folder else []
    for bit in target.split("/"):
        if bit == "..":
            parts = parts[:-1]
        elif bit not in ("", "."):
            parts.append(bit)
    return "/".join(parts)
