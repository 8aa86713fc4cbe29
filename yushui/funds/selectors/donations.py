"""Donations as an actor may see them, with what came of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from yushui.accounts.models import User
from yushui.base.refusals import NotFound
from yushui.funds.models import Donation, Entry
from yushui.funds.permissions.money import visible_donations
from yushui.funds.selectors.money import NOTHING
from yushui.funds.types.donations import STATE_NAMES, donation_state


@dataclass(frozen=True)
class DonationFilters:
    """What the list is narrowed to."""

    year: int | None = None
    donor_kind: str = ""
    state: str = ""
    fund_id: int | None = None
    text: str = ""


@dataclass(frozen=True)
class DonationSheet:
    """One donation in full."""

    donation: Donation
    receipts: list[Entry]
    received_fen: int
    state: str

    @property
    def left_fen(self) -> int:
        """What was promised and has not come."""
        return max(self.donation.promised_fen - self.received_fen, 0)


def with_received(rows: QuerySet[Donation]) -> QuerySet[Donation]:
    """Each with `received_fen`: what came, less what was reversed."""
    came = Entry.objects.filter(donation=OuterRef("pk")).order_by().values("donation").annotate(total=Sum("fen"))
    return rows.annotate(received_fen=Coalesce(Subquery(came.values("total")), NOTHING))


def list_donations(*, actor: User, filters: DonationFilters) -> QuerySet[Donation]:
    """Donations, the newest promise first."""
    rows = with_received(visible_donations(actor).select_related("fund"))
    if filters.year is not None:
        rows = rows.filter(promised_on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    if filters.donor_kind:
        rows = rows.filter(donor_kind=filters.donor_kind)
    if filters.fund_id is not None:
        rows = rows.filter(fund=filters.fund_id)
    if filters.text:
        rows = rows.filter(donor_name__contains=filters.text)
    if filters.state:
        rows = rows.filter(in_state(filters.state))
    return rows.order_by("-promised_on", "-id")


def in_state(state: str) -> Q:
    """The same table as types.donations.donation_state, for the database."""
    whole, open_ = Q(received_fen__gte=F("promised_fen")), Q(ended_at=None)
    return {
        "RECEIVED": whole,
        "ENDED": ~whole & ~open_,
        "PARTLY": ~whole & open_ & Q(received_fen__gt=0),
        "PROMISED": ~whole & open_ & Q(received_fen__lte=0),
    }[state]


def state_of(donation: Donation, received_fen: int) -> str:
    """How far a donation is."""
    return donation_state(
        promised_fen=donation.promised_fen, received_fen=received_fen, ended=donation.ended_at is not None
    )


def state_words(donation: Donation, received_fen: int) -> tuple[str, str]:
    """How far a donation is, in words, and the mark."""
    state = state_of(donation, received_fen)
    return STATE_NAMES[state], {"PROMISED": "due", "PARTLY": "info", "RECEIVED": "", "ENDED": "plain"}[state]


def get_donation(*, actor: User, donation_id: int, lock: bool = False) -> Donation:
    """One donation of the actor's area; NotFound otherwise."""
    rows = visible_donations(actor)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related("fund", "area")
    found = rows.filter(pk=donation_id).first()
    if found is None:
        raise NotFound
    return found


def donations_of_origin(*, actor: User, origin: str) -> list[Donation]:
    """What was promised for one row, e.g. `cases.case:7`, each with `received_fen`, in the order it was recorded."""
    return list(with_received(visible_donations(actor).filter(origin=origin).select_related("fund")).order_by("id"))


def donation_sheet(*, actor: User, donation_id: int) -> DonationSheet:
    """One donation with its receipts."""
    donation = get_donation(actor=actor, donation_id=donation_id)
    receipts = list(donation.receipts.select_related("reversal").order_by("on", "id"))
    received = sum(row.fen for row in receipts)
    return DonationSheet(donation, receipts, received, state_of(donation, received))
