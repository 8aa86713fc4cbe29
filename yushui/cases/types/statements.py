"""Statements (零报告): who states, how often, drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass

BY_NAMES: dict[str, str] = {"TOWN": "乡镇(街道)", "VILLAGE": "村(社区)", "UNIT": "成员单位"}
RHYTHM_NAMES: dict[str, str] = {"MONTH": "每月", "QUARTER": "每季度", "YEAR": "每年"}
NUMBERS: dict[str, int] = {"MONTH": 12, "QUARTER": 4, "YEAR": 1}  # periods of a year


@dataclass(frozen=True)
class Form:
    """Kinds that the same ones state in the same rhythm are stated on one form."""

    by: str = "TOWN"
    rhythm: str = "QUARTER"

    @property
    def key(self) -> str:
        """`TOWN-QUARTER`, for addresses."""
        return f"{self.by}-{self.rhythm}"

    @property
    def words(self) -> str:
        """`乡镇(街道)每季度`."""
        return f"{BY_NAMES[self.by]}{RHYTHM_NAMES[self.rhythm]}"


@dataclass(frozen=True)
class StatementDraft:
    """What a town, village or member unit states for a period: kind → number as typed. `stater` is the code of an area
    or the id of a unit, `number` the month or quarter."""

    stater: str = ""
    year: str = ""
    number: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    words: str = ""
    form: Form = Form()


@dataclass(frozen=True)
class StatementKindDraft:
    """A county's own kind of statement as typed."""

    name: str = ""
    measure: str = "起"
    meaning: str = ""
    by: str = "TOWN"
    rhythm: str = "QUARTER"
