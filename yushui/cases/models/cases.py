"""Cases, what happened to them, papers, help, receptions, evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.base.evidence import Evidence
from yushui.base.fields import SealedField
from yushui.base.in_order import DayOrLast
from yushui.base.revisions import Revised
from yushui.cases.models.kinds import CaseKind, KindChoice, KindOutcome, KindPaper, KindReason, KindStep
from yushui.cases.types import cases as types
from yushui.cases.types.kinds import RESULT_NAMES
from yushui.funds.models import Entry
from yushui.people.models import Person
from yushui.places.models import Area, Unit


class Case(Revised):
    """A case (办件). `area` is where the matter lies, `point` the legal point that took it up. From `state` to `rating`
    the columns are what rules.standing reckons from the rows of CaseStep; services write them together with a row,
    nothing else does.
    """

    number = models.CharField(max_length=36)  # 2026-0001 within its county; a copy kept elsewhere may be longer
    kind = models.ForeignKey(CaseKind, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=1000, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="cases")
    asker_name = models.CharField(max_length=80)
    asker_phone = SealedField(blank=True, default="")  # of who is not in the register
    asker_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="cases_asked")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    channel = models.CharField(max_length=8, choices=list(types.CHANNEL_NAMES.items()))
    heads = models.PositiveSmallIntegerField(default=1)
    cause = models.ForeignKey(KindChoice, on_delete=models.PROTECT, null=True, related_name="+")
    point = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="cases_of_point")
    urgent = models.BooleanField(default=False)
    appeals = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="appealed_by")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)
    opened_name = models.CharField(max_length=40, blank=True)
    opened_code = models.CharField(max_length=12)  # area of the office that opened it
    client_key = models.CharField(max_length=36)

    state = models.CharField(max_length=6, choices=list(types.STATE_NAMES.items()), default="OPEN")
    step = models.ForeignKey(KindStep, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField(null=True)
    holder_code = models.CharField(max_length=12, blank=True)
    holder_role = models.CharField(max_length=20, blank=True)
    holder_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="cases_held")
    holder_user = models.BigIntegerField(null=True)
    holder_name = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True)
    asks_extension = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    result = models.CharField(max_length=10, choices=list(RESULT_NAMES.items()), blank=True)
    replied_on = models.DateField(null=True)
    rating = models.PositiveSmallIntegerField(choices=list(types.RATING_NAMES.items()), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_case_per_key"),
            models.UniqueConstraint(fields=["number"], name="one_case_per_number"),
            models.CheckConstraint(
                condition=Q(state="CLOSED", closed_on__isnull=False, step=None, due_on=None)
                | Q(state__in=("OPEN", "PAUSED"), closed_on=None, step__isnull=False),
                name="case_closed_has_day",
            ),
            models.CheckConstraint(condition=Q(rating=None) | Q(rating__range=(1, 3)), name="case_rating_1_to_3"),
        ]
        indexes = [
            models.Index(fields=["area", "id"]),
            models.Index(DayOrLast("due_on"), "id", condition=Q(closed_on=None), name="case_by_day_due"),
            models.Index(fields=["holder_code", "due_on"], condition=Q(closed_on=None), name="case_of_office"),
            models.Index(fields=["holder_unit", "due_on"], condition=Q(closed_on=None), name="case_of_unit"),
            models.Index(fields=["holder_user"], condition=Q(closed_on=None), name="case_of_holder"),
            models.Index(fields=["opened_by", "id"]),
            models.Index(fields=["closed_on", "id"], condition=Q(closed_on__isnull=False), name="case_ended"),
            models.Index(fields=["kind", "opened_on"]),
            models.Index(fields=["opened_on", "id"]),
            models.Index(fields=["person", "kind"]),
        ]

    def __str__(self) -> str:
        return self.number


class CaseStep(models.Model):
    """What happened to a case: never edited, never deleted (triggers refuse it). A term is kept as it was then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12, choices=list(types.ACT_NAMES.items()))
    on = models.DateField()
    step = models.ForeignKey(KindStep, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.ForeignKey(KindOutcome, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.ForeignKey(KindReason, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=1000, blank=True)
    to_step = models.ForeignKey(KindStep, on_delete=models.PROTECT, null=True, related_name="+")
    to_code = models.CharField(max_length=12, blank=True)
    to_role = models.CharField(max_length=20, blank=True)
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    to_user = models.BigIntegerField(null=True)
    to_user_name = models.CharField(max_length=40, blank=True)
    term_days = models.PositiveSmallIntegerField(null=True)
    term_count = models.CharField(max_length=8, blank=True)
    result = models.CharField(max_length=10, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=40, blank=True)
    unit_name = models.CharField(max_length=80, blank=True)
    client_key = models.CharField(max_length=36, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_case_step_per_key"),
            models.UniqueConstraint(fields=["undoes"], name="undone_once"),
        ]
        indexes = [models.Index(fields=["case", "id"]), models.Index(fields=["by", "case"])]


class CasePaper(models.Model):
    """A paper that is there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    paper = models.ForeignKey(KindPaper, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "paper"], name="case_paper_once")]


class CaseAid(models.Model):
    """Help given in a case (资金、实物、服务). `source` names where money came from, as the county calls it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="aids")
    means = models.CharField(max_length=8, choices=list(types.MEANS_NAMES.items()))
    what = models.CharField(max_length=120, blank=True)
    fen = models.BigIntegerField(null=True)
    on = models.DateField()
    source = models.CharField(max_length=80, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")  # when a fund of ours paid
    withdrawn_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=36)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_aid_per_key"),
            models.CheckConstraint(condition=Q(fen=None) | Q(fen__gt=0), name="aid_fen_positive"),
        ]
        indexes = [models.Index(fields=["on"])]


class Reception(models.Model):
    """A leader receives who asks (领导接访): planned (约访), held, or fallen out with a reason. `host_user` is the
    leader's account, to whom the case is open from then on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receptions")
    host_name = models.CharField(max_length=40)
    host_user = models.BigIntegerField(null=True)
    planned_on = models.DateField()
    place = models.CharField(max_length=60, blank=True)
    held_on = models.DateField(null=True)
    dropped_reason = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=500, blank=True)
    client_key = models.CharField(max_length=36)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_reception_per_key"),
            models.CheckConstraint(condition=Q(held_on=None) | Q(dropped_reason=""), name="reception_held_or_dropped"),
        ]
        indexes = [models.Index(fields=["planned_on"]), models.Index(fields=["host_user", "case"])]


class CaseEvidence(Evidence):
    """A letter, photo, scan or link of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["case", "id"])]
