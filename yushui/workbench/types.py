"""What the home page and the search show: plain records, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Task:
    """Something that waits for the actor. `due_on` is the last day, if there is one."""

    label: str
    url: str
    note: str = ""
    extent: str = ""  # how much of it: `12,046 人`
    source: str = ""
    due_on: date | None = None
    days_left: int | None = None
    caution: str = ""  # why the due day is not certain: its year's holidays are not published yet

    @property
    def is_late(self) -> bool:
        """Today is the last day, or it has passed."""
        return self.days_left is not None and self.days_left <= 0

    @property
    def is_soon(self) -> bool:
        """Within seven days."""
        return self.days_left is not None and 0 < self.days_left <= SOON

    @property
    def due_words(self) -> str:
        """`今天`, `剩 3 天`, `过了 2 天`, `12月10日`."""
        if self.days_left is None or self.due_on is None:
            return ""
        if self.days_left == 0:
            return "今天"
        if self.days_left < 0:
            return f"过了 {-self.days_left} 天"
        return f"剩 {self.days_left} 天" if self.is_soon else f"{self.due_on.month}月{self.due_on.day}日"


@dataclass(frozen=True)
class Counter:
    """A number that opens the list it counts. `tone` is late, due or nothing."""

    label: str
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Jubilee:
    """A round birthday within the week."""

    person_id: int
    name: str
    place: str
    age: int
    on: date
    url: str


@dataclass(frozen=True)
class Progress:
    """How far a campaign has come."""

    label: str
    url: str
    done: int
    total: int
    percent: int


@dataclass(frozen=True)
class Payment:
    """A batch as it stands: lines and fen."""

    label: str
    url: str
    state: str
    is_settled: bool
    lines: int
    fen: int


@dataclass(frozen=True)
class Doing:
    """An activity that was recorded."""

    title: str
    url: str
    kind: str
    place: str
    on: date


@dataclass(frozen=True)
class KeyFigure:
    """A figure of the year. Of a share, `parts` is in ten thousandths; `is_short` says that it is below its target."""

    label: str
    words: str
    url: str
    parts: int = 0
    is_short: bool = False
    note: str = ""


@dataclass(frozen=True)
class Home:
    """The whole home page of one actor."""

    tasks: tuple[Task, ...] = ()
    counters: tuple[Counter, ...] = ()
    gaps: tuple[Counter, ...] = ()
    turning: tuple[Counter, ...] = ()
    jubilees: tuple[Jubilee, ...] = ()
    progress: tuple[Progress, ...] = ()
    payments: tuple[Payment, ...] = ()
    doings: tuple[Doing, ...] = ()
    sizes: tuple[KeyFigure, ...] = ()
    shares: tuple[KeyFigure, ...] = ()
    acts: tuple[tuple[str, str], ...] = field(default=())

    @property
    def late(self) -> int:
        """Tasks due today or overdue."""
        return sum(task.is_late for task in self.tasks)

    @property
    def soon(self) -> int:
        """Tasks due within seven days."""
        return sum(task.is_soon for task in self.tasks)


@dataclass(frozen=True)
class FoundPerson:
    """A person in the results of a search."""

    person_id: int
    name: str
    sex: str
    age: int
    id_masked: str
    place: str
    kinds: tuple[str, ...]
    died_on: date | None
    url: str


@dataclass(frozen=True)
class FoundArea:
    """A village or town in the results of a search."""

    code: str
    name: str
    place: str
    url: str


@dataclass(frozen=True)
class Found:
    """Everything a search gave. `more` says that the list was cut."""

    people: tuple[FoundPerson, ...] = ()
    areas: tuple[FoundArea, ...] = ()
    more: bool = False


SOON = 7  # days
ROUND_AGES = (80, 90, 100)
