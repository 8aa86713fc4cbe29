"""The care fund: drafts of projects and applications judged, the table of steps of an application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.money import show_yuan
from yushui.base.refusals import Problem
from yushui.funds.rules.money import read_amount
from yushui.funds.types.care import APPLICATION_NAMES, CAUSE_NAMES, ApplicationDraft, ProjectDraft


@dataclass(frozen=True)
class ProjectFacts:
    """A project that can be stored, open on the days [starts_on, ends_on)."""

    name: str
    words: str
    starts_on: date
    ends_on: date | None
    planned_fen: int
    most_fen: int
    client_key: str


@dataclass(frozen=True)
class ApplicationFacts:
    """An application that can be stored."""

    cause: str
    fen: int
    on: date
    words: str
    client_key: str


def read_project(draft: ProjectDraft) -> tuple[ProjectFacts | None, list[Problem]]:
    """A project from what was typed, or everything wrong with it."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "项目名称", problems, longest=60)
    if not name:
        problems.append(Problem("没有填项目名称", where="项目名称", next_step="例如:大病救助"))
    words = texts.read_line(draft.words, "资助对象和条件", problems, longest=300)
    starts_on = texts.read_day(draft.starts_on, "开始日期", problems)
    last = texts.read_day(draft.last_day, "最后一天", problems) if draft.last_day.strip() else None
    if starts_on is not None and last is not None and last < starts_on:
        problems.append(Problem("早于开始日期", where="最后一天", next_step="请核对两个日期"))
    planned = texts.read_yuan(draft.planned, "预计金额", problems) or 0
    most = texts.read_yuan(draft.most, "每人上限", problems) or 0
    key = texts.read_key(draft.client_key, problems)
    if starts_on is None or problems:
        return None, problems
    ends_on = last + timedelta(days=1) if last else None
    return ProjectFacts(name, words, starts_on, ends_on, planned, most, key), []


def read_application(
    draft: ApplicationDraft, *, today: date, most_fen: int = 0, died_on: date | None = None
) -> tuple[ApplicationFacts | None, list[Problem]]:
    """An application from what was typed, or everything wrong with it. `most_fen` 0 means no limit."""
    problems: list[Problem] = []
    if draft.cause not in CAUSE_NAMES:
        problems.append(Problem("没有选救助原因", where="救助原因", next_step="请选一种"))
    fen = read_amount(draft.amount, problems, "申请金额")
    if fen is not None and most_fen and fen > most_fen:
        problems.append(over_most("申请金额", most_fen))
    on = texts.read_day(draft.on, "申请日期", problems, latest=today)
    words = texts.read_line(draft.words, "情况说明", problems, longest=500)
    if not words:
        problems.append(Problem("没有写情况", where="情况说明", next_step="请写清病情、费用或变故"))
    if died_on is not None:
        problems.append(
            Problem("这个人已登记去世", where="申请人", next_step="请由家属以自己的名义申请,或先更正去世登记")
        )
    key = texts.read_key(draft.client_key, problems)
    if fen is None or on is None or problems:
        return None, problems
    return ApplicationFacts(draft.cause, fen, on, words, key), []


def over_most(where: str, most_fen: int) -> Problem:
    """An amount above the most that a project gives one person."""
    return Problem(f"超过本项目每人上限 {show_yuan(most_fen)} 元", where=where, next_step="请改为上限以内的金额")


def read_decision(
    *, verdict: str, amount: str, words: str, asked_fen: int, most_fen: int
) -> tuple[int, str, list[Problem]]:
    """A review: the granted fen (0 when refused), its words, and everything wrong with it."""
    problems: list[Problem] = []
    said = texts.read_line(words, "审核意见", problems, longest=200)
    granted = 0
    if verdict == "GRANTED":
        granted = read_amount(amount, problems, "资助金额") or 0
        if granted > asked_fen:
            problems.append(
                Problem(
                    f"超过申请金额 {show_yuan(asked_fen)} 元", where="资助金额", next_step="请改小,或请申请人重新申请"
                )
            )
        if most_fen and granted > most_fen:
            problems.append(over_most("资助金额", most_fen))
    elif verdict == "REFUSED":
        if not said:
            problems.append(Problem("没有写不予资助的理由", where="审核意见", next_step="请写明理由,经办要答复申请人"))
    else:
        problems.append(Problem("没有选同意还是不同意", where="审核结果", next_step="请选一种"))
    return granted, said, problems


# Which states a step starts from, and where it leads.
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "decide": (("ASKED",), ""),
    "pay": (("GRANTED",), "PAID"),
    "withdraw": (("ASKED", "GRANTED"), "WITHDRAWN"),
}
STEP_WORDS = {"decide": "审核", "pay": "发放", "withdraw": "撤回"}


def problem_of_step(step: str, state: str) -> Problem | None:
    """Why a step cannot be taken in a state."""
    if state in STEPS[step][0]:
        return None
    return Problem(f"这份申请{APPLICATION_NAMES[state]},不能再{STEP_WORDS[step]}", next_step="请打开最新的申请页面核对")
