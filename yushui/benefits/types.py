"""Plain records of a month run: what is compared, what comes out. No Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

Key = tuple[int, str, int]  # person, benefit, month


@dataclass(frozen=True)
class PayFacts:
    """What the checks before payment look at, of one person."""

    person_id: int
    name: str
    area_code: str
    born_on: date
    died_on: date | None = None
    account_id: int | None = None
    holder_name: str = ""
    is_confirmed: bool = True
    account_problem: str = ""
    is_shared: bool = False
    hold_reason: str = ""
    is_notice_open: bool = False
    is_confirmed_this_year: bool = True
    has_twin: bool = False


@dataclass(frozen=True)
class Check:
    """One check before payment: `fails` tells whether it strikes; one that `holds` keeps the line out of the batch."""

    key: str
    title: str
    holds: bool
    fails: Callable[[PayFacts], bool]
    words: str  # what stands on the line; no two checks begin alike
    next_step: str
    detail: Callable[[PayFacts], str] | None = None


@dataclass(frozen=True)
class Comparison:
    """One row of a run: due, paid, last month, and in words why they differ. Fen."""

    person_id: int
    benefit: str
    month: int
    status_id: int | None
    due_fen: int
    paid_fen: int
    cause: str
    rate: str = ""
    last_fen: int = 0
    change: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Figure:
    """Heads and fen: a cell of the sheet last month + new − stopped ± changed + arrears = this month."""

    heads: int = 0
    fen: int = 0


@dataclass(frozen=True)
class Sheet:
    """The roll-forward of a run. `last` + `new` − `stopped` ± `changed` + `arrears` = `due`; less what was paid already
    and what is held gives `to_pay`, which is the batch."""

    last: Figure
    new: Figure
    stopped: Figure
    changed: Figure
    current: Figure
    arrears: Figure
    due: Figure
    paid_before: Figure
    held: Figure
    to_pay: Figure
    overpaid: Figure
    asked: int
    noted: int


@dataclass(frozen=True)
class BenefitSum:
    """One line of the summary by benefit."""

    benefit: str
    name: str
    heads: int
    current_fen: int
    arrears_fen: int
    held_fen: int
    to_pay_fen: int


@dataclass
class DifferenceRow:
    """A person and benefit whose payment differs from last month, ready for the page."""

    person_id: int
    name: str
    place: str
    benefit: str
    benefit_name: str
    last_fen: int
    now_fen: int
    change: str = ""
    reasons: list[tuple[str, str, str]] = field(default_factory=list)  # class of the tag, tag, words
    held: str = ""
    noted: str = ""


@dataclass(frozen=True)
class WhyLine:
    """One line of the explanation as the page shows it."""

    text: str
    fen: int | None = None
    struck: bool = False
    note: str = ""


# Values that the law leaves to the place; the engine asks for them by these names. Fen.
VALUE_NAMES: dict[str, str] = {
    "average_wage": "城镇单位就业人员年平均工资",
    "minimum_wage": "月最低工资标准",
    "urban_income": "城镇居民人均可支配收入(年)",
    "rural_income": "农村居民人均可支配收入(年)",
    "resident_income": "全体居民人均可支配收入(年)",
    "consumption": "居民人均消费支出(年)",
}


# What the engine asks for when a fact of the person is missing, in words that say who can find it out.
ASK_WORDS: dict[str, str] = {
    "starts_on": "没有身份开始日期",
    "ends_on": "身份已终止而没有终止日期",
    "approved_on": "没有批准日期",
    "born_on": "没有出生日期",
    "service_starts_on": "没有服义务兵役的开始日期",
    "service_ends_on": "没有服义务兵役的结束日期",
    "start_month": "起始月份如何计发,国家没有写明,由本地规定",
    "rate": "国家和本地都没有可用的标准",
    "overlap": "与另一项待遇能否同时享受,由县里定",
    "grade": "没有伤残等级",
    "cause": "没有伤残性质",
    "period": "没有属于时期",
    "household_kind": "没有户籍类别(城镇或农村)",
    "relation": "没有与牺牲病故军人的关系",
    "campaign": "没有参战(参试)类别",
    "place_of_service": "没有服役地区",
    "education": "没有入伍时学历",
    "draws_pension": "是否领取职工养老金或退休金没有查明",
    "mental_illness": "是否精神残疾没有查明",
}
