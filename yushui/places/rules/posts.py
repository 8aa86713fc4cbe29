"""What a post and a change of posts must hold. Drafts as typed go in; facts or all problems come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.places.types import GROUP_TITLES, PostDraft, TransferDraft

MOST_NAMES = 60  # that may be given one post at once
AHEAD = timedelta(days=366)  # how far ahead a change may be entered
PARTS = re.compile(r"[、,,;;\n]+")


@dataclass(frozen=True)
class PostFacts:
    """A post that can be given."""

    title: str
    holder_name: str
    office: str
    starts_on: date


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


def read_posts(draft: PostDraft, problems: list[Problem]) -> list[PostFacts]:
    """One post for each of the names, which stand parted by 、, commas or lines; empty when something is wrong."""
    names = list(dict.fromkeys(name for part in PARTS.split(draft.holder_name) if (name := part.strip())))
    if len(names) > MOST_NAMES:
        problems.append(Problem(f"一次最多 {MOST_NAMES} 人", where="姓名", next_step="请分几次登记"))
        return []
    before = len(problems)
    found = [read_post(PostDraft(draft.title, name, draft.office, draft.starts_on), problems) for name in names or [""]]
    problems[before:] = list(dict.fromkeys(problems[before:]))  # what is wrong with all of them is said once
    return [facts for facts in found if facts is not None] if len(problems) == before else []


@dataclass(frozen=True)
class TransferFacts:
    """A change of posts that can be judged against the register."""

    on: date
    reason: str
    number: str
    added: tuple[PostFacts, ...]
    client_key: str


def read_transfer(draft: TransferDraft, *, today: date) -> tuple[TransferFacts | None, list[Problem]]:
    """Day, reason, paper number and new posts of a change, or None with all problems."""
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "生效日期", problems)
    if on is not None and on > today + AHEAD:
        problems.append(Problem("生效日期太远", where="生效日期", next_step="请核对年份;最多提前一年登记"))
    reason = texts.read_line(draft.reason, "原因", problems, longest=120)
    if not reason:
        problems.append(Problem("请写明调整的原因", where="原因", next_step="例如:人事变动"))
    number = texts.read_line(draft.number, "文号", problems, longest=60)
    key = texts.read_key(draft.client_key, problems)
    added = []
    for place, addition in enumerate(draft.additions, start=1):
        dated = PostDraft(addition.title, addition.holder_name, addition.office, (on or today).isoformat())
        added.append(read_post(dated, problems, f"新增第 {place} 人"))
    for move in draft.moves:
        texts.read_line(move.to_name, "接任人", problems, longest=40)
        texts.read_line(move.to_office, "接任人职务", problems, longest=60)
    if not draft.moves and not draft.additions:
        problems.append(Problem("没有任何变动", where="在任", next_step="请勾选离任的人,或填写新增的人"))
    if problems or on is None:
        return None, problems
    return TransferFacts(on, reason, number, tuple(facts for facts in added if facts), key), []


def rank_of(title: str) -> int:
    """The place of a post in the paper of a leading group."""
    return GROUP_TITLES.index(title) if title in GROUP_TITLES else len(GROUP_TITLES)
