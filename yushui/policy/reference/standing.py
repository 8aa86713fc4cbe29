"""From when to when a status stands, and what stops a month in between."""

from __future__ import annotations

from datetime import date, timedelta

from yushui.base.days import birthday, month_of
from yushui.policy.reference.facts import ASK, REFUSE, Answer, Claim, Events
from yushui.policy.types import (
    Rule,
    StartRule,
)


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
