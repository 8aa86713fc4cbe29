"""Ways of visiting; a visit as typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GOODS_MARK = "、"


class Way(StrEnum):
    """How a person was visited. ABSENT is an attempt that met nobody: it never counts as a visit made."""

    HOME = "HOME"
    PHONE = "PHONE"
    VIDEO = "VIDEO"
    ABSENT = "ABSENT"


WAY_NAMES: dict[str, str] = {"HOME": "上门", "PHONE": "电话", "VIDEO": "视频", "ABSENT": "没见到"}


@dataclass(frozen=True)
class VisitDraft:
    """A visit as typed on a form or kept on a phone; rules.visits.read_visit turns it into facts or problems."""

    way: str = ""
    on: str = ""
    cash: str = ""
    goods: tuple[str, ...] = ()
    note: str = ""
    visitor_name: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class Photo:
    """A picture as it came from the browser: bytes and the name it had there."""

    content: bytes
    name: str
