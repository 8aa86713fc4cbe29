"""双清单, 实事 projects, receptions: words and drafts."""

from __future__ import annotations

from dataclasses import dataclass

NEED_KINDS = ("GARRISON_NEED", "LOCAL_NEED")
SIDE_NAMES: dict[str, str] = {"FOR_ARMY": "地方为部队办实事", "FOR_LOCAL": "部队为地方办实事"}
PROJECT_NAMES: dict[str, str] = {"PLANNED": "已立项", "UNDERWAY": "实施中", "ACCEPTED": "已验收", "DROPPED": "已取消"}


@dataclass(frozen=True)
class AssignDraft:
    """Who answers for a need, and by when, as typed."""

    unit_id: int | None = None
    due_on: str = ""
    demand: str = ""
    revision: str = ""


@dataclass(frozen=True)
class ProjectDraft:
    """A yearly project (实事) as typed."""

    title: str = ""
    year: str = ""
    side: str = ""
    unit_id: int | None = None
    case_id: int | None = None
    budget: str = ""
    money_source: str = ""
    due_on: str = ""
    note: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class ReceptionDraft:
    """An appointment with a leader as typed: one with an account, or a name."""

    host_name: str = ""
    planned_on: str = ""
    place: str = ""
    words: str = ""
    client_key: str = ""
    host_id: int | None = None
