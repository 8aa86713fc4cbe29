"""Papers that fulfil a duty: those marked with its code, by the unit that issued them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.base.figures import within
from yushui.places.models import Paper
from yushui.plans.models import DutyKind
from yushui.plans.rules.duties import period_of
from yushui.plans.selectors.owers import DIGITS, LEVELS, Ower


def papers_for(*, area_code: str, duty: DutyKind, year: int, on: date) -> QuerySet[Paper]:
    """The papers of a year that prove a duty, as far as the year has gone."""
    days = (date(year, 1, 1), min(on, date(year, 12, 31)))
    rows = Paper.objects.filter(proofs__code=duty.pk, withdrawn_at=None, issued_on__range=days)
    kept: QuerySet[Paper] = within(rows, "area_id", area_code)
    return kept


def papers_by_ower(*, area_code: str, duty: DutyKind, year: int, on: date) -> dict[str, dict[int, int]]:
    """Who owes → place of the period → papers that prove the duty."""
    rows = papers_for(area_code=area_code, duty=duty, year=year, on=on)
    if duty.owes in LEVELS:
        found = rows.annotate(who=Substr("area_id", 1, DIGITS[duty.owes]))
    else:
        found = rows.annotate(who=F("unit_id"))
    sums: dict[str, dict[int, int]] = {}
    for row in found.values("who", "issued_on__month").annotate(n=Count("pk")):
        key = str(row["who"]).ljust(12, "0") if duty.owes in LEVELS else str(row["who"])
        mine = sums.setdefault(key, {})
        place = period_of(duty.rhythm, row["issued_on__month"])
        mine[place] = mine.get(place, 0) + row["n"]
    return sums


def papers_of(*, actor: User, duty: DutyKind, ower: Ower, year: int, on: date) -> list[Paper]:
    """The papers that count for one who owes, newest first."""
    rows = in_scope(papers_for(area_code=actor.area_code, duty=duty, year=year, on=on), actor, "area_id")
    rows = rows.select_related("unit")
    if duty.owes in LEVELS:
        rows = rows.filter(area_id__startswith=ower.key[: DIGITS[duty.owes]])
    else:
        rows = rows.filter(unit=ower.number)
    return list(rows.order_by("-issued_on", "-id")[:100])
