"""The law applied to one person, month by month, in plain Python: slow, and meant to be read.

It knows nothing of the engine's columns. Tests hold the two together on random people, to the fen and to the word. For
one month:

1. `stands_in`: does the status stand in the month, from its start rule to its end?
2. `answer_of_facts`: do the facts grant, refuse, or leave something to ask?
3. `stopped`: does an event stop the month?
4. `settle`: what does the person receive beside it?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from yushui.policy.reference.facts import ASK, GRANT, REFUSE, Answer, Claim, Events, Row, events_of, rows_of, values_of
from yushui.policy.reference.rates import price_in
from yushui.policy.reference.standing import stands_in, start_month, start_rule, stopped
from yushui.policy.types import PERIODIC, Condition, DueSpan, Facts, Law, Layer

PAYING_STATES = {"RECEIVING", "STOPPED", "MOVED", "DIED", "CANCELLED", "SUSPENDED"}


def compute_person(law: Law, facts: Facts, *, first_month: int, end_month: int, known_on: date) -> list[DueSpan]:
    """What one person is due; `facts` hold that person only. Same answer as `engine.compute`."""
    person = rows_of(facts.persons, facts)[0]
    area = person["area_code"] or ""
    layer = law.layer_of(area)
    events = events_of(facts)
    if person["died_on"] is None and events.of("DIED"):
        person = {**person, "died_on": events.of("DIED")[0]}
    values = values_of(law, facts, area)
    claims = [
        Claim(person, status, rule, values)
        for status in rows_of(facts.statuses, facts)
        for rule in layer.rules.values()
        if status["kind"] in rule.kinds and status["state"] in PAYING_STATES
    ]
    by_claim: dict[int, list[tuple[int, Answer]]] = {n: [] for n in range(len(claims))}
    for month in range(first_month, end_month):
        answers = {n: answer(c, events, month, known_on) for n, c in enumerate(claims)}
        present = {n: a for n, a in answers.items() if a is not None}
        for n, settled in settle(layer, claims, present).items():
            by_claim[n].append((month, settled))
    spans = [s for n, months in by_claim.items() for s in spans_of(claims[n], months)]
    return sorted(spans, key=lambda s: (s.person_id, PERIODIC.index(s.benefit), s.first_month, s.status_id))


def answer(claim: Claim, events: Events, month: int, known_on: date) -> Answer | None:
    """The answer of one claim alone; None when the status does not stand in the month or has no such benefit."""
    if not stands_in(claim, month):
        return None
    own = answer_of_facts(claim, month, known_on)
    if own is None or own.verdict is REFUSE:
        return own
    stop = stopped(claim, events, month)
    if stop and (stop.verdict is REFUSE or own.verdict is GRANT):
        return stop
    return own


def answer_of_facts(claim: Claim, month: int, known_on: date) -> Answer | None:
    """Refused by a condition, asked for a missing fact, or granted at the rate of the month."""
    price = price_in(claim, month, known_on)
    if price is None:
        return None
    fixed = refused(claim) or missing(claim)
    month_one, part = start_month(claim)
    if fixed is None and part and month == month_one:
        fixed = Answer(ASK, ask="start_month")
    if fixed is not None:
        return fixed
    return price


def refused(claim: Claim) -> Answer | None:
    """The first condition of the law that the facts run into."""
    for condition in claim.rule.conditions:
        if meets(condition, claim.status):
            return Answer(REFUSE, why=(condition.refuse,))
    return None


def meets(condition: Condition, status: Row) -> bool:
    """Every column named lies in what is listed; a missing fact never does."""
    for column, allowed in condition.when.items():
        value = status[column]
        if value is None:
            return False
        if allowed and allowed[0] == "range":
            low, high = allowed[1], allowed[2]
            if (low is not None and value < low) or (high is not None and value >= high):
                return False
        elif value not in [int(v) if isinstance(v, bool) else v for v in allowed]:
            return False
    return True


def missing(claim: Claim) -> Answer | None:
    """The first fact that the answer needs and that nobody has entered."""
    status, rule, died = claim.status, claim.rule, claim.person["died_on"]
    begins, ends = status["service_starts_on"], status["service_ends_on"]
    if status["starts_on"] is None:
        return Answer(ASK, ask="starts_on")
    if status["state"] != "RECEIVING" and status["ends_on"] is None and not (status["state"] == "DIED" and died):
        return Answer(ASK, ask="ends_on")
    if start_rule(claim)[0].day == "approved_on" and status["approved_on"] is None:
        return Answer(ASK, ask="approved_on")
    if rule.age and claim.person["born_on"] is None:
        return Answer(ASK, ask="born_on")
    if (rule.counts_service_years or rule.most_months) and begins is None:
        return Answer(ASK, ask="service_starts_on")
    if rule.counts_service_years and (ends is None or ends <= begins):
        return Answer(ASK, ask="service_ends_on")
    return None


def settle(layer: Layer, claims: list[Claim], answers: dict[int, Answer]) -> dict[int, Answer]:
    """Benefits that meet in a month. A claim loses to one that beats it and is itself beaten by none; where the law and
    the place say nothing, or what would decide is not known, both are asked."""
    live = {n: a for n, a in answers.items() if a.verdict is not REFUSE}
    beaten_by = {n: [o for o in live if o != n and beats(layer, claims, live, o, n)] for n in live}
    order = {n: (claims[n].status["status_id"], PERIODIC.index(claims[n].rule.benefit)) for n in live}
    lost = {n: min((o for o in by if not beaten_by[o]), key=lambda o: order[o]) for n, by in beaten_by.items()
            if any(not beaten_by[o] for o in by)}  # fmt: skip
    left = [n for n in live if n not in lost]
    settled = dict(answers)
    for n, winner in lost.items():
        settled[n] = Answer(REFUSE, why=("overlap", claims[winner].rule.benefit, f"fen:{live[n].fen}"))
    for n in left:
        if live[n].verdict is GRANT and any(in_doubt(layer, claims, live, n, o) for o in left if o != n):
            settled[n] = Answer(ASK, ask="overlap")
    return settled


def pair_rule(layer: Layer, claims: list[Claim], a: int, b: int) -> tuple[str, str]:
    pair = layer.overlap.get((claims[a].rule.benefit, claims[b].rule.benefit))
    return (pair.rule, pair.first) if pair else ("", "")


def beats(layer: Layer, claims: list[Claim], live: Mapping[int, Answer], a: int, b: int) -> bool:
    """Whether a, granted, takes precedence over b."""
    rule, first = pair_rule(layer, claims, a, b)
    if live[a].verdict is not GRANT:
        return False
    if rule == "first":
        return claims[a].rule.benefit == first
    if rule != "higher" or live[b].verdict is not GRANT:
        return False
    earlier = [(PERIODIC.index(claims[n].rule.benefit), claims[n].status["status_id"]) for n in (a, b)]
    return (-live[a].fen, earlier[0]) < (-live[b].fen, earlier[1])


def in_doubt(layer: Layer, claims: list[Claim], live: Mapping[int, Answer], a: int, b: int) -> bool:
    """Whether b leaves open if a is paid."""
    rule, first = pair_rule(layer, claims, a, b)
    unknown = ASK in {live[a].verdict, live[b].verdict}
    if rule in {"", "higher"}:
        return rule == "" or unknown or beats(layer, claims, live, b, a)
    if rule == "first" and claims[b].rule.benefit == first:
        return live[b].verdict is ASK or beats(layer, claims, live, b, a)
    return False


def spans_of(claim: Claim, months: list[tuple[int, Answer]]) -> list[DueSpan]:
    """Months with the same answer, one after the other, as spans."""
    spans: list[DueSpan] = []
    for month, a in months:
        if spans and spans[-1].end_month == month and _same(spans[-1], a):
            spans[-1] = replace(spans[-1], end_month=month + 1)
        else:
            ids = (claim.person["person_id"], claim.status["status_id"], claim.rule.benefit)
            spans.append(DueSpan(*ids, month, month + 1, a.fen, a.verdict, a.ask, a.rate, a.why))
    return spans


def _same(span: DueSpan, a: Answer) -> bool:
    return (span.fen, span.verdict, span.ask, span.rate, span.why) == (a.fen, a.verdict, a.ask, a.rate, a.why)
