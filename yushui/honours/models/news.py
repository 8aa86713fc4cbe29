"""Good news of merit (喜报): from the register to the door."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.activities.models import Activity
from yushui.base.revisions import Revised
from yushui.honours import types
from yushui.honours.models.kinds import HonourKind
from yushui.people.models import Person
from yushui.places.models import Area


class RewardRate(models.Model):
    """What an area gives for a grade from a day on (奖励标准), with its paper: for grades that no file of the law has.
    Entered again for the same day, the earlier row is superseded and stays."""

    kind = models.ForeignKey(HonourKind, on_delete=models.PROTECT, related_name="reward_rates")
    area_code = models.CharField(max_length=12)
    starts_on = models.DateField()
    fen = models.BigIntegerField()
    document = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    recorded_name = models.CharField(max_length=40)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="reward_rate_is_positive"),
            models.UniqueConstraint(
                fields=["kind", "area_code", "starts_on"], condition=Q(superseded_at=None), name="one_reward_rate_a_day"
            ),
        ]


class GoodNews(Revised):
    """One 喜报: what for, for whose family, who delivers it by when, and how it was delivered. Its reward is a claim of
    `benefits` that names this row (`honours.goodnews:7`)."""

    kind = models.ForeignKey(HonourKind, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # of the home it goes to
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="good_news")
    soldier_name = models.CharField(max_length=40)
    family_name = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    unit_name = models.CharField(max_length=60, blank=True)  # the open name only
    year = models.PositiveSmallIntegerField()
    received_on = models.DateField()
    due_on = models.DateField()
    deliverers = models.CharField(max_length=80)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=list(types.NEWS_STATES.items()), default="TO_COLLECT")
    collected_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    receiver = models.CharField(max_length=40, blank=True)
    feedback = models.CharField(max_length=300, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=120, blank=True)
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="DELIVERED", delivered_on__isnull=False) | ~Q(state="DELIVERED"),
                name="delivered_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "received_on"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["received_on", "id"]),
        ]
