"""Duties: who owes them, in what rhythm, and what fulfils them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Who owes a duty; each of them is counted by itself.
OWER_NAMES: dict[str, str] = {
    "COUNTY": "县(市、区)双拥工作领导小组",
    "TOWN": "每个乡镇(街道)",
    "VILLAGE": "每个村(社区)",
    "MEMBER": "每个成员单位",
    "LEADER": "领导小组每位组长、副组长",
    "GARRISON": "每个驻军单位",
}
RHYTHM_NAMES: dict[str, str] = {"YEAR": "每年", "QUARTER": "每季度", "MONTH": "每月"}
PERIODS: dict[str, int] = {"YEAR": 1, "QUARTER": 4, "MONTH": 12}  # how many in a year
# What fulfils a duty: activities held, their number (课时, 人次) added up, papers, persons contacted.
BY_NAMES: dict[str, str] = {
    "ACTIVITY": "开展活动的次数",
    "AMOUNT": "活动的数量合计(如课时)",
    "PAPER": "制度与文件",
    "CONTACT": "逐人联系走访",
}
REACH_NAMES: dict[str, str] = {"OWN": "只算本级的", "BELOW": "本级和下级的都算"}
PERSON_NAMES: dict[str, str] = {"HARDSHIP": "生活困难的", "LONE": "独居的", "OVER_80": "八十岁以上的"}


@dataclass(frozen=True)
class DutyDraft:
    """A duty as typed by a county; rules.duties.read_duty turns it into facts or problems."""

    name: str = ""
    owes: str = ""
    rhythm: str = "YEAR"
    times: str = "1"
    measure: str = ""
    by: str = "ACTIVITY"
    reach: str = "OWN"
    persons: str = ""
    kinds: tuple[str, ...] = ()
    starts_on: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One period of a duty for one who owes it: first and last day (both included), what is needed, what was done."""

    first: date
    last: date
    need: int
    done: int


@dataclass(frozen=True)
class Standing:
    """How one who owes a duty stands in a year on a day.

    `done` is all that was done; `due` what the periods that are over asked for; `missed` what they asked for and did
    not get; `left` what the running period still asks for, by `next_due` (its last day).
    """

    done: int
    due: int
    whole: int
    missed: int
    left: int
    next_due: date | None

    @property
    def state(self) -> str:
        """MISSED, DUE (the running period is not fulfilled yet), DONE, or NOTHING (nothing is asked)."""
        if self.missed:
            return "MISSED"
        if self.left:
            return "DUE"
        return "DONE" if self.whole else "NOTHING"


STATE_NAMES: dict[str, str] = {"MISSED": "有欠账", "DUE": "待完成", "DONE": "已完成", "NOTHING": "无应办"}
