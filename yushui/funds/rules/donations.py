"""Donations: a draft judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.funds.rules.money import read_amount
from yushui.funds.types.donations import DONOR_NAMES, DonationDraft

UNNAMED = "爱心人士"


@dataclass(frozen=True)
class DonationFacts:
    """A donation that can be stored."""

    donor_kind: str
    donor_name: str
    is_unnamed: bool
    promised_fen: int
    promised_on: date
    received_fen: int
    voucher: str
    wish: str
    note: str
    client_key: str


def read_donation(draft: DonationDraft, *, today: date) -> tuple[DonationFacts | None, list[Problem]]:
    """A donation from what was typed, or everything wrong with it."""
    problems: list[Problem] = []
    if draft.donor_kind not in DONOR_NAMES:
        problems.append(Problem("没有选捐赠方是单位还是个人", where="捐赠方", next_step="请选一种"))
    name = texts.read_line(draft.donor_name, "捐赠方名称", problems, longest=60)
    if not name:
        problems.append(Problem("没有填捐赠方", where="捐赠方名称", next_step="请填单位全称或姓名"))
    if draft.fund_id is None:
        problems.append(Problem("没有选进哪个资金", where="资金", next_step="请选关爱基金或捐赠资金"))
    received = read_amount(draft.received, problems, "到账金额") if draft.received.strip() else 0
    promised = read_amount(draft.promised, problems, "承诺金额") if draft.promised.strip() else received
    if promised == 0 and received == 0:
        problems.append(Problem("没有填金额", where="承诺金额", next_step="请填承诺金额,或已经到账的金额"))
    on = texts.read_day(draft.promised_on, "日期", problems, latest=today)
    voucher = texts.read_line(draft.voucher, "票据号", problems, longest=40)
    wish = texts.read_line(draft.wish, "捐赠意愿", problems, longest=120)
    note = texts.read_line(draft.note, "说明", problems, longest=300)
    key = texts.read_key(draft.client_key, problems)
    if on is None or promised is None or received is None or problems:
        return None, problems
    facts = DonationFacts(
        draft.donor_kind, name, draft.is_unnamed, promised, on, received, voucher, wish, note, key
    )  # fmt: skip
    return facts, []


def shown_name(name: str, *, is_unnamed: bool) -> str:
    """The donor as papers and lists for others show it."""
    return UNNAMED if is_unnamed else name
