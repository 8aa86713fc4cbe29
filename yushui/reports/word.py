"""A report as a Word file in the layout of GB/T 9704-2012: A4, 28 characters by 22 lines, size-3 FangSong.

The layout is that of all papers (base/word.py). Every figure in the text is a link to its row in the appendix, and
each row tells where the records behind it are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yushui.base.word import (
    BODY,
    HEADING,
    SUBHEADING,
    add_line,
    add_run,
    bytes_of,
    indent,
    new_paper,
    off_grid,
    page_of,
)
from yushui.reports.rules.writing import count_word
from yushui.reports.types import Chart, Cite, Document, Paragraph


@dataclass(frozen=True)
class Origin:
    """A row of the appendix: what a cited figure is, where it is from, and how many records stand behind it."""

    title: str
    indicator: str
    area: str
    year: int
    rows: int
    address: str


def make_word(document: Document, origins: Mapping[Cite, Origin], pictures: Mapping[str, bytes]) -> bytes:
    """The whole file: title, sections, missing facts, appendix of figures. `pictures` are PNG by chart id."""
    doc = new_paper(document.title)
    marks = {cite: f"sj{number}" for number, cite in enumerate(document.cites, start=1)}
    figure = 0
    for section in document.sections:
        heading = add_line(doc, f"{count_word(section.number)}、{section.title}", HEADING)
        heading.paragraph_format.keep_with_next = True
        for paragraph in section.paragraphs:
            add_paragraph(doc, paragraph, marks)
        for chart in section.charts:
            figure += 1
            add_chart(doc, chart, pictures[chart.id], figure)
    if document.missing:
        add_line(doc, "尚缺数据", HEADING)
        for missing in document.missing:
            add_line(doc, f"{missing.section}：{missing.title}，{missing.why}。", BODY)
    add_appendix(doc, document.cites, origins, marks)
    return bytes_of(doc)


def add_paragraph(doc: Any, written: Paragraph, marks: Mapping[Cite, str]) -> None:
    """A paragraph; each figure in it is a link to its row in the appendix."""
    paragraph = doc.add_paragraph()
    indent(paragraph)
    for piece in written.pieces:
        run = add_run(paragraph, piece.text, BODY)
        if piece.cite is not None:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), marks[piece.cite])
            link.set(qn("w:history"), "1")
            run._r.addprevious(link)
            link.append(run._r)


def add_chart(doc: Any, chart: Chart, picture: bytes, number: int) -> None:
    """A picture as wide as the text with its caption below; its lines are free of the grid."""
    paragraph = doc.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph.paragraph_format.keep_with_next = True
    off_grid(paragraph)
    paragraph.add_run().add_picture(BytesIO(picture), width=Mm(150))
    caption = doc.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(caption, f"图{number} {chart.title}", SUBHEADING, 14)


def add_appendix(doc: Any, cites: Sequence[Cite], origins: Mapping[Cite, Origin], marks: Mapping[Cite, str]) -> None:
    """附:数据来源. One row for each figure of the text, on a page of its own."""
    page_of(doc.add_section(WD_SECTION.NEW_PAGE))
    add_line(doc, "附：数据来源", HEADING)
    headings = ("序号", "数据", "数值", "地区", "年度", "记录数", "指标编号和明细地址")
    widths = (9, 32, 24, 13, 11, 13, 54)
    table = doc.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    narrow_cells(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    fill_row(table.rows[0], headings, widths, HEADING)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for number, cite in enumerate(cites, start=1):
        origin = origins[cite]
        where = f"{origin.indicator}\n{origin.address}"
        words = (
            str(number), origin.title, cite.words, origin.area, str(origin.year), str(origin.rows), where,
        )  # fmt: skip
        row = table.add_row()
        fill_row(row, words, widths, BODY)
        bookmark(row.cells[0].paragraphs[0], marks[cite], number)


def narrow_cells(table: Any) -> None:
    """One millimetre of air left and right in each cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        part = OxmlElement(side)
        part.set(qn("w:w"), str(Mm(1).twips))
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    table._tbl.tblPr.append(margins)


def fill_row(row: Any, words: Sequence[str], widths: Sequence[int], font: str) -> None:
    """Cells in small type; a row is not broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, words, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        off_grid(paragraph)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(12)
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            add_run(paragraph, line, font, 7 if number else 8.5)


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """A place that a link may lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1, start)
    paragraph._p.append(end)
