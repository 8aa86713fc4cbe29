"""Imports: the file as it came, what was found in it, what it changed, and whether it was undone."""

from __future__ import annotations

from django.db import models

from yushui.base.fields import SealedField
from yushui.base.models import StoredFile
from yushui.people.models import Person


class ImportState(models.TextChoices):
    CHECKING = "CHECKING", "正在检查"
    CHECKED = "CHECKED", "待确认"
    COMMITTING = "COMMITTING", "正在写入"
    COMMITTED = "COMMITTED", "已写入"
    UNDONE = "UNDONE", "已撤销"
    FAILED = "FAILED", "不能读取"


class RosterImport(models.Model):
    """One roster file."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    area_code = models.CharField(max_length=12)
    form = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=ImportState)
    sheet = models.CharField(max_length=60, blank=True)
    rows = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad_rows = models.PositiveIntegerField(default=0)
    bad_cells = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)  # in the register of this area and form, not in the file
    summary = models.JSONField(
        default=dict
    )  # headings mapped, columns kept aside, effect on money: evidence, no rule reads it
    annotated = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    message = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=200, blank=True)


class BadCell(models.Model):
    """A cell that is not right, in words and with its place."""

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="bad")
    cell = models.CharField(max_length=12)
    problem = models.CharField(max_length=200)


class RowChange(models.Model):
    """What a committed row did to the register, so that the whole import can be undone field by field.

    `target` is `person`, `status` or `account`, `target_id` its row. An empty `field` means the row was added, and
    `was` then names the row it closed. `was` and `now` are JSON text; sealed columns are sealed here too.
    """

    roster = models.ForeignKey(RosterImport, on_delete=models.PROTECT, related_name="changes")
    row = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    target = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    field = models.CharField(max_length=40, blank=True)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["roster", "row"])]


class KeptRow(models.Model):
    """The cells of a row whose columns the register does not know: kept, sealed and shown, not lost.

    `cells` is JSON text {heading: text}; evidence of what the file said, no rule reads it. Sealed, for nobody knows
    what a village writes there.
    """

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="kept")
    row = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    cells = SealedField()

    class Meta:
        indexes = [models.Index(fields=["roster", "row"])]


class PlannedRow(models.Model):
    """What a row of the file does to the register, as the check found it; for the pages. Rows without effect are out.

    `changes` is JSON text [[label, was, now], …] in the words of the page, personal numbers masked; no rule reads it.
    """

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="planned")
    row = models.PositiveIntegerField()  # 0: missing from the file
    outcome = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    name = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12, blank=True)
    changes = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["roster", "outcome", "id"])]
