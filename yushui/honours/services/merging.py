"""When two entries of one person become one: cards and good news go over; a plaque hangs with its household."""

from __future__ import annotations

from yushui.base.moves import Move, move_rows
from yushui.base.refusals import Problem
from yushui.honours.models import Card, GoodNews, Plaque
from yushui.people.models import Person


def reasons_against(kept: Person, dropped: Person, *, takes_household: bool) -> list[Problem]:
    """Two cards in use are two pieces of plastic; a plaque must not be left in a household without anybody."""
    problems = []
    in_use = Card.objects.exclude(state="CANCELLED")
    if in_use.filter(person=kept).exists() and in_use.filter(person=dropped).exists():
        problems.append(Problem("两份档案都有在用的优待证", where="优待证", next_step="请先注销其中一张"))
    home = dropped.household_id
    if home is None or home == kept.household_id or takes_household:
        return problems
    alone = not Person.objects.filter(household=home).exclude(pk=dropped.pk).exists()
    if alone and Plaque.objects.filter(household=home, state="HUNG").exists():
        step = "请选用那一户,或先办光荣牌收回"
        problems.append(Problem("要并入的档案所在的户挂着光荣牌,并档后户里没有人了", where="家庭", next_step=step))
    return problems


def move_person(kept_id: int, dropped_id: int) -> list[Move]:
    """Cards and good news of the dropped entry go to the kept one."""
    moves = move_rows(Card.objects.filter(person=dropped_id), person_id=kept_id)
    return moves + move_rows(GoodNews.objects.filter(person=dropped_id), person_id=kept_id)
