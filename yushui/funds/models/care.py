"""The care fund: projects and applications."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.evidence import Evidence
from yushui.funds.types import care as types
from yushui.people.models import Person
from yushui.places.models import Area


class CareProject(models.Model):
    """A project of a care fund, open on the days [starts_on, ends_on). `most_fen` 0 means no limit for one person."""

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="projects")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # of the fund
    name = models.CharField(max_length=60)
    words = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    planned_fen = models.BigIntegerField(default=0)
    most_fen = models.BigIntegerField(default=0)
    client_key = models.CharField(max_length=36)
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)
    added_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_project_per_key"),
            models.UniqueConstraint(fields=["fund", "name"], name="project_named_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="project_span_forward"
            ),
        ]
        indexes = [models.Index(fields=["area", "starts_on"])]

    def __str__(self) -> str:
        return self.name


class Application(models.Model):
    """Somebody's application to a project. One open at a time for a person and project; another person decides."""

    project = models.ForeignKey(CareProject, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # the person's village on that day
    cause = models.CharField(max_length=10, choices=list(types.CAUSE_NAMES.items()))
    asked_fen = models.BigIntegerField()
    on = models.DateField()
    words = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=list(types.APPLICATION_NAMES.items()), default="ASKED")
    granted_fen = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=40, blank=True)
    decided_words = models.CharField(max_length=200, blank=True)
    client_key = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_application_per_key"),
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=Q(state__in=types.OPEN_APPLICATIONS),
                name="one_open_application",
            ),
            models.CheckConstraint(condition=Q(asked_fen__gt=0), name="application_above_zero"),
            models.CheckConstraint(
                condition=Q(granted_fen__gte=0, granted_fen__lte=F("asked_fen")), name="grant_within_asked"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="application_decided_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["area", "on"]),
            models.Index(fields=["on", "id"]),
            models.Index(fields=["project", "state"]),
            models.Index(fields=["person", "on"]),
        ]


class ApplicationEvidence(Evidence):
    """A paper of an application (诊断证明、医保清单、申请表)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["application", "id"])]
