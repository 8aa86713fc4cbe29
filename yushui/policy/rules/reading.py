"""Reading one mapping of a law file: every odd thing becomes a Problem with file and key; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yushui.base.refusals import Problem

HOLE = "HOLE"
MISSING: Any = object()


class Reader:
    """Takes keys out of one mapping. What is asked for and absent, wrong, or never asked for, is a problem."""

    def __init__(self, content: Any, where: str, problems: list[Problem]) -> None:
        self.where = where
        self.problems = problems
        self.content: dict[Any, Any] = dict(content) if isinstance(content, Mapping) else {}
        if not isinstance(content, Mapping):
            self.wrong("这里应是键和值的表")

    def wrong(self, what: str, key: object = "") -> None:
        """Note a problem at this mapping or at one of its keys."""
        self.problems.append(Problem(what, f"{self.where}:{key}" if key != "" else self.where))

    def take(self, key: str, default: Any = MISSING) -> Any:
        """The raw value of a key, taken out."""
        if key in self.content:
            return self.content.pop(key)
        if default is MISSING:
            self.wrong("缺少这一项", key)
            return None
        return default

    def text(self, key: str, default: Any = MISSING) -> str:
        value = self.take(key, default)
        if value is None or isinstance(value, (str, int)):
            return "" if value is None else str(value)
        self.wrong("应是文字", key)
        return ""

    def one_of(self, key: str, choices: Iterable[str], default: Any = MISSING) -> str:
        value = self.take(key, default)
        known = list(choices)
        if value in known:
            return str(value)
        if value is not None or default is not MISSING:
            self.wrong(f"应是 {'、'.join(known)} 之一,不是 {value!r}", key)
        return known[0]

    def number(self, key: str, default: Any = MISSING, low: int = 0) -> int:
        value = self.take(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= low:
            return value
        if value is not None:
            self.wrong(f"应是不小于 {low} 的整数,不是 {value!r}", key)
        return low

    def truth(self, key: str, default: bool = False) -> bool:
        value = self.take(key, default)
        if not isinstance(value, bool):
            self.wrong("应是 true 或 false", key)
        return bool(value)

    def day(self, key: str, default: Any = MISSING) -> date | None:
        """A day; `HOLE` says that nobody has found it and gives None."""
        value = self.take(key, default)
        if isinstance(value, date) or value is None:
            return value
        if value != HOLE:
            self.wrong(f"应是日期(2024-08-01)或 HOLE,不是 {value!r}", key)
        return None

    def words(self, key: str, default: Any = MISSING) -> tuple[str, ...]:
        value = self.take(key, default)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
            return tuple(value)
        self.wrong("应是文字的列表", key)
        return ()

    def inside(self, key: str, default: Any = MISSING) -> Reader:
        """The mapping under a key."""
        return Reader(self.take(key, default) or {}, f"{self.where}:{key}", self.problems)

    def each(self, key: str, default: Any = MISSING) -> list[Reader]:
        """The mappings of a list under a key."""
        value = self.take(key, default)
        if value is None:
            return []
        if not isinstance(value, (list, tuple)):
            self.wrong("应是列表", key)
            return []
        return [Reader(item, f"{self.where}:{key}[{n}]", self.problems) for n, item in enumerate(value, start=1)]

    def done(self) -> None:
        """Whatever is left was not understood, so it is refused."""
        for key in self.content:
            self.wrong("不认识的键", key)
