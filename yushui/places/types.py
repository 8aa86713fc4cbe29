"""Codes and labels of units, posts and papers; drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass, field

# The five things a 退役军人服务站 must have (五有).
FIVE_NAMES: dict[str, str] = {
    "BODY": "有机构",
    "POSTS": "有编制",
    "STAFF": "有人员",
    "FUNDS": "有经费",
    "SUPPORT": "有保障",
}
MODEL = "MODEL"  # 示范型: said of a station beside the five things
STATION_NAMES: dict[str, str] = {**FIVE_NAMES, MODEL: "示范型服务站"}
# The five things that 双拥 work is to be part of (五个纳入).
INCLUSION_NAMES: dict[str, str] = {
    "AGENDA": "纳入议事日程",
    "PLAN": "纳入发展规划和年度计划",
    "BUDGET": "纳入财政预算",
    "ASSESSMENT": "纳入目标考核",
    "EDUCATION": "纳入全民国防教育",
}
# Posts of a leading group in the order of its paper; other titles stand behind them.
GROUP_TITLES = ("组长", "常务副组长", "副组长", "成员", "办公室主任", "办公室副主任", "联络员")
CHIEF = "组长"
LIAISON_LEADER = "联系领导"  # the leader who keeps contact with a garrison (领导联系驻军)
LIAISON = "联络员"
VOLUNTEER = "志愿者"
# What is wanting in a unit, for lists: code → words.
LACK_NAMES: dict[str, str] = {
    "liaison": "没有联络员", "contact": "没有联系人或电话", "duties": "没有职责", "people": "没有人任职",
}  # fmt: skip
# Titles to suggest in a unit of each kind; any other may be typed.
TITLES: dict[str, tuple[str, ...]] = {
    "LEADING_GROUP": GROUP_TITLES,
    "STATION": ("站长", "联络员", "工作人员"),
    "VOLUNTEERS": ("队长", "副队长", VOLUNTEER),
    "GARRISON": (LIAISON_LEADER, LIAISON),
    "HONOUR_HOME": ("院长", "副院长", LIAISON),
    "CARE_HOSPITAL": ("院长", "副院长", LIAISON),
    "LEGAL_POINT": ("负责人", "承办人"),
}
USUAL_TITLES = ("分管领导", LIAISON, "主任", "副主任")


@dataclass(frozen=True)
class UnitDraft:
    """A unit as typed. `duties` is one duty to a line."""

    name: str = ""
    kind: str = ""
    area_code: str = ""
    parent_id: str = ""
    phone: str = ""
    address: str = ""
    contact_name: str = ""
    starts_on: str = ""
    duties: str = ""


@dataclass(frozen=True)
class PostDraft:
    """A post as typed; several names parted by 、 give several people the same post."""

    title: str = ""
    holder_name: str = ""
    office: str = ""
    starts_on: str = ""


@dataclass(frozen=True)
class PostMove:
    """What becomes of one post in a change: its holder leaves; a successor steps in when one is named."""

    post_id: int
    to_name: str = ""
    to_office: str = ""


@dataclass(frozen=True)
class TransferDraft:
    """A change of posts (人事调整) as typed: who leaves and follows, who comes new to a unit, from when, why."""

    on: str = ""
    reason: str = ""
    number: str = ""
    moves: tuple[PostMove, ...] = ()
    unit_id: int | None = None
    additions: tuple[PostDraft, ...] = ()
    client_key: str = ""
    name: str = ""  # whose posts the form shows, when it does not show those of a unit


@dataclass(frozen=True)
class PaperKindDraft:
    """A county's own kind of paper as typed. `proves` is the code of a duty."""

    name: str = ""
    inclusion: str = ""
    proves: str = ""


@dataclass(frozen=True)
class PaperDraft:
    """A paper in force as typed. `proves` are codes of duties, ticked, and of items of a standard, typed."""

    kind: str = ""
    unit_id: str = ""
    number: str = ""
    title: str = ""
    issued_on: str = ""
    starts_on: str = ""
    last_day: str = ""
    note: str = ""
    proves: tuple[str, ...] = field(default=())
    client_key: str = ""
