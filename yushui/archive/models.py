"""Boxes, what lies in them, and what was asked to be taken out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.archive import types
from yushui.base.models import StoredFile
from yushui.places.models import Area


class Box(models.Model):
    """A box (盒) of an area: 全宗, 目录, 年度, 盒号. It takes the files of one pile (activities, papers …)."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    fonds = models.CharField(max_length=20)
    catalogue = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    pile = models.CharField(max_length=20)
    title = models.CharField(max_length=80)
    keep = models.CharField(max_length=10, choices=list(types.KEEP_NAMES.items()))
    shelf = models.CharField(max_length=40, blank=True)
    client_key = models.CharField(max_length=36, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "fonds", "catalogue", "year", "number"], name="one_box_by_number")
        ]
        indexes = [models.Index(fields=["area", "year", "id"])]


class Item(models.Model):
    """A file in its place. `piece_id` is the row of the pile's own evidence table."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    pile = models.CharField(max_length=20)
    piece_id = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pile", "piece_id"], name="one_place_by_piece"),
            models.UniqueConstraint(fields=["box", "number"], name="one_item_by_number"),
        ]


class ArchiveExport(models.Model):
    """A box that someone asks to take out as files: purpose, who allowed it, the packed file."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="exports")
    purpose = models.CharField(max_length=200)
    files = models.PositiveIntegerField()
    area_code = models.CharField(max_length=12)  # of who asked: who decides must look after it
    state = models.CharField(max_length=10, choices=list(types.EXPORT_STATES.items()), default="ASKED")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_name = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=40, blank=True)
    opinion = models.CharField(max_length=120, blank=True)
    packed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="archive_asker_is_not_approver")
        ]
        indexes = [models.Index(fields=["area_code", "asked_at"])]
