"""Tables in the papers of money, and the letter of thanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from yushui.base.money import capital_yuan, show_yuan
from yushui.base.word import BODY, HEADING, add_closing, add_line, add_run, bytes_of, new_paper, off_grid

SMALL = 9  # points: small size 5


@dataclass(frozen=True)
class Letter:
    """What a letter of thanks says. `fen` is what came, `promised_fen` what was promised beyond it."""

    donor: str  # with the form of address
    is_unit: bool
    fund: str
    fen: int
    left_fen: int
    wish: str
    unit: str
    on: date


def letter(said: Letter) -> bytes:
    """感谢信 on one page."""
    doc = new_paper("感  谢  信")
    paragraph = doc.add_paragraph()
    add_run(paragraph, f"{said.donor}：", BODY)
    for words in lines_of(said):
        add_line(doc, words, BODY)
    add_closing(doc, said.unit, said.on)
    return bytes_of(doc)


def lines_of(said: Letter) -> list[str]:
    """The paragraphs."""
    you = "贵单位" if said.is_unit else "您"
    came = f"{show_yuan(said.fen)}元（大写：人民币{capital_yuan(said.fen)}）"
    gave = f"{you}情系国防、心系功臣，向{said.fund}捐赠人民币{came}。" if said.fen else ""
    promised = (
        f"{you}承诺{'再' if said.fen else f'向{said.fund}'}捐赠{show_yuan(said.left_fen)}元。" if said.left_fen else ""
    )
    wish = f"按照{you}“{said.wish}”的意愿，" if said.wish else ""
    return [
        (gave + promised) or f"感谢{you}对双拥工作的关心。",
        f"{wish}这笔款项将专款专用，用于帮扶优抚对象和退役军人、支持双拥工作，收支接受审计和社会监督。",
        f"谨向{you}表示衷心感谢和崇高敬意！",
    ]


def add_table(doc: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A table in small type as wide as the text; all columns but the first stand to the right."""
    table = doc.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    fill_row(table.rows[0], heads, widths, HEADING)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for words in rows:
        fill_row(table.add_row(), words, widths, BODY)


def fill_row(row: Any, words: Sequence[str], widths: Sequence[int], font: str) -> None:
    """Cells of a row, which is not broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, (cell, text, width) in enumerate(zip(row.cells, words, widths, strict=True)):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        shape = paragraph.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.SINGLE, 1
        off_grid(paragraph)
        if place:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = add_run(paragraph, text, font, SMALL)
        run.font.size = Pt(SMALL)
