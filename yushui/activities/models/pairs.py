"""Agreements between units with what belongs to them; pairs of people with their contacts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.activities import types
from yushui.activities.models.activities import Activity
from yushui.activities.models.visits import Visit
from yushui.base.evidence import Evidence
from yushui.base.fields import SealedField
from yushui.base.kinds import Kind
from yushui.base.revisions import Revised
from yushui.people.models import Person
from yushui.places.models import Area, Unit


class UnitPair(Revised):
    """An agreement between two units (共建对子) on [starts_on, ends_on), no end agreed when None; `ended_on` is the day
    from which it no longer holds, before its term or without one. A unit not of ours is only a name; a garrison stands
    under its open name."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="pairs")
    unit_name = models.CharField(max_length=80)
    other = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="pairs_of_other")
    other_name = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=120, blank=True, default="")
    note = models.CharField(max_length=300, blank=True)
    client_key = models.CharField(max_length=36, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="pair_term_forward"),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gt=F("starts_on")), name="pair_ends_later"),
        ]
        indexes = [models.Index(fields=["area", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.unit_name} — {self.other_name}"


class PairRenewal(models.Model):
    """One renewal of an agreement (续签): from which end to which."""

    pair = models.ForeignKey(UnitPair, on_delete=models.PROTECT, related_name="renewals")
    was_ends_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_name = models.CharField(max_length=40, blank=True)


class PairActivity(models.Model):
    """An activity that belongs to an agreement although its units do not say so: linked by hand."""

    pair = models.ForeignKey(UnitPair, on_delete=models.PROTECT, related_name="links")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="pair_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "activity"], name="activity_of_pair_once")]


class PairEvidence(Evidence):
    """A scan of an agreement."""

    pair = models.ForeignKey(UnitPair, on_delete=models.PROTECT, related_name="evidence")


class PairKind(Kind):
    """A kind of pairs of people (结对类型): from catalogue/pair_kinds.yaml, or added by a county."""

    helper_word = models.CharField(max_length=10)  # what the one who helps is called
    helped_word = models.CharField(max_length=10)
    of_register = models.BooleanField(default=True)  # False: the one helped is a name and a unit


class PersonPair(Revised):
    """Someone who stands by someone (结对帮扶) on [starts_on, ends_on). The one helped is a person of the register, or
    a name and the open name of a unit. `area` is where the one helped lived when it began."""

    kind = models.ForeignKey(PairKind, on_delete=models.PROTECT)
    helper_name = models.CharField(max_length=40)
    helper_unit = models.CharField(max_length=80, blank=True)
    helper_phone = SealedField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="pairs")
    helped_name = models.CharField(max_length=40, blank=True)
    helped_unit = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=120, blank=True, default="")
    needs = models.CharField(max_length=200, blank=True)  # what the family may ask for; printed on the card
    note = models.CharField(max_length=200, blank=True)
    client_key = models.CharField(max_length=36, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="person_pair_span_forward"
            ),
            models.CheckConstraint(
                condition=Q(person=None, helped_name__gt="") | Q(person__isnull=False, helped_name=""),
                name="person_pair_helps_one",
            ),
            models.UniqueConstraint(
                fields=["person", "helper_name"], condition=Q(ends_on=None), name="person_pair_once_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["area", "starts_on"])]


class PairContact(models.Model):
    """One contact of a pair of people; `visit` when the contact is a visit that was recorded."""

    pair = models.ForeignKey(PersonPair, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    way = models.CharField(max_length=10, choices=list(types.CONTACT_WAYS.items()))
    note = models.CharField(max_length=300, blank=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="pair_contacts")
    client_key = models.CharField(max_length=36, null=True)  # none for rows taken over in bulk
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_contact_per_key"),
            models.UniqueConstraint(
                fields=["pair", "visit"], condition=Q(withdrawn_at=None), name="visit_one_contact_of_pair"
            ),
        ]
        indexes = [models.Index(fields=["pair", "on"])]
