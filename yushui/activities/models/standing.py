"""How agreements and pairs of people stand on a day, as conditions on rows: for selectors and figures alike."""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from yushui.activities.models.activities import ActivityPartner
from yushui.activities.models.pairs import PairActivity, UnitPair
from yushui.base.days import FAR

NEVER = date(1, 1, 1)


def with_last(rows: QuerySet[UnitPair], until: date = FAR) -> QuerySet[UnitPair]:
    """Each agreement with `last_on`, the day of the last common activity since it began and up to a day, NEVER when
    there was none.

    Of two units that do something together at least one is a partner, so the search begins at the partners' index.
    """
    held = ActivityPartner.objects.filter(
        activity__withdrawn_at=None, activity__on__gte=OuterRef("starts_on"), activity__on__lte=until
    )
    also = ActivityPartner.objects.filter(activity=OuterRef("activity")).filter(
        Q(unit=OuterRef(OuterRef("other"))) | Q(unit=None, name=OuterRef(OuterRef("other_name")))
    )
    linked = PairActivity.objects.filter(pair=OuterRef("pk"), activity__withdrawn_at=None, activity__on__lte=until)
    ways: list[QuerySet[ActivityPartner] | QuerySet[PairActivity]] = [
        held.filter(is_side("other"), activity__host=OuterRef("unit")),
        held.filter(is_side("unit"), activity__host=OuterRef("other")),
        held.filter(is_side("unit"), Exists(also)),
        linked,
    ]
    days = [Coalesce(Subquery(newest(way)), Value(NEVER), output_field=DateField()) for way in ways]
    return rows.annotate(last_on=Greatest(*days, output_field=DateField()))


def is_side(name: str) -> Q:
    """Partners that are one side of the agreement, as a unit of ours or by its name."""
    return Q(unit=OuterRef(name)) | Q(unit=None, name=OuterRef(f"{name}_name"))


def newest(rows: QuerySet[ActivityPartner] | QuerySet[PairActivity]) -> QuerySet[ActivityPartner]:
    """The day of the newest activity of the rows."""
    return rows.order_by("-activity__on").values("activity__on")[:1]  # type: ignore[return-value]


def pairs_in_force(rows: QuerySet[UnitPair], on: date) -> QuerySet[UnitPair]:
    """Of the rows, those that hold on a day."""
    rows = rows.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on))
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=on))


def lasts(on: date) -> Q:
    """Pairs that hold on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
