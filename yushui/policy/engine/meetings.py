"""Where claims of one person meet in a month: which of them is paid, and where that is not known.

A person's answer follows from what the claims are told in order. Each combination of answers that meets in some month
is settled once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yushui.policy.engine.alike import Places, find_alike
from yushui.policy.engine.answers import ASK, GRANT, REFUSE, Answer, AnswerColumns, Answers
from yushui.policy.engine.days import Flags, Numbers
from yushui.policy.engine.feed import Prepared
from yushui.policy.engine.kinds import Told
from yushui.policy.types import PERIODIC

UNSETTLED, BOTH, HIGHER, FIRST = range(4)
RULES = {"both": BOTH, "higher": HIGHER, "first": FIRST}


@dataclass(frozen=True)
class Overlaps:
    """How benefits meet: by rule and the other benefit one of the rules above, and the benefit that goes first."""

    rule: NDArray[np.int8]
    first: NDArray[np.int8]
    benefit: NDArray[np.int8]  # by rule
    code: int  # of the word that explains it


def make_overlaps(prepared: Prepared) -> Overlaps:
    """The overlap matrix of each place, by rule."""
    shape = (len(prepared.placed), len(PERIODIC))
    rules, first = np.full(shape, UNSETTLED, np.int8), np.full(shape, -1, np.int8)
    number = {benefit: n for n, benefit in enumerate(PERIODIC)}
    rids = {(placed.place, placed.rule.benefit): rid for rid, placed in enumerate(prepared.placed)}
    for place, overlap in enumerate(prepared.overlaps):
        for (mine, other), pair in overlap.items():
            if (place, mine) in rids:
                at = rids[place, mine], number[other]
                rules[at] = RULES[pair.rule]
                first[at] = number[pair.first] if pair.first else -1
    benefit = np.array([number[p.rule.benefit] for p in prepared.placed], np.int8)
    return Overlaps(rules, first, benefit, prepared.codes.number("overlap"))


def settle(alone: Told, held: Places, overlaps: Overlaps, answers: Answers) -> Told:
    """What claims are told once they have met, by claim, person and month. `alone` is what each kind is told by
    itself, `held` are the kinds that persons hold, by claim and person: every person as many."""
    months = alone.take(held, axis=0)
    told = months.reshape(len(held), -1)
    first, which = find_alike([*told])
    return _settle_each(told.take(first, axis=1), overlaps, answers).take(which, axis=1).reshape(months.shape)


def _settle_each(told: Told, overlaps: Overlaps, answers: Answers) -> Told:
    """The same for combinations of answers, by claim and combination.

    A claim loses to one that beats it and is itself beaten by none. Where the law and the place say nothing, or what
    would decide is not known, both are asked. In what follows the first axis is a claim, the second the other one.
    """
    columns = answers.columns()
    beaten, is_open = _meet(told, overlaps, columns)
    by_unbeaten = beaten & ~beaten.any(axis=1)
    lost = by_unbeaten.any(axis=1)
    asked = (is_open & ~lost).any(axis=1) & ~lost & (columns.verdict[told] == GRANT)
    winner = np.take_along_axis(overlaps.benefit[columns.rid[told]], by_unbeaten.argmax(axis=1), axis=0)
    settled = told.copy()
    settled[lost] = answers.retell(
        told[lost], winner[lost], lambda a, by: Answer(a.rid, REFUSE, overlaps.code, a.fen, winner=by)
    )
    settled[asked] = answers.retell(told[asked], winner[asked], lambda a, _: Answer(a.rid, ASK, overlaps.code))
    return settled


def _meet(told: Told, overlaps: Overlaps, columns: AnswerColumns) -> tuple[Flags, Flags]:
    """By claim, other claim and combination: whether it is beaten by the other, and whether the other leaves open if
    it is paid. Each pair of answers is looked at once."""
    size, count = told.shape
    mine, other = np.nonzero(~np.eye(size, dtype=bool))
    earlier = np.repeat(other < mine, count)
    first, which = find_alike([told[mine].ravel(), told[other].ravel(), earlier.view(np.int8)])
    pairs = _meet_in_pairs(told[mine].ravel()[first], told[other].ravel()[first], earlier[first], overlaps, columns)
    beaten, is_open = np.zeros((2, size, size, count), bool)
    beaten[mine, other], is_open[mine, other] = (found[which].reshape(-1, count) for found in pairs)
    return beaten, is_open


def _meet_in_pairs(
    mine: Numbers, other: Numbers, is_earlier: Flags, overlaps: Overlaps, columns: AnswerColumns
) -> tuple[Flags, Flags]:
    """The same for pairs of answers. Of equal amounts the benefit that is named first goes first, then the status."""
    rid = columns.rid[mine]
    benefit, theirs = overlaps.benefit[rid], overlaps.benefit[columns.rid[other]]
    rule = overlaps.rule[rid, theirs]
    meet = (rule != BOTH) & (columns.verdict[mine] != REFUSE) & (columns.verdict[other] != REFUSE)
    both_granted = (columns.verdict[mine] == GRANT) & (columns.verdict[other] == GRANT)
    more, as_much = columns.fen[other] > columns.fen[mine], columns.fen[other] == columns.fen[mine]
    higher = more | (as_much & ((theirs < benefit) | ((theirs == benefit) & is_earlier)))
    first = (rule == FIRST) & (overlaps.first[rid, theirs] == theirs)
    other_granted = columns.verdict[other] == GRANT
    beaten = meet & (((rule == HIGHER) & both_granted & higher) | (first & other_granted))
    is_open = (rule == UNSETTLED) | ((rule == HIGHER) & ~both_granted) | (first & ~other_granted)
    return beaten, beaten | (meet & is_open)
