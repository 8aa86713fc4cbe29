"""What a unit must hold. A draft as typed goes in; facts or all problems come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.places.types import UnitDraft

MOST_DUTIES = 40


@dataclass(frozen=True)
class UnitFacts:
    """A unit that can be stored."""

    name: str
    kind: str
    area_code: str
    parent_id: int | None
    phone: str
    address: str
    contact_name: str
    starts_on: date | None
    duties: tuple[str, ...]


def read_unit(draft: UnitDraft, *, kinds: frozenset[str], today: date) -> tuple[UnitFacts | None, list[Problem]]:
    """Facts of a unit, or None with all problems. A garrison's designation is refused like any classified text."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=80)
    if not name:
        problems.append(Problem("没有填写单位名称", where="名称"))
    if draft.kind not in kinds:
        problems.append(Problem("没有这种单位", where="类别", next_step="请从列表里选择"))
    starts = texts.read_day(draft.starts_on, "成立日期", problems, latest=today) if draft.starts_on.strip() else None
    parent = texts.read_count(draft.parent_id, "上级单位", problems, most=2**31)
    phone = texts.read_line(draft.phone, "电话", problems, longest=40)
    address = texts.read_line(draft.address, "地址", problems, longest=200)
    contact = texts.read_line(draft.contact_name, "联系人", problems, longest=40)
    duties = tuple(dict.fromkeys(line.strip() for line in draft.duties.splitlines() if line.strip()))
    for place, duty in enumerate(duties, start=1):
        texts.read_line(duty, f"职责第 {place} 条", problems, longest=200)
    if len(duties) > MOST_DUTIES:
        problems.append(Problem(f"职责最多 {MOST_DUTIES} 条", where="职责"))
    if problems:
        return None, problems
    return UnitFacts(name, draft.kind, draft.area_code, parent, phone, address, contact, starts, duties), []
