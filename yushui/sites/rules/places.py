"""What a site, an agreement, a check must hold, and in what state a site is on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.sites.types import CHECK_RESULTS, AgreementDraft, CheckDraft, SiteDraft

SOON = timedelta(days=60)
LONGEST = 3660  # days of an agreement; beyond it an end day is a slip
POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,8})?)\s*[,,\s]\s*(-?\d{1,2}(?:\.\d{1,8})?)\s*")
MONTH = re.compile(r"(\d{4})-(\d{2})")
CHINA = ((73.0, 136.0), (3.0, 54.0))  # longitudes and latitudes


@dataclass(frozen=True)
class Number:
    """A number that a kind has."""

    key: str
    name: str
    unit: str
    monthly: bool = False


@dataclass(frozen=True)
class SiteFacts:
    """A site that can be stored."""

    kind: str
    name: str
    area_code: str
    unit_id: int | None
    address: str
    contact_name: str
    phone: str
    since: date | None
    offer: str
    plate: str
    point: tuple[int, int] | None
    note: str
    numbers: tuple[tuple[str, int], ...]
    client_key: str


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement that can be stored, on the days [starts_on, ends_on)."""

    starts_on: date
    ends_on: date
    number: str
    offer: str
    client_key: str


@dataclass(frozen=True)
class CheckFacts:
    """A check that can be stored."""

    on: date
    result: str
    checker: str
    found: str
    client_key: str


def read_site(
    draft: SiteDraft, *, kinds: frozenset[str], numbers: Sequence[Number], today: date, keyed: bool = True
) -> tuple[SiteFacts | None, list[Problem]]:
    """A site as typed, or None with all problems."""
    problems: list[Problem] = []
    if draft.kind not in kinds:
        problems.append(Problem("请选择类别", where="类别"))
    name = texts.read_line(draft.name, "名称", problems, longest=80)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:清溪理发店、石桥镇双拥广场"))
    if not draft.area_code:
        problems.append(Problem("请选择所在地", where="所在地"))
    address = texts.read_line(draft.address, "地址", problems, longest=120)
    contact = texts.read_line(draft.contact_name, "联系人", problems, longest=40)
    phone = texts.read_line(draft.phone, "电话", problems, longest=40)
    since = texts.read_day(draft.since, "启用日期", problems, latest=today) if draft.since.strip() else None
    offer = texts.read_line(draft.offer, "优待内容", problems, longest=200)
    plate = texts.read_line(draft.plate, "牌号", problems, longest=40)
    note = texts.read_line(draft.note, "备注", problems, longest=300)
    point = read_point(draft.point, problems)
    unit_id = texts.read_count(draft.unit_id, "所属单位", problems, most=2**31)
    values = read_numbers(draft.numbers, numbers, problems)
    key = texts.read_key(draft.client_key, problems) if keyed else ""
    if problems:
        return None, problems
    return SiteFacts(
        draft.kind, name, draft.area_code, unit_id, address, contact, phone, since, offer, plate, point, note, values,
        key,
    ), []  # fmt: skip


def read_point(text: str, problems: list[Problem]) -> tuple[int, int] | None:
    """`116.397,39.909` in millionths of a degree; nothing typed is None."""
    if not text.strip():
        return None
    found = POINT.fullmatch(text)
    inside = found and all(low <= float(part) <= high for part, (low, high) in zip(found.groups(), CHINA, strict=True))
    if not found or not inside:
        problems.append(Problem("坐标不对", where="坐标", next_step="先经度后纬度,例如 116.397,39.909;可不填"))
        return None
    return round(float(found[1]) * 1_000_000), round(float(found[2]) * 1_000_000)


def read_numbers(
    typed: Sequence[tuple[str, str]], numbers: Sequence[Number], problems: list[Problem]
) -> tuple[tuple[str, int], ...]:
    """The kind's own numbers; an empty one is left out. Keys of another kind are passed over: the form was switched."""
    known = {number.key: number for number in numbers if not number.monthly}
    found = []
    for key, text in typed:
        if key in known and (value := texts.read_count(text, known[key].name, problems, most=10**9)) is not None:
            found.append((key, value))
    return tuple(found)


def read_agreement(draft: AgreementDraft, *, last_end: date | None) -> tuple[AgreementFacts | None, list[Problem]]:
    """A contract as typed; a renewal may not run out before the one it follows (`last_end`)."""
    problems: list[Problem] = []
    starts_on = texts.read_day(draft.starts_on, "开始日期", problems)
    last = texts.read_day(draft.last_day, "有效期至", problems)
    number = texts.read_line(draft.number, "协议编号", problems, longest=60)
    offer = texts.read_line(draft.offer, "优待内容", problems, longest=200)
    if not offer:
        problems.append(Problem("请填写优待内容", where="优待内容", next_step="例如:凭优待证九折"))
    if starts_on and last and last < starts_on:
        problems.append(Problem("有效期早于开始日期", where="有效期至"))
    elif starts_on and last and (last - starts_on).days > LONGEST:
        problems.append(Problem("有效期超过十年", where="有效期至", next_step="请核对年份"))
    elif last and last_end and last + timedelta(days=1) <= last_end:
        problems.append(Problem("新协议到期早于原协议", where="有效期至", next_step="续签的有效期应比原来的长"))
    key = texts.read_key(draft.client_key, problems)
    if problems or starts_on is None or last is None:
        return None, problems
    return AgreementFacts(starts_on, last + timedelta(days=1), number, offer, key), []


def read_check(draft: CheckDraft, *, today: date) -> tuple[CheckFacts | None, list[Problem]]:
    """A check as typed."""
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "检查日期", problems, latest=today)
    if draft.result not in CHECK_RESULTS:
        problems.append(Problem("请选择检查结果", where="检查结果"))
    checker = texts.read_line(draft.checker, "检查人", problems, longest=40)
    if not checker:
        problems.append(Problem("请填写检查人", where="检查人"))
    found = texts.read_line(draft.found, "发现的问题", problems, longest=200)
    if draft.result == "FOUND" and not found:
        problems.append(Problem("请写明发现的问题", where="发现的问题", next_step="例如:标识牌脱落"))
    if draft.result == "GOOD" and found:
        problems.append(Problem("写了问题,结果却是完好", where="检查结果", next_step="请改选“有问题”,或去掉问题"))
    key = texts.read_key(draft.client_key, problems)
    if problems or on is None:
        return None, problems
    return CheckFacts(on, draft.result, checker, found, key), []


def read_month(text: str, problems: list[Problem], *, today: date) -> int | None:
    """`2026-07` as an integer month; one to come is refused."""
    found = MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1990:
        problems.append(Problem("月份不对", where="月份", next_step="请写成 2026-07 这样的月份"))
        return None
    month = int(found[1]) * 12 + int(found[2]) - 1
    if month > today.year * 12 + today.month - 1:
        problems.append(Problem("月份在今天之后", where="月份"))
        return None
    return month


def state_of(*, ends_on: date | None, signed: bool, agreed_until: date | None, today: date) -> str:
    """OPEN, SOON, EXPIRED or CLOSED; a signed kind without agreement counts as expired."""
    if ends_on is not None and ends_on <= today:
        return "CLOSED"
    if not signed:
        return "OPEN"
    if agreed_until is None or agreed_until <= today:
        return "EXPIRED"
    return "SOON" if agreed_until <= today + SOON else "OPEN"
