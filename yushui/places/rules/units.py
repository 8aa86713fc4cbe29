"""What a unit, a post, a change of posts, a paper must hold. Drafts as typed go in; facts or all problems come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.places.types import GROUP_TITLES, PaperDraft, PostDraft, TransferDraft, UnitDraft

MOST_DUTIES = 40


@dataclass(frozen=True)
class UnitFacts:
    """A unit that can be stored."""

    name: str
    kind: str
    area_code: str
    parent_id: int | None
    phone: str
    address: str
    contact_name: str
    starts_on: date | None
    duties: tuple[str, ...]


@dataclass(frozen=True)
class PostFacts:
    """A post that can be given."""

    title: str
    holder_name: str
    office: str
    starts_on: date


@dataclass(frozen=True)
class PaperFacts:
    """A paper that can be stored; it holds on the days [starts_on, ends_on)."""

    kind: str
    unit_id: int
    number: str
    title: str
    issued_on: date
    starts_on: date
    ends_on: date | None
    note: str
    proves: tuple[str, ...]
    client_key: str


def read_unit(draft: UnitDraft, *, kinds: frozenset[str]) -> tuple[UnitFacts | None, list[Problem]]:
    """Facts of a unit, or None with all problems. A garrison's designation is refused like any classified text."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=80)
    if not name:
        problems.append(Problem("没有填写单位名称", where="名称"))
    if draft.kind not in kinds:
        problems.append(Problem("没有这种单位", where="类别", next_step="请从列表里选择"))
    starts = texts.read_day(draft.starts_on, "成立日期", problems) if draft.starts_on.strip() else None
    parent = texts.read_count(draft.parent_id, "上级单位", problems, most=2**31)
    phone = draft.phone.strip()
    if len(phone) > 40:
        problems.append(Problem("最多 40 个字", where="电话"))
    address = texts.read_line(draft.address, "地址", problems, longest=200)
    contact = texts.read_line(draft.contact_name, "联系人", problems, longest=40)
    duties = tuple(line.strip() for line in draft.duties.splitlines() if line.strip())
    for place, duty in enumerate(duties, start=1):
        texts.read_line(duty, f"职责第 {place} 条", problems, longest=200)
    if len(duties) > MOST_DUTIES:
        problems.append(Problem(f"职责最多 {MOST_DUTIES} 条", where="职责"))
    if problems:
        return None, problems
    return UnitFacts(name, draft.kind, draft.area_code, parent, phone, address, contact, starts, duties), []


def read_post(draft: PostDraft, problems: list[Problem], where: str = "") -> PostFacts | None:
    """A post, or None with its problems added to the list; `where` names the line of a longer form."""
    at = f"{where} " if where else ""
    before = len(problems)
    title = texts.read_line(draft.title, f"{at}职务", problems, longest=40)
    name = texts.read_line(draft.holder_name, f"{at}姓名", problems, longest=40)
    office = texts.read_line(draft.office, f"{at}所任职务", problems, longest=60)
    starts = texts.read_day(draft.starts_on, f"{at}任职日期", problems)
    if not title:
        problems.append(Problem("没有填写职务", where=f"{at}职务"))
    if not name:
        problems.append(Problem("没有填写姓名", where=f"{at}姓名"))
    if len(problems) > before or starts is None:
        return None
    return PostFacts(title, name, office, starts)


def read_transfer(draft: TransferDraft) -> tuple[date | None, str, str, list[PostFacts], list[Problem]]:
    """Day, reason, paper number and new posts of a change, with all problems."""
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "生效日期", problems)
    reason = texts.read_line(draft.reason, "原因", problems, longest=120)
    if not reason:
        problems.append(Problem("请写明调整的原因", where="原因", next_step="例如:人事变动"))
    number = texts.read_line(draft.number, "文号", problems, longest=60)
    texts.read_key(draft.client_key, problems)
    added = []
    for place, addition in enumerate(draft.additions, start=1):
        dated = PostDraft(addition.title, addition.holder_name, addition.office, draft.on)
        found = read_post(dated, problems, f"新增第 {place} 人") if on else None
        added += [found] if found else []
    for move in draft.moves:
        texts.read_line(move.to_name, "接任人", problems, longest=40)
        texts.read_line(move.to_office, "接任人职务", problems, longest=60)
    if not draft.moves and not draft.additions:
        problems.append(Problem("没有任何变动", next_step="请勾选离任的人,或填写新增的人"))
    return on, reason, number, added, problems


def read_paper(draft: PaperDraft, *, kinds: frozenset[str], today: date) -> tuple[PaperFacts | None, list[Problem]]:
    """Facts of a paper, or None with all problems. It holds from its issue unless another day is given."""
    problems: list[Problem] = []
    if draft.kind not in kinds:
        problems.append(Problem("请选择文件种类", where="种类"))
    unit = texts.read_count(draft.unit_id, "发文单位", problems, most=2**31)
    if not draft.unit_id.strip():
        problems.append(Problem("请选择发文单位", where="发文单位"))
    title = texts.read_line(draft.title, "标题", problems, longest=120)
    if not title:
        problems.append(Problem("没有填写标题", where="标题"))
    number = texts.read_line(draft.number, "文号", problems, longest=60)
    issued = texts.read_day(draft.issued_on, "印发日期", problems, latest=today)
    starts = texts.read_day(draft.starts_on, "生效日期", problems) if draft.starts_on.strip() else issued
    last = texts.read_day(draft.last_day, "有效期至", problems) if draft.last_day.strip() else None
    if starts and last and last < starts:
        problems.append(Problem("有效期至早于生效日期", where="有效期至"))
    note = texts.read_line(draft.note, "说明", problems, longest=300)
    key = texts.read_key(draft.client_key, problems)
    proves = tuple(dict.fromkeys(code.strip() for code in draft.proves if code.strip()))
    problems += [Problem("编号过长", where=f"证明事项 {code[:20]}") for code in proves if len(code) > 40]
    if problems or issued is None or starts is None or unit is None:
        return None, problems
    ends = last + timedelta(days=1) if last else None
    return PaperFacts(draft.kind, unit, number, title, issued, starts, ends, note, proves, key), []


def rank_of(title: str) -> int:
    """The place of a post in the paper of a leading group."""
    return GROUP_TITLES.index(title) if title in GROUP_TITLES else len(GROUP_TITLES)
