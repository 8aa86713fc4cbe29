"""Who is entitled to a plaque, and what may be done with one (国办发〔2018〕72号); cards.

One plaque per household, however many grounds. After the death of the veteran or survivor the family keeps the plate,
but it is not replaced any more. The grounds for taking one back or cancelling it were not read in their source, so a
clerk writes the reason and the paper it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.honours.types import CARD_ACTS, CARD_STATES, PLAQUE_ACTS, PLAQUE_STATES, CardDraft, PlaqueDraft

# kind of status → ground for a plaque; the kinds not named here give none by themselves (on request only)
GROUND_OF: dict[str, str] = {
    "SURVIVOR_MARTYR": "SURVIVOR",
    "SURVIVOR_DUTY": "SURVIVOR",
    "SURVIVOR_ILLNESS": "SURVIVOR",
    "CONSCRIPT": "SERVING",
    "ACTIVE_SERVICE": "SERVING",
    "DISABLED_SOLDIER": "VETERAN",
    "RED_ARMY_VETERAN": "VETERAN",
    "WEST_ROUTE_VETERAN": "VETERAN",
    "RED_ARMY_SEPARATED": "VETERAN",
    "DEMOBILIZED": "VETERAN",
    "ILL_VETERAN": "VETERAN",
    "WAR_VETERAN": "VETERAN",
    "NUCLEAR_TEST_VETERAN": "VETERAN",
    "RURAL_VETERAN_60": "VETERAN",
    "VETERAN": "VETERAN",
    "RETIRED_CADRE": "VETERAN",
}
# states of a status in which it holds, whether or not it is paid for
HOLDING = ("RECEIVING", "RECOGNISED", "STOPPED", "SUSPENDED")
PRECEDENCE = ("SURVIVOR", "SERVING", "VETERAN")
NEXT: dict[tuple[str, str], str] = {
    ("HUNG", "REPLACED"): "HUNG",
    ("HUNG", "REISSUED"): "HUNG",
    ("HUNG", "MOVED"): "HUNG",
    ("HUNG", "TAKEN_BACK"): "TAKEN_BACK",
    ("HUNG", "CANCELLED"): "CANCELLED",
    ("TAKEN_BACK", "RESTORED"): "HUNG",
    ("CANCELLED", "RESTORED"): "HUNG",
}
NEW_PLATE = {"REPLACED", "REISSUED", "RESTORED"}
WITH_REASON = {"REPLACED", "REISSUED", "TAKEN_BACK", "CANCELLED", "RESTORED"}
NEXT_CARD: dict[tuple[str, str], str] = {
    ("APPLIED", "ISSUED"): "ISSUED",
    ("APPLIED", "CANCELLED"): "CANCELLED",
    ("ISSUED", "LOST"): "LOST",
    ("ISSUED", "CANCELLED"): "CANCELLED",
    ("LOST", "REISSUED"): "ISSUED",
    ("LOST", "CANCELLED"): "CANCELLED",
}


def ground_of(kinds: Iterable[str]) -> str:
    """The ground that statuses of these kinds give to a household; empty when none does."""
    found = {GROUND_OF[kind] for kind in kinds if kind in GROUND_OF}
    return next((ground for ground in PRECEDENCE if ground in found), "")


def acts_for(state: str) -> list[tuple[str, str]]:
    """(act, words) of what may be done with a plaque in this state."""
    return [(act, words) for act, words in PLAQUE_ACTS.items() if (state, act) in NEXT]


def card_acts_for(state: str) -> list[tuple[str, str]]:
    """(act, words) of what may be done with a card in this state."""
    return [(act, words) for act, words in CARD_ACTS.items() if (state, act) in NEXT_CARD]


@dataclass(frozen=True)
class Hanging:
    """A first plaque that can be recorded."""

    on: date
    reason: str
    number: str
    client_key: str


@dataclass(frozen=True)
class ActFacts:
    """An act on a plaque or card that can be recorded."""

    act: str
    to: str
    on: date
    reason: str
    number: str = ""
    area_code: str = ""
    address: str = ""
    client_key: str = ""


def read_hanging(draft: PlaqueDraft, *, ground: str, today: date) -> tuple[Hanging | None, list[Problem]]:
    """A first plaque as typed. A household without ground of its own gets one on request only: who asked is written."""
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "悬挂日期", problems, latest=today)
    reason = texts.read_line(draft.reason, "说明", problems, longest=120)
    number = texts.read_line(draft.number, "编号", problems, longest=40)
    key = texts.read_key(draft.client_key, problems)
    if not ground and not reason:
        step = "只有军人的父母、配偶、子女可以申请;请写明谁申请、是哪位军人的家属"
        problems.append(Problem("这一户没有三属、现役或退役军人的登记", where="说明", next_step=step))
    return (None if problems or on is None else Hanging(on, reason, number, key)), problems


def read_act(
    draft: PlaqueDraft, *, state: str, hung_on: date, has_holder: bool, today: date
) -> tuple[ActFacts | None, list[Problem]]:
    """An act on a plaque as typed. `has_holder`: whether somebody who gives the ground still lives in the household."""
    problems: list[Problem] = []
    to = NEXT.get((state, draft.act))
    if draft.act not in PLAQUE_ACTS:
        problems.append(Problem("请选择办理事项", where="办理事项"))
    elif to is None:
        words = f"光荣牌{PLAQUE_STATES[state]},不能{PLAQUE_ACTS[draft.act]}"
        problems.append(Problem(words, where="办理事项", next_step="请看下面的经过"))
    on = texts.read_day(draft.on, "日期", problems, latest=today)
    if on is not None and on < hung_on:
        problems.append(Problem(f"早于悬挂日期 {hung_on}", where="日期", next_step="请核对日期"))
    reason = texts.read_line(draft.reason, "原因和依据", problems, longest=120)
    if draft.act in WITH_REASON and not reason:
        step = "取消和收回请写明依据的文件" if draft.act in {"CANCELLED", "TAKEN_BACK"} else "例如:破损、遗失、搬迁"
        problems.append(Problem("请写明原因", where="原因和依据", next_step=step))
    if draft.act == "REPLACED" and not has_holder:
        step = "家庭可以继续悬挂现有的牌子;如有其他家属申请,请先登记身份"
        problems.append(Problem("退役军人或三属去世后不再更换", where="办理事项", next_step=step))
    number = texts.read_line(draft.number, "编号", problems, longest=40)
    address = texts.read_line(draft.address, "新地址", problems, longest=200)
    if draft.act == "MOVED" and not draft.area_code:
        problems.append(Problem("请选择迁入的村(社区)", where="迁入村(社区)"))
    key = texts.read_key(draft.client_key, problems)
    if problems or on is None or to is None:
        return None, problems
    return ActFacts(draft.act, to, on, reason, number, draft.area_code, address, key), []


def read_card_act(draft: CardDraft, *, state: str, since: date, today: date) -> tuple[ActFacts | None, list[Problem]]:
    """An act on a card as typed."""
    problems: list[Problem] = []
    to = NEXT_CARD.get((state, draft.act))
    if draft.act not in CARD_ACTS:
        problems.append(Problem("请选择办理事项", where="办理事项"))
    elif to is None:
        problems.append(Problem(f"优待证{CARD_STATES[state]},不能{CARD_ACTS[draft.act]}", where="办理事项"))
    on = texts.read_day(draft.on, "日期", problems, latest=today)
    if on is not None and on < since:
        problems.append(Problem(f"早于上一步的日期 {since}", where="日期", next_step="请核对日期"))
    reason = texts.read_line(draft.reason, "原因", problems, longest=120)
    if draft.act == "CANCELLED" and not reason:
        problems.append(Problem("请写明注销原因", where="原因", next_step="例如:去世、迁出、换领另一种证"))
    if problems or on is None or to is None:
        return None, problems
    return ActFacts(draft.act, to, on, reason), []
