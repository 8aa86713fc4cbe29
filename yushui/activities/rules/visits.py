"""What a recorded visit must hold. A draft as typed goes in; facts or every problem at once come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from yushui.activities.rules import goods
from yushui.activities.types import WAY_NAMES, VisitDraft, Way
from yushui.base import texts
from yushui.base.refusals import Problem

MOST_CASH_FEN = 100_000_00  # for one visit


@dataclass(frozen=True)
class VisitFacts:
    """A visit that can be stored. Cash in fen; an attempt that met nobody gave nothing."""

    way: Way
    on: date
    cash_fen: int
    goods: str
    note: str
    visitor_name: str
    client_key: str


@dataclass(frozen=True)
class VisitGround:
    """What is known before the visit: today, the campaign's first day, a death, cash already handed over in it."""

    today: date
    starts_on: date | None = None
    died_on: date | None = None
    paid_on: date | None = None  # the day a living visit of this campaign handed over cash


def read_visit(draft: VisitDraft, ground: VisitGround) -> tuple[VisitFacts | None, list[Problem]]:
    """Facts of a visit, or None with all problems. 没见到 forces cash and goods to nothing, whatever was prefilled."""
    problems: list[Problem] = []
    if draft.way not in WAY_NAMES:
        problems.append(Problem("请选择怎么走访的", where="走访方式"))
    on = texts.read_day(draft.on, "走访日期", problems, latest=ground.today)
    absent = draft.way == Way.ABSENT
    cash = 0 if absent else texts.read_yuan(draft.cash, "慰问金", problems, most_fen=MOST_CASH_FEN) or 0
    given = "" if absent else texts.read_line(goods.line_of(draft.goods), "慰问品", problems, longest=120)
    note = texts.read_line(draft.note, "情况和诉求", problems, longest=500)
    visitor = texts.read_line(draft.visitor_name, "走访人", problems, longest=40)
    key = texts.read_key(draft.client_key, problems)
    if on is not None:
        problems += problems_of_day(on, ground)
    if cash and ground.paid_on is not None:
        step = "如果上次记错了,请先撤回那一条;只是再去看望,慰问金请填 0"
        problems.append(
            Problem(f"本次行动已于 {ground.paid_on:%Y-%m-%d} 给这户发过慰问金", where="慰问金", next_step=step)
        )
    if problems or on is None:
        return None, problems
    return VisitFacts(Way(draft.way), on, cash, given, note, visitor, key), []


def problems_of_day(on: date, ground: VisitGround) -> list[Problem]:
    """A visit lies within its campaign and in the lifetime of the person visited."""
    problems = []
    if ground.starts_on is not None and on < ground.starts_on:
        problems.append(
            Problem("早于本次行动的第一天", where="走访日期", next_step=f"行动从 {ground.starts_on:%Y-%m-%d} 开始")
        )
    if ground.died_on is not None and on >= ground.died_on:
        problems.append(
            Problem("这位对象已登记去世", where="走访日期", next_step="请核对日期;如需慰问家属,请登记在家属名下")
        )
    return problems


@dataclass(frozen=True)
class UnitVisitFacts:
    """A visit to a unit that can be stored."""

    visit: VisitFacts
    heads: int | None


def read_unit_visit(draft: VisitDraft, heads: str, ground: VisitGround) -> tuple[UnitVisitFacts | None, list[Problem]]:
    """Facts of a visit to a unit, always made in person, or None with all problems."""
    facts, problems = read_visit(replace(draft, way=Way.HOME), ground)
    count = texts.read_count(heads, "慰问人数", problems, most=100_000)
    return (UnitVisitFacts(facts, count) if facts and not problems else None), problems
