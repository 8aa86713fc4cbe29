"""A county's own kind of case as typed: lines of steps, and of each the rows 结果 → 下一步. The facts are those of the
catalogue, so both are stored in the same rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.cases.rules.kinds import MOST_DAYS, Named, OutcomeFacts, StepFacts, problems_of_ways
from yushui.cases.types.kinds import (
    ASKER_NAMES,
    COUNT_NAMES,
    FAMILY_NAMES,
    NEXT,
    OFFICE_NAMES,
    RESULT_NAMES,
    CaseKindDraft,
    OutcomeDraft,
    StepDraft,
)

MOST_STEPS = 8
PARTED = re.compile(r"[、,,;;\n]+")
QUIET = ("", "WITHDRAWN")  # an outcome that ends the case otherwise, or sends it back, asks for words
REFUSE = "不予办理"


@dataclass(frozen=True)
class KindFacts:
    """What a county's form gives, ready to be stored."""

    columns: dict[str, Any]
    causes: tuple[Named, ...]
    steps: tuple[StepFacts, ...]


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
    steps = read_steps(draft.steps, problems)
    if problems:
        return None, problems
    columns = {
        "name": name, "family": draft.family, "asker": draft.asker, "is_sensitive": draft.is_sensitive,
        "once_per_cause": draft.once_per_cause, "papers_later": draft.papers_later, "gives_help": draft.gives_help,
        "extension_days": extension, "source": source,
    }  # fmt: skip
    return KindFacts(columns, causes, steps), []


def read_steps(drafts: Sequence[StepDraft], problems: list[Problem]) -> tuple[StepFacts, ...]:
    """The lines of steps that are not empty, with where their outcomes lead; how they hang together is judged when each
    of them can be read."""
    typed = {number: step for number, step in enumerate(drafts, start=1) if is_typed(step)}
    if not typed:
        problems.append(Problem("至少要有一步", where="步骤", next_step="写明第一步做什么、谁来办、几天"))
    if len(typed) > MOST_STEPS:
        problems.append(Problem(f"最多 {MOST_STEPS} 步", where="步骤"))
    read = {number: read_step(step, number, problems) for number, step in typed.items()}
    whole = dict(zip(read, with_keys(list(read.values())), strict=True))
    found = tuple(
        replace(whole[number], outcomes=outcomes_of(typed[number], number, whole, problems)) for number in typed
    )
    bad = {problem.where for problem in problems}
    places = [f"第 {number} 步" for number in typed]
    if not bad & {"步骤", *places}:
        problems += problems_of_ways(found, places, "步骤")
    return found


def is_typed(step: StepDraft) -> bool:
    """Whether anything stands in a line of steps."""
    rows = any(row.name or row.to or row.reasons for row in step.outcomes)
    return rows or any((step.name, step.office, step.days, step.papers, step.refusals))


def read_step(draft: StepDraft, number: int, problems: list[Problem]) -> StepFacts:
    """One line of steps, without its outcomes."""
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
    role, _, level = draft.office.partition("@")
    return StepFacts(draft.key, name, role, level, days, draft.count, papers=papers)


def parted(text: str, where: str, problems: list[Problem], longest: int) -> list[str]:
    """Names parted by 、, commas or lines, each once."""
    names = [each.strip() for each in PARTED.split(text) if each.strip()]
    return list(dict.fromkeys(texts.read_line(each, where, problems, longest=longest) for each in names))


def with_keys(steps: Sequence[StepFacts]) -> list[StepFacts]:
    """New steps get the next free key; those that came with one keep it."""
    taken = {step.key for step in steps if step.key}
    free = (f"step{n}" for n in range(1, 100) if f"step{n}" not in taken)
    return [step if step.key else replace(step, key=next(free)) for step in steps]


def outcomes_of(
    draft: StepDraft, number: int, steps: Mapping[int, StepFacts], problems: list[Problem]
) -> tuple[OutcomeFacts, ...]:
    """How a step can end: as typed, else as usual; and refused for one of the reasons, when there are any."""
    where = f"第 {number} 步"
    rows = [row for row in draft.outcomes if row.name or row.to or row.reasons]
    found = [read_outcome(row, number, steps, problems) for row in rows] or usual(number, steps)
    reasons = tuple(Named("", each) for each in parted(draft.refusals, where, problems, 80))
    if reasons:
        refuse = OutcomeFacts("" if rows else "refuse", REFUSE, result="REFUSED", asks_words=True, reasons=reasons)
        found.insert(len(found) if rows else -1, refuse)
    names = [outcome.name for outcome in found]
    double = sorted({name for name in names if name and names.count(name) > 1})
    problems += [Problem(f"结果“{name}”写了两次", where=where, next_step="请改成不同的说法") for name in double]
    return tuple(found)


def read_outcome(
    row: OutcomeDraft, number: int, steps: Mapping[int, StepFacts], problems: list[Problem]
) -> OutcomeFacts:
    """One row 结果 → 下一步."""
    where = f"第 {number} 步"
    name = texts.read_line(row.name, where, problems, longest=40)
    if not name:
        problems.append(Problem("请写结果叫什么", where=where, next_step="例如:同意、材料不实"))
    reasons = tuple(Named("", each) for each in parted(row.reasons, where, problems, 80))
    later = [each for each in steps if each > number]
    target = str(later[0]) if row.to == NEXT and later else row.to
    if target in RESULT_NAMES:
        return OutcomeFacts("", name, result=target, asks_words=target not in QUIET, reasons=reasons)
    aim = int(target) if target.isascii() and target.isdigit() and len(target) < 3 else 0
    if aim not in steps:
        what = {"": f"请选择“{name}”以后去哪里", NEXT: f"“{name}”:后面没有下一步了"}
        wrong = what.get(row.to, f"“{name}”要去的第 {aim} 步没有填写" if aim else f"“{name}”去的步骤不存在")
        problems.append(Problem(wrong, where=where, next_step="请选择去哪一步,或怎样结束"))
        return OutcomeFacts("", name, reasons=reasons)
    is_back = aim < number
    return OutcomeFacts("", name, to=steps[aim].key, is_back=is_back, asks_words=is_back, reasons=reasons)


def usual(number: int, steps: Mapping[int, StepFacts]) -> list[OutcomeFacts]:
    """The outcomes of a step for which none is typed: on to the next or, at the last, the end; from the second on back
    to the one before; withdrawn by the asker."""
    before = [each for each in steps if each < number]
    later = [each for each in steps if each > number]
    found = [OutcomeFacts("done", "办结", result="SETTLED", asks_words=True)]
    if later:
        found = [OutcomeFacts("next", f"通过,转{steps[later[0]].name}", to=steps[later[0]].key)]
    if before:
        back = steps[before[-1]]
        found.append(OutcomeFacts("back", f"退回{back.name}", to=back.key, is_back=True, asks_words=True))
    return [*found, OutcomeFacts("withdrawn", "申请人撤回", result="WITHDRAWN")]


def as_typed(steps: Sequence[StepFacts]) -> tuple[StepDraft, ...]:
    """Steps as lines of the form, every outcome as a row."""
    places = {step.key: place for place, step in enumerate(steps, start=1)}

    def row(outcome: OutcomeFacts, place: int) -> OutcomeDraft:
        aim = places.get(outcome.to, 0)
        to = outcome.result or (NEXT if aim == place + 1 else str(aim))
        return OutcomeDraft(outcome.name, to, "、".join(reason.name for reason in outcome.reasons))

    return tuple(
        StepDraft(
            step.key, step.name, f"{step.role}@{step.level}", str(step.days or ""), step.count,
            "、".join(paper.name for paper in step.papers), "", tuple(row(each, place) for each in step.outcomes),
        )
        for place, step in enumerate(steps, start=1)
    )  # fmt: skip
