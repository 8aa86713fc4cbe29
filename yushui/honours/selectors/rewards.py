"""The rewards of 喜报: what the law or the county gives, whom it may go to, and how it stands by its payment lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need
from yushui.base.area_codes import ancestors_of
from yushui.base.refusals import NotFound, Refused
from yushui.benefits.models import Claim
from yushui.benefits.selectors import claims
from yushui.honours.models import GoodNews, HonourKind, RewardRate
from yushui.honours.types import REWARD, merits_of
from yushui.payments.models import Line
from yushui.people.models import Person
from yushui.people.permissions import visible_people
from yushui.policy import selectors as policy
from yushui.policy.rules.claims import Decision, decide
from yushui.policy.types import MERIT_NAMES, Verdict

MOST_FOUND = 20


def origin_of(news: GoodNews) -> str:
    """The text key of a 喜报."""
    return f"honours.goodnews:{news.pk}"


def claim_of(news: GoodNews) -> Claim | None:
    """What is asked for as its reward, with its state."""
    return claims.claims_of(benefit=REWARD, origins=[origin_of(news)]).get(origin_of(news))


def state_of(claim: Claim | None) -> str | None:
    """How a claim stands by its payment lines; None without one."""
    return claim.state if claim is not None else None  # type: ignore[attr-defined]


def rewards_of(rows: Collection[GoodNews]) -> dict[int, Claim]:
    """The claims of the 喜报 of a page, by the 喜报."""
    keys = {origin_of(row): row.pk for row in rows}
    return {keys[origin]: claim for origin, claim in claims.claims_of(benefit=REWARD, origins=list(keys)).items()}


def rate_on(kind: str, area_code: str, on: date) -> RewardRate | None:
    """What an area, or one around it, gives for a grade on a day; the nearest area first."""
    codes = [area_code, *reversed(ancestors_of(area_code))]
    rows = RewardRate.objects.filter(kind=kind, area_code__in=codes, starts_on__lte=on, superseded_at=None)
    found = sorted(rows, key=lambda row: (codes.index(row.area_code), -row.starts_on.toordinal()))
    return found[0] if found else None


def list_rates(*, actor: User, kind: str) -> list[RewardRate]:
    """What the actor's area has entered for a grade, the newest first."""
    need(actor, "honours.set_kind")
    return list(RewardRate.objects.filter(kind=kind, area_code=actor.area_code).order_by("-starts_on", "-id"))


def get_grade(*, actor: User, code: str) -> HonourKind:
    """A grade of merit that the actor's area uses; NotFound otherwise."""
    found = HonourKind.objects.filter(pk=code, group="MERIT", area_code__in=["", actor.area_code]).first()
    if found is None:
        raise NotFound
    return found


def decided(facts: dict[str, str], area_code: str) -> Decision:
    """What the law of today says; without any law loaded the rate is missing."""
    try:
        _, law = policy.current_law()
    except Refused:
        return Decision(Verdict.ASK, ask=("rate",))
    return decide(law, REWARD, facts, area_code=area_code)


def law_gives(kind: str, area_code: str) -> bool:
    """Whether the files of the law set the reward of a grade in an area, so that nothing is entered here."""
    said = [decided({"honours": merit}, area_code) for merit in merits_of(kind)]
    return all(decision.verdict == Verdict.GRANT for decision in said)


def facts_of(news: GoodNews, merit: str) -> dict[str, str]:
    """The facts of a claim: the award, and the county's own rate of the day the 喜报 came, if there is one."""
    facts = {"honours": merit, "title": news.kind.name}
    rate = rate_on(news.kind_id, news.area_id, news.received_on)
    return {**facts, "rate": str(rate.fen), "document": rate.document} if rate is not None else facts


def quote(news: GoodNews, merit: str) -> Decision:
    """What the law of today gives for it."""
    return decided(facts_of(news, merit), news.area_id)


@dataclass(frozen=True)
class RewardSheet:
    """The reward of one 喜报: what it would be for each award it may be, or what was asked for and its payments."""

    claim: Claim | None
    quotes: list[tuple[str, str, Decision]]  # award, its name, what is given
    worked_out: Decision | None
    lines: list[Line]
    mark: tuple[str, str]
    may_claim: bool
    may_see: bool  # the page of the claim
    may_set: bool
    sees_batches: bool

    @property
    def can_withdraw(self) -> bool:
        """Whether what was asked for may still be taken back."""
        return state_of(self.claim) in {"OPEN", "FAILED"}

    @property
    def is_missing(self) -> bool:
        """Whether nobody has set a rate for it."""
        return all(decision.verdict != Verdict.GRANT for _, _, decision in self.quotes)


def reward_sheet(*, actor: User, news: GoodNews) -> RewardSheet:
    """The reward of a 喜报 that the actor may see."""
    claim = claim_of(news)
    merits = merits_of(news.kind_id) if claim is None else ()
    return RewardSheet(
        claim=claim,
        quotes=[(code, MERIT_NAMES.get(code, news.kind.name), quote(news, code)) for code in merits],
        worked_out=claims.work_out(claim) if claim is not None else None,
        lines=claims.payments_of(claim) if claim is not None else [],
        mark=claims.state_words(claim) if claim is not None else ("未申领", "due"),
        may_claim=may(actor, "benefits.claim") and news.state != "WITHDRAWN",
        may_see=may(actor, "benefits.view"),
        may_set=may(actor, "honours.set_kind"),
        sees_batches=may(actor, "payments.view"),
    )


def payees_for(*, actor: User, news: GoodNews, text: str = "") -> list[Person]:
    """Whom the reward may go to: who the 喜报 names, people of its village with the soldier's or the family's name, and
    whoever is looked for by name."""
    names = [name for name in (news.soldier_name, news.family_name, text.strip()) if name]
    rows = visible_people(actor).filter(died_on=None).select_related("area")
    wanted = Q(area=news.area_id, name__in=names)
    if text.strip():
        wanted |= Q(name=text.strip())
    if news.person_id is not None:
        wanted |= Q(pk=news.person_id)
    found = list(rows.filter(wanted).order_by("id")[:MOST_FOUND])
    return sorted(found, key=lambda person: (person.pk != news.person_id, person.area_id != news.area_id, person.pk))
