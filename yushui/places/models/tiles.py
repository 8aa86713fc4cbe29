"""How the squares of a tile map (方格图) are arranged."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.base.revisions import Revised
from yushui.places.models.areas import Area


class TileMap(Revised):
    """The arrangement of the areas right below one, as its own office made it."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    recorded_name = models.CharField(max_length=40, blank=True)


class TileCell(models.Model):
    """Where one of them stands, row and column from 1."""

    map = models.ForeignKey(TileMap, on_delete=models.PROTECT, related_name="cells")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    row = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["map", "row", "column"], name="one_tile_in_a_cell"),
            models.UniqueConstraint(fields=["map", "area"], name="one_cell_for_an_area"),
            models.CheckConstraint(condition=Q(row__gte=1, column__gte=1), name="cells_count_from_one"),
        ]
