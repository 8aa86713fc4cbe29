"""Papers in force (制度、文件、五个纳入): number, date, validity, scan, and what they prove."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from yushui.base.evidence import Evidence
from yushui.base.kinds import Kind
from yushui.base.revisions import Revised
from yushui.places import types
from yushui.places.models.areas import Area
from yushui.places.models.units import Unit


class PaperKind(Kind):
    """A kind of paper, from catalogue/paper_kinds.yaml; `inclusion` when it is one of the 五个纳入, `proves` the code
    of the duty that papers of this kind usually prove when a member unit issues them."""

    inclusion = models.CharField(max_length=12, choices=list(types.INCLUSION_NAMES.items()), blank=True)
    proves = models.CharField(max_length=40, blank=True, default="")


class Paper(Revised):
    """A paper in force on the days [starts_on, ends_on); without an end it holds until withdrawn."""

    kind = models.ForeignKey(PaperKind, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="papers")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # of the unit that issued it
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    issued_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    client_key = models.CharField(max_length=36, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="paper_span_forward"
            ),
        ]
        indexes = [models.Index(fields=["area", "issued_on"]), models.Index(fields=["issued_on", "id"])]

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None


class PaperProof(models.Model):
    """What a paper proves: the code of a duty (plans) or of an item of an assessment standard."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="proofs")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "code"], name="proof_once")]
        indexes = [models.Index(fields=["code", "paper"])]


class PaperEvidence(Evidence):
    """The scan of a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="evidence")
