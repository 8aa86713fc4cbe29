"""What a recorded activity must hold: a kind, a day not to come. Nothing else is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.activities.types import ActivityDraft
from yushui.base import texts
from yushui.base.refusals import Problem

MOST_NAMES = 40
LONGEST_STAY = 366  # days; beyond it an end day is a slip
BETWEEN_NAMES = re.compile(r"[、,,;;\n\r]+")
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
MOST_VALUE = 10**12


@dataclass(frozen=True)
class Extra:
    """A further number that a kind asks for; with one decimal it is kept in tenths."""

    key: str
    name: str
    unit: str
    decimals: int = 0


@dataclass(frozen=True)
class Part:
    """Someone in an activity: role (PART_NAMES), name, and of a volunteer the minutes given."""

    role: str
    name: str
    minutes: int | None = None


@dataclass(frozen=True)
class ActivityFacts:
    """An activity that can be stored; the amount in fen, extra numbers in their smallest unit."""

    kind: str
    on: date
    ends_on: date | None
    title: str
    area_code: str
    place: str
    host_id: int | None
    host: str
    partners: tuple[str, ...]
    heads: int | None
    amount_fen: int | None
    note: str
    measures: tuple[tuple[str, int], ...]
    people: tuple[Part, ...]
    client_key: str | None


def read_activity(
    draft: ActivityDraft, *, kind_names: dict[str, str], extras: Sequence[Extra] = (), today: date, keyed: bool = True
) -> tuple[ActivityFacts | None, list[Problem]]:
    """Facts of an activity, or None with all problems. An empty title becomes the name of the kind; `keyed` asks for
    the key of the form, which a correction does not carry."""
    problems: list[Problem] = []
    if draft.kind not in kind_names:
        problems.append(Problem("请选择活动类型", where="活动类型"))
    on = texts.read_day(draft.on, "日期", problems, latest=today)
    ends_on = read_end(draft.last_day, on, today, problems)
    title = texts.read_line(draft.title, "标题", problems, longest=120) or kind_names.get(draft.kind, "")
    place = texts.read_line(draft.place, "地点", problems, longest=80)
    host_id = texts.read_count(draft.host_id, "主办单位", problems, most=2**31)
    host = texts.read_line(draft.host, "主办单位", problems, longest=80)
    partners = read_names(draft.partners, "参加单位", problems, longest=80)
    heads = texts.read_count(draft.heads, "数量", problems)
    amount = texts.read_yuan(draft.amount, "金额", problems)
    note = texts.read_line(draft.note, "情况", problems, longest=500)
    measures = read_measures(draft.measures, extras, problems)
    people = read_people(draft, problems)
    key = texts.read_key(draft.client_key, problems) if keyed else None
    if problems or on is None:
        return None, problems
    return ActivityFacts(
        draft.kind, on, ends_on, title, draft.area_code, place, host_id, host, partners, heads, amount, note, measures,
        people, key,
    ), []  # fmt: skip


def read_end(text: str, on: date | None, today: date, problems: list[Problem]) -> date | None:
    """The first day after an activity of several days; the last day is typed. One day, or nothing typed, is None."""
    if not text.strip():
        return None
    last = texts.read_day(text, "最后一天", problems, latest=today)
    if last is None or on is None or last == on:
        return None
    if last < on or (last - on).days > LONGEST_STAY:
        problems.append(Problem("最后一天应在第一天之后、一年以内", where="最后一天", next_step="只有一天的,这栏留空"))
        return None
    return last + timedelta(days=1)


def names_in(text: str) -> tuple[str, ...]:
    """Names parted by 、 or a comma, each once, in the order typed."""
    return tuple(dict.fromkeys(name for part in BETWEEN_NAMES.split(text) if (name := " ".join(part.split()))))


def read_names(text: str, where: str, problems: list[Problem], *, longest: int) -> tuple[str, ...]:
    """A line of names; each must be fit to keep."""
    names = names_in(text)
    if len(names) > MOST_NAMES:
        problems.append(Problem(f"最多 {MOST_NAMES} 个", where=where, next_step="其余的写在“情况”里"))
        return ()
    return tuple(texts.read_line(name, where, problems, longest=longest) for name in names)


def read_people(draft: ActivityDraft, problems: list[Problem]) -> tuple[Part, ...]:
    """Who led, spoke and volunteered."""
    hours = read_scaled(draft.hours, "志愿时长", 1, problems)
    minutes = None if hours is None else hours * 6
    if minutes is not None and minutes > 24 * 60 * 31:
        problems.append(Problem("志愿时长过长", where="志愿时长", next_step="请填写每个人的小时数"))
    lines = (("LEADER", draft.leaders, "带队领导"), ("SPEAKER", draft.speakers, "主讲"))
    people = [Part(role, name) for role, text, where in lines for name in read_names(text, where, problems, longest=40)]
    volunteers = read_names(draft.volunteers, "志愿者", problems, longest=40)
    if minutes and not volunteers:
        problems.append(Problem("有志愿时长,没有志愿者", where="志愿者", next_step="请写上名字,或去掉时长"))
    return (*people, *(Part("VOLUNTEER", name, minutes) for name in volunteers))


def read_measures(
    typed: Sequence[tuple[str, str]], extras: Sequence[Extra], problems: list[Problem]
) -> tuple[tuple[str, int], ...]:
    """The kind's own numbers, in the smallest unit. What the kind does not ask for is refused unless empty."""
    known = {extra.key: extra for extra in extras}
    found: dict[str, int] = {}
    for key, text in typed:
        extra = known.get(key)
        if extra is None:
            if text.strip():
                problems.append(Problem("这类活动没有这一栏", where="附加数字", next_step="请重新打开这一页再填"))
            continue
        value = read_scaled(text, extra.name, extra.decimals, problems)
        if value is not None:
            found[key] = value
    return tuple(found.items())


def read_scaled(text: str, where: str, decimals: int, problems: list[Problem]) -> int | None:
    """A number with so many decimals, as an integer in the smallest unit; empty means None."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    if not plain:
        return None
    whole, _, rest = plain.partition(".")
    if not plain.isascii() or not AMOUNT.fullmatch(plain):
        step = "只写数字,不带单位" if decimals else "只写整数,不带单位"
        problems.append(Problem("应为数字" if decimals else "应为整数", where=where, next_step=step))
        return None
    if len(rest.rstrip("0")) > decimals:
        said = f"最多 {decimals} 位小数" if decimals else "应为整数"
        problems.append(Problem(said, where=where, next_step="请四舍五入后再填"))
        return None
    value: int = int(whole) * 10**decimals + int(rest[:decimals].ljust(decimals, "0") or 0)
    if value > MOST_VALUE:
        problems.append(Problem("数字过大", where=where, next_step="请核对是否多写了数字"))
        return None
    return value


def show_scaled(value: int, decimals: int) -> str:
    """125 with one decimal → `12.5`; 120 → `12`; thousands are not parted, so that it can be typed again."""
    if not decimals:
        return str(value)
    text = f"{value // 10**decimals}.{value % 10**decimals:0{decimals}d}"
    return text.rstrip("0").rstrip(".")
