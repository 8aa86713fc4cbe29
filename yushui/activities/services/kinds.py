"""The catalogue of activity kinds: a file, loaded into rows. A county adds a kind by adding an entry."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from yushui.activities.models import ActivityKind
from yushui.activities.types import CHAPTER_NAMES, DIRECTION_NAMES
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused

COLUMNS = {"code", "name", "chapter", "direction", "measure"}


@transaction.atomic
def load_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the rows in line with the file; how many kinds it holds. Loading again changes nothing.

    A kind no longer in the file is retired: it leaves the forms, its records stay. Refuses a faulty file with all
    problems, and then changes nothing.
    """
    source = path or Path(settings.CATALOGUE_DIR) / "activity_kinds.yaml"
    entries = read_entries(source)
    was = {kind.code: kind for kind in ActivityKind.objects.all()}
    changed = []
    for place, entry in enumerate(entries, start=1):
        row = ActivityKind(**{"measure": "", **entry}, place=place)
        old = was.pop(row.code, None)
        if old is None or columns_of(old) != columns_of(row):
            row.save()
            changed.append(row.code)
    retired = [code for code, kind in was.items() if not kind.retired]
    ActivityKind.objects.filter(code__in=retired).update(retired=True)
    if changed or retired:
        audit.record(
            actor=None, action="activities.kinds.loaded", subject="activities.activitykind", at=at,
            changed=len(changed), retired=retired,
        )  # fmt: skip
    return len(entries)


def columns_of(kind: ActivityKind) -> tuple[object, ...]:
    """Everything a kind says, for comparing."""
    return (kind.name, kind.chapter, kind.direction, kind.measure, kind.place, kind.retired)


def read_entries(path: Path) -> list[dict[str, str]]:
    """The entries of a catalogue file. Raises Refused with every fault in it."""
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Refused(Problem("活动类型目录读不出来", where=path.name, next_step="请检查文件格式")) from error
    entries = content.get("kinds") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise Refused(Problem("活动类型目录应有 kinds 列表", where=path.name))
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        problems += problems_of_entry(entry, f"{path.name} 第 {number} 项", seen)
    if problems:
        raise Refused(*problems)
    return entries


def problems_of_entry(entry: object, where: str, seen: set[str]) -> list[Problem]:
    """What is wrong with one entry; `seen` gathers the codes met so far."""
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        return [Problem("应为一组文字字段", where=where)]
    problems = [Problem(f"不认识的字段 {name}", where=where) for name in sorted(set(entry) - COLUMNS)]
    problems += [
        Problem(f"缺少 {name}", where=where) for name in ("code", "name", "chapter", "direction") if not entry.get(name)
    ]
    if entry.get("chapter") and entry["chapter"] not in CHAPTER_NAMES:
        problems.append(Problem(f"没有 {entry['chapter']} 这一章", where=where))
    if entry.get("direction") and entry["direction"] not in DIRECTION_NAMES:
        problems.append(Problem(f"没有 {entry['direction']} 这个方向", where=where))
    longest = {"code": 40, "name": 40, "measure": 10}
    problems += [Problem(f"{k} 超过 {n} 个字", where=where) for k, n in longest.items() if len(entry.get(k, "")) > n]
    if entry.get("code") in seen:
        problems.append(Problem(f"编码 {entry['code']} 重复", where=where))
    seen.add(entry.get("code", ""))
    return problems
