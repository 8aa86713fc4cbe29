"""The approved boundary of an area, as a file that was handed in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.base.models import StoredFile
from yushui.places.models import Area


class Boundary(models.Model):
    """A boundary file (GeoJSON) with who approved it; the newest of an area is drawn. We draw none of our own."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    approver = models.CharField(max_length=80)
    number = models.CharField(max_length=60)  # 审图号 or number of the approval
    approved_on = models.DateField()
    shapes = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=Q(superseded_at=None), name="one_boundary_in_force")
        ]
