"""The reward of a 喜报 (立功受奖奖励金): what may still be done about it, and what a county's own rate must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.honours.types import RateDraft

MOST_REWARD = 1_000_000_00


@dataclass(frozen=True)
class RateFacts:
    """A rate that can be stored."""

    starts_on: date
    fen: int
    document: str


def read_rate(draft: RateDraft) -> tuple[RateFacts | None, list[Problem]]:
    """A rate as typed, or None with all problems."""
    problems: list[Problem] = []
    starts_on = texts.read_day(draft.starts_on, "从哪天起", problems)
    fen = texts.read_yuan(draft.amount, "奖励标准", problems, most_fen=MOST_REWARD)
    if not fen and not any(problem.where == "奖励标准" for problem in problems):
        problems.append(Problem("请填写金额", where="奖励标准"))
    document = texts.read_line(draft.document, "依据文件", problems, longest=120)
    if not document:
        problems.append(Problem("没有写依据", where="依据文件", next_step="请写文件名称和文号"))
    if problems or starts_on is None or not fen:
        return None, problems
    return RateFacts(starts_on, fen, document), []


def problems_of_withdrawing(state: str | None) -> list[Problem]:
    """Why a 喜报 stays: its reward is paid, or on its way; `state` is that of the claim, None without one."""
    if state in {None, "OPEN", "FAILED"}:
        return []
    words = "在批次里" if state == "BATCH" else "已发放"
    return [Problem(f"奖励金{words},不能撤回", next_step="请先退回批次或办理追回")]
