"""The starting list of duties of member units (catalogue/unit_duties.yaml): read, and found by the name of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yushui.base.refusals import Problem

KEYS = {"names", "source", "duties"}


@dataclass(frozen=True)
class UsualDuties:
    """Duties of units whose names end like one of `names`, and where they were read."""

    names: tuple[str, ...]
    source: str
    duties: tuple[str, ...]


def read_usual_duties(entries: Sequence[Mapping[str, Any]], where: str) -> tuple[list[UsualDuties], list[Problem]]:
    """The entries of the file, and everything wrong with them."""
    found: list[UsualDuties] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        at = f"{where} 第 {number} 项"
        wrong = [Problem(f"不认识的字段 {name}", where=at) for name in sorted(set(entry) - KEYS)]
        wrong += [
            Problem(f"{name} 应是文字清单", where=at) for name in ("names", "duties") if not is_texts(entry, name)
        ]
        if not isinstance(entry.get("source"), str) or not entry["source"]:
            wrong.append(Problem("缺少 source", where=at))
        names = [] if wrong else entry["names"]
        wrong += [Problem(f"名称 {name} 写了两次", where=at) for name in names if name in seen]
        seen |= set(names)
        problems += wrong
        if not wrong:
            found.append(UsualDuties(tuple(entry["names"]), entry["source"], tuple(entry["duties"])))
    return found, problems


def is_texts(entry: Mapping[str, Any], name: str) -> bool:
    """Whether a field is a list of texts with something in it."""
    value = entry.get(name)
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)


def usual_duties_of(name: str, known: Sequence[UsualDuties]) -> UsualDuties | None:
    """The duties for a unit of that name; of several endings that fit the longest wins."""
    fitting = [(len(end), usual) for usual in known for end in usual.names if name.strip().endswith(end)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
