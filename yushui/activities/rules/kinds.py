"""What a kind of activity must hold, and what may no longer change once records exist (ADR 0011)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yushui.activities.rules.activities import Extra, names_in
from yushui.activities.types import CHAPTER_NAMES, DIRECTION_NAMES, KindDraft
from yushui.base import texts
from yushui.base.refusals import Problem

MOST_MEASURES = 6
MOST_DECIMALS = 2
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
FIELDS = {"key", "name", "unit", "decimals"}


@dataclass(frozen=True)
class KindFacts:
    """A kind that can be stored; an extra number without key is new."""

    name: str
    chapter: str
    direction: str
    measure: str
    words: str
    wants_evidence: bool
    extras: tuple[Extra, ...]


@dataclass(frozen=True)
class Standing:
    """What a kind means now; `used` are the keys of extra numbers that records hold."""

    direction: str
    measure: str
    has_records: bool
    extras: tuple[Extra, ...]
    used: frozenset[str]


def read_kind(draft: KindDraft) -> tuple[KindFacts | None, list[Problem]]:
    """A kind as typed, or None with all problems."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=40)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:老兵宣讲"))
    if draft.chapter not in CHAPTER_NAMES:
        problems.append(Problem("请选择归入总结的哪个方面", where="方面"))
    if draft.direction not in DIRECTION_NAMES:
        problems.append(Problem("请选择方向", where="方向"))
    measure = texts.read_line(draft.measure, "数量单位", problems, longest=10)
    words = "、".join(names_in(texts.read_line(draft.words, "别名", problems, longest=120)))
    extras = read_extras(draft, problems)
    if problems:
        return None, problems
    return KindFacts(name, draft.chapter, draft.direction, measure, words, draft.wants_evidence, extras), []


def read_extras(draft: KindDraft, problems: list[Problem]) -> tuple[Extra, ...]:
    """The further numbers; a line without name is left out."""
    found: list[Extra] = []
    for number, typed in enumerate(draft.measures, start=1):
        where = f"附加数字第 {number} 行"
        name = texts.read_line(typed.name, where, problems, longest=20)
        unit = texts.read_line(typed.unit, where, problems, longest=10)
        decimals = texts.read_count(typed.decimals or "0", where, problems, most=MOST_DECIMALS)
        if not name:
            if unit and not typed.key:
                problems.append(Problem("有单位,没有名称", where=where))
            continue
        if not unit:
            problems.append(Problem("请填写单位", where=where, next_step="例如:家、户、亩、小时"))
        if name in {extra.name for extra in found}:
            problems.append(Problem(f"“{name}”写了两次", where=where))
        found.append(Extra(typed.key, name, unit, decimals or 0))
    if len(found) > MOST_MEASURES:
        problems.append(Problem(f"附加数字最多 {MOST_MEASURES} 个", where="附加数字"))
    return tuple(found)


def problems_of_change(was: Standing, now: KindFacts) -> list[Problem]:
    """What a change would do to the meaning of numbers that stand in records already."""
    problems = []
    step = "可停用这个类别,另加一个新的"
    if was.has_records and now.direction != was.direction:
        problems.append(Problem("已有活动记录,方向不能再改", where="方向", next_step=step))
    if was.has_records and now.measure != was.measure:
        problems.append(Problem("已有活动记录,数量单位不能再改", where="数量单位", next_step=step))
    extras = {extra.key: extra for extra in now.extras}
    for old in was.extras:
        new = extras.get(old.key)
        if new is not None and old.key in was.used and (new.unit, new.decimals) != (old.unit, old.decimals):
            problems.append(
                Problem(f"“{old.name}”已有数字,单位和小数不能再改", where="附加数字", next_step="可去掉它,另加一个")
            )
    return problems


def problems_of_measures(lists: Sequence[object], where: str) -> list[Problem]:
    """What is wrong with the further numbers of a catalogue file, entry by entry."""
    problems = []
    for number, entries in enumerate(lists, start=1):
        at = f"{where} 第 {number} 项"
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            problems.append(Problem("measures 应为列表", where=at))
            continue
        keys = [entry.get("key") for entry in entries]
        problems += [Problem("measures 的 key 重复", where=at)] if len(set(map(str, keys))) < len(keys) else []
        problems += [Problem(f"measures:{fault}", where=at) for entry in entries if (fault := fault_of(entry))]
    return problems


def fault_of(entry: dict[str, Any]) -> str:
    """What is wrong with one further number of a catalogue; empty when nothing is."""
    if unknown := sorted(set(entry) - FIELDS):
        return f"不认识的字段 {unknown[0]}"
    if not (isinstance(entry.get("key"), str) and KEY.fullmatch(entry["key"])):
        return "key 应为小写英文"
    for name, longest in (("name", 20), ("unit", 10)):
        value = entry.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            return f"{name} 应为 1 到 {longest} 个字"
    decimals = entry.get("decimals", 0)
    if not isinstance(decimals, int) or isinstance(decimals, bool) or not 0 <= decimals <= MOST_DECIMALS:
        return f"decimals 应为 0 到 {MOST_DECIMALS}"
    return ""
