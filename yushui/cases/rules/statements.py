"""Statements and their kinds as typed; the periods for which they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.cases.types.statements import BY_NAMES, NUMBERS, RHYTHM_NAMES, StatementDraft, StatementKindDraft

MOST_COUNT = 10_000


def period_span(rhythm: str, year: int, number: int) -> tuple[date, date]:
    """Half-open span of the month, quarter or year `number` of a year."""
    months = 12 // NUMBERS[rhythm]
    last = months * number
    return date(year, last - months + 1, 1), date(year + 1, 1, 1) if last == 12 else date(year, last + 1, 1)


def period_words(rhythm: str, year: int, number: int) -> str:
    """`2026 年 3 月`, `2026 年第 2 季度`, `2026 年`."""
    return f"{year} 年" + {"MONTH": f" {number} 月", "QUARTER": f"第 {number} 季度", "YEAR": ""}[rhythm]


def last_period(rhythm: str, on: date) -> tuple[int, int]:
    """Year and number of the period that ended last: the one to state now."""
    before = (on.month - 1) // (12 // NUMBERS[rhythm])
    return (on.year - 1, NUMBERS[rhythm]) if before == 0 else (on.year, before)


@dataclass(frozen=True)
class StatementFacts:
    """What is stated, ready to be stored."""

    starts_on: date
    ends_on: date
    counts: tuple[tuple[str, int], ...]
    words: str


def read_statement(draft: StatementDraft, *, today: date) -> tuple[StatementFacts | None, list[Problem]]:
    """A statement as typed, or None with all problems: every kind needs a number, 0 where nothing happened."""
    problems: list[Problem] = []
    year = texts.read_count(draft.year, "年份", problems, most=2200)
    number = texts.read_count(draft.number, "时段", problems, most=NUMBERS[draft.form.rhythm])
    if not year or year < 1990 or not number:
        problems.append(Problem("请选择报告哪个时段", where="时段"))
    counts = []
    for code, typed in draft.counts:
        count = texts.read_count(typed, code, problems, most=MOST_COUNT)
        if count is None and not typed.strip():
            problems.append(Problem("请填数字", where=code, next_step="没有发生的填 0,空着不算报告"))
        counts.append((code, count or 0))
    words = texts.read_line(draft.words, "说明", problems, longest=300)
    if any(count for _, count in counts) and not words:
        problems.append(Problem("有发生的,请写明情况", where="说明", next_step="写事由和处置,不写个人姓名"))
    if problems or not year or not number:
        return None, problems
    first, end = period_span(draft.form.rhythm, year, number)
    if first > today:
        return None, [Problem("这个时段还没有开始", where="时段")]
    return StatementFacts(first, end, tuple(counts), words), []


def read_statement_kind(draft: StatementKindDraft) -> tuple[dict[str, str] | None, list[Problem]]:
    """The columns of a county's own kind, or None with all problems."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=40)
    measure = texts.read_line(draft.measure, "单位", problems, longest=10)
    meaning = texts.read_line(draft.meaning, "怎样算", problems, longest=200)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:涉军舆情"))
    if not measure:
        problems.append(Problem("请填写单位", where="单位", next_step="例如:起、件、人"))
    if not meaning:
        problems.append(Problem("请写明什么算一起", where="怎样算", next_step="写清楚了,各处报的数才能相加"))
    if draft.by not in BY_NAMES:
        problems.append(Problem("请选择由谁报", where="由谁报"))
    if draft.rhythm not in RHYTHM_NAMES:
        problems.append(Problem("请选择多久报一次", where="多久报一次"))
    if problems:
        return None, problems
    return {"name": name, "measure": measure, "meaning": meaning, "by": draft.by, "rhythm": draft.rhythm}, []
