"""Files by content, and background work as rows."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A file kept once by its SM3 content hash; the bytes lie under FILES_DIR."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()


class JobState(models.TextChoices):
    QUEUED = "QUEUED", "排队中"
    RUNNING = "RUNNING", "进行中"
    DONE = "DONE", "已完成"
    FAILED = "FAILED", "未完成"


class Job(models.Model):
    """One piece of background work. `name` is the registered job, `subject_id` the row it works on.

    A worker claims it by a conditional update and renews the lease; when the lease runs out another takes it up again,
    so every job must be safe to run twice.
    """

    name = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    actor_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "queued_at"]), models.Index(fields=["name", "subject_id"])]
