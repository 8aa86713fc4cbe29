"""The counters as pages show them: lines, sums, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from yushui.accounts.models import User
from yushui.base.area_codes import AreaLevel, level_of
from yushui.plans.models import DutyKind
from yushui.plans.rules.duties import rhythm_words
from yushui.plans.selectors.counters import Cell, Grid, get_grid
from yushui.plans.selectors.duty_facts import find_ower
from yushui.plans.selectors.owers import Ower
from yushui.plans.types.duties import OWER_NAMES, STATE_NAMES

TAB_NAMES = {
    "COUNTY": "县级", "LEADER": "领导", "MEMBER": "成员单位", "GARRISON": "驻军",
    "TOWN": "乡镇街道", "VILLAGE": "村社区",
}  # fmt: skip
TONES = {"MISSED": "bad", "DUE": "due", "DONE": "", "NOTHING": "plain"}
PER_PAGE = 25
WORDS = {"YEAR": ("全年",), "QUARTER": ("一季度", "二季度", "三季度", "四季度")}


@dataclass(frozen=True)
class DutyLine:
    """A duty with how many stand how."""

    duty: DutyKind
    rhythm: str
    owers: int
    fulfilled: int
    short: int
    missed: int
    done: int
    whole: int
    next_due: date | None
    only: str = ""  # the key, where only one owes it

    @property
    def tone(self) -> str:
        """The mark of the line."""
        return "bad" if self.missed else "due" if self.short else ""


@dataclass(frozen=True)
class OwerLine:
    """One who owes, over all its duties."""

    ower: Ower
    duties: int
    fulfilled: int
    short: int
    missed: int


@dataclass(frozen=True)
class CellLine:
    """One duty of one who owes."""

    ower: Ower
    duty: DutyKind
    cell: Cell
    rhythm: str
    words: str
    tone: str


@dataclass(frozen=True)
class Board:
    """What the page of counters shows: exactly one of the three lists."""

    duties: list[DutyLine] = field(default_factory=list)
    owers: list[OwerLine] = field(default_factory=list)
    cells: list[CellLine] = field(default_factory=list)
    ower: Ower | None = None
    by_ower: bool = False


@dataclass(frozen=True)
class PartLine:
    """One period of a duty, in words."""

    name: str
    need: int
    done: int
    is_over: bool
    is_running: bool

    @property
    def tone(self) -> str:
        """The mark of the period."""
        if self.done >= self.need:
            return "" if self.need else "plain"
        return "bad" if self.is_over else "due" if self.is_running else "plain"


def usual_owes(actor: User) -> str:
    """What an actor most likely wants to see first."""
    level = level_of(actor.area_code)
    return "VILLAGE" if level == AreaLevel.VILLAGE else "TOWN" if level == AreaLevel.TOWN else "COUNTY"


def tabs_for(actor: User) -> list[tuple[str, str]]:
    """The sorts of owers that lie in the actor's area."""
    level = level_of(actor.area_code)
    first = {AreaLevel.VILLAGE: ("VILLAGE",), AreaLevel.TOWN: ("TOWN", "VILLAGE", "LEADER", "MEMBER")}
    return [(code, TAB_NAMES[code]) for code in first.get(level, tuple(TAB_NAMES))]


def words_of(duty: DutyKind) -> str:
    """`每年 2 次`."""
    return rhythm_words(duty.rhythm, duty.times, duty.measure, duty.by)


def duty_board(*, actor: User, owes: str, year: int, on: date, by_ower: bool, key: str) -> Board:
    """The counters of one sort of owers: by duty, by ower, or of one."""
    grid = get_grid(actor=actor, owes=owes, year=year, on=on)
    if key:
        ower = find_ower(grid, key)
        return Board(cells=[cell_line(ower, duty, cell) for duty, cell in grid.of_ower(key)], ower=ower)
    if by_ower:
        return Board(owers=[ower_line(ower, grid) for ower in grid.owers], by_ower=True)
    return Board(duties=[duty_line(duty, grid) for duty in grid.duties])


def duty_line(duty: DutyKind, grid: Grid) -> DutyLine:
    """A duty over all who owe it."""
    cells = [(ower, cell) for ower, cell in grid.of_duty(duty.pk)]
    asked = [cell.standing for _, cell in cells if cell.standing.state != "NOTHING"]
    coming = [standing.next_due for standing in asked if standing.next_due is not None]
    return DutyLine(
        duty=duty, rhythm=words_of(duty), owers=len(asked),
        fulfilled=sum(standing.state == "DONE" for standing in asked),
        short=sum(standing.state == "DUE" for standing in asked),
        missed=sum(standing.state == "MISSED" for standing in asked),
        done=sum(standing.done for standing in asked), whole=sum(standing.whole for standing in asked),
        next_due=min(coming, default=None), only=cells[0][0].key if len(cells) == 1 else "",
    )  # fmt: skip


def ower_line(ower: Ower, grid: Grid) -> OwerLine:
    """One who owes over all duties."""
    states = [cell.standing.state for _, cell in grid.of_ower(ower.key)]
    asked = [state for state in states if state != "NOTHING"]
    return OwerLine(ower, len(asked), asked.count("DONE"), asked.count("DUE"), asked.count("MISSED"))


def cell_line(ower: Ower, duty: DutyKind, cell: Cell) -> CellLine:
    """One duty of one."""
    state = cell.standing.state
    words = STATE_NAMES[state]
    if state == "MISSED":
        words = f"欠 {cell.standing.missed} {duty.measure}"
    elif state == "DUE":
        words = f"还差 {cell.standing.left} {duty.measure}"
    return CellLine(ower, duty, cell, words_of(duty), words, TONES[state])


def duty_lines(grid: Grid, duty: DutyKind, state: str, page: int, on: date) -> Mapping[str, object]:
    """A page of those who owe a duty, those behind first; and how many stand how."""
    lines = [cell_line(ower, duty, cell) for ower, cell in grid.of_duty(duty.pk)]
    counts = {code: sum(line.cell.standing.state == code for line in lines) for code in STATE_NAMES}
    wanted = [line for line in lines if not state or line.cell.standing.state == state]
    wanted.sort(key=lambda line: -line.cell.standing.missed)
    first = (max(page, 1) - 1) * PER_PAGE
    shown = wanted[first : first + PER_PAGE]
    return {
        "lines": [(line, part_lines(duty, line.cell, on)) for line in shown], "state": state,
        "counts": [(code, STATE_NAMES[code], counts[code], TONES[code]) for code in STATE_NAMES],
        "number": page, "has_next": len(wanted) > first + PER_PAGE, "total": len(wanted),
        "standing": duty_line(duty, grid), "owes": OWER_NAMES[duty.owes],
    }  # fmt: skip


def part_lines(duty: DutyKind, cell: Cell, on: date) -> list[PartLine]:
    """The periods of a year in words: 一季度, 3月."""
    names = WORDS.get(duty.rhythm) or tuple(f"{month}月" for month in range(1, 13))
    return [
        PartLine(name, part.need, part.done, part.last < on, part.first <= on <= part.last)
        for name, part in zip(names, cell.parts, strict=True)
    ]
