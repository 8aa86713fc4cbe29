"""States of a merge (并档)."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far a merge is. APART: two entries that look alike were found to be two people."""

    ASKED = "ASKED"
    DONE = "DONE"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    UNDONE = "UNDONE"
    APART = "APART"


STATE_NAMES: dict[str, str] = {
    "ASKED": "待确认", "DONE": "已并档", "REFUSED": "未同意", "WITHDRAWN": "已撤回", "UNDONE": "已拆回",
    "APART": "不是同一人",
}  # fmt: skip
STATE_TONES = {"ASKED": "due", "DONE": "", "REFUSED": "plain", "WITHDRAWN": "plain", "UNDONE": "plain", "APART": "info"}
TAB_NAMES = {"waiting": "待确认", "doubles": "可能重复", "done": "已办"}
