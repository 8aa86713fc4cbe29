"""Selections (评选): call, nominees, score or vote, publicity in working days, the list. Honours of units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.honours.types import WAYS, NomineeDraft, SelectionDraft, UnitHonourDraft

LEAST_PUBLIC, MOST_PUBLIC = 1, 60  # working days
MOST_SCORE = 100_00  # in hundredths
MOST_VOTES = 1_000_000


@dataclass(frozen=True)
class SelectionFacts:
    """A call that can be published."""

    kind: str
    title: str
    area_code: str
    host: str
    called_on: date
    ends_on: date
    way: str
    seats: int
    public_days: int
    conditions: str
    client_key: str


@dataclass(frozen=True)
class NomineeFacts:
    """A nominee that can be recorded."""

    name: str
    area_code: str
    nominator: str
    deeds: str
    client_key: str


@dataclass(frozen=True)
class UnitHonourFacts:
    """An honour of a unit that can be recorded."""

    kind: str
    unit_id: int | None
    title: str
    issuer: str
    on: date
    number: str
    note: str
    client_key: str


def read_selection(draft: SelectionDraft, *, kinds: frozenset[str]) -> tuple[SelectionFacts | None, list[Problem]]:
    """A call as typed, or None with all problems."""
    problems: list[Problem] = []
    if draft.kind not in kinds:
        problems.append(Problem("请选择评选类别", where="类别"))
    title = texts.read_line(draft.title, "名称", problems, longest=80)
    if not title:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:2026 年度云川县最美退役军人"))
    host = texts.read_line(draft.host, "主办单位", problems, longest=120)
    if not host:
        problems.append(Problem("请填写主办单位", where="主办单位", next_step="例如:县委宣传部、县退役军人事务局"))
    called = texts.read_day(draft.called_on, "征集开始", problems)
    last = texts.read_day(draft.last_day, "征集截止", problems)
    if called and last and last < called:
        problems.append(Problem("征集截止早于开始", where="征集截止"))
    if draft.way not in WAYS:
        problems.append(Problem("请选择评议方式", where="评议方式"))
    seats = texts.read_count(draft.seats, "名额", problems, most=500)
    if not seats and not any(problem.where == "名额" for problem in problems):
        problems.append(Problem("请填写名额", where="名额", next_step="只写数字,例如 10"))
    days = texts.read_count(draft.public_days, "公示工作日", problems, most=MOST_PUBLIC)
    if (days is None or days < LEAST_PUBLIC) and not any(problem.where == "公示工作日" for problem in problems):
        problems.append(Problem("公示至少 1 个工作日", where="公示工作日", next_step="一般不少于 5 个工作日"))
    conditions = texts.read_line(draft.conditions, "评选条件", problems, longest=500)
    key = texts.read_key(draft.client_key, problems)
    if problems or called is None or last is None or not seats or not days:
        return None, problems
    return SelectionFacts(
        draft.kind, title, draft.area_code, host, called, last + timedelta(days=1), draft.way, seats, days, conditions,
        key,
    ), []  # fmt: skip


def read_nominee(
    draft: NomineeDraft, *, stage: str, called_on: date, ends_on: date, today: date
) -> tuple[NomineeFacts | None, list[Problem]]:
    """A nominee as typed; only while nominations are taken."""
    problems: list[Problem] = []
    if stage != "CALL":
        problems.append(Problem("征集推荐已经结束", next_step="不能再加人选"))
    elif today >= ends_on:
        problems.append(Problem(f"征集已于 {ends_on - timedelta(days=1)} 截止", next_step="不能再加人选"))
    elif today < called_on:
        problems.append(Problem(f"征集从 {called_on} 开始"))
    name = texts.read_line(draft.name, "姓名或单位", problems, longest=80)
    if not name:
        problems.append(Problem("请填写姓名或单位", where="姓名或单位"))
    nominator = texts.read_line(draft.nominator, "推荐单位", problems, longest=80)
    if not nominator:
        problems.append(Problem("请填写推荐单位", where="推荐单位", next_step="例如:石桥镇、县教育局"))
    deeds = texts.read_line(draft.deeds, "主要事迹", problems, longest=500)
    key = texts.read_key(draft.client_key, problems)
    if problems:
        return None, problems
    return NomineeFacts(name, draft.area_code, nominator, deeds, key), []


def read_results(
    typed: Mapping[int, str], chosen: frozenset[int], *, names: Mapping[int, str], way: str, seats: int
) -> tuple[dict[int, int], list[Problem]]:
    """Scores in hundredths, or votes, of every nominee, and who is proposed; with all problems."""
    problems: list[Problem] = []
    found: dict[int, int] = {}
    for pk, name in names.items():
        text = typed.get(pk, "").strip()
        if not text:
            problems.append(Problem("请填写得分" if way == "SCORE" else "请填写票数", where=name))
            continue
        value = read_score(text, name, problems) if way == "SCORE" else texts.read_count(
            text, name, problems, most=MOST_VOTES
        )  # fmt: skip
        if value is not None:
            found[pk] = value
    picked = chosen & set(names)
    if not picked:
        problems.append(Problem("请勾选拟表彰对象"))
    if len(picked) > seats:
        problems.append(Problem(f"勾选了 {len(picked)} 个,名额只有 {seats} 个", where="拟表彰对象"))
    return found, problems


def read_score(text: str, where: str, problems: list[Problem]) -> int | None:
    """A score 0 to 100 with at most two decimals, in hundredths."""
    whole, _, rest = text.partition(".")
    digits = whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))
    if not digits or len(rest) > 2 or len(whole) > 3 or int(whole) * 100 + int(rest.ljust(2, "0") or 0) > MOST_SCORE:
        problems.append(Problem("得分应为 0 到 100,最多两位小数", where=where))
        return None
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def publicity_end(public_on: date, days: int, add_workdays: Callable[[date, int], date]) -> date:
    """The first day after so many whole working days; the day of posting does not count."""
    return add_workdays(public_on, days) + timedelta(days=1)


def problems_of_deciding(*, stage: str, public_ends_on: date | None, today: date, on: date) -> list[Problem]:
    """What stands against publishing the list."""
    if stage != "PUBLIC" or public_ends_on is None:
        return [Problem("还没有公示", next_step="请先评议、公示")]
    if today < public_ends_on or on < public_ends_on:
        step = f"{public_ends_on} 起可以公布"
        return [Problem(f"公示到 {public_ends_on - timedelta(days=1)} 才满", where="公布日期", next_step=step)]
    return []


def read_unit_honour(
    draft: UnitHonourDraft, *, kinds: frozenset[str], today: date
) -> tuple[UnitHonourFacts | None, list[Problem]]:
    """An honour of a unit as typed, or None with all problems. Without a unit it is the county's or town's own."""
    problems: list[Problem] = []
    if draft.kind not in kinds:
        problems.append(Problem("请选择荣誉类别", where="类别"))
    title = texts.read_line(draft.title, "荣誉名称", problems, longest=120)
    if not title:
        problems.append(Problem("请填写荣誉名称", where="荣誉名称", next_step="例如:全国双拥模范城(县)"))
    issuer = texts.read_line(draft.issuer, "授予单位", problems, longest=80)
    if not issuer:
        problems.append(Problem("请填写授予单位", where="授予单位"))
    on = texts.read_day(draft.on, "授予日期", problems, latest=today)
    number = texts.read_line(draft.number, "文号", problems, longest=60)
    note = texts.read_line(draft.note, "备注", problems, longest=300)
    unit_id = texts.read_count(draft.unit_id, "获得单位", problems, most=2**31)
    key = texts.read_key(draft.client_key, problems)
    if problems or on is None:
        return None, problems
    return UnitHonourFacts(draft.kind, unit_id, title, issuer, on, number, note, key), []
