"""What an agreement between units, a pair of people and a contact must hold; when an agreement sleeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.activities.types.pairs import (
    CONTACT_WAYS,
    SOON_DAYS,
    ContactDraft,
    PairDraft,
    PairKindDraft,
    PersonPairDraft,
)
from yushui.base import texts
from yushui.base.days import birthday
from yushui.base.refusals import Problem

PHONE = re.compile(r"[0-9][0-9 -]{5,18}[0-9]")
AHEAD = timedelta(days=366)  # an agreement may be entered so long before it begins
LONGEST_TERM = 30  # years


@dataclass(frozen=True)
class PairFacts:
    """An agreement that can be stored; `ends_on` is the first day it no longer covers."""

    unit: str
    other: str
    subject: str
    area_code: str
    starts_on: date
    ends_on: date | None
    note: str
    client_key: str


@dataclass(frozen=True)
class PersonPairFacts:
    """A pair of people that can be stored: a person of the register, or a name and a unit."""

    kind: str
    helper: str
    helper_unit: str
    helper_phone: str
    person_id: int | None
    helped: str
    helped_unit: str
    area_code: str
    starts_on: date
    needs: str
    note: str
    client_key: str


@dataclass(frozen=True)
class ContactFacts:
    """A contact that can be stored."""

    on: date
    way: str
    note: str
    client_key: str


@dataclass(frozen=True)
class PairKindFacts:
    """A kind of pairs of people that can be stored."""

    name: str
    helper_word: str
    helped_word: str
    of_register: bool


def read_pair(draft: PairDraft, *, today: date, keyed: bool = True) -> tuple[PairFacts | None, list[Problem]]:
    """Facts of an agreement, or None with all problems."""
    problems: list[Problem] = []
    unit = read_needed(draft.unit, "一方单位", problems, longest=80, step="例如:石桥镇人民政府")
    other = read_needed(draft.other, "另一方单位", problems, longest=80, step="部队写公开名称,例如:武警云川中队")
    if unit and unit == other:
        problems.append(Problem("两方是同一个单位", where="另一方单位", next_step="请改成结对的另一方"))
    subject = read_needed(draft.subject, "共建内容", problems, longest=120, step="例如:国防教育、便民服务")
    starts_on = texts.read_day(draft.starts_on, "开始日期", problems, latest=None)
    if starts_on is not None and starts_on > today + AHEAD:
        problems.append(Problem("开始日期在一年以后", where="开始日期", next_step="请核对年份"))
    ends_on = read_term(draft.last_day, starts_on, problems)
    note = texts.read_line(draft.note, "说明", problems, longest=300)
    key = texts.read_key(draft.client_key, problems) if keyed else ""
    if problems or starts_on is None:
        return None, problems
    return PairFacts(unit, other, subject, draft.area_code, starts_on, ends_on, note, key), []


def read_needed(text: str, where: str, problems: list[Problem], *, longest: int, step: str) -> str:
    """A line that may not be empty."""
    line = " ".join(texts.read_line(text, where, problems, longest=longest).split())
    if not line:
        problems.append(Problem(f"请填写{where}", where=where, next_step=step))
    return line


def read_term(text: str, after: date | None, problems: list[Problem]) -> date | None:
    """The first day after a term whose last day is typed; empty means that no end was agreed."""
    if not text.strip():
        return None
    last = texts.read_day(text, "到期日期", problems)
    if last is None or after is None:
        return None
    if last < after or last > birthday(after, LONGEST_TERM):
        step = "没有约定到期的,这栏留空"
        problems.append(Problem(f"到期日期应在开始之后、{LONGEST_TERM} 年以内", where="到期日期", next_step=step))
        return None
    return last + timedelta(days=1)


def read_renewal(last_day: str, note: str, *, ends_on: date | None) -> tuple[date | None, str, list[Problem]]:
    """The new end of an agreement and what was said; it must lie behind the present one."""
    problems: list[Problem] = []
    new = None
    if not last_day.strip():
        problems.append(Problem("请填写新的到期日期", where="到期日期"))
    else:
        last = texts.read_day(last_day, "到期日期", problems)
        new = last + timedelta(days=1) if last else None
    if ends_on is None:
        problems.append(Problem("这份协议没有约定到期,不用续签", next_step="需要改约定的,请用“修改”"))
    elif new is not None and new <= ends_on:
        step = f"现在到 {ends_on - timedelta(days=1):%Y-%m-%d} 止"
        problems.append(Problem("新的到期日期应晚于现在的", where="到期日期", next_step=step))
    return new, texts.read_line(note, "续签说明", problems, longest=120), problems


def read_end(on: str, reason: str, *, starts_on: date, today: date) -> tuple[date | None, str, list[Problem]]:
    """The day from which a pair no longer holds, and why."""
    problems: list[Problem] = []
    day = texts.read_day(on, "结束日期", problems, latest=today)
    if day is not None and day <= starts_on:
        problems.append(Problem("结束日期应晚于开始日期", where="结束日期", next_step=f"开始于 {starts_on:%Y-%m-%d}"))
    why = read_needed(reason, "结束原因", problems, longest=120, step="例如:单位调整、对象去世")
    return day, why, problems


def read_person_pair(
    draft: PersonPairDraft, *, kinds: dict[str, bool], today: date, keyed: bool = True
) -> tuple[PersonPairFacts | None, list[Problem]]:
    """Facts of a pair of people, or None with all problems. `kinds` says of each kind whether the one helped is of the
    register."""
    problems: list[Problem] = []
    if draft.kind not in kinds:
        problems.append(Problem("请选择结对类型", where="结对类型"))
    helper = read_needed(draft.helper, "帮扶人", problems, longest=40, step="请写姓名")
    helper_unit = texts.read_line(draft.helper_unit, "帮扶人单位", problems, longest=80)
    phone = draft.helper_phone.strip()
    if phone and not PHONE.fullmatch(phone):
        problems.append(Problem("不像电话号码", where="帮扶人电话", next_step="只写数字,可留空"))
    person_id, helped, helped_unit = None, "", ""
    if kinds.get(draft.kind, True):
        person_id = texts.read_count(draft.person_id, "帮扶对象", problems, most=2**62)
        if person_id is None and draft.kind in kinds:
            step = "请先在人员名册里找到这位对象,从他的档案里点“结对帮扶”"
            problems.append(Problem("没有选帮扶对象", where="帮扶对象", next_step=step))
    else:
        helped = read_needed(draft.helped, "帮扶对象", problems, longest=40, step="请写姓名")
        helped_unit = texts.read_line(draft.helped_unit, "对象单位", problems, longest=80)
    starts_on = texts.read_day(draft.starts_on, "结对日期", problems, latest=today)
    needs = texts.read_line(draft.needs, "可以找他帮什么", problems, longest=200)
    note = texts.read_line(draft.note, "说明", problems, longest=200)
    key = texts.read_key(draft.client_key, problems) if keyed else ""
    if problems or starts_on is None:
        return None, problems
    return PersonPairFacts(
        draft.kind, helper, helper_unit, phone, person_id, helped, helped_unit, draft.area_code, starts_on, needs, note,
        key,
    ), []  # fmt: skip


def read_contact(
    draft: ContactDraft, *, starts_on: date, ends_on: date | None, today: date, visited: tuple[date, str] | None = None
) -> tuple[ContactFacts | None, list[Problem]]:
    """Facts of a contact within the pair's time, or None with all problems. `visited` are day and way of a visit that
    is the contact."""
    problems: list[Problem] = []
    on: date | None
    if visited is not None:
        on, way = visited
    else:
        on, way = texts.read_day(draft.on, "联系日期", problems, latest=today), draft.way
    if way not in CONTACT_WAYS:
        problems.append(Problem("请选择怎么联系的", where="联系方式"))
    if on is not None and on < starts_on:
        problems.append(Problem("早于结对的日期", where="联系日期", next_step=f"结对于 {starts_on:%Y-%m-%d}"))
    if on is not None and ends_on is not None and on >= ends_on:
        problems.append(Problem("结对已经结束", where="联系日期", next_step="请核对日期"))
    note = texts.read_line(draft.note, "联系情况", problems, longest=300)
    key = texts.read_key(draft.client_key, problems)
    if problems or on is None:
        return None, problems
    return ContactFacts(on, way, note, key), []


def read_pair_kind(draft: PairKindDraft) -> tuple[PairKindFacts | None, list[Problem]]:
    """A kind of pairs of people, or None with all problems."""
    problems: list[Problem] = []
    name = read_needed(draft.name, "名称", problems, longest=40, step="例如:企业与困难老兵")
    helper = read_needed(draft.helper_word, "帮扶人叫什么", problems, longest=10, step="例如:帮扶干部")
    helped = read_needed(draft.helped_word, "对象叫什么", problems, longest=10, step="例如:优抚对象")
    if problems:
        return None, problems
    return PairKindFacts(name, helper, helped, draft.of_register), []


def months_before(on: date, months: int) -> date:
    """The same day of the month so many months earlier; the last one of a month that is shorter."""
    month = on.year * 12 + on.month - 1 - months
    for day in range(on.day, 27, -1):
        try:
            return date(month // 12, month % 12 + 1, day)
        except ValueError:
            continue
    return date(month // 12, month % 12 + 1, on.day)


def quarter_start(on: date) -> date:
    """The first day of the quarter."""
    return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)


def state_of_pair(
    *, starts_on: date, ends_on: date | None, ended_on: date | None, last_on: date | None, on: date, months: int
) -> str:
    """How an agreement stands on a day (PAIR_STATES). One that began a short while ago does not sleep yet."""
    if ended_on is not None and ended_on <= on:
        return "ENDED"
    if ends_on is not None and ends_on <= on:
        return "EXPIRED"
    if max(last_on or starts_on, starts_on) < months_before(on, months):
        return "SLEEPING"
    if ends_on is not None and ends_on <= on + timedelta(days=SOON_DAYS):
        return "SOON"
    return "LIVE"
