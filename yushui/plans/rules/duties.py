"""Duties: how one who owes stands, and a duty as a county types it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.plans.types.duties import (
    BY_NAMES,
    OWER_NAMES,
    PERIODS,
    PERSON_NAMES,
    REACH_NAMES,
    RHYTHM_NAMES,
    DutyDraft,
    Part,
    Standing,
)

MOST_TIMES = 999
AREA_OWERS = frozenset({"COUNTY", "TOWN", "VILLAGE"})


def periods_of(rhythm: str, year: int) -> list[tuple[date, date]]:
    """First and last day of each period of a year, both included."""
    months = 12 // PERIODS[rhythm]
    starts = [date(year, month, 1) for month in range(1, 13, months)]
    ends = [*starts[1:], date(year + 1, 1, 1)]
    return [(first, end - timedelta(days=1)) for first, end in zip(starts, ends, strict=True)]


def period_of(rhythm: str, month: int) -> int:
    """The place of the period in which a month (1 to 12) lies, counted from 0."""
    return (month - 1) * PERIODS[rhythm] // 12


def stand(parts: Sequence[Part], on: date) -> Standing:
    """How one who owes stands on a day. What is done beyond the need of a period never makes good for another."""
    due = sum(part.need for part in parts if part.last < on)
    missed = sum(max(part.need - part.done, 0) for part in parts if part.last < on)
    running = next((part for part in parts if part.first <= on <= part.last), None)
    left = max(running.need - running.done, 0) if running else 0
    coming = [part.last for part in parts if part.last >= on and part.done < part.need]
    return Standing(
        done=sum(part.done for part in parts), due=due, whole=sum(part.need for part in parts), missed=missed,
        left=left, next_due=coming[0] if coming else None,
    )  # fmt: skip


def parts_of(
    rhythm: str, year: int, *, needs: Mapping[int, int] | int, done: Mapping[int, int], starts_on: date | None = None
) -> list[Part]:
    """The periods of a year with what each asks for (`needs`: the same for all, or by place) and what was done.
    A period that was over or had begun when the duty came into force (`starts_on`) asks for nothing."""
    parts = []
    for place, (first, last) in enumerate(periods_of(rhythm, year)):
        need = needs if isinstance(needs, int) else needs.get(place, 0)
        if starts_on is not None and first < starts_on and (rhythm != "YEAR" or last < starts_on):
            need = 0
        parts.append(Part(first, last, need, done.get(place, 0)))
    return parts


def rhythm_words(rhythm: str, times: int, measure: str, by: str) -> str:
    """`每年 2 次`, `每季度每人 1 次`."""
    if by == "CONTACT":
        return f"{RHYTHM_NAMES[rhythm]}每人 {times} 次"
    return f"{RHYTHM_NAMES[rhythm]} {times} {measure}"


@dataclass(frozen=True)
class DutyFacts:
    """A duty that can be stored."""

    name: str
    owes: str
    rhythm: str
    times: int
    measure: str
    by: str
    reach: str
    persons: str
    kinds: tuple[str, ...]
    starts_on: date | None
    source: str
    note: str


def read_duty(draft: DutyDraft, *, kinds: frozenset[str]) -> tuple[DutyFacts | None, list[Problem]]:
    """A duty as typed, or None with all problems. `kinds` are the codes of activity kinds that may be named."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=40)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:每季度走进军营一次"))
    check_choices(draft, problems)
    times = texts.read_count(draft.times, "次数", problems, most=MOST_TIMES)
    if times is None and not any(p.where == "次数" for p in problems) or times == 0:
        problems.append(Problem("请填写至少 1", where="次数"))
    measure = texts.read_line(draft.measure, "单位", problems, longest=10) or ("人" if draft.by == "CONTACT" else "次")
    chosen = tuple(dict.fromkeys(draft.kinds))
    problems += problems_of_means(draft, chosen, kinds)
    starts_on = texts.read_day(draft.starts_on, "起算日期", problems) if draft.starts_on.strip() else None
    source = texts.read_line(draft.source, "依据", problems, longest=200)
    if not source:
        problems.append(Problem("请写依据", where="依据", next_step="写明文件、制度或会议,例如:县双拥办〔2026〕3号"))
    note = texts.read_line(draft.note, "说明", problems, longest=200)
    if problems or times is None:
        return None, problems
    persons = draft.persons if draft.by == "CONTACT" else ""
    kept = chosen if draft.by in {"ACTIVITY", "AMOUNT"} else ()
    return DutyFacts(
        name, draft.owes, draft.rhythm, times, measure, draft.by, draft.reach, persons, kept, starts_on, source, note
    ), []


def check_choices(draft: DutyDraft, problems: list[Problem]) -> None:
    """Each choice must be one that was offered."""
    offered = (
        (draft.owes, OWER_NAMES, "由谁承担"), (draft.rhythm, RHYTHM_NAMES, "周期"), (draft.by, BY_NAMES, "怎样算完成"),
        (draft.reach, REACH_NAMES, "统计范围"),
    )  # fmt: skip
    problems.extend(Problem("请选择", where=where) for value, names, where in offered if value not in names)


def problems_of_means(draft: DutyDraft, chosen: Sequence[str], kinds: frozenset[str]) -> list[Problem]:
    """What is wrong with what is to fulfil the duty."""
    problems = []
    if draft.by in {"ACTIVITY", "AMOUNT"}:
        if not chosen:
            problems.append(Problem("请选择至少一类活动", where="哪些活动算完成"))
        if any(code not in kinds for code in chosen):
            problems.append(Problem("有已停用的活动类别", where="哪些活动算完成", next_step="请重新勾选"))
    if draft.by == "CONTACT":
        if draft.persons not in PERSON_NAMES:
            problems.append(Problem("请选择联系哪些人", where="联系对象"))
        if draft.owes not in AREA_OWERS:
            problems.append(
                Problem("逐人联系只能由县、乡镇或村承担", where="由谁承担", next_step="请选县、乡镇或村(社区)")
            )
    if draft.by == "PAPER" and draft.owes in {"LEADER"}:
        problems.append(Problem("文件要由单位出,不能由个人承担", where="由谁承担"))
    return problems


def problems_of_entry(entry: Mapping[str, object], kinds: frozenset[str], where: str) -> list[Problem]:
    """What is wrong with the list `kinds` of a catalogue entry, beyond its columns."""
    listed = entry.get("kinds", [])
    if not isinstance(listed, list):
        return [Problem("kinds 应为列表", where=where)]
    problems = [Problem(f"没有 {code} 这类活动", where=where) for code in listed if code not in kinds]
    if entry.get("by", "") in {"ACTIVITY", "AMOUNT"} and not listed:
        problems.append(Problem("缺少 kinds", where=where))
    return problems
