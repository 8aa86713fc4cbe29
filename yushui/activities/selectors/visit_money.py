"""Cash given out at visits beside what the ledger of money says was spent for them: two records, never made equal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Campaign, UnitVisit, Visit
from yushui.funds.selectors.money import EntryFilters, list_entries, spent_by_origin, sums_of
from yushui.funds.selectors.years import YearLine, year_sheet

MOST = 200
USE = "VISIT_CASH"


@dataclass(frozen=True)
class MoneyLine:
    """A campaign: what was given at its visits to persons and units, what the ledger spent for it, in fen."""

    campaign: Campaign
    given: int
    spent: int

    @property
    def gap(self) -> int:
        """What was spent and is not given, or below zero given and not spent."""
        return self.spent - self.given


@dataclass(frozen=True)
class VisitMoney:
    """A year of visits' cash. `loose_given` was given outside campaigns, `loose_spent` names no campaign."""

    lines: list[MoneyLine]
    budgets: list[YearLine]
    loose_given: int
    loose_spent: int
    given: int
    spent: int

    @property
    def gap(self) -> int:
        """Spent less given."""
        return self.spent - self.given


def origin_of(campaign: Campaign) -> str:
    """The text key of a campaign in the ledger of money."""
    return f"activities.campaign:{campaign.pk}"


def visit_money(*, actor: User, year: int, on: date) -> VisitMoney:
    """Campaigns of the actor's area that began in a year, the cash of their visits and what was spent for them."""
    need(actor, "funds.view_money")
    days = (date(year, 1, 1), date(year, 12, 31))
    rows = in_scope(Campaign.objects.filter(starts_on__range=days), actor, "area_id")
    campaigns = list(rows.select_related("area").order_by("starts_on", "id")[:MOST])
    visits = Visit.objects.filter(withdrawn_at=None).order_by()
    by_campaign = visits.filter(campaign__in=campaigns).values("campaign").annotate(fen=Sum("cash_fen"))
    by_unit = UnitVisit.objects.filter(withdrawn_at=None, campaign__in=campaigns).order_by()
    given: dict[int, int] = {}
    for found in (by_campaign, by_unit.values("campaign").annotate(fen=Sum("cash_fen"))):
        for row in found:
            given[row["campaign"]] = given.get(row["campaign"], 0) + row["fen"]
    spent = spent_by_origin(actor=actor, origins=[origin_of(campaign) for campaign in campaigns])
    lines = [MoneyLine(each, given.get(each.pk, 0), spent.get(origin_of(each), 0)) for each in campaigns]
    loose = in_scope(visits.filter(campaign=None, on__range=days), actor, "area_id")
    loose_given = loose.aggregate(fen=Sum("cash_fen"))["fen"] or 0
    unnamed = list_entries(actor=actor, filters=EntryFilters(first=days[0], last=days[1], side="OUT", use=USE))
    loose_spent = sums_of(unnamed.exclude(origin__startswith="activities.campaign:")).spent
    sheet = year_sheet(actor=actor, year=year, on=on)
    return VisitMoney(
        lines=lines,
        budgets=[line for line in sheet.of_kind("BUDGET") if line.fund is not None and line.fund.use_id == USE],
        loose_given=loose_given,
        loose_spent=loose_spent,
        given=sum(line.given for line in lines) + loose_given,
        spent=sum(line.spent for line in lines) + loose_spent,
    )
