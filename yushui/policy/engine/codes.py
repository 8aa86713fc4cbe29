"""Numbers for the words that answers are explained with."""

from __future__ import annotations

from dataclasses import dataclass, field

from yushui.policy.types import Verdict

VERDICTS = (Verdict.GRANT, Verdict.ASK, Verdict.REFUSE)
GRANT, ASK, REFUSE = 0, 1, 2

# What stops a month, weakest first: of two that meet in a month the stronger is told. Numbered from 1.
PAUSES = (
    ("relation", ASK), ("education", ASK), ("release_month", ASK), ("sentence_month", ASK), ("moved_in", REFUSE),
    ("moved_out", REFUSE), ("unconfirmed", REFUSE), ("sentenced", REFUSE), ("cancelled", REFUSE),
)  # fmt: skip
FIRST_REFUSING = 5


@dataclass
class Codes:
    """Words by number; 0 is no word, then the pauses in their order, then whatever the law and the facts name."""

    words: list[str] = field(default_factory=lambda: ["", *(name for name, _ in PAUSES)])

    def number(self, word: str) -> int:
        """The number of a word, given out on first use."""
        if word not in self.words:
            self.words.append(word)
        return self.words.index(word)
