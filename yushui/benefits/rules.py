"""Due less paid, month by month, and the words for every difference. Plain values in, plain values out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from yushui.base.days import birthday, month_of, months_after, show_month_zh
from yushui.benefits.types import VALUE_NAMES, Check, Comparison, Key, PayFacts
from yushui.policy.explain import ASKED
from yushui.policy.types import Column, DueSpan, Verdict

AGED_60 = frozenset({"rural_veteran_stipend", "martyr_child_stipend"})
NOTHING: Mapping[Key, int] = {}
LONGEST_LOOK_BACK = 36  # months: further back a payment is looked at by hand


def is_others(facts: PayFacts) -> bool:
    """Whether the money goes to an account in another name."""
    return facts.holder_name.strip() != facts.name.strip()


CHECKS: tuple[Check, ...] = (
    Check("died", "已去世", True, lambda f: f.died_on is not None, "已去世,应发部分由继承人办理",
          "核对去世日期,应发部分另行办理"),
    Check("no_account", "没有账户", True, lambda f: f.account_id is None, "没有登记银行账户", "在人员档案登记账户"),
    Check("refused_account", "账户待核对", True, lambda f: f.account_id is not None and not f.is_confirmed,
          "账户待核对", "与本人核对后更正账户", detail=lambda f: f.account_problem),
    Check("other_holder", "户名不符", True,
          lambda f: f.account_id is not None and is_others(f) and not f.holder_relation, "账户户名与本人姓名不符",
          "改为本人账户;确由他人代领的,在账户上选代领人与本人的关系"),
    Check("agent", "由他人代领", False, lambda f: f.account_id is not None and is_others(f) and bool(f.holder_relation),
          "由代领人领取", "核对代领人和证明材料", detail=lambda f: f"{f.holder_name}({f.holder_relation})"),
    Check("shared", "账户重复", True, lambda f: f.account_id is not None and f.is_shared, "同一账号登记在两人名下",
          "核对两人的账户"),
    Check("on_hold", "人工暂缓", True, lambda f: bool(f.hold_reason), "人工暂缓", "查明后在说明页解除暂缓",
          detail=lambda f: f.hold_reason),
    Check("twin", "疑似重复建档", False, lambda f: f.has_twin, "疑似重复建档(同村同名同出生日期)", "核对是不是同一人"),
    Check("notice", "公告仍未确认", False, lambda f: f.is_notice_open and not f.is_confirmed_this_year,
          "公告后仍未确认(满 60 日的次月停发)", "联系本人或入户确认"),
    Check("unconfirmed", "今年未确认", False, lambda f: not f.is_notice_open and not f.is_confirmed_this_year,
          "今年尚未确认", "安排年度确认"),
)  # fmt: skip


def said_by(check: Check, facts: PayFacts) -> str:
    """What a check says of a person; `;` parts the checks, so a detail carries none."""
    detail = check.detail(facts).replace(";", ",") if check.detail else ""
    return f"{check.words}:{detail}" if detail else check.words


def problems_before_payment(facts: PayFacts) -> tuple[str, str]:
    """(why held, what to note), each with all its words at once; empty when nothing strikes."""
    held = ";".join(said_by(check, facts) for check in CHECKS if check.holds and check.fails(facts))
    noted = ";".join(said_by(check, facts) for check in CHECKS if not check.holds and check.fails(facts))
    return held, noted


def expand(spans: Iterable[DueSpan], first_month: int, end_month: int) -> dict[Key, int]:
    """Fen due by (person, benefit, month) within [first, end). Two statuses of one benefit add up."""
    due: dict[Key, int] = defaultdict(int)
    for span in spans:
        if span.verdict == Verdict.GRANT:
            for month in range(max(span.first_month, first_month), min(span.end_month, end_month)):
                due[span.person_id, span.benefit, month] += span.fen
    return dict(due)


@dataclass(frozen=True)
class OpenMonths:
    """Due, paid and next turn by (person, benefit, month): months not settled, and the run's own month whole."""

    due: dict[Key, int]
    paid: dict[Key, int]
    turns: dict[Key, int]


@dataclass(frozen=True)
class PaidColumns:
    """What was paid, as columns: fen of lines, and negative fen of reversals with turn -1."""

    person: Column
    benefit: Column
    month: Column
    fen: Column
    turn: Column
    benefits: tuple[str, ...]


def open_months(spans: Sequence[DueSpan], paid: PaidColumns, first_month: int, month: int) -> OpenMonths:
    """Due less paid over whole columns; only what is not settled comes out, so a county's two years take a moment.

    Each month of each span is one row of columns, each payment another with the sign turned; equal keys are summed.
    """
    names = list(dict.fromkeys([*(s.benefit for s in spans), *paid.benefits]))
    code = {name: number for number, name in enumerate(names)}
    granted = [s for s in spans if s.verdict == Verdict.GRANT and s.first_month <= month and s.end_month > first_month]
    starts = np.array([max(s.first_month, first_month) for s in granted], dtype=np.int64)
    lengths = np.array([min(s.end_month, month + 1) for s in granted], dtype=np.int64) - starts
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    due_keys = np.repeat(packed([s.person_id for s in granted], [code[s.benefit] for s in granted], starts), lengths)
    due_keys = due_keys + within
    due_fen = np.repeat(np.array([s.fen for s in granted], dtype=np.int64), lengths)
    of_name = np.array([code[name] for name in paid.benefits], dtype=np.int64)
    paid_keys = packed(paid.person, of_name[paid.benefit] if len(paid.benefit) else paid.benefit, paid.month)
    keys, place = np.unique(np.concatenate([due_keys, paid_keys]), return_inverse=True)
    due_sums, paid_sums = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    np.add.at(due_sums, place[: len(due_keys)], due_fen)
    np.add.at(paid_sums, place[len(due_keys) :], paid.fen)
    turns = np.zeros(len(keys), np.int64)
    np.maximum.at(turns, place[len(due_keys) :], paid.turn + 1)
    is_open = (due_sums != paid_sums) | ((keys % MONTHS == month) & ((due_sums != 0) | (paid_sums != 0)))
    found = [
        ((key // MONTHS // BENEFITS, names[key // MONTHS % BENEFITS], key % MONTHS), due, was_paid, turn)
        for key, due, was_paid, turn in zip(
            *(column[is_open].tolist() for column in (keys, due_sums, paid_sums, turns)), strict=True
        )
    ]
    return OpenMonths(
        due={key: fen for key, fen, _, _ in found},
        paid={key: fen for key, _, fen, _ in found},
        turns={key: turn for key, _, _, turn in found},
    )


MONTHS, BENEFITS = 1 << 15, 1 << 6  # room for a month (to the year 2730) and a benefit in one packed key


def packed(person: Any, benefit: Any, month: Any) -> Column:
    """Person, benefit and month in one number, in this order."""
    columns = [np.asarray(column, dtype=np.int64) for column in (person, benefit, month)]
    return columns[0] * (BENEFITS * MONTHS) + columns[1] * MONTHS + columns[2]


def compare(
    *,
    spans: Sequence[DueSpan],
    months: OpenMonths,
    last: Mapping[tuple[int, str], int],
    failed: Collection[Key],
    people: Mapping[int, PayFacts],
    month: int,
    written_off: Mapping[Key, int] = NOTHING,
) -> list[Comparison]:
    """Rows of a run: every difference of the open months, and the run's own month whole.

    What was given up of an overpayment (`written_off`) is not asked for again; it never makes anything due. `last` is
    the month before by (person, benefit), as it was run or paid then. The result does not depend on the order
    of anything that comes in.
    """
    keys = set(months.due) | {(person_id, benefit, month) for (person_id, benefit), fen in last.items() if fen}
    changes = classes_of_people(keys, months.due, last, month)
    words = Words(spans=spans, failed=frozenset(failed), people=people, month=month)
    rows = []
    for key in sorted(keys):
        person_id, benefit, of_month = key
        due_fen, paid_fen = months.due.get(key, 0), months.paid.get(key, 0)
        given_up = min(written_off.get(key, 0), max(paid_fen - due_fen, 0))
        is_current = of_month == month
        if given_up and not is_current and paid_fen - due_fen == given_up:
            continue
        span = words.origin_of(key)
        last_fen = last.get((person_id, benefit), 0) if is_current else 0
        reason = words.of_month(key, due_fen, last_fen) if is_current else words.of_difference(key, due_fen, paid_fen)
        rows.append(
            Comparison(
                person_id=person_id, benefit=benefit, month=of_month, status_id=span.status_id if span else None,
                due_fen=due_fen, paid_fen=paid_fen, written_off_fen=given_up,
                cause=cause_of(due_fen, paid_fen - given_up, is_current=is_current),
                rate=span.rate[:160] if span else "", last_fen=last_fen,
                change=changes[person_id] if is_current else "", reason=reason,
            )
        )  # fmt: skip
    return rows


def cause_of(due_fen: int, paid_fen: int, *, is_current: bool) -> str:
    """Which of the four a row is."""
    if due_fen == paid_fen:
        return "SETTLED"
    if due_fen < paid_fen:
        return "OVERPAID"
    return "CURRENT" if is_current else "ARREARS"


def classes_of_people(
    keys: Iterable[Key], due: Mapping[Key, int], last: Mapping[tuple[int, str], int], month: int
) -> dict[int, str]:
    """NEW, STOPPED, CHANGED or SAME for each person with a row of the month; whole persons, so heads add up."""
    now: dict[int, int] = defaultdict(int)
    before: dict[int, int] = defaultdict(int)
    differs: set[int] = set()
    for person_id, benefit, of_month in keys:
        if of_month != month:
            continue
        due_fen = due.get((person_id, benefit, month), 0)
        last_fen = last.get((person_id, benefit), 0)
        now[person_id] += due_fen
        before[person_id] += last_fen
        if due_fen != last_fen:
            differs.add(person_id)
    return {person_id: class_of_person(now[person_id], before[person_id], person_id in differs) for person_id in now}


def class_of_person(now: int, before: int, has_difference: bool) -> str:
    """The class of one person by the sums of the two months."""
    if now and not before:
        return "NEW"
    if before and not now:
        return "STOPPED"
    return "CHANGED" if has_difference else "SAME"


class Words:
    """The reason of each difference, in the words of the roster (标准提高, 等级变动, 满 60 周岁, 去世 …)."""

    def __init__(
        self,
        *,
        spans: Iterable[DueSpan],
        failed: frozenset[Key],
        people: Mapping[int, PayFacts],
        month: int,
    ) -> None:
        self.failed = failed
        self.people = people
        self.month = month
        self.others: dict[tuple[int, str], list[DueSpan]] = defaultdict(list)
        self.grants: dict[tuple[int, str], list[DueSpan]] = defaultdict(list)
        for span in spans:
            kept = self.grants if span.verdict == Verdict.GRANT else self.others
            kept[span.person_id, span.benefit].append(span)

    def origin_of(self, key: Key) -> DueSpan | None:
        """The span a month comes from; that of the largest amount when two statuses meet."""
        person_id, benefit, month = key
        held = [s for s in self.grants.get((person_id, benefit), ()) if s.first_month <= month < s.end_month]
        return max(held, key=lambda s: s.fen, default=None)

    def of_month(self, key: Key, due_fen: int, last_fen: int) -> str:
        """Why the run's month differs from the month before; empty when it does not."""
        if due_fen == last_fen:
            return ""
        if not last_fen:
            return self.of_new(key)
        if not due_fen:
            return self.of_stop(key)
        return self.of_change(key, last_fen)

    def of_new(self, key: Key) -> str:
        """Why somebody is new: turned 60, recognised, or taken up again."""
        person_id, benefit, month = key
        person = self.people.get(person_id)
        spans = sorted(self.grants[person_id, benefit], key=lambda s: s.first_month)
        if benefit in AGED_60 and person is not None:
            turned = month_of(birthday(person.born_on, 60))
            if 0 <= month - turned <= 2:
                return f"{turned % 12 + 1} 月满 60 周岁"
        if any(span.end_month < month for span in spans):
            return "恢复发放"
        first = spans[0].first_month if spans else month
        return "新认定" if first >= month - 1 else f"新认定,自 {show_month_zh(first)}起"

    def of_stop(self, key: Key) -> str:
        """Why nothing is due any more."""
        person_id, benefit, month = key
        person = self.people.get(person_id)
        if person is not None and person.died_on is not None and month_of(person.died_on) <= month:
            return f"{person.died_on.month} 月 {person.died_on.day} 日去世"
        if person is not None and person.is_merged:
            return "已并入另一份档案"
        for span in self.others[person_id, benefit]:
            if span.first_month <= month < span.end_month:
                return "有事项待核实" if span.verdict == Verdict.ASK else "不再符合条件"
        return "身份终止或待遇停发"

    def of_change(self, key: Key, last_fen: int) -> str:
        """Why the amount is another one: the standard rose, or the person's grade, cause or place changed."""
        person_id, benefit, month = key
        now = self.origin_of(key)
        assert now is not None
        before = [s for s in self.grants[person_id, benefit] if s.fen == last_fen and s.first_month < month]
        if not before:
            before = [s for s in self.grants[person_id, benefit] if s.end_month == now.first_month]
        if before and rate_row(before[-1].rate) != rate_row(now.rate):
            return "等级或身份变动"
        since = now.first_month
        word = "提高" if now.fen > last_fen else "调整"
        return f"标准自 {since % 12 + 1} 月{word}" if since > month - 13 else f"标准{word}"

    def of_difference(self, key: Key, due_fen: int, paid_fen: int) -> str:
        """Why an earlier month is not settled."""
        if due_fen < paid_fen:
            return self.of_overpayment(key)
        if not paid_fen:
            if key in self.failed:
                return "银行退回,重新发放"
            return "当月未发"
        span = self.origin_of(key)
        return f"标准自 {show_month_zh(span.first_month)}提高" if span else "标准提高"

    def of_overpayment(self, key: Key) -> str:
        """Why more was paid than was due."""
        person = self.people.get(key[0])
        if person is not None and person.died_on is not None and month_of(person.died_on) < key[2]:
            return f"{person.died_on:%Y-%m-%d} 去世后仍在发放"
        return "多发"


def rate_row(rate: str) -> str:
    """What stays the same in a rate key (benefit/layer/date/row[/value of the place][*factors]) when only the standard
    rises: the row and the factors."""
    key, _, factors = rate.partition("*")
    parts = key.split("/")
    return f"{parts[3] if len(parts) > 3 else key}*{factors}"


def ask_in_words(ask: str) -> str:
    """What the engine asks for, in a clerk's words, with who can enter it."""
    if ask in VALUE_NAMES:
        return f"没有录入{VALUE_NAMES[ask]}(县局在「地方标准」录入)"
    return f"没有查明:{ASKED.get(ask, ask)}"


def months_in_words(first_month: int, last_month: int) -> str:
    """`2024年8月`, or `2024年8月—10月`, or over the turn of a year both in full."""
    if first_month == last_month:
        return show_month_zh(first_month)
    if first_month // 12 == last_month // 12:
        return f"{show_month_zh(first_month)}—{last_month % 12 + 1}月"
    return f"{show_month_zh(first_month)}—{show_month_zh(last_month)}"


MOST_INSTALMENTS = 60


def spread(fen: int, open_fen: Mapping[int, int]) -> dict[int, int]:
    """An amount over months that are open by so much, the earliest first; months that get nothing are left out."""
    shares: dict[int, int] = {}
    for month in sorted(open_fen):
        share = min(fen, open_fen[month])
        if share > 0:
            shares[month] = share
            fen -= share
    return shares


def parts_of(fen: int, first_on: date, number: int) -> list[tuple[date, int]]:
    """An amount in monthly parts that differ by at most one fen, the larger first; they add up exactly."""
    each, more = divmod(fen, number)
    return [(months_after(first_on, place), each + (place < more)) for place in range(number)]
