"""What a kind of site must hold when a county adds one."""

from __future__ import annotations

from dataclasses import dataclass

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.sites.rules.places import Number
from yushui.sites.types import GROUP_NAMES, KindDraft

MOST_NUMBERS = 6
NO_UNITS = ("%", "小时", "亩")  # figures keep these in parts, numbers of sites are whole


@dataclass(frozen=True)
class KindFacts:
    """A kind that can be stored."""

    name: str
    group: str
    signed: bool
    check_months: int | None
    numbers: tuple[Number, ...]


def read_kind(draft: KindDraft, *, taken: frozenset[str]) -> tuple[KindFacts | None, list[Problem]]:
    """A kind as typed, or None with all problems."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=40)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:拥军加油站"))
    elif name in taken:
        problems.append(Problem(f"已有“{name}”", where="名称", next_step="请直接用已有的,或换一个名称"))
    if draft.group not in GROUP_NAMES:
        problems.append(Problem("请选择属于哪一类", where="大类"))
    months = texts.read_count(draft.check_months, "检查间隔", problems, most=60)
    numbers = []
    for place, typed in enumerate(draft.numbers, start=1):
        where = f"数字第 {place} 行"
        title = texts.read_line(typed.name, where, problems, longest=20)
        unit = texts.read_line(typed.unit, where, problems, longest=10)
        if not title and not unit:
            continue
        if not title or not unit:
            problems.append(Problem("名称和单位都要填", where=where, next_step="例如:床位、张"))
        if unit.startswith("元") or unit in NO_UNITS:
            step = "这里只记整数:金额请用万元或记到资金里,面积可用平方米,时间可用分钟"
            problems.append(Problem(f"不能用“{unit}”作单位", where=where, next_step=step))
        numbers.append(Number(typed.key, title, unit, typed.monthly == "1"))
    if len(numbers) > MOST_NUMBERS:
        problems.append(Problem(f"最多 {MOST_NUMBERS} 个数字", where="数字"))
    if problems:
        return None, problems
    return KindFacts(name, draft.group, draft.signed, months or None, tuple(numbers)), []


def problems_of_numbers(lists: list[object], where: str) -> list[Problem]:
    """What is wrong with the numbers of a catalogue file."""
    fields = {"key", "name", "unit", "monthly"}
    problems = []
    for place, entries in enumerate(lists, start=1):
        fit = isinstance(entries, list) and all(
            isinstance(e, dict) and set(e) <= fields and {"key", "name", "unit"} <= set(e) for e in entries
        )
        if not fit:
            problems.append(Problem("numbers 应为 {key, name, unit, monthly} 的列表", where=f"{where} 第 {place} 项"))
    return problems
