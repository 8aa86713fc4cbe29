"""A kind of case read from the catalogue or from a county's form: steps, outcomes, reasons, papers, choices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.cases.types.kinds import (
    ASKER_NAMES,
    COUNT_NAMES,
    FAMILY_NAMES,
    LEVELS,
    OFFICE_NAMES,
    RESULT_NAMES,
    CaseKindDraft,
    StepDraft,
)

MOST_DAYS = 1100
MOST_STEPS = 8
KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")
PARTED = re.compile(r"[、,,;;\n]+")
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


@dataclass(frozen=True)
class KindFacts:
    """What a county's form gives, ready to be stored."""

    columns: dict[str, Any]
    causes: tuple[Named, ...]
    steps: tuple[StepFacts, ...]


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
    if steps and not any(outcome.result == "SETTLED" for step in steps for outcome in step.outcomes):
        problems.append(Problem("没有一步能办结", where=where))
    return problems


def read_kind(draft: CaseKindDraft) -> tuple[KindFacts | None, list[Problem]]:
    """A county's kind as typed, or None with all problems."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=40)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:优抚对象住房修缮"))
    if draft.family not in FAMILY_NAMES:
        problems.append(Problem("请选择归入哪一大类", where="大类"))
    if draft.asker not in ASKER_NAMES:
        problems.append(Problem("请选择申请人是个人还是单位", where="申请人"))
    extension = texts.read_count(draft.extension_days, "可延长", problems, most=366) or 0
    source = texts.read_line(draft.source, "依据", problems, longest=200)
    causes = tuple(Named("", each) for each in parted(draft.causes, "事由", problems, 40))
    typed = [step for step in draft.steps if any((step.name, step.office, step.days, step.papers, step.refusals))]
    if not typed:
        problems.append(Problem("至少要有一步", where="步骤", next_step="写明第一步做什么、谁来办、几天"))
    if len(typed) > MOST_STEPS:
        problems.append(Problem(f"最多 {MOST_STEPS} 步", where="步骤"))
    steps = [read_step(step, number, problems) for number, step in enumerate(typed, start=1)]
    if problems:
        return None, problems
    columns = {
        "name": name, "family": draft.family, "asker": draft.asker, "is_sensitive": draft.is_sensitive,
        "once_per_cause": draft.once_per_cause, "papers_later": draft.papers_later, "gives_help": draft.gives_help,
        "extension_days": extension, "source": source,
    }  # fmt: skip
    return KindFacts(columns, causes, chained(with_keys([step for step in steps if step is not None]))), []


def read_step(draft: StepDraft, number: int, problems: list[Problem]) -> StepFacts | None:
    """One line of steps; its refusals stand in one outcome for now."""
    where = f"第 {number} 步"
    name = texts.read_line(draft.name, where, problems, longest=20)
    if not name:
        problems.append(Problem("请写这一步做什么", where=where, next_step="例如:受理审核"))
    if draft.office not in OFFICE_NAMES:
        problems.append(Problem("请选择谁来办", where=where))
    if draft.count not in COUNT_NAMES:
        problems.append(Problem("请选择按天还是按工作日", where=where))
    days = texts.read_count(draft.days, where, problems, most=MOST_DAYS)
    if days == 0:
        problems.append(Problem("天数应从 1 起", where=where, next_step="不限期的留空"))
    papers = tuple(Named("", each) for each in parted(draft.papers, where, problems, 60))
    refusals = tuple(Named("", each) for each in parted(draft.refusals, where, problems, 80))
    if draft.office not in OFFICE_NAMES or not name:
        return None
    role, level = draft.office.split("@")
    outcome = OutcomeFacts("refuse", "不予办理", result="REFUSED", asks_words=True, reasons=refusals)
    return StepFacts(
        draft.key, name, role, level, days, draft.count, papers=papers, outcomes=(outcome,) if refusals else ()
    )


def parted(text: str, where: str, problems: list[Problem], longest: int) -> list[str]:
    """Names parted by 、, commas or lines, each once."""
    names = [each.strip() for each in PARTED.split(text) if each.strip()]
    return list(dict.fromkeys(texts.read_line(each, where, problems, longest=longest) for each in names))


def with_keys(steps: Sequence[StepFacts]) -> list[StepFacts]:
    """New steps get the next free key; those that came with one keep it."""
    taken = {step.key for step in steps if step.key}
    free = (f"step{n}" for n in range(1, 100) if f"step{n}" not in taken)
    return [step if step.key else replace(step, key=next(free)) for step in steps]


def chained(steps: Sequence[StepFacts]) -> tuple[StepFacts, ...]:
    """One step after the other: each leads to the next, all but the first may be sent back, the last ends the case."""
    found = []
    for place, step in enumerate(steps):
        is_last = place == len(steps) - 1
        on = (
            OutcomeFacts("done", "办结", result="SETTLED", asks_words=True)
            if is_last
            else OutcomeFacts("next", f"通过,转{steps[place + 1].name}", to=steps[place + 1].key)
        )
        back = (
            (OutcomeFacts("back", f"退回{steps[place - 1].name}", to=steps[place - 1].key, is_back=True,
                          asks_words=True),) if place else ()
        )  # fmt: skip
        stop = (OutcomeFacts("withdrawn", "申请人撤回", result="WITHDRAWN"),)
        found.append(replace(step, outcomes=(on, *back, *step.outcomes, *stop)))
    return tuple(found)
