"""Chapters, directions; an activity as typed."""

from __future__ import annotations

from dataclasses import dataclass

# The chapters of a yearly report (汇报), in its order; each kind of activity serves one.
CHAPTER_NAMES: dict[str, str] = {
    "ORGANISATION": "组织领导",
    "EDUCATION": "宣传教育",
    "POLICY": "优抚政策",
    "PLACEMENT": "安置就业",
    "RIGHTS": "维权稳定",
    "VISITS": "走访慰问",
    "JOINT": "军民共建",
    "CONSCRIPTION": "征兵",
}
DIRECTION_NAMES: dict[str, str] = {
    "TO_ARMY": "地方→部队",
    "TO_PUBLIC": "部队→地方",
    "JOINT": "共同",
    "LOCAL": "地方自办",
}


@dataclass(frozen=True)
class ActivityDraft:
    """An activity as typed on a form; rules.activities.read_activity turns it into facts or problems."""

    kind: str = ""
    on: str = ""
    title: str = ""
    area_code: str = ""
    place: str = ""
    host_id: str = ""
    partners: str = ""
    heads: str = ""
    amount: str = ""
    note: str = ""
    client_key: str = ""
