"""Areas with life spans."""

from __future__ import annotations

from django.db import models

from yushui.base.area_codes import AreaLevel


class Area(models.Model):
    """A division (行政区划). The twelve-digit code is the path (base/area_codes.py)."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(choices=[(v.value, v.name) for v in AreaLevel])
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    source = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["level", "code"]), models.Index(fields=["name"])]
