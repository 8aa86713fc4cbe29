"""Rows of agreements, pairs of people and contacts that figures count: no actor, the figure judges the right itself."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from yushui.activities.models import PairContact, PersonPair, UnitPair
from yushui.activities.rules.pairs import months_before, quarter_start
from yushui.activities.selectors.pairs import pairs_in_force, with_last
from yushui.activities.selectors.person_pairs import lasts
from yushui.activities.types import SLEEPS_AFTER
from yushui.base.figures import Period, within


def unit_pairs(area_code: str, period: Period) -> QuerySet[Any]:
    """Agreements in force at the end of the period; `sleeping` when the two did nothing together for six months by
    then, `garrison` when one of them is a garrison of ours."""
    cut = months_before(period.last, SLEEPS_AFTER)
    rows = with_last(pairs_in_force(UnitPair.objects.all(), period.last), until=period.last)
    marked = rows.annotate(
        sleeping=ExpressionWrapper(Q(last_on__lt=cut, starts_on__lt=cut), BooleanField()),
        garrison=ExpressionWrapper(
            Q(unit__kind="GARRISON", unit__isnull=False) | Q(other__kind="GARRISON", other__isnull=False),
            BooleanField(),
        ),
    )
    return within(marked, "area_id", area_code)


def person_pairs(area_code: str, period: Period) -> QuerySet[Any]:
    """Pairs of people that hold at the end of the period; `contacted` when they met in its last quarter."""
    met = PairContact.objects.filter(
        pair=OuterRef("pk"), withdrawn_at=None, on__gte=quarter_start(period.last), on__lte=period.last
    )
    rows = PersonPair.objects.filter(lasts(period.last)).annotate(contacted=Exists(met))
    return within(rows.defer("helper_phone"), "area_id", area_code)


def pair_contacts(area_code: str, period: Period) -> QuerySet[Any]:
    """Contacts of pairs of people within the period, those withdrawn left out."""
    rows = PairContact.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows, "pair__area_id", area_code)
