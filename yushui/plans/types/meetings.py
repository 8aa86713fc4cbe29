"""Meetings: states, attendance, drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MeetingState(StrEnum):
    """How far a meeting is."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


STATE_NAMES: dict[str, str] = {"PLANNED": "待召开", "HELD": "已召开", "CANCELLED": "已取消"}
PRESENCE_NAMES: dict[str, str] = {"PRESENT": "出席", "DEPUTY": "派人代会", "EXCUSED": "请假", "ABSENT": "未到"}
CAME = frozenset({"PRESENT", "DEPUTY"})
# Kinds of activities count as meetings when their chapter is one of these and their name says 会.
CHAPTERS = ("ORGANISATION", "VISITS")
MEETING_WORD = "会"
# What a kind counts when its number is the items talked over, not the people there.
ITEMS_MEASURE = "项议题"


@dataclass(frozen=True)
class MeetingDraft:
    """A notice as typed. `agenda` has one item to a line; `others` are names parted by 、; `units` and `posts` are
    the numbers of the units and posts ticked."""

    kind: str = ""
    title: str = ""
    on: str = ""
    begins_at: str = ""
    place: str = ""
    area_code: str = ""
    host_id: int | None = None
    chair: str = ""
    agenda: str = ""
    units: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()
    others: str = ""
    note: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class HeldDraft:
    """What is typed once a meeting was held. `marks` are (number of the invitee, presence, who came instead)."""

    on: str = ""
    chair: str = ""
    heads: str = ""
    marks: tuple[tuple[int, str, str], ...] = ()
    others: str = ""
    minutes: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class DecisionDraft:
    """A decision as typed."""

    text: str = ""
    owner_unit_id: int | None = None
    helper_unit_ids: tuple[int, ...] = ()
    due_on: str = ""
    client_key: str = ""
