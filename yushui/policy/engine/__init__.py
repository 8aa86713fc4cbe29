"""The engine: what each status is due, as spans of months in which nothing changes.

Columns in NumPy, integer fen throughout. `feed` brings facts and rules together, `claims` finds from when to when each
status and benefit stands (on the `terms` of its rule) and on what ground, `pauses` which of its months an event stops.
The answer to a person depends on nothing else, and a million persons have few different answers: `kinds` gathers the
claims that are alike, `prices` works out what a month is worth on each ground, `meetings` decides where benefits of one
person meet, once for each combination. Answers are numbered, so that months of a claim are a row of numbers; `columns`
joins them to spans and spreads those of the models to all. `policy.reference` says the same slowly and must agree to
the fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from yushui.policy.engine.answers import Answers
from yushui.policy.engine.claims import Claims, Stops, make_claims
from yushui.policy.engine.columns import (
    DueColumns,
    Spread,
    SpreadColumns,
    find_models,
    join_spans,
    spans_of,
)
from yushui.policy.engine.feed import Prepared, Register, prepare
from yushui.policy.engine.kinds import find_kinds, tell_kinds
from yushui.policy.engine.meetings import Overlaps, make_overlaps, settle
from yushui.policy.engine.pauses import make_stops
from yushui.policy.engine.prices import price_grounds
from yushui.policy.types import DueSpan, Facts, Law

__all__ = ["DueColumns", "Question", "compute", "compute_columns", "compute_each"]


def compute(law: Law, facts: Facts, *, first_month: int, end_month: int, known_on: date) -> list[DueSpan]:
    """What is due in the months [first_month, end_month), by the law as known on a day, from facts as known.

    Every status that stands in a month gets exactly one answer for it and each benefit of its kind.
    """
    return compute_columns(law, facts, first_month=first_month, end_month=end_month, known_on=known_on).spans()


@dataclass(frozen=True)
class Question:
    """What is due in the months [first_month, end_month), by the law as known on a day."""

    first_month: int
    end_month: int
    known_on: date


def compute_columns(law: Law, facts: Facts, *, first_month: int, end_month: int, known_on: date) -> DueColumns:
    """`compute` with the answer as columns."""
    return compute_each(law, facts, [Question(first_month, end_month, known_on)])[0]


def compute_each(law: Law, facts: Facts, questions: Sequence[Question]) -> list[DueColumns]:
    """Several questions about one register: what a year is due now, and what it was due as known in October.

    From when to when claims stand does not depend on what is known of the rates, so it is worked out once.
    """
    prepared, register = prepare(law, facts), Register(facts)
    claims = make_claims(prepared, register)
    first, end = min(q.first_month for q in questions), max(q.end_month for q in questions)
    stops, overlaps = make_stops(prepared, register, claims, first, end), make_overlaps(prepared)
    return [_answer(prepared, facts, claims, stops, overlaps, question) for question in questions]


def _answer(
    prepared: Prepared, facts: Facts, claims: Claims, stops: Stops, overlaps: Overlaps, question: Question
) -> DueColumns:
    """The spans of one question."""
    first, end = question.first_month, question.end_month
    answers = Answers()
    kinds = find_kinds(claims, stops, first, end)
    models = find_models(claims, kinds)
    used = np.unique(claims.ground[kinds.model])
    priced = price_grounds(prepared, facts, claims, used, answers, (first, end, question.known_on))
    alone = tell_kinds(claims, kinds, priced, stops, answers, prepared.codes, first)
    spans, count = [spans_of(alone, 0, first)], len(alone)
    for held in models.several:
        told = settle(alone, held, overlaps, answers)
        spans.append(spans_of(told.reshape(-1, end - first), count, first))
        count += held.size
    spread = Spread(kinds.standing, models.of, join_spans(spans))
    columns = SpreadColumns(spread, facts, claims, answers.columns(), overlaps.benefit)
    return DueColumns(columns, list(answers.rates), prepared.codes.words)
