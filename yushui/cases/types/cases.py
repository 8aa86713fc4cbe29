"""Cases: states, acts, channels; drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How a case stands."""

    OPEN = "OPEN"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"


STATE_NAMES: dict[str, str] = {"OPEN": "办理中", "PAUSED": "暂停计时", "CLOSED": "已办结"}
CHANNEL_NAMES: dict[str, str] = {
    "VISIT": "来访", "LETTER": "来信", "CALL": "来电", "NET": "网上", "VILLAGE": "村(社区)上报", "ABOVE": "上级交办",
    "FOUND": "走访排查",
}  # fmt: skip


class Act(StrEnum):
    """What can happen to a case; each is kept as a row and never edited."""

    OPENED = "OPENED"
    TAKEN = "TAKEN"
    DECIDED = "DECIDED"
    NOTED = "NOTED"
    TRANSFERRED = "TRANSFERRED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    ASKED = "ASKED"
    EXTENDED = "EXTENDED"
    TAKEN_BACK = "TAKEN_BACK"
    HANDED_OVER = "HANDED_OVER"
    REOPENED = "REOPENED"
    REPLIED = "REPLIED"
    RATED = "RATED"
    AIDED = "AIDED"
    CHANGED = "CHANGED"
    ASSIGNED = "ASSIGNED"
    MERGED = "MERGED"


ACT_NAMES: dict[str, str] = {
    "OPENED": "登记", "TAKEN": "认领", "DECIDED": "办理", "NOTED": "记进展", "TRANSFERRED": "转办",
    "PAUSED": "暂停计时", "RESUMED": "恢复计时", "ASKED": "申请延期", "EXTENDED": "延期", "TAKEN_BACK": "撤回上一步",
    "HANDED_OVER": "移交", "REOPENED": "重新办理", "REPLIED": "答复", "RATED": "满意度评价", "AIDED": "帮扶兑现",
    "CHANGED": "更正", "ASSIGNED": "落实责任单位", "MERGED": "申请人档案并档",
}  # fmt: skip
UNDOABLE = (Act.DECIDED, Act.TRANSFERRED, Act.PAUSED, Act.RESUMED, Act.ASKED)
# Why a clock stands still. Days in a pause do not count.
PAUSE_NAMES: dict[str, str] = {
    "PAPERS": "等申请人补充材料",
    "HEARING": "听证期间",
    "EXPERT": "等鉴定、评估结论",
    "COURT": "等诉讼、仲裁、复议结果",
    "ABOVE": "等上级答复",
    "AWAY": "申请人书面要求暂缓",
}
WAY_NAMES: dict[str, str] = {"TALK": "当面答复", "PAPER": "书面答复", "CALL": "电话答复", "NET": "网上答复"}
RATING_NAMES: dict[int, str] = {3: "满意", 2: "基本满意", 1: "不满意"}
MEANS_NAMES: dict[str, str] = {"CASH": "资金", "GOODS": "实物", "SERVICE": "服务"}
TAB_NAMES: dict[str, str] = {
    "todo": "待办", "mine": "我经手的", "overdue": "已超期", "open": "在办", "done": "已办结", "all": "全部",
}  # fmt: skip
MOST_HEADS = 5  # representatives of a visit of several, at most (信访工作条例 §20)


@dataclass(frozen=True)
class CaseDraft:
    """A case as typed. The first seven are what other packages give (phone, portal)."""

    kind: str = ""
    title: str = ""
    text: str = ""
    person_id: int | None = None
    area_code: str = ""
    asker_name: str = ""
    client_key: str = ""
    channel: str = "VISIT"
    unit_id: int | None = None
    opened_on: str = ""
    heads: str = ""
    cause: str = ""
    point_id: int | None = None
    urgent: bool = False
    asker_phone: str = ""


@dataclass(frozen=True)
class ActDraft:
    """A decision at a step as typed. `papers` are ids of papers that came; `reply` answers the asker at once; `cause`
    is asked for when the case came without one and needs it."""

    outcome: str = ""
    reason: str = ""
    words: str = ""
    papers: tuple[int, ...] = ()
    reply: str = ""
    way: str = "TALK"
    cause: str = ""
    revision: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class AidDraft:
    """Help given in a case as typed."""

    means: str = ""
    what: str = ""
    amount: str = ""
    on: str = ""
    source: str = ""
    client_key: str = ""
    fund_id: int | None = None
    payee: str = ""


@dataclass(frozen=True)
class PastCase:
    """A case of the past with the day of each act, for taking over a ledger. `acts` are (act, day, words, more):
    more is the key of an outcome, the code of a pause, extra days, or a rating."""

    draft: CaseDraft
    opened_on: date
    acts: tuple[tuple[Act, date, str, str], ...] = ()
    unit_id: int | None = None
    aids: tuple[tuple[str, str, int | None, date], ...] = field(default=())
