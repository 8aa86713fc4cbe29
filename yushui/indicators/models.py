"""Figures that were filed: frozen with the ids of the rows that made them."""

from __future__ import annotations

from django.db import models


class FrozenFigure(models.Model):
    """A figure as it was filed. When the same question gives another answer later, pages say so."""

    filed_for = models.CharField(max_length=60)  # e.g. reports.report:7
    indicator = models.CharField(max_length=60)
    area_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    value = models.BigIntegerField(null=True)  # fen, heads, times; ratios in parts per ten thousand
    row_count = models.PositiveIntegerField()
    as_of = models.DateField()  # the day up to which was counted
    row_ids = models.BinaryField()  # zlib-compressed, comma-separated ids of the source rows
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filed_for", "indicator", "area_code", "year"], name="a_figure_is_filed_once"
            )
        ]
