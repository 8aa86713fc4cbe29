"""What a kind of honour must hold when a county adds one."""

from __future__ import annotations

from dataclasses import dataclass

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.honours.types import GROUP_NAMES, KindDraft


@dataclass(frozen=True)
class KindFacts:
    """A kind that can be stored."""

    name: str
    group: str
    deliverers: str
    days: int | None


def read_kind(draft: KindDraft, *, taken: frozenset[str]) -> tuple[KindFacts | None, list[Problem]]:
    """A kind as typed, or None with all problems. `taken` are the names in use in its group."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=40)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:优秀义务兵"))
    elif name in taken:
        problems.append(Problem(f"已有“{name}”", where="名称", next_step="请直接用已有的,或换一个名称"))
    if draft.group not in GROUP_NAMES:
        problems.append(Problem("请选择属于哪一类", where="类别"))
    deliverers = texts.read_line(draft.deliverers, "由谁送达", problems, longest=80)
    days = texts.read_count(draft.days, "送达工作日", problems, most=365)
    if draft.group != "MERIT" and (deliverers or days):
        problems.append(Problem("只有立功受奖才填由谁送达和期限", where="由谁送达"))
    return (None if problems else KindFacts(name, draft.group, deliverers, days)), problems
