"""实事 projects as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.cases.types.needs import SIDE_NAMES, ProjectDraft


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
