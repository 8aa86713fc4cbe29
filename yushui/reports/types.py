"""An outline as read, and a report as written: pieces of text, some of which cite a figure. Plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Sentence:
    """One sentence of an outline. It stands where all its figures are known and not zero."""

    text: str = ""
    lead: str = ""  # with items: what stands before them
    items: tuple[str, ...] = ()
    end: str = "。"
    zero: str = ""  # said instead when a figure is zero
    quiet: bool = False  # not missed when it cannot be said
    new_paragraph: bool = False
    short: str = ""  # stands only when this ratio is below its target
    next_step: str = ""
    growth: str = ""  # a table of standards that writes the sentence
    own: str = ""  # a package: its figures of kinds that a county added become the items


@dataclass(frozen=True)
class Section:
    """A part of an outline. `numbered` sentences become 一是…;二是…。"""

    id: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    numbered: bool = False
    none: str = ""
    collects_next: bool = False


@dataclass(frozen=True)
class ChartPlan:
    """Bars of several figures of one unit, drawn at the end of a section."""

    id: str
    title: str
    section: str
    unit: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """A kind of report: title, for which levels of area, its sections in order, its charts."""

    id: str
    title: str
    levels: tuple[str, ...]
    sections: tuple[Section, ...]
    charts: tuple[ChartPlan, ...] = ()


@dataclass(frozen=True)
class StandardRow:
    """One standard before and now, fen per year or month."""

    benefit: str
    title: str
    key: str
    per: str  # 年 or 月
    before: int | None
    now: int


@dataclass(frozen=True)
class Frame:
    """What every sentence may name: the area, the year, the day."""

    area_code: str
    area: str
    region: str
    year: int
    on: date

    @property
    def is_open(self) -> bool:
        """Whether the year was still running on that day."""
        return self.on.year == self.year

    @property
    def span(self) -> str:
        """今年以来 or 全年."""
        return "今年以来" if self.is_open else "全年"

    @property
    def last(self) -> str:
        """What the comparison is with: 上年同期 while the year runs."""
        return "上年同期" if self.is_open else "上年"

    @property
    def when(self) -> str:
        """截至2026年11月22日, or 截至2025年末 for a year that is over."""
        if self.on.year > self.year:
            return f"截至{self.year}年末"
        return f"截至{self.on.year}年{self.on.month}月{self.on.day}日"


@dataclass(frozen=True)
class Cite:
    """One figure that a report says: which, of which year, which of its numbers, and as it is written."""

    indicator: str
    year: int
    on: date | None  # up to which day was counted; None for standards
    aspect: str  # "", part, whole, left, change, growth
    words: str


@dataclass(frozen=True)
class Piece:
    """A run of text; with a cite it is a figure."""

    text: str
    cite: Cite | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of pieces; `by_hand` when a person added it."""

    pieces: tuple[Piece, ...]
    by_hand: bool = False


@dataclass(frozen=True)
class Missing:
    """A fact that a sentence wanted: which figure, why it is not there, the page where it is entered."""

    section: str
    indicator: str
    title: str
    why: str
    enter: str


@dataclass(frozen=True)
class Chart:
    """A chart of a report: title, and for each bar the figure, its label, number and words."""

    id: str
    title: str
    bars: tuple[tuple[Cite, str, int], ...]


@dataclass(frozen=True)
class WrittenSection:
    """A section with something to say; `number` counts only those."""

    id: str
    title: str
    number: int
    paragraphs: tuple[Paragraph, ...]
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Document:
    """A report as written: sections, all figures in the order in which they first stand, what is missing."""

    title: str
    frame: Frame
    sections: tuple[WrittenSection, ...]
    cites: tuple[Cite, ...]
    missing: tuple[Missing, ...] = field(default=())
