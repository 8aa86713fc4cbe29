"""Kinds of cases as data: their steps, what each needs, how each can end (ADR 0011)."""

from __future__ import annotations

from django.db import models

from yushui.base.kinds import Kind
from yushui.cases.types import kinds as types
from yushui.cases.types.statements import BY_NAMES, RHYTHM_NAMES


class CaseKind(Kind):
    """A kind of case (办件类型), from catalogue/case_kinds.yaml or added by a county.

    `once_per_cause`: not twice for the same person and cause (同一事由不重复). `papers_later`: urgent help first.
    `raises_money`: donations are recorded for it, and its help is paid out of them (募捐).
    `appeal_to` is the code of the kind that hears an appeal, asked within `appeal_days` of the answer.
    """

    family = models.CharField(max_length=10, choices=list(types.FAMILY_NAMES.items()))
    asker = models.CharField(max_length=6, choices=list(types.ASKER_NAMES.items()), default="PERSON")
    is_sensitive = models.BooleanField(default=False)
    once_per_cause = models.BooleanField(default=False)
    papers_later = models.BooleanField(default=False)
    asks_reply = models.BooleanField(default=False)
    gives_help = models.BooleanField(default=False)
    raises_money = models.BooleanField(default=False)
    extension_days = models.PositiveSmallIntegerField(default=0)
    appeal_to = models.CharField(max_length=40, blank=True, default="")
    appeal_days = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")


class KindStep(models.Model):
    """A step: who does it (role and level of the office), within how many days of reaching it."""

    kind = models.ForeignKey(CaseKind, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20)
    level = models.CharField(max_length=8, choices=list(types.LEVEL_NAMES.items()))
    days = models.PositiveSmallIntegerField(null=True)
    count = models.CharField(max_length=8, choices=list(types.COUNT_NAMES.items()), default="WORKDAY")
    article = models.CharField(max_length=60, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="case_step_by_key")]

    def __str__(self) -> str:
        return self.name


class KindOutcome(models.Model):
    """How a step can end: on to another step, or (no `to`) the end of the case with a result."""

    step = models.ForeignKey(KindStep, on_delete=models.PROTECT, related_name="outcomes")
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    to = models.ForeignKey(KindStep, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=10, choices=list(types.RESULT_NAMES.items()), blank=True)
    is_back = models.BooleanField(default=False)
    asks_words = models.BooleanField(default=False)
    article = models.CharField(max_length=60, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="case_outcome_by_key")]


class KindReason(models.Model):
    """A reason for an outcome, with the article it stands on."""

    outcome = models.ForeignKey(KindOutcome, on_delete=models.PROTECT, related_name="reasons")
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()
    article = models.CharField(max_length=60, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "key"], name="case_reason_by_key")]


class KindPaper(models.Model):
    """A paper that must be there before a step is done."""

    step = models.ForeignKey(KindStep, on_delete=models.PROTECT, related_name="papers")
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="case_paper_by_key")]


class KindChoice(models.Model):
    """A cause (事由) that cases of a kind may name."""

    kind = models.ForeignKey(CaseKind, on_delete=models.PROTECT, related_name="choices")
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="case_choice_by_key")]

    def __str__(self) -> str:
        return self.name


class StatementKind(Kind):
    """An event that offices state counts of, none included (零报告): 集访, 涉军案件 … `since` is the day from which it
    is asked for: periods that ended before are not missing it."""

    by = models.CharField(max_length=8, choices=list(BY_NAMES.items()), default="TOWN")
    rhythm = models.CharField(max_length=8, choices=list(RHYTHM_NAMES.items()), default="QUARTER")
    since = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=10)
    meaning = models.CharField(max_length=200, blank=True, default="")
