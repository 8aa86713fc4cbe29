"""Loaded law. Files under law/ are the source; a load keeps their text and hash, and decisions name the version."""

from __future__ import annotations

from django.db import models


class LawVersion(models.Model):
    """All law files as they stood at one load. `digest` is the SM3 over names and texts; the same files load once."""

    digest = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)


class LawText(models.Model):
    """One file of a version, word for word."""

    version = models.ForeignKey(LawVersion, on_delete=models.PROTECT, related_name="texts")
    path = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="one_text_per_path")]
