"""Official papers as Word files in the layout of GB/T 9704-2012: A4, 28 characters by 22 lines, size-3 FangSong.

The grid is held by exact line height and a little negative spacing on each run, measured in the rendered page; the
usual character grid of Word files comes out wide-spaced in LibreOffice (docs/adr).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE, BODY, HEADING, SUBHEADING, NUMBER = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
LINE, SIZE = 28.95, 16  # points: 22 lines in 225 mm; size 3 (三号)
GRID = 579  # twentieths of a point
TIGHT = "-5"  # twentieths of a point off each character: 28 of them in 156 mm


def new_paper(title: str) -> Any:
    """An empty paper with its title."""
    doc = docx.Document()
    lay_out(doc)
    add_title(doc, title)
    return doc


def bytes_of(doc: Any) -> bytes:
    """The file."""
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


def add_names(doc: Any, label: str, names: Sequence[str]) -> None:
    """`组  长:张三  县长` and the further names below it, each on a line, aligned behind the label."""
    for place, name in enumerate(names):
        paragraph = doc.add_paragraph()
        paragraph.paragraph_format.left_indent = Pt(6 * SIZE)
        paragraph.paragraph_format.first_line_indent = Pt(-4 * SIZE)
        add_run(paragraph, (f"{label}：" if place == 0 else "\u3000" * 4) + name, BODY)


def add_closing(doc: Any, unit: str, on: date) -> None:
    """Who issues it and when (落款), to the right, the day four characters in from the edge."""
    add_line(doc, "", BODY)
    for words, inset in ((unit, 2), (f"{on.year}年{on.month}月{on.day}日", 4)):
        paragraph = doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(inset * SIZE)
        add_run(paragraph, words, BODY)


def off_grid(paragraph: Any) -> None:
    """Lines of this paragraph do not snap to the 22 lines of the page."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert(0, snap)
