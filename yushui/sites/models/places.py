"""Sites: where 双拥 work can be seen and used. Service stations are units of places, not sites."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from yushui.base.evidence import Evidence
from yushui.base.revisions import Revised
from yushui.places.models import Area, Unit
from yushui.sites import types
from yushui.sites.models.kinds import SiteKind


class Site(Revised):
    """One site or offer. It stands on the days [since, ends_on). The point is in millionths of a degree."""

    kind = models.ForeignKey(SiteKind, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="sites")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=120, blank=True)
    contact_name = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # of the business
    since = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=120, blank=True)
    offer = models.CharField(max_length=200, blank=True)
    plate = models.CharField(max_length=40, blank=True)  # number of the plate it was given
    longitude = models.IntegerField(null=True)
    latitude = models.IntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "name"], condition=Q(ends_on=None), name="one_site_by_name"
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(ends_on=None) | Q(ends_on__gt=F("since")), name="site_span_forward"
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None) | Q(longitude__isnull=False, latitude__isnull=False),
                name="site_point_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "id"], name="sites_of_area"),
            models.Index(fields=["kind", "area", "id"], name="sites_of_kind"),
            models.Index(fields=["name", "id"], name="sites_by_name"),
        ]


class SiteNumber(models.Model):
    """A number of a site: as it is now (`month` 0), or of one month (year * 12 + month - 1, base.days)."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="numbers")
    key = models.CharField(max_length=40)
    month = models.PositiveIntegerField(default=0)
    value = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "key", "month"], name="one_number_by_month"),
            models.CheckConstraint(condition=Q(value__gte=0), name="site_number_not_negative"),
        ]
        indexes = [models.Index(fields=["key", "month"])]


class Agreement(models.Model):
    """A contract about an offer on the days [starts_on, ends_on). A renewal is a further row; the newest holds."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="agreements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    offer = models.CharField(max_length=200)
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site"], condition=Q(superseded_at=None), name="one_agreement_in_force"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="agreement_span_forward"),
        ]
        indexes = [models.Index(fields=["ends_on", "site"], condition=Q(superseded_at=None), name="agreements_by_end")]

    @property
    def last_day(self) -> date:
        """The last day covered, as the contract writes it."""
        return self.ends_on - timedelta(days=1)


class Check(models.Model):
    """An upkeep check: who looked when, what was found, when it was mended."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField()
    result = models.CharField(max_length=5, choices=list(types.CHECK_RESULTS.items()))
    checker = models.CharField(max_length=40)
    found = models.CharField(max_length=200, blank=True)
    mended_on = models.DateField(null=True)
    mended_note = models.CharField(max_length=120, blank=True)
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(result="GOOD") | ~Q(found=""), name="fault_is_described"),
            models.CheckConstraint(condition=Q(mended_on=None) | Q(mended_on__gte=F("on")), name="mended_after_found"),
        ]
        indexes = [
            models.Index(fields=["site", "on"]),
            models.Index(fields=["on", "site"], condition=Q(result="FOUND", mended_on=None), name="faults_open"),
        ]


class SiteEvidence(Evidence):
    """A photo, contract or paper of a site."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["site", "id"])]
