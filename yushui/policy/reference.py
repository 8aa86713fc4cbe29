"""The law applied to one person, month by month, in plain Python: slow, and meant to be read.

It knows nothing of the engine's SQL. Tests hold the two together on random people, to the fen and to the word. For
one month:

1. `stands_in`: does the status stand in the month, from its start rule to its end?
2. `answer_of_facts`: do the facts grant, refuse, or leave something to ask?
3. `stopped`: does an event stop the month?
4. `settle`: what does the person receive beside it?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from yushui.base.days import birthday, month_of, show_month
from yushui.policy.types import (
    DATE_COLUMNS,
    EPOCH,
    NONE,
    NUMBER_COLUMNS,
    PERIODIC,
    Column,
    Condition,
    DueSpan,
    Facts,
    Law,
    Layer,
    Rates,
    Rule,
    StartRule,
    Verdict,
)

PAYING_STATES = {"RECEIVING", "STOPPED", "MOVED", "DIED", "CANCELLED", "SUSPENDED"}
GRANT, ASK, REFUSE = Verdict.GRANT, Verdict.ASK, Verdict.REFUSE
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The law's answer for one status, benefit and month."""

    verdict: Verdict
    fen: int = 0
    ask: str = ""
    rate: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A status of a person seen through one benefit."""

    person: Row
    status: Row
    rule: Rule
    values: Mapping[tuple[str, int], int]


@dataclass(frozen=True)
class Events:
    """The days of each kind of event of the person, in order."""

    days: Mapping[str, list[date]]

    def of(self, what: str) -> list[date]:
        return self.days.get(what, [])


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


# --- 1. from when to when -------------------------------------------------------------------------------------------


def start_rule(claim: Claim) -> tuple[StartRule, str]:
    """The start rule of the day of decision, and of/after/ask; what the law leaves open the place may have settled."""
    before, since = claim.rule.start[0], claim.rule.start[-1]
    approved, starts = claim.status["approved_on"], claim.status["starts_on"]
    decided = approved if since.day != "starts_on" and approved else starts
    rule = before if decided and decided < since.since else since
    return rule, claim.rule.parts.get("start", "ask") if rule.month == "ask" else rule.month


def start_month(claim: Claim) -> tuple[int, bool]:
    """The first month, and whether it is a part month of which the law says nothing."""
    rule, mode = start_rule(claim)
    starts, approved = claim.status["starts_on"], claim.status["approved_on"]
    if starts is None:
        month, part = 0, False
    elif rule.day == "starts_on":
        month, part = month_of(starts) + (mode == "after" and starts.day > 1), mode == "ask" and starts.day > 1
    else:
        decided = approved or starts
        late = mode == "after" and starts > decided and starts.day > 1
        month, part = month_of(starts) + late, False
        if approved:
            month = max(month, month_of(approved) + (mode == "after"))
        elif rule.day == "approved_or_starts":
            month = max(month, month_of(starts) + (mode == "after" and starts.day > 1))
    of_age, part_of_age = age_month(claim)
    if of_age > month:
        return of_age, part_of_age
    return month, part or (part_of_age and of_age == month)


def age_month(claim: Claim) -> tuple[int, bool]:
    """The month from which the person is old enough, and whether it is a part month left open."""
    born = claim.person["born_on"]
    if not claim.rule.age or born is None:
        return 0, False
    day = birthday(born, claim.rule.age)
    mode = claim.rule.parts.get("age", "ask")
    return month_of(day) + (mode == "after" and day.day > 1), mode == "ask" and day.day > 1


def stands_in(claim: Claim, month: int) -> bool:
    """From the start month through the month of the last day covered; the month of death is still paid."""
    if month < start_month(claim)[0]:
        return False
    status, died = claim.status, claim.person["died_on"]
    ends = status["ends_on"]
    if died and month > month_of(died):
        return False
    if ends and not (died and ends >= died) and month > month_of(ends - timedelta(days=1)):
        return False
    discharged = status["service_ends_on"]
    if claim.rule.ends_with_service and discharged and month > month_of(discharged - timedelta(days=1)):
        return False
    enlisted = status["service_starts_on"]
    if claim.rule.most_months and enlisted:
        late = start_rule(claim)[1] == "after" and enlisted.day > 1
        return month < month_of(enlisted) + late + claim.rule.most_months
    return True


# --- 2. what the facts say ------------------------------------------------------------------------------------------


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


def service_years(claim: Claim) -> int:
    """Years of compulsory service; a begun year counts whole (民发〔2011〕110号: 不满一年的按一年计算)."""
    begins, ends = claim.status["service_starts_on"], claim.status["service_ends_on"]
    if not claim.rule.counts_service_years or begins is None or ends is None:
        return 0
    years = 0
    while birthday(begins, years) < ends:
        years += 1
    return years


# --- the rate -------------------------------------------------------------------------------------------------------


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


# --- 3. what stops a month ------------------------------------------------------------------------------------------


def stopped(claim: Claim, events: Events, month: int) -> Answer | None:
    """The strongest reason why this month stops or is left open."""
    heeds = claim.rule.suspended_by
    if "CANCELLED" in heeds and any(month > month_of(day) for day in events.of("CANCELLED")):
        return Answer(REFUSE, why=("cancelled",))
    served = [served_in(claim.rule, s, freed_after(s, events), month) for s in events.of("SENTENCED")]
    if "SENTENCED" in heeds and "sentenced" in served:
        return Answer(REFUSE, why=("sentenced",))
    if "UNCONFIRMED_NOTICE" in heeds and unconfirmed(events, month):
        return Answer(REFUSE, why=("unconfirmed",))
    for move in ("MOVED_OUT", "MOVED_IN"):
        if move in heeds and elsewhere(events, move, month):
            return Answer(REFUSE, why=(move.lower(),))
    for open_month in ("sentence_month", "release_month"):
        if "SENTENCED" in heeds and open_month in served:
            return Answer(ASK, ask=open_month)
    return grown_up(claim, month)


def freed_after(sentenced: date, events: Events) -> date | None:
    """The first release on or after a sentence."""
    return next((r for r in events.of("RELEASED") if r >= sentenced), None)


def served_in(rule: Rule, sentenced: date, freed: date | None, month: int) -> str:
    """Whether the month is served (条例2024 §59). The months of sentence and release are the place's to settle."""
    first, last = month_of(sentenced), month_of(freed) if freed else None
    sentence, release = rule.parts.get("sentence", "ask"), rule.parts.get("release", "ask")
    begins = first if sentenced.day == 1 or sentence == "of" else first + 1
    ends = None if freed is None or last is None else (last + 1 if freed.day > 1 and release == "after" else last)
    if month >= begins and (ends is None or month < ends):
        return "sentenced"
    if month == first and sentenced.day > 1 and sentence == "ask":
        return "sentence_month"
    if freed and month == last and freed.day > 1 and release == "ask":
        return "release_month"
    return ""


def unconfirmed(events: Events, month: int) -> bool:
    """办法 §25: sixty days after the notice, from the next month, until the month after a confirmation."""
    for notice in events.of("UNCONFIRMED_NOTICE"):
        confirmed = next((c for c in events.of("CONFIRMED") if c >= notice), None)
        limit = notice + timedelta(days=60)
        if confirmed and confirmed <= limit:
            continue
        if month > month_of(limit) and (confirmed is None or month <= month_of(confirmed)):
            return True
    return False


def elsewhere(events: Events, move: str, month: int) -> bool:
    """The old county pays to December, the new one from January (烈士褒扬条例 §22)."""
    outs, ins = events.of("MOVED_OUT"), events.of("MOVED_IN")
    if move == "MOVED_OUT":
        for out in outs:
            back = next((i for i in ins if i > out), None)
            if month // 12 > out.year and (back is None or month // 12 <= back.year):
                return True
        return False
    for came in ins:
        left = max((o for o in outs if o < came), default=None)
        if month // 12 <= came.year and (left is None or month // 12 > left.year):
            return True
    return False


def grown_up(claim: Claim, month: int) -> Answer | None:
    """A child or sibling granted as a minor and now 18: in school, or disabled without income? Somebody must say."""
    status, born = claim.status, claim.person["born_on"]
    if not claim.rule.child_age or born is None or status["education"] == "IN_SCHOOL":
        return None
    if status["relation"] not in {None, "CHILD", "SIBLING"}:
        return None
    adult_on = birthday(born, claim.rule.child_age)
    decided = max(d for d in (status["starts_on"], status["approved_on"] or status["starts_on"]))
    if decided >= adult_on or month <= month_of(adult_on - timedelta(days=1)):
        return None
    return Answer(ASK, ask="education" if status["relation"] else "relation")


# --- 4. what else the person receives -------------------------------------------------------------------------------


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


# --- rows and spans -------------------------------------------------------------------------------------------------


def rows_of(columns: Mapping[str, Column], facts: Facts) -> list[dict[str, Any]]:
    """Columns back into rows: days as dates, words as words, what is missing as None."""
    decoded = {}
    for name, column in columns.items():
        values = column.tolist()
        if name in DATE_COLUMNS:
            decoded[name] = [None if v == NONE else date.fromordinal(v + EPOCH) for v in values]
        elif name in NUMBER_COLUMNS:
            decoded[name] = [None if v == NONE else v for v in values]
        else:
            decoded[name] = [None if v == NONE else facts.words[v] for v in values]
    return [dict(zip(decoded, row, strict=True)) for row in zip(*decoded.values(), strict=True)]


def events_of(facts: Facts) -> Events:
    days: dict[str, list[date]] = {}
    for row in rows_of(facts.events, facts):
        days.setdefault(row["what"], []).append(row["on"])
    return Events({what: sorted(d) for what, d in days.items()})


def values_of(law: Law, facts: Facts, area: str) -> dict[tuple[str, int], int]:
    """Yearly values of the place: its law files', then those entered, the smaller area last."""
    values = {(name, year): fen for name, year, fen in law.layer_of(area).values}
    for code, name, year, fen in sorted(facts.local_values, key=lambda v: len(v[0].rstrip("0"))):
        if area.startswith(code.rstrip("0")):
            values[name, year] = fen
    return values


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
