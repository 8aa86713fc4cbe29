"""Money: drafts of funds, entries and overdrafts judged; what may still be spent on a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.money import show_yuan
from yushui.base.refusals import Problem
from yushui.funds.types.money import FUND_NAMES, SOURCE_NAMES, EntryDraft, FundDraft, Movement, OverdraftDraft

ORIGIN = re.compile(r"[a-z]+\.[a-z]+:[0-9]{1,18}")
LONGEST_OVERDRAFT = 366  # days


@dataclass(frozen=True)
class FundFacts:
    """A fund that can be stored."""

    name: str
    kind: str
    source: str
    year: int | None
    use: str
    planned_fen: int
    note: str
    client_key: str


@dataclass(frozen=True)
class EntryFacts:
    """An entry that can be stored; `fen` is positive whichever way the money goes."""

    on: date
    fen: int
    words: str
    use: str
    payee: str
    voucher: str
    origin: str
    origin_words: str
    client_key: str


@dataclass(frozen=True)
class OverdraftFacts:
    """An overdraft that can be asked for, valid before `ends_on`."""

    fen: int
    ends_on: date
    reason: str
    client_key: str


def read_fund(draft: FundDraft, *, uses: Collection[str], today: date) -> tuple[FundFacts | None, list[Problem]]:
    """A fund from what was typed, or everything wrong with it."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=60)
    if not name:
        problems.append(Problem("没有填名称", where="名称", next_step="例如:2026年双拥工作经费"))
    if draft.kind not in FUND_NAMES:
        problems.append(Problem("没有选种类", where="种类", next_step="请选一种"))
    if draft.source not in SOURCE_NAMES:
        problems.append(Problem("没有选来源", where="来源", next_step="请选一种"))
    year = read_year(draft, problems, today)
    if draft.use and draft.use not in uses:
        problems.append(Problem("没有这个用途,或已停用", where="用途", next_step="请重新选择"))
    planned = texts.read_yuan(draft.planned, "预算数", problems)
    if draft.kind == "BUDGET" and not draft.planned.strip():
        problems.append(Problem("没有填预算数", where="预算数", next_step="请填批复的预算金额(元),没有批复填 0"))
    note = texts.read_line(draft.note, "说明", problems, longest=300)
    key = texts.read_key(draft.client_key, problems)
    if problems:
        return None, problems
    return FundFacts(name, draft.kind, draft.source, year, draft.use, planned or 0, note, key), []


def read_year(draft: FundDraft, problems: list[Problem], today: date) -> int | None:
    """The year of a budget line; the other kinds have none."""
    if draft.kind != "BUDGET":
        return None
    text = draft.year.strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 1990 <= int(text) <= today.year + 1):
        problems.append(Problem("年度不对", where="年度", next_step=f"请填四位年份,最晚 {today.year + 1}"))
        return None
    return int(text)


def read_entry(
    draft: EntryDraft, *, side: str, uses: Collection[str], today: date, usual_use: str = ""
) -> tuple[EntryFacts | None, list[Problem]]:
    """Money in or out from what was typed, or everything wrong with it. Spending needs a use; income has none."""
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "日期", problems, latest=today)
    fen = read_amount(draft.amount, problems)
    words = texts.read_line(draft.words, "摘要", problems, longest=120)
    if not words:
        example = "县财政拨付上半年经费" if side == "IN" else "八一走访慰问金"
        problems.append(Problem("没有写摘要", where="摘要", next_step=f"例如:{example}"))
    use = (draft.use or usual_use) if side == "OUT" else ""
    if side == "OUT" and use not in uses:
        problems.append(Problem("没有选用途", where="用途", next_step="请选一种用途"))
    payee = texts.read_line(draft.payee, "收款方", problems, longest=60)
    voucher = texts.read_line(draft.voucher, "凭证号", problems, longest=40)
    if draft.origin and not ORIGIN.fullmatch(draft.origin):
        problems.append(Problem("关联的事项不对", where="关联事项", next_step="请从活动、走访或办件的页面进来登记"))
    origin_words = texts.read_line(draft.origin_words, "关联事项", problems, longest=120)
    key = texts.read_key(draft.client_key, problems)
    if on is None or fen is None or problems:
        return None, problems
    return EntryFacts(on, fen, words, use, payee, voucher, draft.origin, origin_words, key), []


def day_and_amount(draft: EntryDraft) -> tuple[date, int] | None:
    """Day and fen of a draft whose other fields may be wrong, so that a short balance is said along with them."""
    unheard: list[Problem] = []
    on, fen = texts.read_day(draft.on, "", unheard), texts.read_yuan(draft.amount, "", unheard)
    return None if on is None or not fen or unheard else (on, fen)


def read_amount(text: str, problems: list[Problem], where: str = "金额") -> int | None:
    """An amount above nothing."""
    before = len(problems)
    fen = texts.read_yuan(text, where, problems)
    if len(problems) == before and not fen:
        problems.append(Problem(f"没有填{where}", where=where, next_step="请填大于 0 的金额(元)"))
        return None
    return fen


def read_overdraft(draft: OverdraftDraft, *, today: date) -> tuple[OverdraftFacts | None, list[Problem]]:
    """A request to go below zero, or everything wrong with it."""
    problems: list[Problem] = []
    fen = read_amount(draft.amount, problems, "超支额度")
    last = texts.read_day(draft.last_day, "有效期至", problems)
    if last is not None and last < today:
        problems.append(Problem("有效期已经过了", where="有效期至", next_step="请填今天或以后的日期"))
    if last is not None and (last - today).days > LONGEST_OVERDRAFT:
        problems.append(Problem("有效期最长一年", where="有效期至", next_step="请填一年以内的日期"))
    reason = texts.read_line(draft.reason, "理由", problems, longest=200)
    if not reason:
        problems.append(Problem("没有写理由", where="理由", next_step="例如:上级专项已下达指标,资金月底到账"))
    key = texts.read_key(draft.client_key, problems)
    if fen is None or last is None or problems:
        return None, problems
    return OverdraftFacts(fen, last + timedelta(days=1), reason, key), []


def lowest_from(movements: Iterable[Movement], on: date) -> int:
    """The lowest balance at the end of a day from `on` on: what may go out on that day so that no day runs below zero.

    A movement without effect stands for the day itself, so that days before the first movement have their balance.
    """
    by_day: dict[date, int] = {on: 0}
    for each in movements:
        day = max(each.on, on)
        by_day[day] = by_day.get(day, 0) + each.fen
    lowest: int | None = None
    balance = 0
    for day in sorted(by_day):
        balance += by_day[day]
        lowest = balance if lowest is None else min(lowest, balance)
    return lowest or 0


def problem_of_balance(*, fund: str, lowest_fen: int, fen: int, allowed_fen: int, on: date) -> Problem | None:
    """Why an amount cannot go out, or None. `allowed_fen` is how far below zero a named approval lets the fund go."""
    if lowest_fen - fen >= -allowed_fen:
        return None
    short = fen - lowest_fen - allowed_fen
    day = f"{on.year}年{on.month}月{on.day}日"
    more = f",另有已批准的超支额度 {show_yuan(allowed_fen)} 元" if allowed_fen else ""
    return Problem(
        f"余额不足:{fund}自{day}起可用 {show_yuan(max(lowest_fen, 0))} 元{more},还差 {show_yuan(short)} 元",
        where="金额",
        next_step="请核对金额和日期,先登记到账的收入,或申请超支并由另一人审批",
    )
