"""What a month is worth: the row of the table, national against local, factors, years, one rounding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from yushui.base.days import birthday, month_of, show_month
from yushui.policy.reference.facts import ASK, GRANT, Answer, Claim
from yushui.policy.reference.standing import start_month, start_rule
from yushui.policy.types import (
    Rates,
    Rule,
)


def service_years(claim: Claim) -> int:
    """Years of compulsory service; a begun year counts whole (民发〔2011〕110号: 不满一年的按一年计算)."""
    begins, ends = claim.status["service_starts_on"], claim.status["service_ends_on"]
    if not claim.rule.counts_service_years or begins is None or ends is None:
        return 0
    years = 0
    while birthday(begins, years) < ends:
        years += 1
    return years


def price_in(claim: Claim, month: int, known_on: date) -> Answer | None:
    """Rate of the month, national against local, factors, years of service, and one rounding at the end."""
    rule = claim.rule
    national = share_row(claim, month, known_on) or newest_row(claim, rule.rates, month, known_on)
    local = newest_row(claim, rule.local_rates, month, known_on)
    found = national if local is None or (local.ask and national is not None) else local
    if local and national and not local.ask and not national.ask:
        if rule.combine == "higher":
            found = local if local.fen > national.fen else national
        elif rule.combine == "add":
            found = Found(national.fen + local.fen, f"{national.rate}+{local.rate}")
    if found is None:
        return Answer(ASK, ask="rate") if rule.absent == "ask" else None
    if not found.ask:
        found = with_factors(claim, found)
    if found.ask:
        return Answer(ASK, ask=found.ask)
    years = service_years(claim)
    fen = rounded(rule, found.fen * max(years, 1), month)
    first, mode = start_month(claim)[0], {"ask": "day_one"}.get(start_rule(claim)[1], start_rule(claim)[1])
    why = (f"since:{show_month(first)}", f"start:{mode}") + ((f"years:{years}",) if years else ())
    return Answer(GRANT, fen, rate=found.rate, why=why)


@dataclass(frozen=True)
class Found:
    """Fen a month before rounding, under the name of its row; or what to ask."""

    fen: Fraction = Fraction(0)
    rate: str = ""
    ask: str = ""


def fact(claim: Claim, column: str) -> str | None:
    """A fact as the tables write it. No mark of mental illness and no award mean that there is none."""
    value = claim.person["mental_illness"] if column == "mental_illness" else claim.status[column]
    if value is None:
        return {"mental_illness": "0", "merit": "NONE"}.get(column)
    return str(value)


def newest_row(claim: Claim, blocks: tuple[Rates, ...], month: int, known_on: date) -> Found | None:
    """The row of the newest block in force and known that speaks of these facts."""
    in_force = [b for b in blocks if month_of(b.starts_on) <= month and b.known_on <= known_on]
    for block in sorted(in_force, key=lambda b: (b.starts_on, len(b.layer), b.known_on), reverse=True):
        row = row_for(claim, block)
        if row is None or isinstance(row, Found):
            if row is not None:
                return row
            continue
        fen = block.rows[row]
        name = f"{claim.rule.benefit}/{block.layer or 'national'}/{block.starts_on}/{'.'.join(row) or 'ALL'}"
        return Found(ask="rate") if fen is None else Found(Fraction(fen, block.per), name)
    return None


def row_for(claim: Claim, block: Rates) -> tuple[str, ...] | Found | None:
    """The row's key; or the fact to ask for when some row could be meant; or None when the block does not speak of
    it.
    """
    facts = [fact(claim, key) for key in block.keys]
    possible = [r for r in block.rows if all(f is None or f == k for f, k in zip(facts, r, strict=True))]
    if not possible:
        return None
    if None in facts:
        return Found(ask=block.keys[facts.index(None)])
    return possible[0]


def share_row(claim: Claim, month: int, known_on: date) -> Found | None:
    """A percentage of what the place entered for the year before, rounded as the place rounds."""
    share = claim.rule.share
    if share is None:
        return None
    year = month // 12 if month % 12 + 1 >= share.changes_in else month // 12 - 1
    value = claim.values.get((share.of, year - share.lag))
    versions = [v for v in share.versions if month_of(v.starts_on) <= month and v.known_on <= known_on]
    for version in sorted(versions, key=lambda v: (v.starts_on, len(v.layer), v.known_on), reverse=True):
        row = row_for(claim, version)
        if isinstance(row, Found):
            return row
        if row is None:
            continue
        percent = version.rows[row]
        if value is None or percent is None:
            return Found(ask=share.of)
        exact = Fraction(value * percent, 100 * share.divide)
        since = max(date(year, share.changes_in, 1), version.starts_on)
        name = f"{claim.rule.benefit}/{version.layer or 'national'}/{since}/{'.'.join(row)}"
        return Found(
            Fraction(to_multiple(exact, share.to, share.mode), share.per),
            f"{name}/{share.of}={year - share.lag}:{value}",
        )
    return None


def with_factors(claim: Claim, found: Found) -> Found:
    """Percentages by place of service, education and merit, in the order of the file."""
    fen, rate = found.fen, found.rate
    for factor in claim.rule.factors:
        value = fact(claim, factor.column)
        if value is None and factor.needs_fact:
            return Found(ask=factor.column)
        percent = factor.percent.get(str(value), 100)
        if percent != 100:
            rate += f"*{factor.column}:{value}:{percent}"
        base = fen if factor.on == "multiplied" else found.fen
        fen += base * (percent - 100) / 100
    return Found(fen, rate)


def to_multiple(exact: Fraction, to: int, mode: str) -> int:
    """A whole multiple of so many fen: half up, or up."""
    parts = exact / to
    whole = parts.numerator // parts.denominator
    rest = parts - whole
    more = rest > 0 if mode == "up" else rest >= Fraction(1, 2)
    return (whole + more) * to


def rounded(rule: Rule, exact: Fraction, month: int) -> int:
    """`each` rounds every month; `year_exact` gives month k what makes k months right, so that twelve make the year."""
    if rule.month_amount == "year_exact" and exact.denominator > 1:
        k = month % 12 + 1
        return to_multiple(exact * k, 1, "half_up") - to_multiple(exact * (k - 1), 1, "half_up")
    return to_multiple(exact, rule.to, rule.mode)
