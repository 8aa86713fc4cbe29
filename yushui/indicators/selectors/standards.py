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
MARKS = {"read": "原文", "derived": "推算", "invented": "示例", "HOLE": "缺"}


@dataclass(frozen=True)
class Growth:
    """One standard at the end of a year beside the end of the year before, fen a month rounded half up."""

    benefit: str
    title: str
    key: str
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
    source = law.sources.get(now.source)
    return [
        Growth(
            benefit=rule.benefit, title=BENEFIT_NAMES.get(rule.benefit, rule.title), key=key_words(key),
            before=monthly(before, key), now=fen, starts_on=now.starts_on,
            source=now.document or (source.title if source else now.source), mark=MARKS.get(now.mark, now.mark),
        )
        for key in now.rows
        if (fen := monthly(now, key)) is not None
    ]  # fmt: skip


def block_on(rule: Rule, day: date) -> Rates | None:
    """The block of rates in force on a day; of equal beginnings the later one printed."""
    fitting = [block for block in rule.rates if block.starts_on <= day]
    return max(fitting, key=lambda block: (block.starts_on, block.known_on), default=None)


def monthly(block: Rates | None, key: tuple[str, ...]) -> int | None:
    """A row as fen a month."""
    fen = None if block is None else block.rows.get(key)
    return None if fen is None or block is None else money.half_up(fen, block.per * block.scale)


def key_words(key: tuple[str, ...]) -> str:
    """(`6`, `DUTY`) → `六级 因公`."""
    return " ".join(KEY_NAMES.get(each, each) for each in key if each)
