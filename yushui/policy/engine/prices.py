"""What a month is worth: for each combination of keys that occurs, spans of constant price within the window.

Prices are exact fractions of a fen; rounding happens once, after the years of service are counted in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np

from yushui.base.days import month_of
from yushui.base.money import half_up
from yushui.policy.engine.answers import ASK, GRANT, NO_ANSWER, REFUSE, Answer, Answers
from yushui.policy.engine.claims import Claims
from yushui.policy.engine.days import Numbers
from yushui.policy.engine.feed import Placed, Prepared
from yushui.policy.engine.kinds import Told
from yushui.policy.engine.terms import keys_of
from yushui.policy.types import NONE, NUMBER_COLUMNS, Facts, Rates, Rule, Share

# Columns whose absence means "none of it" rather than "not known".
ABSENT_MEANS_NONE = {"mental_illness": "0", "merit": "NONE"}


@dataclass(frozen=True)
class Price:
    """A month's worth before rounding, or what must be asked."""

    fen: Fraction | None
    ask: str = ""
    rate: str = ""


@dataclass(frozen=True)
class Tables:
    """The blocks of one placed rule that are known, newest first."""

    national: tuple[Rates, ...]
    local: tuple[Rates, ...]

    @cached_property
    def cuts(self) -> list[int]:
        """The months in which a block takes over, in order."""
        return sorted({month_of(b.starts_on) for b in (*self.national, *self.local)})


def price_grounds(
    prepared: Prepared, facts: Facts, claims: Claims, used: Numbers, answers: Answers, window: tuple[int, int, date]
) -> Told:
    """What each of the grounds used is told in each month of the window, by the rates known on the day."""
    first, end, known_on = window
    told = np.full((len(claims.grounds), end - first), NO_ANSWER, np.int32)
    refusals = {c.refuse for p in prepared.placed for c in p.rule.conditions}
    refusing = {prepared.codes.number(word) for word in refusals}
    tables: dict[int, Tables] = {}
    priced: dict[tuple[int, tuple[int, ...]], list[tuple[int, int, Price]]] = {}
    for number in used.tolist():
        ground = claims.grounds[number]
        rid, rule = ground.rid, prepared.placed[ground.rid].rule
        if rid not in tables:
            tables[rid] = known_tables(prepared.placed[rid], first, end, known_on)
        if (rid, ground.keys) not in priced:
            known = {c: _fact(c, k, facts) for c, k in zip(keys_of(rule), ground.keys, strict=True)}
            priced[rid, ground.keys] = list(price_spans(rule, tables[rid], known, first, end))
        for f, t, price in priced[rid, ground.keys]:
            if ground.fixed:
                verdict = REFUSE if ground.fixed in refusing else ASK
                told[number, f - first : t - first] = answers.number(Answer(rid, verdict, ground.fixed))
            elif price.fen is None:
                asked = Answer(rid, ASK, prepared.codes.number(price.ask))
                told[number, f - first : t - first] = answers.number(asked)
            else:
                rate = answers.rate(price.rate)
                for begins, ends, fen in rounded(rule, price.fen * max(ground.years, 1), f, t):
                    told[number, begins - first : ends - first] = answers.number(Answer(rid, GRANT, 0, fen, rate))
    return told


def rounded(rule: Rule, fen: Fraction, f: int, t: int) -> Iterable[tuple[int, int, int]]:
    """What months are worth in whole fen; under `year_exact` they differ, so that twelve make the year."""
    top, bottom = fen.numerator, fen.denominator
    if rule.month_amount == "year_exact" and bottom > 1:
        for month in range(f, t):
            nth = month % 12 + 1
            yield month, month + 1, half_up(top * nth, bottom) - half_up(top * (nth - 1), bottom)
    elif rule.mode == "up":
        yield f, t, -(-top // (bottom * rule.to)) * rule.to
    else:
        yield f, t, half_up(top, bottom * rule.to) * rule.to


def _fact(column: str, key: int, facts: Facts) -> str | None:
    """A key as the tables write it; None when it is missing and that matters."""
    if key == NONE:
        return ABSENT_MEANS_NONE.get(column)
    return str(key) if column in NUMBER_COLUMNS else facts.words[key]


def known_tables(placed: Placed, first: int, end: int, known_on: date) -> Tables:
    """Blocks known on a day, newest first; a share of local values becomes blocks like any other."""
    rule = placed.rule

    def newest(blocks: Iterable[Rates]) -> tuple[Rates, ...]:
        known = [b for b in blocks if b.known_on <= known_on]
        return tuple(sorted(known, key=lambda b: (b.starts_on, len(b.layer), b.known_on), reverse=True))

    national = newest(rule.rates)
    if rule.share:
        national = share_blocks(rule.share, placed.values, first, end, newest(rule.share.versions)) + national
    return Tables(national, newest(rule.local_rates))


def share_blocks(
    share: Share, values: dict[tuple[str, int], int], first: int, end: int, versions: tuple[Rates, ...]
) -> tuple[Rates, ...]:
    """Newest first: one block for each version of the shares and each year's value, from the month it takes over."""
    blocks = []
    for year in range(first // 12 - 1, end // 12 + 1):
        value = values.get((share.of, year - share.lag))
        takes_over = date(year, share.changes_in, 1)
        gives_way = date(year + 1, share.changes_in, 1)
        for version in versions:
            if version.starts_on < gives_way:
                starts = max(takes_over, version.starts_on)
                rows = {row: _share_of(share, value, pct) for row, pct in version.rows.items()}
                name = f"{share.of}={year - share.lag}:{value}"
                blocks.append(replace(version, starts_on=starts, rows=rows, per=share.per, ask=share.of, note=name))
    order = {id(v): n for n, v in enumerate(versions)}
    blocks.sort(key=lambda b: (b.starts_on, -order.get(id(b), 0)), reverse=True)
    return tuple(blocks)


def _share_of(share: Share, value: int | None, percent: int | None) -> int | None:
    """Percent of the value, rounded as the place rounds; None when the value is not entered."""
    if value is None or percent is None:
        return None
    top, bottom = value * percent, 100 * share.divide * share.to
    return (-(-top // bottom) if share.mode == "up" else half_up(top, bottom)) * share.to


def price_spans(
    rule: Rule, tables: Tables, known: dict[str, str | None], first: int, end: int
) -> Iterable[tuple[int, int, Price]]:
    """The price of one combination over the window, cut where it changes. Months without any price are left out
    when the rule says that what is not in the table does not exist."""
    points = [first, *(c for c in tables.cuts if first < c < end), end]
    last: tuple[int, int, Price] | None = None
    for f, t in zip(points, points[1:], strict=False):
        price = price_at(rule, tables, known, f)
        if last and price == last[2]:
            last = (last[0], t, price)
            continue
        if last:
            yield last
        last = (f, t, price) if price else None
    if last:
        yield last


def price_at(rule: Rule, tables: Tables, known: dict[str, str | None], month: int) -> Price | None:
    """The price in one month: the national floor and the local table by the rule of the layer, then the factors."""
    national = find(rule, tables.national, known, month)
    local = find(rule, tables.local, known, month)
    base = _combine(rule, national, local)
    if base is None:
        return Price(None, "rate") if rule.absent == "ask" else None
    return _with_factors(rule, base, known)


def _combine(rule: Rule, national: Price | None, local: Price | None) -> Price | None:
    if local is None or (local.fen is None and national is not None):
        return national
    if rule.combine == "instead" or national is None or national.fen is None or local.fen is None:
        return local
    if rule.combine == "add":
        return Price(national.fen + local.fen, "", f"{national.rate}+{local.rate}")
    return local if local.fen > national.fen else national


def find(rule: Rule, blocks: tuple[Rates, ...], known: dict[str, str | None], month: int) -> Price | None:
    """The newest block in force that has a row for these facts. A fact that the row needs and that is missing is
    asked.
    """
    for block in blocks:
        if month_of(block.starts_on) > month:
            continue
        asked = [known.get(k) for k in block.keys]
        facts = tuple(f for f in asked if f is not None)
        if len(facts) < len(asked):
            if any(all(f is None or f == r for f, r in zip(asked, row, strict=True)) for row in block.rows):
                return Price(None, block.keys[asked.index(None)])
        elif facts in block.rows:
            fen = block.rows[facts]
            if fen is None:
                return Price(None, block.ask)
            return Price(Fraction(fen, block.per), "", _rate_name(rule, block, facts))
    return None


def _rate_name(rule: Rule, block: Rates, facts: tuple[str, ...]) -> str:
    """benefit/layer/effective date/row, and the local value a share was taken of."""
    row = ".".join(str(f) for f in facts) or "ALL"
    share = f"/{block.note}" if block.ask != "rate" else ""
    return f"{rule.benefit}/{block.layer or 'national'}/{block.starts_on}/{row}{share}"


def _with_factors(rule: Rule, base: Price, known: dict[str, str | None]) -> Price:
    """Percentages by place of service, education, merit, in the order of the file."""
    if base.fen is None or not rule.factors:
        return base
    fen, rate = base.fen, base.rate
    for factor in rule.factors:
        value = known.get(factor.column)
        if value is None and factor.needs_fact:
            return Price(None, factor.column)
        percent = factor.percent.get(str(value), 100)
        if percent != 100:
            rate += f"*{factor.column}:{value}:{percent}"
        fen += (fen if factor.on == "multiplied" else base.fen) * Fraction(percent - 100, 100)
    return Price(fen, "", rate)
