"""The answer as columns: what each model was told, spread to all claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from operator import itemgetter

import numpy as np

from yushui.base.days import show_month
from yushui.policy.engine.alike import Places, Whole, changes, find_alike
from yushui.policy.engine.answers import NO_ANSWER, VERDICTS, AnswerColumns
from yushui.policy.engine.claims import Claims
from yushui.policy.engine.feed import runs
from yushui.policy.engine.kinds import Kinds, Told
from yushui.policy.types import PERIODIC, DueSpan, Facts, Verdict

START_MODES = ("day_one", "of", "after")


@dataclass(frozen=True)
class Models:
    """Claims for which answers are worked out: first each kind on its own, then those of persons who hold several."""

    of: Places  # for each claim that stands its model
    several: list[Places]  # for each number of claims the kinds that model persons hold, by claim and person


def find_models(claims: Claims, kinds: Kinds) -> Models:
    """A model for every claim that stands: of one that stands alone its kind, of several the same of a person whose
    claims are alike."""
    person = claims.person[kinds.standing]
    begins = np.flatnonzero(changes(person))
    sizes = np.diff(begins, append=len(person))
    of, count, several = kinds.kind.copy(), len(kinds.model), []
    for size in np.flatnonzero(np.bincount(sizes)).tolist():
        if size > 1:
            those = begins[sizes == size] + np.arange(size)[:, None]
            held = kinds.kind[those]
            first, which = find_alike([*held])
            several.append(held[:, first])
            of[those] = count + which + np.arange(size)[:, None] * len(first)
            count += len(first) * size
    return Models(of, several)


@dataclass(frozen=True)
class Spans:
    """Months [first_month, end_month) in which a claim is told the same, by claim and month."""

    claim: Places
    first_month: Whole
    end_month: Whole
    answer: Whole


def spans_of(told: Told, first_claim: int, first_month: int) -> Spans:
    """Months with the same answer, one after the other, as spans. Claims are counted from a number."""
    width = told.shape[1]
    fresh = np.ones(told.shape, bool)
    fresh[:, 1:] = told[:, 1:] != told[:, :-1]
    starts = np.flatnonzero(fresh)
    months, answer = np.diff(starts, append=told.size), told.ravel()[starts]
    said = np.flatnonzero(answer != NO_ANSWER)
    claim, begins = np.divmod(starts[said], width)
    begins += first_month
    return Spans(claim + first_claim, begins, begins + months[said], answer[said])


def join_spans(spans: list[Spans]) -> Spans:
    """One after the other."""
    return Spans(*(np.concatenate([getattr(s, f.name) for s in spans]) for f in fields(Spans)))


@dataclass(frozen=True)
class Spread:
    """The spans of models for all claims that stand: which span each row repeats, and of which claim it is."""

    standing: Places
    model: Places
    spans: Spans

    @cached_property
    def _counts(self) -> Places:
        """Spans by model."""
        last = int(self.model.max()) if len(self.model) else 0
        return np.bincount(self.spans.claim, minlength=last + 1)

    @cached_property
    def span(self) -> Places:
        """For each row its span."""
        begins = np.cumsum(self._counts) - self._counts
        return runs(begins[self.model], self._counts[self.model])

    @cached_property
    def claim(self) -> Places:
        """For each row its claim."""
        return np.repeat(self.standing, self._counts[self.model])


class SpreadColumns(Mapping[str, Whole]):
    """Columns by person, status, benefit and month, spread when they are first read: nobody reads all of a million
    persons."""

    def __init__(self, spread: Spread, facts: Facts, claims: Claims, told: AnswerColumns, benefits: Whole) -> None:
        spans, years = spread.spans, np.array([g.years for g in claims.grounds], np.int32)

        def of_spans(values: Callable[[], Whole]) -> Callable[[], Whole]:
            return lambda: values().take(spread.span)

        answer = spans.answer
        self._made: dict[str, Whole] = {}
        self._make: dict[str, Callable[[], Whole]] = {
            "person_id": lambda: facts.statuses["person_id"][claims.row[spread.claim]],
            "status_id": lambda: facts.statuses["status_id"][claims.row[spread.claim]],
            "since": lambda: claims.lo[spread.claim],
            "start_mode": lambda: claims.mode[spread.claim],
            "years": lambda: years[claims.ground[spread.claim]],
            "first_month": of_spans(lambda: spans.first_month.astype(np.int32)),
            "end_month": of_spans(lambda: spans.end_month.astype(np.int32)),
            "benefit": of_spans(lambda: benefits[told.rid[answer]]),
            "fen": of_spans(lambda: told.fen[answer]),
            "verdict": of_spans(lambda: told.verdict[answer].astype(np.int8)),
            "code": of_spans(lambda: told.code[answer].astype(np.int32)),
            "rate": of_spans(lambda: told.rate[answer].astype(np.int32)),
            "winner": of_spans(lambda: told.winner[answer].astype(np.int8)),
        }

    def __getitem__(self, name: str) -> Whole:
        if name not in self._made:
            self._made[name] = self._make[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)


@dataclass(frozen=True)
class DueColumns:
    """Spans as columns, one array each, for registers too large for objects. `rates` and `codes` name what `rate`
    and `code` count."""

    columns: Mapping[str, Whole]
    rates: list[str]
    codes: list[str]

    def __len__(self) -> int:
        return len(self.columns["first_month"])

    def granted_fen(self) -> int:
        """The sum of all granted months."""
        c = self.columns
        months = (c["end_month"] - c["first_month"]) * (c["verdict"] == 0)
        return int((c["fen"] * months).sum())

    def spans(self) -> list[DueSpan]:
        """The same as objects, by person, benefit and month."""
        names = ("person_id", "status_id", "benefit", "first_month", "end_month", "fen", "verdict", "code", "rate",
                 "winner", "since", "start_mode", "years")  # fmt: skip
        rows = sorted(zip(*(self.columns[n].tolist() for n in names), strict=True), key=itemgetter(0, 2, 3, 1))
        return [self._span(*row) for row in rows]

    def _span(
        self, person: int, status: int, benefit: int, first: int, end: int, fen: int, verdict: int, code: int,
        rate: int, winner: int, since: int, mode: int, years: int,
    ) -> DueSpan:  # fmt: skip
        answer = VERDICTS[verdict]
        why: tuple[str, ...] = ()
        if answer is Verdict.GRANT:
            why = (f"since:{show_month(since)}", f"start:{START_MODES[mode]}") + ((f"years:{years}",) if years else ())
        elif answer is Verdict.REFUSE:
            why = (self.codes[code],) if winner < 0 else (self.codes[code], PERIODIC[winner], f"fen:{fen}")
        return DueSpan(
            person, status, PERIODIC[benefit], first, end, fen if answer is Verdict.GRANT else 0, answer,
            ask=self.codes[code] if answer is Verdict.ASK else "",
            rate=self.rates[rate] if answer is Verdict.GRANT else "",
            why=why,
        )  # fmt: skip
