# ruff: noqa: E501  a broken file a line
"""Broken, odd and hostile files end in words for the officer, never in an exception."""

from __future__ import annotations

import io
import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yushui.accounts.models import User
from yushui.base import files as store
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY
from yushui.rosters.models import ImportState, RosterImport
from yushui.rosters.services.imports import start_import
from yushui.rosters.services.preview import check_import
from yushui.rosters.tests import messy
from yushui.rosters.tests.conftest import AT, quiet

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@cache
def good() -> bytes:
    """A messy roster that can be read."""
    folder = Path(tempfile.mkdtemp())
    return messy.write_xlsx(messy.mess(messy.make("disabled", 14)), folder / "good.xlsx").read_bytes()


@cache
def old() -> bytes:
    """The same as an .xls."""
    folder = Path(tempfile.mkdtemp())
    return messy.write_xls(messy.mess(messy.make("disabled", 14)), folder / "good.xls").read_bytes()


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with parts changed or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = change(name, source.read(name))
            if part is not None:
                target.writestr(name, part)
    return out.getvalue()


def sheet_with(content: bytes, was: bytes, now: bytes) -> bytes:
    """The data sheet with some bytes replaced."""
    return repacked(content, lambda name, part: part.replace(was, now) if name == SHEET else part)


def from_grid(rows: list[list[object]]) -> bytes:
    """Any cells as an .xlsx."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "nan_inf_to_errors": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def bomb() -> bytes:
    """A sheet of two gigabytes of zeros in two megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in PACKAGE.items():
            target.writestr(name, text)
        with target.open(SHEET, "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData>")
            for _ in range(80):
                part.write(b" " * (1 << 20))
    return out.getvalue()


PACKAGE = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns:r="q/relationships"><sheets><sheet name="名册" r:id="s"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        '<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def package(sheet: str) -> bytes:
    """A least package around a sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in {**PACKAGE, SHEET: sheet}.items():
            target.writestr(name, text)
    return out.getvalue()


def by_hand() -> Iterator[tuple[str, str, bytes]]:
    """(what it is, file name, bytes)."""
    xlsx, xls = good(), old()
    head, row = ["姓名", "身份证号", "村"], ["陈大山", "990101195005011234", "北洲村"]
    for share in (1, 5, 10, 25, 50, 75, 90, 95, 99):
        yield f"xlsx cut at {share}%", "a.xlsx", xlsx[: len(xlsx) * share // 100]
        yield f"xls cut at {share}%", "a.xls", xls[: len(xls) * share // 100]
    for part in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET,
                 "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml", "xl/worksheets/sheet2.xml"):  # fmt: skip
        yield f"without {part}", "a.xlsx", repacked(xlsx, lambda name, text, lost=part: None if name == lost else text)
        yield f"empty {part}", "a.xlsx", repacked(xlsx, lambda name, text, lost=part: b"" if name == lost else text)
        yield (
            f"rubbish {part}",
            "a.xlsx",
            repacked(xlsx, lambda name, text, lost=part: b"\x00<<&" if name == lost else text),
        )
        yield (
            f"half {part}",
            "a.xlsx",
            repacked(xlsx, lambda name, text, lost=part: text[: len(text) // 2] if name == lost else text),
        )
    yield "empty file", "a.xlsx", b" "
    yield "only zip mark", "a.xlsx", b"PK\x03\x04"
    yield "only OLE mark", "a.xls", OLE
    yield "OLE and zeros", "a.xls", OLE + b"\x00" * 5000
    yield "locked workbook", "a.xlsx", OLE + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 4000
    yield "web page named xls", "a.xls", b"<html><table><tr><td>\xd0\xd5\xc3\xfb</td></tr></table></html>"
    yield "web page with mark", "a.xls", b"\xef\xbb\xbf<!DOCTYPE html><html></html>"
    yield "XML of 2003", "a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>'
    yield "PDF", "a.xlsx", b"%PDF-1.7\n%%EOF"
    yield "picture", "a.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
    yield "photo", "a.xlsx", b"\xff\xd8\xff\xe0" + b"\x00" * 100
    yield "archive", "a.xlsx", b"Rar!\x1a\x07\x00"
    yield "gzip", "a.csv", b"\x1f\x8b\x08\x00"
    yield "rich text", "a.xls", b"{\\rtf1 abc}"
    yield "zip of text", "a.xlsx", zipped({"readme.txt": "x"})
    yield "Word document", "a.xlsx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>", "_rels/.rels":
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>'})  # fmt: skip
    yield "binary workbook", "a.xlsb", zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x", "_rels/.rels":
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'})  # fmt: skip
    yield "path that climbs out", "a.xlsx", zipped({"../../etc/passwd": "x", **PACKAGE})
    yield "bomb", "a.xlsx", bomb()
    yield (
        "entities",
        "a.xlsx",
        package(
            '<!DOCTYPE a [<!ENTITY b "'
            + "c" * 1000
            + '">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;'
            "</t></is></c></row></sheetData></worksheet>"
        ),
    )
    yield "no rows", "a.xlsx", package("<worksheet><sheetData/></worksheet>")
    yield "row never closed", "a.xlsx", package('<worksheet><sheetData><row r="1"><c r="A1">')
    yield (
        "row numbers that go back",
        "a.xlsx",
        package(
            "<worksheet><sheetData>"
            + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in (5, 3, 1))
            + "</sheetData></worksheet>"
        ),
    )
    yield (
        "row number without end",
        "a.xlsx",
        package(f'<worksheet><sheetData><row r="{"9" * 40}"/></sheetData></worksheet>'),
    )
    yield "string number outside the list", "a.xlsx", sheet_with(xlsx, b't="s"><v>1<', b't="s"><v>99999999<')
    yield "string number that is none", "a.xlsx", sheet_with(xlsx, b't="s"><v>1<', b't="s"><v>x<')
    yield "style outside the list", "a.xlsx", sheet_with(xlsx, b' s="1"', b' s="4000"')
    yield (
        "cells without address",
        "a.xlsx",
        repacked(xlsx, lambda name, text: no_address(text) if name == SHEET else text),
    )
    yield "cells in single quotes", "a.xlsx", repacked(xlsx, lambda name, text: single(text) if name == SHEET else text)
    yield "cells of columns beyond the end", "a.xlsx", sheet_with(xlsx, b'r="B8"', b'r="ZZZ8"')
    yield "infinite number", "a.xlsx", sheet_with(xlsx, b"<v>19", b"<v>1e999")
    yield "not a number", "a.xlsx", sheet_with(xlsx, b"</v></c>", b"NaN</v></c>")
    yield "a comment inside a row", "a.xlsx", sheet_with(xlsx, b'<c r="B8"', b'<!-- x --><c r="B8"')
    yield (
        "merged everything",
        "a.xlsx",
        sheet_with(
            xlsx, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    yield (
        "a column merged to the end",
        "a.xlsx",
        sheet_with(
            xlsx, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="C3:C1048576"/></mergeCells>'
        ),
    )
    yield (
        "UTF-16 inside",
        "a.xlsx",
        repacked(xlsx, lambda name, text: b"\xff\xfe" + text.decode().encode("utf-16-le") if name == SHEET else text),
    )
    yield "with macros", "a.xlsm", repacked(xlsx, lambda name, text: text) + b""
    yield "only a head", "a.xlsx", from_grid([head])
    yield "only a title", "a.xlsx", from_grid([["名册"]])
    yield "head twice", "a.xlsx", from_grid([head, row, head, row])
    yield "head in row 60", "a.xlsx", from_grid([[None]] * 60 + [head, row])
    yield "300 columns", "a.xlsx", from_grid([head + [f"列{n}" for n in range(300)], row + ["x"] * 300])
    yield "2000 columns", "a.xlsx", from_grid([head + [f"列{n}" for n in range(2000)], row + ["x"] * 2000])
    yield "the same head ten times", "a.xlsx", from_grid([head * 10, row * 10])
    yield "heads of numbers", "a.xlsx", from_grid([[1, 2, 3], [4, 5, 6]])
    yield "name only", "a.xlsx", from_grid([["姓名"], ["陈大山"]])
    yield "number only", "a.xlsx", from_grid([["身份证号"], ["990101195005011234"]])
    yield "truth everywhere", "a.xlsx", from_grid([head, [True, False, True]])
    yield "errors everywhere", "a.xlsx", from_grid([head, ["#REF!", "#N/A", "#VALUE!"]])
    yield "formulas", "a.xlsx", from_grid([head, ["=A1", "=1/0", "=HYPERLINK()"]])
    yield "a very long cell", "a.xlsx", from_grid([head, ["陈" * 30_000, "9" * 30_000, "村" * 30_000]])
    yield "control letters", "a.xlsx", from_grid([head, ["陈\x07大", "99\x00", "北\u2028洲"]])
    yield "letters from afar", "a.xlsx", from_grid([head, ["𠮷野𬎆", "٣٤٥٦", "नमस्ते"]])
    yield "right to left", "a.xlsx", from_grid([head, ["\u202e陈大山", "\u200f990101", "村"]])
    yield "only notes", "a.xlsx", from_grid([head, ["注:以上"], ["填表人:"], ["合计", 3]])
    yield "numbers for names", "a.xlsx", from_grid([head, [12345, 67890, 3.5]])
    yield "negative numbers", "a.xlsx", from_grid([head, [-1, -2.5, -1e300]])
    for text in ("姓名,身份证号\n\"陈", "姓名,身份证号\n陈,\"a\"b\"", "姓名;身份证号;村\n陈;1;2", "姓名\t身份证号\n陈\t1", ",,,\n,,,", "\n\n\n",
                 "a", "姓名,身份证号" + "," * 5000, "姓名,身份证号\r陈,1\r", "姓名,身份证号\n" + "陈,1\n" * 3, '"' * 99, "姓名|身份证号"):  # fmt: skip
        yield f"csv {text[:12]!r}", "a.csv", text.encode("utf-8")
        yield f"csv in GBK {text[:12]!r}", "a.csv", text.encode("gbk")
    yield "csv in UTF-16", "a.csv", "姓名,身份证号\n陈,1".encode("utf-16")
    yield "csv in Big5", "a.csv", "姓名,身份證號\n陳,1".encode("big5")
    yield "csv with zero bytes", "a.csv", b"a,b\n\x00\x00"
    yield "csv of noise", "a.csv", random.Random(3).randbytes(5000)
    yield "csv of high bytes", "a.csv", b"\xff\xfe\xfd" * 300
    yield "csv named xlsx", "a.xlsx", "姓名,身份证号,村\n陈大山,1,北洲村".encode()
    yield "xlsx named csv", "a.csv", xlsx
    yield "xls named xlsx", "a.xlsx", xls
    yield "name without ending", "名册", xlsx
    yield "name that climbs", "../../../etc/名册.xlsx", xlsx
    yield "very long name", "名" * 400 + ".xlsx", xlsx


def zipped(parts: dict[str, str]) -> bytes:
    """Any parts as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return out.getvalue()


def no_address(text: bytes) -> bytes:
    """Cells that say no place, only their order."""
    return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", text)


def single(text: bytes) -> bytes:
    """Single quotes, which XML allows."""
    return re.sub(rb'<c r="([A-Z]+\d+)"', rb"<c r='\1'", text)


def test_every_broken_file_ends_in_words(officer: User, files: Path) -> None:
    kinds = 0
    for what, name, content in by_hand():
        kinds += 1
        roster = submit(officer, content, name)
        assert roster.state in (ImportState.CHECKED, ImportState.FAILED), what
        assert roster.state == ImportState.CHECKED or roster.message, what
    assert kinds >= 100
    assert Person.objects.count() == 0


def submit(officer: User, content: bytes, name: str) -> RosterImport:
    """Bytes through the same door as any file, under a name that need not be a path."""
    roster = start_import(actor=officer, content=content, file_name=name, area_code=COUNTY, at=AT, in_background=False)
    return check_import(import_id=roster.pk, at=AT, progress=quiet)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_changed_anywhere_ends_in_words(officer: User, files: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([old, good]))())
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    roster = submit(officer, bytes(content), "a.xlsx")
    assert roster.state in (ImportState.CHECKED, ImportState.FAILED)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["姓名", "身份证号", "1.1E+17", "#REF!", "990101195005011234", "1987.3", "是", "一级", "因病", "合计"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=8), max_size=8), heads=st.permutations(
    ["姓名", "身份证号", "伤残等级", "伤残性质", "批准日期", "出生日期", "村", "银行账号"]))  # fmt: skip
def test_any_cells_under_known_heads_end_in_words(
    officer: User, files: Path, rows: list[list[object]], heads: list[str]
) -> None:
    roster = submit(officer, from_grid([list(heads), *rows]), "a.xlsx")
    assert roster.state == ImportState.CHECKED
    assert roster.good + roster.bad_rows == roster.rows


def test_broken_file_says_what_to_do(officer: User, files: Path) -> None:
    told = {
        "网页": b"<html><body></body></html>",
        "PDF": b"%PDF-1.4",
        "损坏": good()[:2000],
        "表头": from_grid([["品名", "数量"], ["米", 3]]),
    }
    for word, content in told.items():
        roster = submit(officer, content, "a.xlsx")
        assert roster.state == ImportState.FAILED
        assert word in roster.message


def test_macros_survive_in_the_marked_copy(officer: User, files: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(good()))
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("xl/vbaProject.bin", b"macro")
    roster = submit(officer, out.getvalue(), "a.xlsm")
    assert roster.annotated is not None
    with zipfile.ZipFile(io.BytesIO(store.read(roster.annotated))) as marked:
        assert marked.read("xl/vbaProject.bin") == b"macro"
