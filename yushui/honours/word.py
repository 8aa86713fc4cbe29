"""Papers of a selection as Word files: the publicity notice (公示) and the decision (表彰决定)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base.word import BODY, add_closing, add_line, bytes_of, new_paper


@dataclass(frozen=True)
class SelectionPaper:
    """What the paper says. `names` are (name, nominator) in the order of the list; `until` is the last day shown."""

    title: str
    host: str
    names: tuple[tuple[str, str], ...]
    on: date
    number: str = ""
    until: date | None = None


def say(day: date) -> str:
    """2026年3月1日"""
    return f"{day.year}年{day.month}月{day.day}日"


def make_notice(paper: SelectionPaper) -> bytes:
    """The publicity notice: who is proposed, until when objections are taken."""
    doc = new_paper(f"关于{paper.title}拟表彰对象的公示")
    until = f"至{say(paper.until)}" if paper.until else ""
    add_line(doc, f"经推荐、评议，拟表彰下列对象，现予公示。公示时间：{say(paper.on)}{until}。", BODY)
    for number, (name, nominator) in enumerate(paper.names, start=1):
        add_line(doc, f"{number}.{name}（{nominator}推荐）", BODY)
    add_line(doc, "对公示对象有异议的，请在公示期内以书面形式向主办单位反映，并写明事实和联系方式。", BODY)
    add_closing(doc, paper.host, paper.on)
    return bytes_of(doc)


def make_decision(paper: SelectionPaper) -> bytes:
    """The decision with the list."""
    doc = new_paper(f"关于公布{paper.title}名单的决定")
    if paper.number:
        add_line(doc, paper.number, BODY).alignment = 1  # centred under the title
    add_line(doc, f"经推荐、评议和公示，决定授予下列{len(paper.names)}个对象“{paper.title}”称号：", BODY)
    for number, (name, nominator) in enumerate(paper.names, start=1):
        add_line(doc, f"{number}.{name}（{nominator}推荐）", BODY)
    add_line(doc, "希望受到表彰的对象珍惜荣誉、再接再厉。", BODY)
    add_closing(doc, paper.host, paper.on)
    return bytes_of(doc)
