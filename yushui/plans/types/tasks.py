"""Plans and tasks: states, steps, drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a task is."""

    OPEN = "OPEN"
    UNDERWAY = "UNDERWAY"
    REPORTED = "REPORTED"
    DONE = "DONE"
    DROPPED = "DROPPED"


STATE_NAMES: dict[str, str] = {
    "OPEN": "未开始", "UNDERWAY": "办理中", "REPORTED": "已报办结", "DONE": "已办结", "DROPPED": "已取消",
}  # fmt: skip
OPEN_STATES = ("OPEN", "UNDERWAY", "REPORTED")
WEIGHT_NAMES: dict[str, str] = {"ORDINARY": "一般任务", "KEY": "重点任务"}


class Step(StrEnum):
    """What can happen to a task; each is kept as a row."""

    ADDED = "ADDED"
    NOTED = "NOTED"
    REPORTED = "REPORTED"
    ACCEPTED = "ACCEPTED"
    SENT_BACK = "SENT_BACK"
    MOVED = "MOVED"
    CHANGED = "CHANGED"
    SPLIT = "SPLIT"
    DROPPED = "DROPPED"


STEP_NAMES: dict[str, str] = {
    "ADDED": "下达", "NOTED": "报进展", "REPORTED": "报办结", "ACCEPTED": "评价办结", "SENT_BACK": "退回再办",
    "MOVED": "调整时限", "CHANGED": "修改任务", "SPLIT": "分解", "DROPPED": "取消",
}  # fmt: skip
SCORE_NAMES: dict[int, str] = {5: "5 好", 4: "4 较好", 3: "3 一般", 2: "2 较差", 1: "1 差"}
# Days that move with the lunar calendar or the sun: a task tied to one moves with it into the next year.
ANCHOR_NAMES: dict[str, str] = {
    "SPRING_FESTIVAL": "春节", "QINGMING": "清明", "ARMY_DAY": "八一", "MARTYRS_DAY": "烈士纪念日",
    "DEFENCE_DAY": "全民国防教育日", "MID_AUTUMN": "中秋",
}  # fmt: skip
SOURCE_NAMES: dict[str, str] = {
    "plans.decision": "会议决定", "plans.calendar": "全年工作月历", "plans.copy": "上年计划", "cases.case": "办件",
    "cases.need": "部队需求", "plans.duty": "职责要求",
}  # fmt: skip


@dataclass(frozen=True)
class TaskDraft:
    """A task to add. Days as typed (2026-07-31); ids of units as numbers, none for one without an owner.

    `area_code` empty: the owner's area, else the actor's. `client_key` makes the same draft sent twice one task; a
    program that adds tasks from its own rows makes it from them (`decision-7`). `anchor` is a key of ANCHOR_NAMES.
    """

    title: str = ""
    owner_unit_id: int | None = None
    helper_unit_ids: tuple[int, ...] = ()
    due_on: str = ""
    note: str = ""
    area_code: str = ""
    duty_code: str = ""
    client_key: str = ""
    starts_on: str = ""
    kind_code: str = ""
    weight: str = "ORDINARY"
    anchor: str = ""
    plan_id: int | None = None


@dataclass(frozen=True)
class PlanDraft:
    """A year plan as typed. `basis` says what it is made from: EMPTY, COPY (last year's plan `copied_id`), CALENDAR."""

    title: str = ""
    year: str = ""
    area_code: str = ""
    basis: str = "EMPTY"
    copied_id: int | None = None
    note: str = ""
    client_key: str = ""


BASIS_NAMES: dict[str, str] = {"CALENDAR": "全年工作月历", "COPY": "照抄一份已有计划", "EMPTY": "从空白开始"}
