"""The law as tables to look at: by effective date and row, with growth, mark and source of each value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from yushui.policy.explain import ASKED, GRADES, WORDS
from yushui.policy.types import BENEFIT_NAMES, Law, Layer, Rates, Rule, Source

MARKS = {"read": "已核", "derived": "推算", "HOLE": "缺", "memory": "缺", "invented": "示范虚构"}
TAGS = {"read": "", "derived": "info", "HOLE": "bad", "memory": "bad", "invented": "due"}


@dataclass(frozen=True)
class Cell:
    """One value; `growth` in percent over the value before, as text."""

    fen: int | None
    growth: str
    mark: str
    tag: str


@dataclass(frozen=True)
class Block:
    """The values that take effect on a day."""

    starts_on: date
    printed: date | None
    document: str
    sources: list[Source]
    note: str
    layer: str
    unit: str
    cells: list[tuple[str, Cell]]


@dataclass(frozen=True)
class LawSheet:
    """One benefit: its basis, rules in words, and its blocks, newest first."""

    benefit: str
    name: str
    basis: str
    kinds: list[str]
    clauses: list[str]
    newest: date | None
    blocks: list[Block] = field(default_factory=list)
    holes: int = 0


def sheet_of(layer: Layer, rule: Rule, law: Law | None = None) -> LawSheet:
    """The sheet of a benefit in a layer."""
    blocks: list[Block] = []
    last: dict[tuple[str, ...], tuple[int, int]] = {}
    tables = [*rule.rates, *rule.local_rates, *(rule.share.versions if rule.share else ())]
    for rates in sorted(tables, key=lambda r: (r.layer, r.starts_on)):
        unit = "%" if rule.share and rates in rule.share.versions else ("元/年" if rates.per == 12 else "元/月")
        blocks.append(_block(rates, unit, last, law))
    blocks.sort(key=lambda b: (b.starts_on, b.layer), reverse=True)
    return LawSheet(
        benefit=rule.benefit,
        name=BENEFIT_NAMES[rule.benefit],
        basis=rule.basis,
        kinds=list(rule.kinds),
        clauses=clauses_of(rule),
        newest=blocks[0].starts_on if blocks else None,
        blocks=blocks,
        holes=sum(1 for b in blocks for _, c in b.cells if c.fen is None),
    )


def _block(rates: Rates, unit: str, last: dict[tuple[str, ...], tuple[int, int]], law: Law | None) -> Block:
    cells = []
    for row, fen in rates.rows.items():
        key = (rates.layer, *row)
        cells.append(
            (row_name(row), Cell(fen, _growth(fen, rates.per, last.get(key)), MARKS[rates.mark], TAGS[rates.mark]))
        )
        if fen is not None:
            last[key] = (fen * (12 // rates.per), rates.per)
    names = [n for n in rates.source.split(",") if n]
    sources = [law.sources[n] for n in names if n in law.sources] if law else []
    document = "" if rates.document == "HOLE" else rates.document
    return Block(rates.starts_on, rates.printed, document, sources, rates.note, rates.layer, unit, cells)


def _growth(fen: int | None, per: int, before: tuple[int, int] | None) -> str:
    """Growth over the value before, one decimal, half up."""
    if fen is None or before is None or not before[0]:
        return ""
    yearly = fen * (12 // per)
    tenths = (2000 * (yearly - before[0]) + before[0]) // (2 * before[0])
    return f"+{tenths // 10}.{tenths % 10}%" if tenths else ""


def row_name(row: tuple[str, ...]) -> str:
    """`6.DUTY` → 六级 因公; the only row of a table has no name."""
    words = [
        f"{GRADES[p]}级" if n == 0 and p in GRADES else WORDS.get(p, "精神障碍" if p == "1" else p)
        for n, p in enumerate(row)
    ]
    return " ".join(words) or "标准"


def clauses_of(rule: Rule) -> list[str]:
    """Start, conditions, stops: each article once, in the order of the file."""
    articles = [s.article for s in rule.start] + [c.article for c in rule.conditions]
    articles += [
        a for key, a in rule.articles.items() if key in {"age", "child_age", "service_years", *rule.suspended_by}
    ]
    if rule.share:
        articles.append(f"按{ASKED.get(rule.share.of, rule.share.of)}的百分比计算")
    return list(dict.fromkeys(articles))
