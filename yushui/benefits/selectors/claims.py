"""One-off sums: what is asked for, how each was worked out, and how it stands by its payment lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models import Value as Plain
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.refusals import NotFound
from yushui.benefits.models import Claim, ClaimLine
from yushui.benefits.types import CLAIM_STATES, CLAIM_TONES, TO_PAY
from yushui.payments.models import Line, LineResult, Reversal
from yushui.people.models import BankAccount
from yushui.policy import selectors as policy
from yushui.policy.rules.claims import Decision, decide

# First part of a text key → the page of that row, in a package above.
ORIGIN_PAGES = {"honours.goodnews": "show-news"}
NOTHING = Plain(0, output_field=BigIntegerField())


@dataclass(frozen=True)
class ClaimFilters:
    """What the list is narrowed to; `state` TO_PAY is whatever may go into a batch."""

    state: str = "TO_PAY"
    benefit: str = ""
    batch: int | None = None
    text: str = ""


def total(rows: QuerySet[Any], owner: str, column: str) -> Coalesce:
    """The sum of a column of some rows for the claim they belong to."""
    sums = rows.order_by().values(owner).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(sums, output_field=BigIntegerField()), NOTHING)


def with_state(rows: QuerySet[Claim]) -> QuerySet[Any]:
    """Each with `paid_fen` (what arrived and stayed) and `state`, both from the payment lines."""
    lines = ClaimLine.objects.filter(claim=OuterRef("pk"))
    arrived = lines.filter(line__is_live=True, line__result=LineResult.PAID)
    undone = Reversal.objects.filter(line__is_live=True, line__claim_line__claim=OuterRef("pk"))
    paid = total(arrived, "claim", "line__fen") - total(undone, "line__claim_line__claim", "fen")
    state = Case(
        When(withdrawn_at__isnull=False, then=Plain("WITHDRAWN")),
        When(Exists(lines.filter(line__is_live=True, line__result=LineResult.WAITING)), then=Plain("BATCH")),
        When(paid_fen__gte=F("fen"), then=Plain("PAID")),
        When(paid_fen__gt=0, then=Plain("PARTLY")),
        When(Exists(lines.filter(line__result=LineResult.FAILED)), then=Plain("FAILED")),
        default=Plain("OPEN"),
        output_field=CharField(),
    )
    paid_for: QuerySet[Any] = rows.annotate(paid_fen=paid)
    known: QuerySet[Any] = paid_for.annotate(state=state)
    return known


def list_claims(*, actor: User, filters: ClaimFilters) -> QuerySet[Any]:
    """One-off sums of the actor's area, the oldest to pay first, else the newest first."""
    need(actor, "benefits.view")
    rows = with_state(in_scope(Claim.objects.all(), actor, "area_code"))
    if filters.state == "TO_PAY":
        rows = rows.filter(state__in=TO_PAY)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.benefit:
        rows = rows.filter(benefit=filters.benefit)
    if filters.batch is not None:
        rows = rows.filter(lines__line__batch=filters.batch)
    if filters.text:
        rows = rows.filter(person__name__startswith=filters.text)
    order = "id" if filters.state == "TO_PAY" else "-id"
    return rows.select_related("person").order_by(order)


def get_claim(*, actor: User, claim_id: int) -> Claim:
    """One claim of the actor's area with its state; NotFound otherwise."""
    rows = list_claims(actor=actor, filters=ClaimFilters(state="")).select_related("law")
    found: Claim | None = rows.filter(pk=claim_id).first()
    if found is None:
        raise NotFound
    return found


def claims_of(*, benefit: str, origins: Collection[str]) -> dict[str, Claim]:
    """Text key of a row above → what is asked for it now, with its state. For packages above, which have shown that the
    actor may see those rows."""
    rows = Claim.objects.filter(benefit=benefit, origin__in=origins, withdrawn_at=None)
    return {row.origin: row for row in with_state(rows).select_related("person", "law")}


def asked_origins(benefit: str) -> QuerySet[Any]:
    """The text keys of the rows above for which a benefit is asked for."""
    rows: QuerySet[Any] = Claim.objects.filter(benefit=benefit, withdrawn_at=None)
    return rows.values("origin")


def open_origins(benefit: str) -> QuerySet[Any]:
    """Those whose money has not all arrived."""
    rows = with_state(Claim.objects.filter(benefit=benefit, withdrawn_at=None))
    return rows.exclude(state="PAID").values("origin")


def work_out(claim: Claim) -> Decision:
    """The claim worked out again from what was kept of it: law, facts, area."""
    facts = dict(claim.facts.values_list("name", "value"))
    return decide(policy.law_of(claim.law), claim.benefit, facts, area_code=claim.area_code)


def payments_of(claim: Claim) -> list[Line]:
    """Its payment lines with their batches, the first one first."""
    return list(Line.objects.filter(claim_line__claim=claim).select_related("batch").order_by("id"))


def state_words(claim: Claim) -> tuple[str, str]:
    """How it stands, in words, and the tone of the tag; the row carries `state`."""
    state: str = claim.state  # type: ignore[attr-defined]
    return CLAIM_STATES[state], CLAIM_TONES[state]


def origin_url(claim: Claim) -> str:
    """The page of the row that it is asked for, or nothing."""
    kind, _, number = claim.origin.partition(":")
    try:
        return reverse(ORIGIN_PAGES[kind], args=[int(number)]) if kind in ORIGIN_PAGES else ""
    except (NoReverseMatch, ValueError):
        return ""


def claim_in_batch(*, actor: User, person_id: int, batch_id: int) -> Claim | None:
    """What a person's line in a batch was paid for, when it is a one-off sum."""
    need(actor, "benefits.view")
    rows = in_scope(Claim.objects.all(), actor, "area_code")
    return rows.filter(Q(lines__line__batch=batch_id, lines__line__person=person_id)).order_by("id").first()


def accounts_of(person_ids: Collection[int]) -> dict[int, BankAccount]:
    """The account in use of each person."""
    return {row.person_id: row for row in BankAccount.objects.filter(person_id__in=person_ids, superseded_at=None)}
