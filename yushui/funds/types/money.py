"""Funds (资金) and their ledgers: kinds, sources, sides, drafts as typed. Amounts are typed in yuan, kept in fen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# BUDGET is a budget line of one year; the others go on from year to year.
FUND_NAMES: dict[str, str] = {"BUDGET": "预算经费", "CARE": "关爱基金", "DONATED": "捐赠资金"}
SOURCE_NAMES: dict[str, str] = {"LOCAL": "本级财政", "UPPER": "上级专项", "DONATION": "捐赠", "OTHER": "其他"}
SIDE_NAMES: dict[str, str] = {"IN": "收入", "OUT": "支出"}
OVERDRAFT_NAMES: dict[str, str] = {"ASKED": "待审批", "GRANTED": "已同意", "REFUSED": "不同意", "ENDED": "已收回"}
# What the row that caused a spending is called, by the first part of its text key.
ORIGIN_NAMES: dict[str, str] = {
    "activities.activity": "活动", "activities.visit": "走访", "activities.campaign": "慰问行动", "cases.case": "办件",
    "cases.project": "实事项目",
    "funds.application": "关爱基金申请",
}  # fmt: skip


@dataclass(frozen=True)
class FundDraft:
    """A fund as typed. `planned` is the budget figure (预算数) of a budget line."""

    name: str = ""
    kind: str = "BUDGET"
    source: str = "LOCAL"
    year: str = ""
    use: str = ""
    planned: str = ""
    area_code: str = ""
    note: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class EntryDraft:
    """Money in or out as typed. `origin` is the text key of the row that caused it, `origin_words` its name."""

    on: str = ""
    amount: str = ""
    words: str = ""
    use: str = ""
    payee: str = ""
    voucher: str = ""
    origin: str = ""
    origin_words: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class OverdraftDraft:
    """Asking that a fund may go below zero by so much until a day (included)."""

    amount: str = ""
    last_day: str = ""
    reason: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class Movement:
    """Money on a day: what came (positive) or went (negative), in fen."""

    on: date
    fen: int
