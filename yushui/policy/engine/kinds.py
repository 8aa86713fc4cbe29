"""Kinds of claims within the months of a question, and what each kind is told month by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yushui.policy.engine.alike import Places, find_alike
from yushui.policy.engine.answers import ASK, FIRST_REFUSING, NO_ANSWER, REFUSE, Answer, Answers, Codes
from yushui.policy.engine.claims import Claims, Stops
from yushui.policy.engine.days import Numbers
from yushui.policy.engine.feed import runs

Told = NDArray[np.int32]  # numbers of answers, by claim and month of the window


@dataclass(frozen=True)
class Kinds:
    """Claims that stand in the window, by kind. A claim that an event stops is a kind of its own."""

    standing: Places  # places of the claims
    kind: Places  # the kind of each of them
    model: Places  # for each kind the place of one claim
    lo: Numbers  # for each kind the first and end months, within the window
    hi: Numbers


def find_kinds(claims: Claims, stops: Stops, first_month: int, end_month: int) -> Kinds:
    """The claims that stand in the window; months outside of it make no difference."""
    lo, hi = (np.clip(months, first_month, end_month) for months in (claims.lo, claims.hi))
    is_part = claims.is_part & (lo == claims.lo)
    standing = np.flatnonzero(lo < hi)
    model, kind = find_alike([column[standing] for column in (claims.ground, lo, hi, is_part.view(np.int8))])
    if len(stops.claim):
        is_paused = np.zeros(len(lo), bool)
        is_paused[stops.claim] = True
        paused = np.flatnonzero(is_paused[standing])
        kind[paused] = np.arange(len(model), len(model) + len(paused))
        model = np.append(model, paused)
    model = standing[model]
    return Kinds(standing, kind, model, lo[model], hi[model])


def tell_kinds(
    claims: Claims, kinds: Kinds, priced: Told, stops: Stops, answers: Answers, codes: Codes, first_month: int
) -> Told:
    """What each kind is told, before what else its person receives. `priced` is what each ground is told."""
    months = np.arange(first_month, first_month + priced.shape[1])
    stands = (kinds.lo[:, None] <= months) & (months < kinds.hi[:, None])
    told = np.where(stands, priced[claims.ground[kinds.model]], np.int32(NO_ANSWER))
    _leave_open(told, claims, kinds, answers, codes.number("start_month"), first_month)
    if len(stops.claim) and len(kinds.standing):
        _stop(told, kinds, stops, answers, first_month)
    return told


def _leave_open(told: Told, claims: Claims, kinds: Kinds, answers: Answers, code: int, first_month: int) -> None:
    """A first month that is not whole, where the law does not say how it counts and the facts say nothing else."""
    is_fixed = np.array([ground.fixed > 0 for ground in claims.grounds], bool)
    is_open = claims.is_part[kinds.model] & (claims.lo[kinds.model] >= first_month)
    kind = np.flatnonzero(is_open & ~is_fixed[claims.ground[kinds.model]])
    at = (kind, kinds.lo[kind] - first_month)
    told[at] = answers.retell(told[at], np.zeros(len(kind), np.int32), lambda a, _: Answer(a.rid, ASK, code))


def _stop(told: Told, kinds: Kinds, stops: Stops, answers: Answers, first_month: int) -> None:
    """Of what stops a month the strongest is told: REFUSE of the facts, then of an event, then ASK of the facts, then
    of an event."""
    place = np.searchsorted(kinds.standing, stops.claim)
    place[place == len(kinds.standing)] = 0
    kind = kinds.kind[place]
    f = np.maximum(stops.f - first_month, 0)
    t = np.where(kinds.standing[place] == stops.claim, np.minimum(stops.t - first_month, told.shape[1]), f)
    times = np.maximum(t - f, 0)
    strongest = np.zeros(told.shape, np.int32)
    np.maximum.at(strongest, (np.repeat(kind, times), runs(f, times)), np.repeat(stops.code, times))
    at = np.nonzero((strongest > 0) & (told != NO_ANSWER))
    told[at] = answers.retell(told[at], strongest[at], _stop_by)


def _stop_by(answer: Answer, code: int) -> Answer:
    if answer.verdict == REFUSE or (answer.verdict == ASK and code < FIRST_REFUSING):
        return answer
    return Answer(answer.rid, REFUSE if code >= FIRST_REFUSING else ASK, code)
