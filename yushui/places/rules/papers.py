"""What a paper in force must hold. A draft as typed goes in; facts or all problems come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.places.types import PaperDraft


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
    for code in proves:
        texts.read_line(code, "标准条目", problems, longest=40)
    if problems or issued is None or starts is None or unit is None:
        return None, problems
    ends = last + timedelta(days=1) if last else None
    return PaperFacts(draft.kind, unit, number, title, issued, starts, ends, note, proves, key), []
