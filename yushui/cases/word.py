"""Printed forms of a case as Word files: 受理告知书, 办理单, 答复意见书."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from yushui.base.days import show_day_zh
from yushui.base.word import BODY, HEADING, add_closing, add_line, add_run, bytes_of, new_paper, off_grid


@dataclass(frozen=True)
class CasePaper:
    """What the forms say. `rights` are the lines on review and appeal; `history` is (day, what, who, words)."""

    number: str
    kind: str
    title: str
    text: str
    asker: str
    cause: str
    channel: str
    opened_on: date
    due_on: date | None
    accepted: str
    office: str
    answer: str
    result: str
    articles: tuple[str, ...]
    rights: tuple[str, ...]
    papers: tuple[str, ...]
    history: tuple[tuple[str, str, str, str], ...]
    is_open: bool
    on: date


def make_notice(paper: CasePaper) -> bytes:
    """受理告知书: that it was taken up, by whom, until when."""
    doc = new_paper("受理告知书")
    add_line(doc, paper.number, BODY).alignment = 1
    greet(doc, paper.asker)
    add_line(doc, f"您于{show_day_zh(paper.opened_on)}提出的“{paper.title}”事项，{paper.accepted}。", BODY)
    until = f"，应于{show_day_zh(paper.due_on)}前办理完毕" if paper.due_on else ""
    if paper.is_open:
        add_line(doc, f"现由{paper.office}办理{until}。补充材料、鉴定等依规不计算的时间除外。", BODY)
    if paper.papers:
        add_line(doc, f"请补充下列材料：{'、'.join(paper.papers)}。", BODY)
    for line in paper.articles:
        add_line(doc, line, BODY)
    add_line(doc, "特此告知。", BODY)
    add_closing(doc, paper.office, paper.on)
    return bytes_of(doc)


def make_answer(paper: CasePaper) -> bytes:
    """答复意见书: what was asked, what was found, what one may do against it."""
    doc = new_paper("答复意见书")
    add_line(doc, paper.number, BODY).alignment = 1
    greet(doc, paper.asker)
    add_line(doc, f"您于{show_day_zh(paper.opened_on)}提出的“{paper.title}”事项，现已办理，答复如下：", BODY)
    if paper.text:
        add_line(doc, f"一、反映情况：{paper.text}", BODY)
    add_line(doc, f"{'二' if paper.text else '一'}、办理意见：{paper.answer.rstrip('。')}。", BODY)
    add_line(doc, f"{'三' if paper.text else '二'}、办理结果：{paper.result}。", BODY)
    for line in (*paper.articles, *paper.rights):
        add_line(doc, line, BODY)
    add_closing(doc, paper.office, paper.on)
    return bytes_of(doc)


def make_sheet(paper: CasePaper) -> bytes:
    """办理单: one table that goes with the file, everything that was done with day and signer."""
    doc = new_paper(f"{paper.kind}办理单")
    facts = (
        ("编号", paper.number, "登记日期", show_day_zh(paper.opened_on)),
        ("申请人", paper.asker, "来源", paper.channel),
        ("事由", paper.cause or "—", "办理期限", show_day_zh(paper.due_on) if paper.due_on else "—"),
    )
    table = doc.add_table(rows=0, cols=4)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for row in facts:
        cells = table.add_row().cells
        for place, words in enumerate(row):
            fill(cells[place], words, bold=place % 2 == 0)
    for name, words in (("事项", paper.title), ("详细情况", paper.text or "—"), ("结果", paper.result or "办理中")):
        cells = table.add_row().cells
        fill(cells[0], name, bold=True)
        fill(cells[1].merge(cells[3]), words)
    head = table.add_row().cells
    for place, words in enumerate(("日期", "办理", "办理人", "意见")):
        fill(head[place], words, bold=True)
    for line in paper.history:
        cells = table.add_row().cells
        for place, words in enumerate(line):
            fill(cells[place], words)
    for row in table.rows:
        for cell, width in zip(row.cells, (26, 40, 36, 54), strict=False):
            cell.width = Mm(width)
    return bytes_of(doc)


def greet(doc: object, asker: str) -> None:
    """The line that addresses the asker, from the edge."""
    add_line(doc, f"{asker}：", BODY).paragraph_format.first_line_indent = 0


def fill(cell: object, words: str, *, bold: bool = False) -> None:
    """Words in a cell, in the small size of tables."""
    paragraph = cell.paragraphs[0]  # type: ignore[attr-defined]
    off_grid(paragraph)
    paragraph.paragraph_format.line_spacing = Pt(17)
    add_run(paragraph, words, HEADING if bold else BODY, 11)


MAKERS = {"notice": make_notice, "sheet": make_sheet, "answer": make_answer}
