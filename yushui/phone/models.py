"""What phones have sent."""

from __future__ import annotations

from django.db import models

from yushui.phone import types


class SentEntry(models.Model):
    """One accepted entry: its key, so that the same entry sent twice is recorded once. It holds nothing personal."""

    client_key = models.CharField(max_length=36)
    kind = models.CharField(max_length=10, choices=list(types.ENTRY_NAMES.items()))
    user_id = models.BigIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client_key"], name="one_entry_per_key")]
