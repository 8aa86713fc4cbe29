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


# What a named person did in an activity.
PART_NAMES: dict[str, str] = {"LEADER": "带队领导", "SPEAKER": "主讲", "VOLUNTEER": "志愿者"}


@dataclass(frozen=True)
class ActivityDraft:
    """An activity as typed on a form; rules.activities.read_activity turns it into facts or problems.

    Only kind and day are needed. `last_day` is the last day itself. The host is chosen (`host_id`) or typed (`host`).
    `partners`, `leaders`, `speakers`, `volunteers` are names parted by 、; `hours` is what each volunteer gave.
    `measures` are the kind's own numbers: (key, as typed).
    """

    kind: str = ""
    on: str = ""
    last_day: str = ""
    title: str = ""
    area_code: str = ""
    place: str = ""
    host_id: str = ""
    host: str = ""
    partners: str = ""
    heads: str = ""
    amount: str = ""
    note: str = ""
    measures: tuple[tuple[str, str], ...] = ()
    leaders: str = ""
    speakers: str = ""
    volunteers: str = ""
    hours: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class MeasureDraft:
    """A further number of a kind, as typed; no key yet when it is new, an empty name means it is not wanted."""

    key: str = ""
    name: str = ""
    unit: str = ""
    decimals: str = "0"


@dataclass(frozen=True)
class KindDraft:
    """A kind that a county adds or changes, as typed."""

    name: str = ""
    chapter: str = ""
    direction: str = ""
    measure: str = ""
    words: str = ""
    measures: tuple[MeasureDraft, ...] = ()
    wants_evidence: bool = False
