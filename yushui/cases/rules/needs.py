"""实事 projects and statements as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.cases.types.needs import SIDE_NAMES, ProjectDraft, StatementDraft

MOST_COUNT = 10_000


@dataclass(frozen=True)
class ProjectFacts:
    """A project that can be stored."""

    title: str
    year: int
    side: str
    budget_fen: int | None
    money_source: str
    due_on: date | None
    note: str
    client_key: str


def read_project(draft: ProjectDraft, *, today: date) -> tuple[ProjectFacts | None, list[Problem]]:
    """A project as typed, or None with all problems."""
    problems: list[Problem] = []
    title = texts.read_line(draft.title, "项目", problems, longest=80)
    if not title:
        problems.append(Problem("请写项目名称", where="项目", next_step="例如:为某部修通训练场道路"))
    year = texts.read_count(draft.year, "年份", problems, most=2200)
    if year is None or not 1990 <= year <= today.year + 2:
        problems.append(Problem("请填写年份", where="年份"))
    if draft.side not in SIDE_NAMES:
        problems.append(Problem("请选择是谁为谁办", where="方向"))
    budget = texts.read_yuan(draft.budget, "预算", problems)
    source = texts.read_line(draft.money_source, "资金来源", problems, longest=80)
    due = texts.read_day(draft.due_on, "完成时限", problems) if draft.due_on.strip() else None
    note = texts.read_line(draft.note, "说明", problems, longest=300)
    key = texts.read_key(draft.client_key, problems)
    if draft.unit_id is None:
        problems.append(Problem("请选择牵头单位", where="牵头单位"))
    if problems or year is None:
        return None, problems
    return ProjectFacts(title, year, draft.side, budget, source, due, note, key), []


def quarter_span(year: int, quarter: int) -> tuple[date, date]:
    """Half-open span of a quarter."""
    first = date(year, 3 * quarter - 2, 1)
    return first, date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)


@dataclass(frozen=True)
class StatementFacts:
    """What an office states, ready to be stored."""

    starts_on: date
    ends_on: date
    counts: tuple[tuple[str, int], ...]
    words: str


def read_statement(draft: StatementDraft, *, today: date) -> tuple[StatementFacts | None, list[Problem]]:
    """A statement as typed, or None with all problems: every kind needs a number, 0 where nothing happened."""
    problems: list[Problem] = []
    year = texts.read_count(draft.year, "年份", problems, most=2200)
    quarter = texts.read_count(draft.quarter, "季度", problems, most=4)
    if not year or year < 1990 or not quarter:
        problems.append(Problem("请选择年份和季度", where="季度"))
    counts = []
    for code, typed in draft.counts:
        number = texts.read_count(typed, code, problems, most=MOST_COUNT)
        if number is None and not typed.strip():
            problems.append(Problem("请填数字", where=code, next_step="没有发生的填 0,空着不算报告"))
        counts.append((code, number or 0))
    words = texts.read_line(draft.words, "说明", problems, longest=300)
    if any(number for _, number in counts) and not words:
        problems.append(Problem("有发生的,请写明情况", where="说明", next_step="写事由和处置,不写个人姓名"))
    if problems or not year or not quarter:
        return None, problems
    first, end = quarter_span(year, quarter)
    if first > today:
        return None, [Problem("这个季度还没有开始", where="季度")]
    return StatementFacts(first, end, tuple(counts), words), []
