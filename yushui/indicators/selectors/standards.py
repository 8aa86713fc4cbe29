"""The growth of standards, out of the law itself: the rows are its values, with source and mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.base import money
from yushui.indicators.types import Indicator
from yushui.people import types as people
from yushui.policy.selectors import current_law
from yushui.policy.types import BENEFIT_NAMES, Law, Rates, Rule

KEY_NAMES: dict[str, str] = {
    **{str(grade): name for grade, name in people.GRADE_NAMES.items()},
    **people.CAUSE_NAMES,
    **people.PERIOD_NAMES,
    **people.HOUSEHOLD_NAMES,
    **people.KIND_NAMES,
}
YEAR = 12  # months
HOLE = "HOLE"
MARKS = {"read": "原文", "derived": "推算", "invented": "示例", HOLE: "缺"}


@dataclass(frozen=True)
class Growth:
    """One standard at the end of a year beside the end of the year before, fen per year or month as the law has it."""

    benefit: str
    title: str
    key: str
    per: str  # 年 or 月
    before: int | None
    now: int
    starts_on: date
    source: str
    mark: str

    @property
    def percent(self) -> int | None:
        """Growth in parts per ten thousand of what it was, half up."""
        return None if not self.before else money.half_up((self.now - self.before) * 10_000, self.before)


def standards_growth(*, indicator: Indicator, area_code: str, year: int, on: date) -> list[Growth]:
    """All standards of the indicator's benefits in a place. A value the law leaves open (a hole) is left out: it is
    listed on the law's own page and never guessed here."""
    _, law = current_law()
    day = min(date(year, 12, 31), on)
    found: list[Growth] = []
    for benefit in indicator.benefits:
        rule = law.layer_of(area_code).rules.get(benefit)
        if rule is not None:
            found += growth_of(law, rule, day)
    return found


def growth_of(law: Law, rule: Rule, day: date) -> list[Growth]:
    """The rows of one benefit that hold on a day."""
    now = block_on(rule, day)
    if now is None:
        return []
    before = block_on(rule, date(day.year - 1, 12, 31))
    found: list[Growth] = []
    for key in now.rows:
        fen = amount(now, key, now.per)
        if fen is not None:
            words = key_words(key, rule, len(now.rows))
            title = BENEFIT_NAMES.get(rule.benefit, rule.title)
            was = amount(before, key, now.per)
            found.append(
                Growth(
                    rule.benefit,
                    title,
                    words,
                    "年" if now.per == YEAR else "月",
                    was,
                    fen,
                    now.starts_on,
                    origin_of(law, now),
                    MARKS.get(now.mark, now.mark),
                )  # fmt: skip
            )
    return found


def block_on(rule: Rule, day: date) -> Rates | None:
    """The block of rates in force on a day; of equal beginnings the later one printed."""
    fitting = [block for block in rule.rates if block.starts_on <= day]
    return max(fitting, key=lambda block: (block.starts_on, block.known_on), default=None)


def amount(block: Rates | None, key: tuple[str, ...], per: int) -> int | None:
    """A row in fen for a year (12) or a month (1), rounded half up where the law has the other one."""
    fen = None if block is None else block.rows.get(key)
    return None if fen is None or block is None else money.half_up(fen * per, block.per * block.scale)


def origin_of(law: Law, block: Rates) -> str:
    """The document of a block, or where it was read when the document is a hole."""
    source = law.sources.get(block.source)
    if block.document and block.document != HOLE:
        return block.document
    return f"{source.title}(文号待补)" if source else "文号待补"


def key_words(key: tuple[str, ...], rule: Rule, rows: int) -> str:
    """(`6`, `DUTY`) → `六级 因公`; of a benefit with one standard nothing, or what it is counted by."""
    if rule.counts_service_years:
        return "每服一年义务兵役"
    return "" if rows == 1 else " ".join(KEY_NAMES.get(each, each) for each in key if each)
