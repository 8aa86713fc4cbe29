"""Kinds of sites and the numbers they have."""

from __future__ import annotations

from django.db import models

from yushui.base.kinds import Kind
from yushui.sites import types


class SiteKind(Kind):
    """A kind of site, from catalogue/site_kinds.yaml or added by a county. `signed`: it has an agreement that runs out;
    `check_months`: it is to be looked at so often (none: no term)."""

    group = models.CharField(max_length=10, choices=list(types.GROUP_NAMES.items()))
    signed = models.BooleanField(default=False)
    check_months = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "place"])]


class SiteKindNumber(models.Model):
    """A number that sites of one kind have: beds, buses; or month by month (`monthly`): tickets sold."""

    kind = models.ForeignKey(SiteKind, on_delete=models.PROTECT, related_name="numbers")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=20)
    unit = models.CharField(max_length=10)
    monthly = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_site_number_by_key")]
