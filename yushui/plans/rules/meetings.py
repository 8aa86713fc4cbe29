"""Meetings: a notice as typed, what was noted once one was held, a decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.plans.types.meetings import (
    CAME,
    CHAPTERS,
    ITEMS_MEASURE,
    MEETING_WORD,
    PRESENCE_NAMES,
    STATE_NAMES,
    DecisionDraft,
    HeldDraft,
    MeetingDraft,
)

MOST_ITEMS, MOST_NAMES, YEARS_AHEAD, LONGEST_MINUTES = 30, 60, 2, 6000
BETWEEN_NAMES = re.compile(r"[、,,;;\n\r]+")
# 1. 一、 (一) and 第一项 before an item of the agenda: the paper counts itself
NUMBERED = re.compile(r"^(?:\d{1,2}[.、.)]|[一二三四五六七八九十]{1,3}、|[((][一二三四五六七八九十\d]{1,3}[))])\s*")
TIMES = re.compile(r"([01]?\d|2[0-3])[::]([0-5]\d)")


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting that can be stored."""

    kind: str
    title: str
    on: date
    begins_at: time | None
    place: str
    chair: str
    agenda: tuple[str, ...]
    others: tuple[str, ...]
    note: str
    client_key: str


@dataclass(frozen=True)
class HeldFacts:
    """What was noted about a meeting held; `heads` None: count those who came."""

    on: date
    chair: str
    heads: int | None
    marks: Mapping[int, tuple[str, str]]
    others: tuple[str, ...]
    minutes: str
    client_key: str


@dataclass(frozen=True)
class DecisionFacts:
    """A decision that can be stored."""

    text: str
    due_on: date | None
    client_key: str


def is_meeting_kind(chapter: str, name: str) -> bool:
    """Whether activities of a kind are meetings that one gives notice of: by chapter and name, so that a kind that a
    county adds (双拥工作例会) is one at once."""
    return chapter in CHAPTERS and MEETING_WORD in name


def read_meeting(
    draft: MeetingDraft, *, kind_names: Mapping[str, str], today: date, keyed: bool = True
) -> tuple[MeetingFacts | None, list[Problem]]:
    """A notice as typed, or None with all problems. A day gone by is taken: the meeting is noted afterwards."""
    problems: list[Problem] = []
    if draft.kind not in kind_names:
        problems.append(Problem("请选择会议类型", where="会议类型", next_step="类型由县里设置,停用的不能再选"))
    title = texts.read_line(draft.title, "名称", problems, longest=120) or kind_names.get(draft.kind, "")
    on = texts.read_day(draft.on, "日期", problems)
    if on is not None and on.year > today.year + YEARS_AHEAD:
        problems.append(Problem("日期太远", where="日期", next_step="请核对年份"))
    begins_at = read_time(draft.begins_at, problems)
    place = texts.read_line(draft.place, "地点", problems, longest=80)
    chair = texts.read_line(draft.chair, "主持人", problems, longest=40)
    agenda = read_agenda(draft.agenda, problems)
    others = read_names(draft.others, "另请人员", problems)
    note = texts.read_line(draft.note, "要求", problems, longest=500)
    key = texts.read_key(draft.client_key, problems) if keyed else ""
    if problems or on is None:
        return None, problems
    return MeetingFacts(draft.kind, title, on, begins_at, place, chair, agenda, others, note, key), []


def read_time(text: str, problems: list[Problem]) -> time | None:
    """`9:00`, `14:30`; nothing typed is None."""
    if not text.strip():
        return None
    found = TIMES.fullmatch(text.strip())
    if found is None:
        problems.append(Problem("时间不对", where="时间", next_step="请写成 9:00 或 14:30"))
        return None
    return time(int(found[1]), int(found[2]))


def read_agenda(text: str, problems: list[Problem]) -> tuple[str, ...]:
    """The items, one to a line, without the numbers typed before them."""
    lines = [NUMBERED.sub("", line.strip()) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_ITEMS:
        problems.append(Problem(f"最多 {MOST_ITEMS} 项", where="议题", next_step="请合并几项"))
        return ()
    return tuple(texts.read_line(line, "议题", problems, longest=120) for line in lines if line)


def read_names(text: str, where: str, problems: list[Problem]) -> tuple[str, ...]:
    """Names parted by 、, each once."""
    names = tuple(dict.fromkeys(name for part in BETWEEN_NAMES.split(text) if (name := " ".join(part.split()))))
    if len(names) > MOST_NAMES:
        problems.append(Problem(f"最多 {MOST_NAMES} 个", where=where))
        return ()
    return tuple(texts.read_line(name, where, problems, longest=80) for name in names)


def problems_of_state(state: str, act: str) -> list[Problem]:
    """Why a meeting that is not planned any more cannot be changed, cancelled or held."""
    if state == "PLANNED":
        return []
    step = "要更正签到和纪要,请点“签到和纪要”" if state == "HELD" else "需要时请重新安排一次会议"
    return [Problem(f"会议{STATE_NAMES[state]},不能{act}", next_step=step)]


def read_held(draft: HeldDraft, *, planned_on: date, today: date) -> tuple[HeldFacts | None, list[Problem]]:
    """What was noted, or None with all problems. Nobody can have met on a day to come, nor before the day of the
    notice: then the notice has to be moved first."""
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "召开日期", problems)
    if on is not None and on > today:
        problems.append(Problem("日期还没到,不能登记为已召开", where="召开日期", next_step="请在会后登记"))
    elif on is not None and on < planned_on:
        step = f"通知的日期是 {planned_on};会议提前开的,请先修改会议日期"
        problems.append(Problem("召开日期早于通知的日期", where="召开日期", next_step=step))
    chair = texts.read_line(draft.chair, "主持人", problems, longest=40)
    heads = texts.read_count(draft.heads, "到会人数", problems, most=100_000)
    marks = read_marks(draft, problems)
    others = read_names(draft.others, "另有到会", problems)
    minutes = texts.read_line(draft.minutes, "会议纪要", problems, longest=LONGEST_MINUTES)
    key = texts.read_key(draft.client_key, problems)
    if problems or on is None:
        return None, problems
    return HeldFacts(on, chair, heads, marks, others, minutes, key), []


def read_marks(draft: HeldDraft, problems: list[Problem]) -> dict[int, tuple[str, str]]:
    """Who was there: number of the invitee → presence, who came."""
    marks: dict[int, tuple[str, str]] = {}
    for number, presence, came in draft.marks:
        if presence not in PRESENCE_NAMES:
            problems.append(Problem("请选择出席、代会、请假或未到", where="签到"))
        marks[number] = (presence, texts.read_line(came, "签到", problems, longest=40))
    return marks


def number_of(measure: str, *, heads: int | None, came: int, items: int) -> int | None:
    """The number that the activity carries: items where its kind counts items, else the people there. None when
    nothing was noted."""
    if measure == ITEMS_MEASURE:
        return items or None
    return heads if heads is not None else came or None


def count_came(presences: list[str]) -> int:
    """How many of the invited came, themselves or by somebody."""
    return sum(presence in CAME for presence in presences)


def read_decision(draft: DecisionDraft, *, today: date) -> tuple[DecisionFacts | None, list[Problem]]:
    """A decision, or None with all problems. An owner and a day may come later."""
    problems: list[Problem] = []
    text = NUMBERED.sub("", texts.read_line(draft.text, "决定事项", problems, longest=500))
    if not text:
        problems.append(Problem("请写决定了什么", where="决定事项", next_step="例如:八一前修好训练场道路"))
    due_on = texts.read_day(draft.due_on, "完成时限", problems) if draft.due_on.strip() else None
    if due_on is not None and due_on.year > today.year + 6:
        problems.append(Problem("日期太远", where="完成时限", next_step="请核对年份"))
    key = texts.read_key(draft.client_key, problems)
    return (None, problems) if problems else (DecisionFacts(text, due_on, key), [])


def title_of(text: str) -> str:
    """A decision as the name of a task: its first sentence, at most 120 signs."""
    first = re.split(r"[。;;\n]", text, maxsplit=1)[0].strip()
    return (first or text)[:120]
