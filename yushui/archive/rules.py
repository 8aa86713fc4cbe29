"""What a box must hold, and how files are called in the folder tree that is taken out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

from yushui.archive.types import KEEP_NAMES, BoxDraft
from yushui.base import texts
from yushui.base.refusals import Problem

MOST_IN_BOX = 300
CODE = re.compile(r"[0-9A-Za-z\-]{1,20}")
ODD = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class BoxFacts:
    """A box that can be opened."""

    fonds: str
    catalogue: str
    year: int
    pile: str
    title: str
    keep: str
    shelf: str
    client_key: str


def read_box(draft: BoxDraft, *, piles: Collection[str], this_year: int) -> tuple[BoxFacts | None, list[Problem]]:
    """A box as typed, or None with all problems."""
    problems: list[Problem] = []
    for where, text in (("全宗号", draft.fonds), ("目录号", draft.catalogue)):
        if not CODE.fullmatch(text.strip()):
            problems.append(Problem(f"{where}只写字母、数字和短横", where=where, next_step="例如:0137、3-2"))
    year = texts.read_count(draft.year, "年度", problems, most=2200)
    if year is None or not 1949 <= year <= this_year:
        problems.append(Problem("年度不对", where="年度", next_step="请写四位年份,不晚于今年"))
    if draft.pile not in piles:
        problems.append(Problem("请选择材料来源", where="材料来源"))
    if draft.keep not in KEEP_NAMES:
        problems.append(Problem("请选择保管期限", where="保管期限"))
    title = texts.read_line(draft.title, "题名", problems, longest=80)
    if not title:
        problems.append(Problem("请填写题名", where="题名", next_step="例如:2026 年活动照片(一)"))
    shelf = texts.read_line(draft.shelf, "存放位置", problems, longest=40)
    key = texts.read_key(draft.client_key, problems)
    if problems or year is None:
        return None, problems
    return BoxFacts(draft.fonds.strip(), draft.catalogue.strip(), year, draft.pile, title, draft.keep, shelf, key), []


def plain_name(text: str, longest: int = 60) -> str:
    """A part of a path that every system takes: nothing odd, no dots in front, never empty."""
    return ODD.sub("_", text).strip(" .")[:longest].strip(" .") or "未命名"


def path_in_tree(*, fonds: str, catalogue: str, year: int, box: int, title: str, number: int, name: str) -> str:
    """`全宗0137/目录3/2026/盒001 活动照片/0001 送喜报.jpg`; the ending stays."""
    end = PurePath(name.replace("\\", "/")).suffix.lower()
    end = end if re.fullmatch(r"\.[a-z0-9]{1,5}", end) else ""
    stem = plain_name(name[: len(name) - len(end)] if end else name)
    folder = f"全宗{plain_name(fonds)}/目录{plain_name(catalogue)}/{year}/盒{box:03d} {plain_name(title)}"
    return f"{folder}/{number:04d} {stem}{end}"
