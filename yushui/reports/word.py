"""A report as a Word file in the layout of GB/T 9704-2012: A4, 28 characters by 22 lines, size-3 FangSong.

The grid is held by exact line height and a little negative spacing on each run, measured in the rendered page; the
usual character grid of Word files comes out wide-spaced in LibreOffice (docs/adr). Every figure in the text is a link
to its row in the appendix, and each row tells where the records behind it are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yushui.reports.rules.writing import count_word
from yushui.reports.types import Chart, Cite, Document, Paragraph

TITLE, BODY, HEADING, SUBHEADING, NUMBER = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
LINE, SIZE = 28.95, 16  # points: 22 lines in 225 mm; size 3 (三号)
GRID = 579  # twentieths of a point
TIGHT = "-5"  # twentieths of a point off each character: 28 of them in 156 mm


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
    doc = docx.Document()
    lay_out(doc)
    marks = {cite: f"sj{number}" for number, cite in enumerate(document.cites, start=1)}
    add_title(doc, document.title)
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
    kept = BytesIO()
    doc.save(kept)
    return kept.getvalue()


def lay_out(doc: Any) -> None:
    """Page, grid, default font, page numbers: — 1 — to the right on odd pages and to the left on even ones."""
    style = doc.styles["Normal"]
    style.font.size = Pt(SIZE)
    set_fonts(style.element.get_or_add_rPr(), BODY)
    shape = style.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    doc.settings.odd_and_even_pages_header_footer = True
    doc.core_properties.author = doc.core_properties.comments = ""
    section = doc.sections[0]
    page_of(section)
    number_pages(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    number_pages(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def page_of(section: Any) -> None:
    """A4 with the margins of the standard and its line grid."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(23)  # the number stands 7 mm below the text
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(GRID))
    section._sectPr.append(grid)


def number_pages(footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """— n — in size-4 Song, one character in from the edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.SINGLE, 1
    shape.right_indent = Pt(14) if side is WD_ALIGN_PARAGRAPH.RIGHT else None
    shape.left_indent = Pt(14) if side is WD_ALIGN_PARAGRAPH.LEFT else None
    for part in ("— ", "PAGE", " —"):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        set_fonts(run._r.get_or_add_rPr(), NUMBER, latin=NUMBER)
        if part == "PAGE":
            for kind, words in (("begin", ""), ("", part), ("end", "")):
                run._r.append(field_part(kind, words))
        else:
            run.text = part


def field_part(kind: str, words: str) -> Any:
    """One part of a field: its begin, its instruction, its end."""
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = words
    return part


def set_fonts(properties: Any, chinese: str, latin: str = LATIN) -> None:
    """Both fonts, or digits and quotation marks fall to whatever the reader's machine has."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), latin)
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hint"), "eastAsia")


def tighten(run: Any) -> None:
    """A little less space between characters, so that 28 stand in a line."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), TIGHT)
    run._r.get_or_add_rPr().append(spacing)


def add_run(paragraph: Any, words: str, font: str, size: float = SIZE) -> Any:
    """A run in a font, on the grid when it has the size of the text."""
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    set_fonts(run._r.get_or_add_rPr(), font)
    if size == SIZE:
        tighten(run)
    return run


def add_title(doc: Any, words: str) -> None:
    """Size 2 小标宋, centred, a line free above and below."""
    for text in ("", words, ""):
        paragraph = doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_run(paragraph, text, TITLE, 22)


def add_line(doc: Any, words: str, font: str) -> Any:
    """A line of text, two characters in."""
    paragraph = doc.add_paragraph()
    indent(paragraph)
    add_run(paragraph, words, font)
    return paragraph


def indent(paragraph: Any) -> None:
    """Two characters, told in hundredths of a character and in points for readers that know only these."""
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE)
    paragraph._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "200")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


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


def off_grid(paragraph: Any) -> None:
    """Lines of this paragraph do not snap to the 22 lines of the page."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert(0, snap)


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
