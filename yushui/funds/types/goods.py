"""Goods in stock: ways of moving them, drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How goods move. IN: from outside into a store. CARRY: between two places. OUT: from a place to outside."""

    BOUGHT = "BOUGHT"
    DONATED = "DONATED"
    ALLOTTED = "ALLOTTED"
    CARRIED = "CARRIED"
    TAKEN = "TAKEN"
    BACK = "BACK"
    HANDED = "HANDED"
    GIVEN = "GIVEN"
    SCRAPPED = "SCRAPPED"
    COUNTED = "COUNTED"
    REVERSED = "REVERSED"


WAY_NAMES: dict[str, str] = {
    "BOUGHT": "购入",
    "DONATED": "受赠",
    "ALLOTTED": "上级下拨",
    "CARRIED": "调拨",
    "TAKEN": "行动领出",
    "BACK": "行动退回",
    "HANDED": "走访送出",
    "GIVEN": "直接发放",
    "SCRAPPED": "报损",
    "COUNTED": "盘点差异",
    "REVERSED": "冲回",
}
IN_WAYS = ("BOUGHT", "DONATED", "ALLOTTED")
# What a form of the stock may move; the others belong to campaigns, counts and reversals.
FORM_WAYS = (*IN_WAYS, "GIVEN", "CARRIED", "SCRAPPED")
SORT_NAMES: dict[str, str] = {"STORE": "库房", "CAMPAIGN": "走访行动"}


@dataclass(frozen=True)
class ItemDraft:
    """An item as typed; worth in yuan a piece."""

    name: str = ""
    unit: str = ""
    worth: str = ""


@dataclass(frozen=True)
class MoveDraft:
    """A move as typed. `party` is who it came from or went to, `person_id`/`unit_id` when it is one of ours."""

    way: str = ""
    item_id: str = ""
    place_id: str = ""
    to_place_id: str = ""
    pieces: str = ""
    worth: str = ""
    on: str = ""
    party: str = ""
    person_id: str = ""
    unit_id: str = ""
    note: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class CountLineDraft:
    """What was found of one item, and why it differs. `expected` is what the form showed."""

    item_id: int
    expected: str = ""
    found: str = ""
    reason: str = ""


@dataclass(frozen=True)
class CountDraft:
    """A count of a store (盘点) as typed."""

    place_id: str = ""
    on: str = ""
    note: str = ""
    lines: tuple[CountLineDraft, ...] = ()
    client_key: str = ""
