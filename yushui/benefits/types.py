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
    holder_relation: str = ""  # in words; set when another collects (代领)
    is_confirmed: bool = True
    account_problem: str = ""
    is_shared: bool = False
    hold_reason: str = ""
    is_notice_open: bool = False
    is_confirmed_this_year: bool = True
    has_twin: bool = False
    is_merged: bool = False  # the entry was merged into another since (并档)


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
    written_off_fen: int = 0
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


# How a one-off sum stands, by its payment lines.
CLAIM_STATES: dict[str, str] = {
    "OPEN": "未付", "FAILED": "退回", "PARTLY": "部分已付", "BATCH": "在批次", "PAID": "已付", "WITHDRAWN": "已撤销",
}  # fmt: skip
CLAIM_TONES: dict[str, str] = {
    "OPEN": "due", "FAILED": "bad", "PARTLY": "due", "BATCH": "info", "PAID": "", "WITHDRAWN": "plain",
}  # fmt: skip
TO_PAY = ("OPEN", "FAILED", "PARTLY")


# Values that the law leaves to the place; the engine asks for them by these names. Fen.
VALUE_NAMES: dict[str, str] = {
    "average_wage": "城镇单位就业人员年平均工资",
    "minimum_wage": "月最低工资标准",
    "urban_income": "城镇居民人均可支配收入(年)",
    "rural_income": "农村居民人均可支配收入(年)",
    "resident_income": "全体居民人均可支配收入(年)",
    "consumption": "居民人均消费支出(年)",
}
