"""A message pasted from a phone: what may be recognised in it, and what was."""

from __future__ import annotations

from dataclasses import dataclass

from yushui.activities.types.activities import ActivityDraft


@dataclass(frozen=True)
class Numbered:
    """A further number of a kind, as far as reading a message needs it."""

    key: str
    name: str
    unit: str
    decimals: int = 0


@dataclass(frozen=True)
class KindWords:
    """A kind, the words that name it, what its number counts, and its further numbers. In a word, … stands for a few
    signs: 慰问…官兵."""

    code: str
    words: tuple[str, ...]
    measure: str = ""
    numbers: tuple[Numbered, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The names that a message may hold: kinds, areas (code, name), units."""

    kinds: tuple[KindWords, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A piece of the text [start, end) that was understood as a field of the form, in the form's own words."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Reading:
    """What was recognised: a draft with empty fields where nothing was, and where in the text it stood."""

    draft: ActivityDraft
    marks: tuple[Mark, ...]
