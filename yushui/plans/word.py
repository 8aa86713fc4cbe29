"""Papers of meetings in the layout of all papers: the notice (会议通知) and the minutes (会议纪要)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from yushui.base.word import BODY, HEADING, add_closing, add_line, bytes_of, new_paper

NUMERALS = "一二三四五六七八九十"
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class NoticePaper:
    """What the notice says."""

    title: str
    on: date
    begins_at: time | None
    place: str
    chair: str
    agenda: tuple[str, ...]
    guests: tuple[str, ...]
    note: str
    issuer: str
    day: date


@dataclass(frozen=True)
class MinutesPaper:
    """What the minutes say. `decisions` are (text, owner and day in words)."""

    title: str
    on: date
    place: str
    chair: str
    agenda: tuple[str, ...]
    attendance: tuple[tuple[str, str], ...]  # 出席 / 请假 …, names
    minutes: str
    decisions: tuple[tuple[str, str], ...]
    issuer: str
    day: date


# signs typed half-width between Chinese words, as papers write them
HAN = "\u4e00-\u9fff\u201c\u201d《》（）"
HALF = re.compile(
    rf"(?<=[{HAN}])[,;:?!(](?=[{HAN}\d])|(?<=[{HAN}\d])[,;:?!)](?=[{HAN}]|$)"
    rf"|\((?=[{HAN}])|(?<=[{HAN}])\)"
)
FULL = str.maketrans(",;:?!()", "，；：？！（）")


def tidied(words: str) -> str:
    """Commas and brackets between Chinese words full-width; numbers, times and addresses keep theirs."""
    return HALF.sub(lambda found: found[0].translate(FULL), words)


def day_words(day: date) -> str:
    """2026年3月5日"""
    return f"{day.year}年{day.month}月{day.day}日"


def when_words(on: date, begins_at: time | None) -> str:
    """`2026年3月5日（星期四）上午9:00`"""
    clock = ""
    if begins_at is not None:
        half, hour = ("上午", begins_at.hour) if begins_at.hour < 12 else ("下午", begins_at.hour - 12 or 12)
        clock = f"{half}{hour}:{begins_at.minute:02d}"
    return f"{day_words(on)}（星期{WEEKDAYS[on.weekday()]}）{clock}"


def numeral(number: int) -> str:
    """1 → 一, 11 → 十一, 21 → 二十一."""
    if number <= 10:
        return NUMERALS[number - 1]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")


def add_part(doc: object, number: int, title: str, lines: Sequence[str]) -> int:
    """A numbered part, when it has lines; the number of the next."""
    if not lines:
        return number
    add_line(doc, f"{numeral(number)}、{title}", HEADING)
    for line in lines:
        add_line(doc, tidied(line), BODY)
    return number + 1


def make_notice(paper: NoticePaper) -> bytes:
    """The .docx of a notice."""
    doc = new_paper(f"关于召开{paper.title}的通知")
    add_line(doc, "各有关单位：", BODY).paragraph_format.first_line_indent = 0
    add_line(doc, f"经研究，定于{day_words(paper.on)}召开{paper.title}。现将有关事项通知如下：", BODY)
    number = add_part(doc, 1, "会议时间", [f"{when_words(paper.on, paper.begins_at)}。"])
    number = add_part(doc, number, "会议地点", [f"{paper.place}。"] if paper.place else [])
    number = add_part(doc, number, "会议议题", numbered(paper.agenda))
    number = add_part(doc, number, "主持人", [f"{paper.chair}。"] if paper.chair else [])
    number = add_part(doc, number, "参加人员", [f"{'、'.join(paper.guests)}。"] if paper.guests else [])
    add_part(doc, number, "有关要求", [paper.note] if paper.note else [])
    add_closing(doc, paper.issuer, paper.day)
    return bytes_of(doc)


def numbered(items: Sequence[str]) -> list[str]:
    """`（一）听取工作汇报；` … the last with a full stop; one item alone carries no number."""
    if len(items) == 1:
        return [f"{items[0].rstrip('。；;')}。"]
    ends = [*["；"] * (len(items) - 1), "。"]
    return [
        f"（{numeral(place)}）{item.rstrip('。；;')}{end}"
        for place, (item, end) in enumerate(zip(items, ends, strict=True), start=1)
    ]


def make_minutes(paper: MinutesPaper) -> bytes:
    """The .docx of the minutes."""
    doc = new_paper(f"{paper.title}纪要")
    at = f"在{paper.place}" if paper.place else ""
    chair = f"，{paper.chair}主持会议" if paper.chair else ""
    add_line(doc, f"{day_words(paper.on)}，{at}召开{paper.title}{chair}。", BODY)
    number = add_part(doc, 1, "会议议题", numbered(paper.agenda))
    texts = [line.strip() for line in paper.minutes.splitlines() if line.strip()]
    number = add_part(doc, number, "会议情况", texts)
    number = add_part(doc, number, "议定事项", decided(paper.decisions))
    add_part(doc, number, "参会情况", [f"{words}：{names}。" for words, names in paper.attendance])
    add_closing(doc, paper.issuer, paper.day)
    return bytes_of(doc)


def decided(decisions: Sequence[tuple[str, str]]) -> list[str]:
    """`（一）八一前修好训练场道路。（责任单位：县交通运输局；时限：7月31日）`"""
    return [
        f"（{numeral(place)}）{text.rstrip('。')}。{f'（{who}）' if who else ''}"
        for place, (text, who) in enumerate(decisions, start=1)
    ]
