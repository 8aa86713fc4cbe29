"""A `benefit.yaml`: who, from when, until when, on what conditions, how a month is rounded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yushui.policy.rules.rate_files import KEYS, read_share, read_sources
from yushui.policy.rules.reading import Reader
from yushui.policy.types import (
    DATE_COLUMNS,
    PERIODIC,
    STATUS_COLUMNS,
    Condition,
    Factor,
    Rates,
    Rule,
    Source,
    StartRule,
)

PARTS = ("start", "age", "sentence", "release")
STOPS = ("SENTENCED", "CANCELLED", "UNCONFIRMED_NOTICE", "MOVED_OUT", "MOVED_IN")
FAR = date(9999, 1, 1)


def read_benefit(
    file: Reader,
    layer: str,
    sources: Mapping[str, Source],
    rates: tuple[Rates, ...],
    local: tuple[Rates, ...],
    combine: str,
) -> Rule:
    """The rule of one benefit in one layer, from its merged file."""
    benefit = file.one_of("benefit", PERIODIC)
    read_sources(file, "", sources)
    articles: dict[str, str] = {}
    start = tuple(read_start(s) for s in file.each("start"))
    rounding = file.inside("rounding", {"to": 1, "mode": "half_up"})
    rule = Rule(
        benefit=benefit,
        title=file.text("title"),
        basis=file.text("basis"),
        kinds=file.words("kinds"),
        start=start,
        conditions=tuple(read_condition(c) for c in file.each("conditions", ())),
        age=_years(file, "age", articles),
        child_age=_years(file, "child_age", articles),
        most_months=file.number("most_months", 0),
        counts_service_years=_clause(file, "service_years", articles),
        ends_with_service=file.truth("ends_with_service"),
        suspended_by=tuple(s for s in file.words("suspended_by", ()) if _known_stop(file, s)),
        parts=read_parts(file),
        articles=articles,
        month_amount=file.one_of("month_amount", ("each", "year_exact"), "each"),
        to=rounding.number("to", 1, low=1),
        mode=rounding.one_of("mode", ("half_up", "up"), "half_up"),
        combine=combine,
        absent=file.one_of("absent", ("ask", "none"), "ask"),
        share=read_share(file.inside("share"), layer, sources) if "share" in file.content else None,
        factors=tuple(read_factor(f) for f in file.each("factors", ())),
        rates=rates,
        local_rates=local,
    )
    rounding.done()
    file.done()
    _check_start(rule, file)
    return rule


def _known_stop(file: Reader, stop: str) -> bool:
    if stop not in STOPS:
        file.wrong(f"不认识的停发事由 {stop}", "suspended_by")
    return stop in STOPS


def _years(file: Reader, key: str, articles: dict[str, str]) -> int:
    """`{years: 60, article: …}`; 0 when the benefit has no such clause."""
    if key not in file.content:
        return 0
    clause = file.inside(key)
    articles[key] = clause.text("article")
    years = clause.number("years", low=1)
    clause.done()
    return years


def _clause(file: Reader, key: str, articles: dict[str, str]) -> bool:
    """`{article: …}`: the clause holds when it is there."""
    if key not in file.content:
        return False
    clause = file.inside(key)
    articles[key] = clause.text("article")
    clause.done()
    return True


def read_parts(file: Reader) -> dict[str, str]:
    """How part months count where the national law is silent: of the month, after it, or ask (the default)."""
    parts = file.inside("parts", {})
    read = {p: parts.one_of(p, ("ask", "of", "after"), "ask") for p in PARTS}
    parts.done()
    return read


def read_start(start: Reader) -> StartRule:
    """One start rule. `until`/`since` bound the day of decision."""
    rule = StartRule(
        since=start.day("since", date.min) or date.min,
        until=start.day("until", FAR) or FAR,
        day=start.one_of("day", ("approved_on", "starts_on", "approved_or_starts")),
        month=start.one_of("month", ("of", "after", "ask")),
        article=start.text("article"),
    )
    if rule.day != "starts_on" and rule.month == "ask":
        start.wrong("从批准日算起的要写明当月(of)还是次月(after)", "month")
    start.done()
    return rule


def _check_start(rule: Rule, file: Reader) -> None:
    """Start rules must follow one another without gap; at most two (before and since a day)."""
    spans = [(s.since, s.until) for s in rule.start]
    joined = all(a[1] == b[0] for a, b in zip(spans, spans[1:], strict=False))
    if not spans or len(spans) > 2 or spans[0][0] != date.min or spans[-1][1] != FAR or not joined:
        file.wrong("起发规定应首尾相接,最多两段", "start")


def read_condition(condition: Reader) -> Condition:
    """`{refuse: key, when: {column: [values] or {from: …, before: …}}, article: …}`."""
    when: dict[str, Any] = {}
    inner = condition.inside("when")
    for column in list(inner.content):
        raw = inner.take(column)
        if column not in STATUS_COLUMNS:
            inner.wrong("登记册没有这一列", column)
        elif isinstance(raw, Mapping):
            bounds = Reader(raw, f"{inner.where}:{column}", inner.problems)
            low, high = bounds.take("from", None), bounds.take("before", None)
            bounds.done()
            when[column] = ("range", low, high)
            if any(v is not None and isinstance(v, date) != (column in DATE_COLUMNS) for v in (low, high)):
                inner.wrong("范围的两端与这一列不是一类", column)
        elif isinstance(raw, (list, tuple)) and raw:
            when[column] = tuple(raw)
        else:
            inner.wrong("应是值的列表,或 {from: …, before: …}", column)
    result = Condition(refuse=condition.text("refuse"), when=when, article=condition.text("article"))
    condition.done()
    return result


def read_factor(factor: Reader) -> Factor:
    """`{column: place_of_service, percent: {TIBET: 250}, on: multiplied, needs_fact: true}`; what is not listed is
    100.
    """
    percent = factor.inside("percent")
    listed = {str(k): percent.number(k, low=0) for k in list(percent.content)}
    result = Factor(
        column=factor.one_of("column", KEYS),
        percent=listed,
        on=factor.one_of("on", ("multiplied", "base"), "multiplied"),
        needs_fact=factor.truth("needs_fact", True),
    )
    factor.text("article", "")
    factor.done()
    return result
