"""实事 projects of a year, and what units state of events (零报告)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.evidence import Evidence
from yushui.base.revisions import Revised
from yushui.cases.models.cases import Case
from yushui.cases.models.kinds import StatementKind
from yushui.cases.types import needs as types
from yushui.places.models import Area, Unit


class Project(Revised):
    """A project of a year (军地互办实事) with its money and acceptance; it may come from a need. What it cost stands in
    the funds ledger (`cases.project:7`); `spent_fen` is stated by hand where the money was not ours."""

    title = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10, choices=list(types.SIDE_NAMES.items()))
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="projects")
    need = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="projects")
    budget_fen = models.BigIntegerField(null=True)
    spent_fen = models.BigIntegerField(null=True)
    money_source = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=list(types.PROJECT_NAMES.items()), default="PLANNED")
    ended_on = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    client_key = models.CharField(max_length=36)
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)
    added_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_deed_per_key"),
            models.CheckConstraint(
                condition=Q(state__in=("ACCEPTED", "DROPPED"), ended_on__isnull=False)
                | Q(state__in=("PLANNED", "UNDERWAY"), ended_on=None),
                name="deed_ended_has_day",
            ),
        ]
        indexes = [models.Index(fields=["year", "area"])]

    def __str__(self) -> str:
        return self.title


class ProjectEvidence(Evidence):
    """A paper of a project's acceptance (验收单、照片)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["project", "id"])]


class Statement(models.Model):
    """What the office of an area, or a member unit, states of one kind of event for [starts_on, ends_on): a count, none
    included.

    A correction is a new row that takes the place of the old one.
    """

    kind = models.ForeignKey(StatementKind, on_delete=models.PROTECT, related_name="statements")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # of the unit, when one states
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="statements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    count = models.PositiveIntegerField()
    words = models.CharField(max_length=300, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.BigIntegerField(null=True)
    stated_name = models.CharField(max_length=40)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "starts_on", "ends_on"], condition=Q(superseded_at=None, unit=None),
                name="one_statement_in_force",
            ),
            models.UniqueConstraint(
                fields=["kind", "unit", "starts_on", "ends_on"], condition=Q(superseded_at=None, unit__isnull=False),
                name="one_statement_of_unit",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="statement_span_forward"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["area", "starts_on"]), models.Index(fields=["kind", "starts_on"])]
