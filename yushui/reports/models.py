"""Written reports."""

from __future__ import annotations

from django.db import models

from yushui.base.models import StoredFile


class Report(models.Model):
    """A report of an area for a year, written from an outline. Once filed, its figures are frozen and its file kept."""

    outline = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    area_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()
    filed_at = models.DateTimeField(null=True)
    filed_by = models.BigIntegerField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True)
    body = models.TextField(blank=True)  # the text as it was filed, as JSON: an evidence copy that no rule reads

    class Meta:
        indexes = [models.Index(fields=["area_code", "year"])]


class AddedParagraph(models.Model):
    """A paragraph that a person adds to a section in their own words."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="paragraphs")
    section = models.CharField(max_length=40)
    text = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField()
