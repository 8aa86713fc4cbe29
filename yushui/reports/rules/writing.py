"""Writing a report: an outline and figures in, text out. A sentence without its facts is left out and asked for.

Nothing here praises: every claim that the writer makes rests on a figure, and the figure is cited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from yushui.base.money import half_up
from yushui.indicators.rules import trim, write_change, write_number
from yushui.indicators.types import Indicator, Value
from yushui.reports.rules.outlines import PLACEHOLDER, PLAIN
from yushui.reports.types import (
    Chart,
    Cite,
    Document,
    Frame,
    Missing,
    Outline,
    Paragraph,
    Piece,
    Section,
    Sentence,
    StandardRow,
    WrittenSection,
)

OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
COUNTING = "一二三四五六七八九十"
FEW = 3  # so many standards of one benefit are named one by one; more are told as a range


@dataclass(frozen=True)
class Answers:
    """All that a report may say: figures of this year and the last, definitions, standards, added paragraphs."""

    indicators: Mapping[str, Indicator]
    now: Mapping[str, Value]
    before: Mapping[str, Value]
    growth: Mapping[str, Sequence[StandardRow]] = field(default_factory=dict)
    added: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Absent(Exception):
    """A sentence wants a figure that is not there, or is zero."""

    def __init__(self, indicator: str, is_zero: bool) -> None:
        self.indicator = indicator
        self.is_zero = is_zero
        super().__init__(indicator)


def count_word(number: int) -> str:
    """1 → 一, 10 → 十, 11 → 十一, 21 → 二十一."""
    if number <= 10:
        return COUNTING[number - 1]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else COUNTING[tens - 1]) + "十" + (COUNTING[ones - 1] if ones else "")


def write_document(outline: Outline, frame: Frame, answers: Answers) -> Document:
    """The whole report. Sections without a word are left out; their facts are listed as missing."""
    written: list[WrittenSection] = []
    missing: list[Missing] = []
    next_steps: list[list[Piece]] = []
    for section in outline.sections:
        paragraphs, absent, steps = write_section(section, frame, answers, next_steps)
        next_steps += steps
        missing += absent
        paragraphs += [Paragraph((Piece(text),), by_hand=True) for text in answers.added.get(section.id, ())]
        if paragraphs:
            charts = write_charts(outline, section.id, frame, answers)
            written.append(WrittenSection(section.id, section.title, len(written) + 1, tuple(paragraphs), charts))
    return Document(
        title=fill_plain(outline.title, frame),
        frame=frame,
        sections=tuple(written),
        cites=cites_of(written),
        missing=tuple(dict.fromkeys(missing)),
    )


def write_section(
    section: Section, frame: Frame, answers: Answers, next_steps: Sequence[list[Piece]]
) -> tuple[list[Paragraph], list[Missing], list[list[Piece]]]:
    """The paragraphs of one section, the facts it misses, and the steps that its shortfalls ask for."""
    if section.collects_next:
        return number_sentences(next_steps), [], []
    said: list[tuple[bool, list[Piece]]] = []
    missing: list[Missing] = []
    steps: list[list[Piece]] = []
    for sentence in section.sentences:
        try:
            pieces = write_sentence(sentence, frame, answers)
        except Absent as absent:
            if not (sentence.quiet or section.numbered):
                missing.append(missing_of(section, absent, answers))
            continue
        said.append((sentence.new_paragraph, pieces))
        if sentence.next_step:
            steps.append(fill(sentence.next_step, frame, answers))
    if not section.numbered:
        return join_sentences(said), missing, steps
    if not said and section.none and (measured := measured_targets(section, answers)):
        return [Paragraph((Piece(official(section.none).replace("{measured}", str(measured))),))], missing, steps
    return number_sentences([pieces for _, pieces in said]), missing, steps


def measured_targets(section: Section, answers: Answers) -> int:
    """How many ratios with a target could be measured at all."""
    names = {sentence.short for sentence in section.sentences if sentence.short}
    return sum(answers.now[name].number is not None for name in names)


def write_sentence(sentence: Sentence, frame: Frame, answers: Answers) -> list[Piece]:
    """One sentence as pieces. Raises Absent when a fact it needs is not there."""
    if sentence.growth:
        return write_growth(sentence.growth, frame, answers)
    if sentence.items:
        return write_items(sentence, frame, answers)
    if sentence.short and not is_short(answers.indicators[sentence.short], answers.now.get(sentence.short)):
        raise Absent(sentence.short, is_zero=False)
    try:
        return fill(sentence.text, frame, answers)
    except Absent as absent:
        if sentence.zero and absent.is_zero:
            return [Piece(fill_plain(sentence.zero, frame))]
        raise


def is_short(indicator: Indicator, value: Value | None) -> bool:
    """Whether a ratio is known and below its target."""
    target = indicator.target
    return target is not None and value is not None and value.number is not None and value.number < target


def write_items(sentence: Sentence, frame: Frame, answers: Answers) -> list[Piece]:
    """Items that are there, joined by 、; an item that is zero is simply not said."""
    said: list[Piece] = []
    last: Absent | None = None
    for item in sentence.items:
        try:
            pieces = fill(item, frame, answers)
        except Absent as absent:
            last = last or absent
            continue
        said += [Piece("、"), *pieces] if said else pieces
    if not said:
        raise last or Absent(sentence.lead, is_zero=False)
    return [Piece(fill_plain(sentence.lead, frame)), *said, Piece(official(sentence.end))]


def fill(text: str, frame: Frame, answers: Answers) -> list[Piece]:
    """Text with its figures put in. A part in [ ] is dropped when a figure of it is absent; any other raises Absent."""
    pieces: list[Piece] = []
    at = 0
    for found in OPTIONAL.finditer(text):
        pieces += fill_part(text[at : found.start()], frame, answers)
        with suppress(Absent):  # the part may be missing alone
            pieces += fill_part(found[1], frame, answers)
        at = found.end()
    return [*pieces, *fill_part(text[at:], frame, answers)]


def fill_part(text: str, frame: Frame, answers: Answers) -> list[Piece]:
    """Text without optional parts."""
    pieces: list[Piece] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        if found[1] in PLAIN:
            continue
        if found.start() > at:
            pieces.append(Piece(fill_plain(text[at : found.start()], frame)))
        cite = cite_of(found[1], found[2] or "", frame, answers)
        pieces.append(Piece(cite.words, cite))
        at = found.end()
    if at < len(text):
        pieces.append(Piece(fill_plain(text[at:], frame)))
    return pieces


def fill_plain(text: str, frame: Frame) -> str:
    """Area, year and day."""
    words = {
        "area": frame.area, "region": frame.region, "year": str(frame.year), "when": frame.when, "span": frame.span,
        "last": frame.last,
    }  # fmt: skip
    return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), official(text))


def official(text: str) -> str:
    """Full-width punctuation, as an official text has it; what stands in { } is left alone."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(part if part.startswith("{") else part.translate(FULL_WIDTH) for part in parts)


def cite_of(name: str, aspect: str, frame: Frame, answers: Answers) -> Cite:
    """One figure in words. Raises Absent when it is not known, or zero."""
    indicator, now, before = answers.indicators[name], answers.now.get(name), answers.before.get(name)
    if aspect in {"left", "part", "whole"}:
        number = getattr(now, aspect) if now else 0
        if not number:
            raise Absent(name, is_zero=now is not None)
        return Cite(name, frame.year, now.on if now else None, aspect, f"{number}{unit_of_parts(indicator)}")
    value = before if aspect == "before" else now
    if value is None or not value.number:
        raise Absent(name, is_zero=value is not None and value.number == 0)
    if aspect == "change":
        if before is None or not before.number:
            raise Absent(name, is_zero=False)
        words = write_change(value.number, before.number, indicator.unit, frame.last)
        return Cite(name, frame.year, value.on, aspect, words)
    year = frame.year - 1 if aspect == "before" else frame.year
    return Cite(name, year, value.on, "", write_number(value.number, indicator.unit))


def unit_of_parts(indicator: Indicator) -> str:
    """What the parts of a ratio are counted in."""
    assert indicator.whole is not None
    if indicator.whole.measure == "persons":
        return "人"
    return "笔" if indicator.whole.source.startswith(("payments.", "benefits.")) else "人次"


def write_growth(name: str, frame: Frame, answers: Answers) -> list[Piece]:
    """The standards that rose in the year: named one by one where a benefit has few, else as a range of percents."""
    by_benefit: dict[str, list[StandardRow]] = {}
    for row in answers.growth.get(name, ()):
        if row.before and row.now > row.before:
            by_benefit.setdefault(row.benefit, []).append(row)
    if not by_benefit:
        raise Absent(name, is_zero=False)
    said: list[Piece] = []
    for rows in by_benefit.values():
        if said:
            said.append(Piece("；"))
        said += few_standards(name, rows, frame) if len(rows) <= FEW else [many_standards(name, rows, frame)]
    return [Piece("本年提高的抚恤补助标准有："), *said, Piece("。")]


def few_standards(name: str, rows: Sequence[StandardRow], frame: Frame) -> list[Piece]:
    """定期抚恤金，烈士遗属由每年39490元提高到41856元、…; a benefit with one standard goes without the key."""
    said = [Piece(rows[0].title + ("，" if rows[0].key else ""))]
    for number, row in enumerate(rows):
        words = f"由每{row.per}{trim(row.before or 0)}元提高到每{row.per}{trim(row.now)}元"
        told = " ".join(each for each in (row.title, row.key, words) if each)
        said += [
            Piece(official(("、" if number else "") + row.key)),
            Piece(words, Cite(name, frame.year, None, "growth", told)),
        ]
    return [piece for piece in said if piece.text]


def many_standards(name: str, rows: Sequence[StandardRow], frame: Frame) -> Piece:
    """残疾抚恤金26档提高5.4%至5.5%."""
    percents = sorted(half_up((row.now - (row.before or 0)) * 1_000, row.before or 1) for row in rows)
    low, high = (f"{each // 10}.{each % 10}%" for each in (percents[0], percents[-1]))
    words = f"{rows[0].title}{len(rows)}档提高{low if low == high else f'{low}至{high}'}"
    return Piece(words, Cite(name, frame.year, None, "growth", words))


def missing_of(section: Section, absent: Absent, answers: Answers) -> Missing:
    """What a sentence wanted and did not get, for the list at the end."""
    indicator = answers.indicators[absent.indicator]
    why = "本年没有记录" if absent.is_zero else "没有可以统计的记录"
    return Missing(section.title, indicator.id, official(indicator.title), why, indicator.enter)


def join_sentences(said: Sequence[tuple[bool, list[Piece]]]) -> list[Paragraph]:
    """Sentences as paragraphs; a sentence may ask to begin a new one."""
    paragraphs: list[list[Piece]] = []
    for new, pieces in said:
        if new or not paragraphs:
            paragraphs.append([])
        paragraphs[-1] += pieces
    return [Paragraph(tuple(each)) for each in paragraphs]


def number_sentences(said: Sequence[list[Piece]]) -> list[Paragraph]:
    """一是…;二是…。 as one paragraph; a single sentence goes without a number."""
    if not said:
        return []
    pieces: list[Piece] = []
    for number, each in enumerate(said, start=1):
        if len(said) > 1:
            pieces.append(Piece(f"{count_word(number)}是"))
        pieces += [*each, Piece("。" if number == len(said) else "；")]
    return [Paragraph(tuple(pieces))]


def write_charts(outline: Outline, section: str, frame: Frame, answers: Answers) -> tuple[Chart, ...]:
    """The charts of a section, each with the figures that are not zero; a chart of fewer than two bars is not drawn."""
    charts: list[Chart] = []
    for plan in outline.charts:
        values = [answers.now[name] for name in plan.indicators if answers.now[name].number]
        if plan.section == section and len(values) > 1:
            bars = tuple(
                (
                    Cite(v.indicator, frame.year, v.on, "", write_number(v.number or 0, plan.unit)),
                    official(answers.indicators[v.indicator].title.removeprefix("发放")),
                    v.number or 0,
                )
                for v in sorted(values, key=lambda v: -(v.number or 0))
            )
            charts.append(Chart(plan.id, fill_plain(plan.title, frame), bars))
    return tuple(charts)


def cites_of(sections: Sequence[WrittenSection]) -> tuple[Cite, ...]:
    """All figures in the order in which they first stand, text before charts of the same section."""
    found: dict[Cite, None] = {}
    for section in sections:
        for paragraph in section.paragraphs:
            found |= {piece.cite: None for piece in paragraph.pieces if piece.cite is not None}
        for chart in section.charts:
            found |= {cite: None for cite, _, _ in chart.bars}
    return tuple(found)
