"""The log. Rows are chained: each hash covers the one before it, so a change anywhere shows."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. Actor and subject are named by value, not by foreign key: the log must outlive what it speaks of."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    area_code = models.CharField(max_length=12, blank=True)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"]),
            models.Index(fields=["actor_id", "id"]),
            models.Index(fields=["action", "id"]),
            models.Index(fields=["at"]),
        ]
