"""Tasks: a draft as typed, the table of steps, how a day moves into another year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.almanac import army_day, defence_day, mid_autumn, qingming, spring_festival
from yushui.base.refusals import Problem
from yushui.plans.types.tasks import (
    ANCHOR_NAMES,
    OPEN_STATES,
    SCORE_NAMES,
    STATE_NAMES,
    STEP_NAMES,
    WEIGHT_NAMES,
    State,
    Step,
    TaskDraft,
)

LAST_YEARS = 6  # how many years ahead a due day may lie
SOON = 7  # days before the due day from which a task shows up as pressing


@dataclass(frozen=True)
class TaskFacts:
    """A task that can be stored."""

    title: str
    note: str
    starts_on: date | None
    due_on: date | None
    anchor: str
    weight: str
    client_key: str


@dataclass(frozen=True)
class Move:
    """A line of the step table: from which states, to which one (None: it stays), and who: the units that do the
    task (WORKER), or the office that set it (DESK)."""

    froms: tuple[State, ...]
    to: State | None
    who: str
    asks_words: bool = False


STILL_OPEN = tuple(State(code) for code in OPEN_STATES)
STEPS: dict[Step, Move] = {
    Step.NOTED: Move((State.OPEN, State.UNDERWAY), State.UNDERWAY, "WORKER", asks_words=True),
    Step.REPORTED: Move((State.OPEN, State.UNDERWAY), State.REPORTED, "WORKER", asks_words=True),
    Step.ACCEPTED: Move(STILL_OPEN, State.DONE, "DESK"),
    Step.SENT_BACK: Move((State.REPORTED,), State.UNDERWAY, "DESK", asks_words=True),
    Step.MOVED: Move(STILL_OPEN, None, "DESK", asks_words=True),
    Step.CHANGED: Move(STILL_OPEN, None, "DESK"),
    Step.SPLIT: Move((State.OPEN, State.UNDERWAY), State.UNDERWAY, "DESK"),
    Step.DROPPED: Move(STILL_OPEN, State.DROPPED, "DESK", asks_words=True),
}


def open_steps(state: str, *, is_worker: bool, is_desk: bool, has_parts: bool) -> tuple[Step, ...]:
    """The steps open to someone. A task with parts is done by its parts: only its office can end it."""
    found = []
    for step, move in STEPS.items():
        allowed = is_desk or (is_worker and move.who == "WORKER")
        if allowed and state in move.froms and not (has_parts and step == Step.REPORTED):
            found.append(step)
    return tuple(found)


def problems_of_step(step: Step, state: str, words: str) -> list[Problem]:
    """Why a step cannot be taken now, as far as the task itself says."""
    move = STEPS[step]
    problems = []
    if state not in move.froms:
        what = f"任务{STATE_NAMES[state]},不能{STEP_NAMES[step]}"
        problems.append(Problem(what, next_step="请打开任务看最新情况"))
    if move.asks_words and not words.strip():
        where = "进展情况" if move.who == "WORKER" else "原因"
        problems.append(Problem("请写一句话说明", where=where))
    return problems


def read_task(draft: TaskDraft, *, today: date, keyed: bool = True) -> tuple[TaskFacts | None, list[Problem]]:
    """A task as typed, or None with all problems."""
    problems: list[Problem] = []
    title = texts.read_line(draft.title, "任务", problems, longest=120)
    if not title:
        problems.append(Problem("请写任务名称", where="任务", next_step="例如:八一前走访慰问优抚对象"))
    note = texts.read_line(draft.note, "要求", problems, longest=500)
    starts_on = read_optional_day(draft.starts_on, "开始日期", problems)
    due_on = read_optional_day(draft.due_on, "完成时限", problems)
    if starts_on and due_on and due_on < starts_on:
        problems.append(Problem("完成时限在开始日期之前", where="完成时限", next_step="请核对两个日期"))
    for day, where in ((starts_on, "开始日期"), (due_on, "完成时限")):
        if day and day.year > today.year + LAST_YEARS:
            problems.append(Problem("日期太远", where=where, next_step="请核对年份"))
    if draft.weight not in WEIGHT_NAMES:
        problems.append(Problem("请选择一般任务或重点任务", where="类型"))
    if draft.anchor and draft.anchor not in ANCHOR_NAMES:
        problems.append(Problem("没有这个节日", where="随节日"))
    key = texts.read_key(draft.client_key, problems) if keyed else ""
    if problems:
        return None, problems
    return TaskFacts(title, note, starts_on, due_on, draft.anchor, draft.weight, key), []


def read_optional_day(text: str, where: str, problems: list[Problem]) -> date | None:
    """A day, or nothing."""
    return texts.read_day(text, where, problems) if text.strip() else None


def read_score(text: str, problems: list[Problem]) -> int | None:
    """A score of 1 to 5; none when nothing was chosen."""
    plain = text.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and int(plain[:3]) in SCORE_NAMES):
        problems.append(Problem("评价应为 1 到 5 分", where="评价"))
        return None
    return int(plain)


ANCHOR_DAYS: dict[str, Callable[[int], date]] = {
    "SPRING_FESTIVAL": spring_festival,
    "QINGMING": qingming,
    "ARMY_DAY": army_day,
    "MARTYRS_DAY": lambda year: date(year, 9, 30),
    "DEFENCE_DAY": defence_day,
    "MID_AUTUMN": mid_autumn,
}


def anchor_day(anchor: str, year: int) -> date:
    """The day of a festival in a year; KeyError for an unknown one."""
    return ANCHOR_DAYS[anchor](year)


def move_day(day: date, to_year: int, *, plan_year: int, anchor: str = "") -> date:
    """A day of a plan of `plan_year` in the plan of another year. Tied to a festival it keeps its distance from it
    (ten days before 春节 stays ten days before 春节); else month and day stay, 29 February becomes the 28th."""
    if anchor:
        return anchor_day(anchor, to_year) + (day - anchor_day(anchor, plan_year))
    year = day.year + to_year - plan_year
    if (day.month, day.day) == (2, 29) and not is_leap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def is_leap(year: int) -> bool:
    """Whether February has 29 days."""
    return (date(year, 3, 1) - timedelta(days=1)).day == 29
