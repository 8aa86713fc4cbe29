"""Year plans: a draft as typed, and tasks made from the calendar of a typical year or from last year's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.plans.rules.tasks import anchor_day
from yushui.plans.types.tasks import ANCHOR_NAMES, BASIS_NAMES, WEIGHT_NAMES, PlanDraft

FIRST_YEAR, YEARS_AHEAD = 1990, 3
LEVELS = frozenset({"COUNTY", "TOWN", "BOTH"})
YEAR = re.compile(r"(?<!\d)(\d{4})年")
FIELDS = frozenset({"title", "due", "anchor", "days", "begins", "level", "kind", "duty", "owner", "weight", "source"})


@dataclass(frozen=True)
class PlanFacts:
    """A plan that can be stored."""

    title: str
    year: int
    basis: str
    note: str
    client_key: str


@dataclass(frozen=True)
class YearItem:
    """An entry of the calendar of a typical year (catalogue/year_calendar.yaml)."""

    title: str
    level: str
    source: str
    month_day: tuple[int, int] = (12, 31)
    anchor: str = ""
    days: int = 0
    begins: int = 0
    kind: str = ""
    duty: str = ""
    owner: str = ""
    weight: str = "ORDINARY"

    def due_in(self, year: int) -> date:
        """The due day in a year; the last day of February where a year has no 29th."""
        if self.anchor:
            return anchor_day(self.anchor, year) + timedelta(days=self.days)
        month, day = self.month_day
        try:
            return date(year, month, day)
        except ValueError:
            return date(year, month, day - 1)

    def starts_in(self, year: int) -> date:
        """The first day of the work."""
        return self.due_in(year) - timedelta(days=self.begins)


def read_plan(draft: PlanDraft, *, today: date, area_name: str) -> tuple[PlanFacts | None, list[Problem]]:
    """A plan as typed, or None with all problems."""
    problems: list[Problem] = []
    year = texts.read_count(draft.year, "年份", problems, most=9999)
    if year is None or not FIRST_YEAR <= year <= today.year + YEARS_AHEAD:
        problems = [problem for problem in problems if problem.where != "年份"]
        problems.append(Problem("年份不对", where="年份", next_step=f"请填 {today.year} 这样的年份"))
    title = texts.read_line(draft.title, "名称", problems, longest=80) or f"{area_name}{year}年双拥工作计划"
    note = texts.read_line(draft.note, "说明", problems, longest=500)
    if draft.basis not in BASIS_NAMES:
        problems.append(Problem("请选择从哪里开始", where="从哪里开始"))
    if draft.basis == "COPY" and draft.copied_id is None:
        problems.append(Problem("请选择照抄哪一份计划", where="照抄"))
    key = texts.read_key(draft.client_key, problems)
    if problems or year is None:
        return None, problems
    return PlanFacts(title, year, draft.basis, note, key), []


def read_items(entries: Sequence[Mapping[str, object]], where: str) -> tuple[list[YearItem], list[Problem]]:
    """The entries of the calendar file, and all that is wrong with them."""
    items, problems = [], []
    for number, entry in enumerate(entries, start=1):
        faults = faults_of(entry)
        problems += [Problem(fault, where=f"{where} 第 {number} 项") for fault in faults]
        if faults:
            continue
        month, _, day = str(entry.get("due", "12-31")).partition("-")
        items.append(
            YearItem(
                title=str(entry["title"]), level=str(entry["level"]), source=str(entry["source"]),
                month_day=(int(month), int(day)), anchor=str(entry.get("anchor", "")),
                days=int(str(entry.get("days", 0))), begins=int(str(entry.get("begins", 0))),
                kind=str(entry.get("kind", "")), duty=str(entry.get("duty", "")), owner=str(entry.get("owner", "")),
                weight=str(entry.get("weight", "ORDINARY")),
            )
        )  # fmt: skip
    return items, problems


def faults_of(entry: Mapping[str, object]) -> list[str]:
    """What is wrong with one entry."""
    faults = [f"不认识的字段 {name}" for name in sorted(set(entry) - FIELDS)]
    faults += [f"缺少 {name}" for name in ("title", "level", "source") if not isinstance(entry.get(name), str)]
    if entry.get("level") not in LEVELS:
        faults.append("level 应为 COUNTY、TOWN 或 BOTH")
    if entry.get("weight", "ORDINARY") not in WEIGHT_NAMES:
        faults.append("weight 应为 ORDINARY 或 KEY")
    if ("due" in entry) == ("anchor" in entry):
        faults.append("due 和 anchor 应写一个")
    if "anchor" in entry and entry["anchor"] not in ANCHOR_NAMES:
        faults.append(f"anchor 没有 {entry['anchor']}")
    if "due" in entry and not is_month_day(str(entry["due"])):
        faults.append("due 应写成 07-25")
    if any(not isinstance(entry.get(name, 0), int) for name in ("days", "begins")):
        faults.append("days 和 begins 应为整数")
    return faults


def is_month_day(text: str) -> bool:
    """Whether a text is a month and a day of a leap year: `02-29`."""
    try:
        date.fromisoformat(f"2024-{text}")
    except ValueError:
        return False
    return True


def retitled(text: str, was: int, now: int) -> str:
    """A text with its years moved: from a plan of 2025 to one of 2026, `2025年八一` becomes `2026年八一`, and
    `2026年春节` becomes `2027年春节`."""
    return YEAR.sub(
        lambda found: f"{int(found[1]) + now - was}年" if int(found[1]) in {was, was + 1} else found[0], text
    )


def quarter_of(day: date | None, year: int) -> int:
    """1 to 4; 0 for no day or one of another year."""
    return 0 if day is None or day.year != year else (day.month + 2) // 3
