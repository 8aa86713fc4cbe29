"""Numbers for answers, and for the words that explain them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yushui.policy.engine.alike import Whole, find_alike
from yushui.policy.types import Verdict

VERDICTS = (Verdict.GRANT, Verdict.ASK, Verdict.REFUSE)
GRANT, ASK, REFUSE = 0, 1, 2
NO_ANSWER = -1  # the claim does not stand in the month, or there is no such benefit for it

# What stops a month, weakest first: of two that meet in a month the stronger is told. Numbered from 1.
PAUSES = (
    ("relation", ASK), ("education", ASK), ("release_month", ASK), ("sentence_month", ASK), ("moved_in", REFUSE),
    ("moved_out", REFUSE), ("unconfirmed", REFUSE), ("sentenced", REFUSE), ("cancelled", REFUSE),
)  # fmt: skip
FIRST_REFUSING = 5
NUMBER_OF_PAUSE = {name: n for n, (name, _) in enumerate(PAUSES, start=1)}


@dataclass
class Codes:
    """Words by number; 0 is no word, then the pauses in their order, then whatever the law and the facts name."""

    words: list[str] = field(default_factory=lambda: ["", *NUMBER_OF_PAUSE])

    def number(self, word: str) -> int:
        """The number of a word, given out on first use."""
        if word not in self.words:
            self.words.append(word)
        return self.words.index(word)


class Answer(NamedTuple):
    """What a claim is told of a month."""

    rid: int
    verdict: int
    code: int = 0  # the word that explains an ASK or a REFUSE
    fen: int = 0  # a month; of a claim that lost to another what it would have been
    rate: int = 0  # the name of the rate row
    winner: int = -1  # the benefit that it lost to


class AnswerColumns(NamedTuple):
    """Answers as columns, by number; at the end, where NO_ANSWER points, stands a refusal of nothing."""

    rid: NDArray[np.int64]
    verdict: NDArray[np.int64]
    code: NDArray[np.int64]
    fen: NDArray[np.int64]
    rate: NDArray[np.int64]
    winner: NDArray[np.int64]


@dataclass
class Answers:
    """Answers, numbered on first use: few different ones are told to all claims in all months."""

    numbers: dict[Answer, int] = field(default_factory=dict)
    rates: dict[str, int] = field(default_factory=lambda: {"": 0})

    def number(self, answer: Answer) -> int:
        """The number of an answer."""
        return self.numbers.setdefault(answer, len(self.numbers))

    def rate(self, name: str) -> int:
        """The number of a rate row."""
        return self.rates.setdefault(name, len(self.rates))

    def retell(self, told: Whole, by: Whole, tell: Callable[[Answer, int], Answer]) -> NDArray[np.int32]:
        """Other answers in place of those told, for the reason given to each by number."""
        if not len(told):
            return told.astype(np.int32)
        known = [*self.numbers]
        first, which = find_alike([told, by])
        pairs = zip(told[first].tolist(), by[first].tolist(), strict=True)
        return np.array([n if n == NO_ANSWER else self.number(tell(known[n], b)) for n, b in pairs], np.int32)[which]

    def columns(self) -> AnswerColumns:
        """All that were told."""
        told = chain.from_iterable((*self.numbers, Answer(0, REFUSE)))
        return AnswerColumns(*np.fromiter(told, np.int64).reshape(-1, len(Answer._fields)).T.copy())
