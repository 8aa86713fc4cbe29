"""Merges: which two entries, what was chosen, who decided, and every row that was changed by it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.fields import SealedField
from yushui.merging import types
from yushui.people.models import Person


class Merge(models.Model):
    """Two entries of one person made one: asked for by one officer, confirmed by another, perhaps undone later.

    `seen` is the digest of both entries as they were when asked; the confirmation is refused when they changed since.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    dropped = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_code = models.CharField(max_length=12)  # areas of both, for who may see it
    dropped_code = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=list(types.STATE_NAMES.items()))
    reason = models.CharField(max_length=200)
    seen = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_name = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=40, blank=True)
    opinion = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)
    undone_name = models.CharField(max_length=40, blank=True)
    undone_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("dropped")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="merge_decided_by_another"
            ),
            models.UniqueConstraint(fields=["dropped"], condition=Q(state="ASKED"), name="dropped_asked_once"),
            models.UniqueConstraint(fields=["kept"], condition=Q(state="ASKED"), name="kept_asked_once"),
        ]
        indexes = [models.Index(fields=["state", "id"])]


class MergePick(models.Model):
    """A fact that the kept entry takes from the dropped one (people.types.MERGED_COLUMNS, or the account)."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="picks")
    key = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "key"], name="a_fact_picked_once")]


class MergeNote(models.Model):
    """One change that a merge made (base.moves.Move); from these it is taken back. Values are sealed: numbers are
    among them."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="notes")
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    column = models.CharField(max_length=40, blank=True)
    was = SealedField(blank=True)
    now = SealedField(blank=True)
