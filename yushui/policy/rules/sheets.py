"""The law as tables to look at: by effective date and row, with growth, mark and source of each value."""

from __future__ import annotations

from collections import Counter
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
    columns: list[str]  # heads of a grid, for rows of two keys; else empty
    lines: list[tuple[str, list[Cell | None]]]  # the cells as lines of that grid

    @property
    def growth(self) -> str:
        """The least and the most growth of its values: `+4.0%—+6.0%`, one of them, or nothing."""
        found = sorted({c.growth for _, c in self.cells if c.growth}, key=lambda text: float(text.rstrip("%")))
        return "—".join(dict.fromkeys((found[0], found[-1]))) if found else ""

    @property
    def marks(self) -> list[tuple[str, str, int]]:
        """How many values carry which mark: (mark, tag, how many)."""
        counts = Counter((c.mark, c.tag) for _, c in self.cells)
        return [(mark, tag, number) for (mark, tag), number in counts.items()]


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

    @property
    def current(self) -> list[Block]:
        """The blocks in force, national first: the newest of each layer and unit, and older percentages whose rows
        no newer one replaced.
        """
        found: list[Block] = []
        known: dict[tuple[str, str], set[str]] = {}
        for block in self.blocks:
            names, place = {name for name, _ in block.cells}, (block.layer, block.unit)
            if place not in known or (block.unit == "%" and not names <= known[place]):
                found.append(block)
            known.setdefault(place, set()).update(names)
        return sorted(found, key=lambda block: bool(block.layer))

    @property
    def past(self) -> list[Block]:
        """The blocks before those, newest first."""
        current = self.current
        return [block for block in self.blocks if block not in current]


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
    columns, lines = grid_of(rates, [cell for _, cell in cells])
    return Block(
        rates.starts_on, rates.printed, document, sources, rates.note, rates.layer, unit, cells, columns, lines
    )  # fmt: skip


def grid_of(rates: Rates, cells: list[Cell]) -> tuple[list[str], list[tuple[str, list[Cell | None]]]]:
    """Rows of two keys as a grid, first key down and second across; other rows one below the other."""
    keys = list(rates.rows)
    if not keys or any(len(key) != 2 for key in keys):  # noqa: PLR2004 - down and across
        return [], [(row_name(key), [cell]) for key, cell in zip(keys, cells, strict=True)]
    found = dict(zip(keys, cells, strict=True))
    down, across = dict.fromkeys(key[0] for key in keys), dict.fromkeys(key[1] for key in keys)
    lines = [(row_name((one,)), [found.get((one, other)) for other in across]) for one in down]
    return [row_name(("", other)).strip() for other in across], lines


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
