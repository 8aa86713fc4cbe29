"""GB/T 9704-2012 in the rendered page: 28 characters in a line, 22 lines on a page, page numbers outside.

LibreOffice and poppler are needed; without them these tests fail and say so. Nothing is skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from yushui.reports.types import Document, Frame, Paragraph, Piece, WrittenSection
from yushui.reports.word import make_word

TOOLS = ("soffice", "pdftotext")
FRAME = Frame("990101000000", "云川县", "全县", 2026, date(2026, 6, 30))


def word_with(*texts: str) -> bytes:
    """A report of one section with these paragraphs."""
    paragraphs = tuple(Paragraph((Piece(text),), by_hand=True) for text in texts)
    section = WrittenSection("one", "基本情况", 1, paragraphs)
    return make_word(Document("云川县2026年双拥工作情况汇报", FRAME, (section,), ()), {}, {})


def pages_of(content: bytes, folder: Path) -> list[list[tuple[float, float, str]]]:
    """Lines of each page as (left edge, top, text), from the file rendered to PDF."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        pytest.fail(f"{'、'.join(lacking)} 没有安装:版式测试要用 LibreOffice 和 poppler-utils,make test 会装好它们")
    path = folder / "report.docx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    shown = subprocess.run(
        ["pdftotext", "-bbox-layout", str(folder / "report.pdf"), "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    return [lines_of(page) for page in re.findall(r"<page .*?</page>", shown, re.DOTALL)]


def lines_of(page: str) -> list[tuple[float, float, str]]:
    """The lines of one page of poppler's layout, pieces at the same height put together."""
    lines: dict[int, tuple[float, float, str]] = {}
    for left, top, body in re.findall(r'<line xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*?)</line>', page, re.DOTALL):
        words = "".join(re.findall(r"<word [^>]*>(.*?)</word>", body, re.DOTALL))
        key = round(float(top) / 6)
        before = lines.get(key, (float(left), float(top), ""))
        lines[key] = (min(before[0], float(left)), float(top), before[2] + words)
    return [lines[key] for key in sorted(lines)]


def test_28_characters_in_a_line_and_22_lines_on_a_page(tmp_path: Path) -> None:
    pages = pages_of(word_with("鱼水情深军民一家" * 200), tmp_path)
    full = [line for line in pages[1] if "—" not in line[2]]
    assert len(full) == 22
    assert [len(text) for _, _, text in full[1:]] == [28] * 21


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(tmp_path: Path) -> None:
    pages = pages_of(word_with("鱼水情深军民一家" * 200), tmp_path)
    numbers = [next(line for line in page if "—" in line[2]) for page in pages[:2]]
    assert [text for _, _, text in numbers] == ["—1—", "—2—"]
    middle = Mm(210).pt / 2
    assert [left > middle for left, _, _ in numbers] == [True, False]


def test_title_and_headings_are_set_in_their_fonts() -> None:
    file = docx.Document(BytesIO(word_with("正文。")))
    fonts = [
        (paragraph.text, run.font.size.pt, run._r.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")))
        for paragraph in file.paragraphs[:5]
        for run in paragraph.runs
        if run.text
    ]
    assert fonts == [
        ("云川县2026年双拥工作情况汇报", 22.0, "方正小标宋简体"),
        ("一、基本情况", 16.0, "黑体"),
        ("正文。", 16.0, "仿宋_GB2312"),
    ]


def test_paper_and_margins_are_those_of_the_standard() -> None:
    file = docx.Document(BytesIO(word_with("正文。")))
    for section in file.sections:
        sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
        assert [round(size.mm) for size in (*sizes, section.left_margin, section.right_margin)] == [
            210, 297, 37, 35, 28, 26,
        ]  # fmt: skip
