"""A kind of case read from the catalogue: steps, outcomes, reasons, papers, causes; and whether steps hang together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yushui.base.refusals import Problem
from yushui.cases.types.kinds import COUNT_NAMES, LEVELS, OFFICE_NAMES, RESULT_NAMES

MOST_DAYS = 1100
KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")
NESTED = frozenset({"steps", "causes"})


@dataclass(frozen=True)
class Named:
    """A reason, paper or choice: its key, its name, the article it stands on."""

    key: str
    name: str
    article: str = ""


@dataclass(frozen=True)
class OutcomeFacts:
    """How a step can end; `to` is the key of a step of the same kind."""

    key: str
    name: str
    to: str = ""
    result: str = ""
    is_back: bool = False
    asks_words: bool = False
    article: str = ""
    reasons: tuple[Named, ...] = ()


@dataclass(frozen=True)
class StepFacts:
    """A step with its papers and outcomes."""

    key: str
    name: str
    role: str
    level: str
    days: int | None = None
    count: str = "WORKDAY"
    article: str = ""
    papers: tuple[Named, ...] = ()
    outcomes: tuple[OutcomeFacts, ...] = ()


def numbered(names: Sequence[str], stem: str) -> tuple[Named, ...]:
    """Names as a catalogue writes them in a plain list: their keys are their places."""
    return tuple(Named(f"{stem}{place}", str(name)) for place, name in enumerate(names, start=1))


def steps_of(entry: Mapping[str, Any], where: str, problems: list[Problem]) -> tuple[StepFacts, ...]:
    """The steps of a catalogue entry; what is wrong goes to `problems`."""
    found: list[StepFacts] = []
    for number, raw in enumerate(entry.get("steps") or (), start=1):
        at = f"{where} {entry.get('code')} 第 {number} 步"
        try:
            key, name, role, level, *term = raw["step"]
            days, count = (term[0], term[1]) if term else (None, "WORKDAY")
            outcomes = tuple(outcome_of(each) for each in raw.get("outcomes") or ())
        except (KeyError, TypeError, ValueError, IndexError):
            problems.append(
                Problem("写法不对", where=at, next_step="应为 step: [key, 名称, 角色, 级别, 天数, DAY 或 WORKDAY]")
            )
            continue
        papers = numbered(raw.get("papers") or (), "paper")
        found.append(StepFacts(key, name, role, level, days, count, raw.get("article", ""), papers, outcomes))
    problems += problems_of_steps(found, f"{where} {entry.get('code')}")
    return tuple(found)


def outcome_of(raw: Mapping[str, Any]) -> OutcomeFacts:
    """An outcome of a catalogue entry. KeyError or TypeError when it cannot be one."""
    reasons = tuple(Named(**each) for each in raw.get("reasons") or ())
    return OutcomeFacts(**{**raw, "reasons": reasons})


def problems_of_steps(steps: Sequence[StepFacts], where: str) -> list[Problem]:
    """Steps hang together: keys are single, every outcome leads on or ends, the end can be reached."""
    problems: list[Problem] = []
    keys = [step.key for step in steps]
    if not steps:
        problems.append(Problem("至少要有一步", where=where))
    for step in steps:
        at = f"{where} {step.name}"
        if not KEY.fullmatch(str(step.key)) or keys.count(step.key) > 1:
            problems.append(Problem(f"步骤编码 {step.key} 不对或重复", where=at))
        if f"{step.role}@{step.level}" not in OFFICE_NAMES and step.role != "MEMBER_UNIT":
            problems.append(Problem(f"没有 {step.role} @ {step.level} 这样的岗位", where=at))
        if step.level not in LEVELS or step.count not in COUNT_NAMES:
            problems.append(Problem("级别或计算方式不对", where=at))
        if step.days is not None and not (isinstance(step.days, int) and 0 < step.days <= MOST_DAYS):
            problems.append(Problem("天数不对", where=at))
        if not step.outcomes:
            problems.append(Problem("没有办理结果,走不下去", where=at))
        for outcome in step.outcomes:
            if outcome.to and outcome.to not in keys:
                problems.append(Problem(f"“{outcome.name}”去的步骤 {outcome.to} 不存在", where=at))
            if bool(outcome.to) == bool(outcome.result) or (outcome.result and outcome.result not in RESULT_NAMES):
                problems.append(Problem(f"“{outcome.name}”应当或者去下一步,或者办结", where=at))
    return problems + problems_of_ways(steps, [f"{where} {step.name}" for step in steps], where)


def problems_of_ways(steps: Sequence[StepFacts], places: Sequence[str], where: str) -> list[Problem]:
    """Every step is reached from the first, comes to an end, and does not lead to itself; the case can be settled. A
    way back leads to an earlier step, so it is somebody's decision each time. `places` names the steps."""
    keys = [step.key for step in steps]
    ways = {step.key: {o.to for o in step.outcomes if o.to in keys} for step in steps}
    reached = spread({keys[0]} if keys else set(), ways)
    ending = {step.key for step in steps if any(o.result for o in step.outcomes)}
    back = {key: {other for other in keys if key in ways[other]} for key in keys}
    finite = spread(ending, back)
    problems: list[Problem] = []
    for step, at in zip(steps, places, strict=True):
        if step.key in ways[step.key]:
            problems.append(Problem("不能又回到自己这一步", where=at, next_step="请改去别的步骤,或结束办理"))
        if step.key not in reached:
            problems.append(
                Problem("没有哪一步会走到这里", where=at, next_step="请在前面某一步的结果里写上去这一步,或删去这一步")
            )
        if step.outcomes and step.key not in finite:
            problems.append(
                Problem("从这一步走下去没有尽头", where=at, next_step="请让它或它去的步骤有一个结束办理的结果")
            )
    if steps and not any(o.result == "SETTLED" for step in steps if step.key in reached for o in step.outcomes):
        problems.append(Problem("没有一步能办结", where=where, next_step="请至少给一步写一个“办结”的结果"))
    return problems


def spread(begin: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    """Everything that can be reached from where one begins."""
    found, open_ = set(begin), list(begin)
    while open_:
        new = ways[open_.pop()] - found
        found |= new
        open_ += new
    return found
