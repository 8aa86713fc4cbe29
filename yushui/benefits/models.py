"""Month runs: what was due, what had been paid, the difference, and why a line is held."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.payments.models import Batch, Line
from yushui.people.models import BankAccount, Person
from yushui.policy.models import LawVersion


class Run(models.Model):
    """One calculation for an area and month. Law version, known-at moment and the inputs' hash make it repeatable."""

    area_code = models.CharField(max_length=12)
    month = models.IntegerField()
    first_open_month = models.IntegerField()
    known_at = models.DateTimeField()
    law = models.ForeignKey(LawVersion, on_delete=models.PROTECT)
    inputs_digest = models.CharField(max_length=64)
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, null=True, related_name="run")
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()
    is_abandoned = models.BooleanField(default=False)  # a newer run of the same month took its place

    class Meta:
        indexes = [models.Index(fields=["area_code", "month", "id"])]


class RunOrder(models.Model):
    """A run that was asked for and is made in the background (benefits.jobs). `run` is set in the transaction that
    writes the run, so that a job taken up again after a kill makes nothing twice."""

    area_code = models.CharField(max_length=12)
    month = models.IntegerField()
    ordered_at = models.DateTimeField()
    ordered_by = models.BigIntegerField()
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="order")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_code", "month"], condition=Q(run=None), name="one_order_at_a_time")
        ]


class Cause(models.TextChoices):
    CURRENT = "CURRENT", "本月"
    ARREARS = "ARREARS", "补发"
    OVERPAID = "OVERPAID", "多发"
    SETTLED = "SETTLED", "已发足"


class Change(models.TextChoices):
    """How a person's month compares with the month before; the whole person is in one class, so heads add up."""

    NEW = "NEW", "新增"
    STOPPED = "STOPPED", "停发"
    CHANGED = "CHANGED", "变动"
    SAME = "SAME", "不变"


class RunLine(models.Model):
    """Due, paid and the difference of one person, benefit and month. Months already settled are left out,
    except the month of the run itself, which is always here so that two runs can be compared."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    area_code = models.CharField(max_length=12)
    status_lineage = models.BigIntegerField(null=True)  # none when nothing is due any more
    benefit = models.CharField(max_length=40)
    month = models.IntegerField()
    due_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField()
    written_off_fen = models.BigIntegerField(default=0, db_default=0)  # of what was overpaid, given up before
    turn = models.PositiveSmallIntegerField(default=0)  # which payment of that month this would be
    cause = models.CharField(max_length=10, choices=Cause)
    rate = models.CharField(max_length=160, blank=True)  # key of the rate row used
    last_fen = models.BigIntegerField(default=0)  # the month before; only on rows of the run's own month
    change = models.CharField(max_length=8, choices=Change, blank=True)  # only on rows of the run's own month
    reason = models.CharField(max_length=120, blank=True)  # why it differs from the month before, or why arrears
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, null=True)  # where it would go
    held = models.CharField(max_length=200, blank=True)  # why the line is kept out of the batch, in words
    noted = models.CharField(max_length=200, blank=True)  # what the checker should know; does not hold the line

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person", "benefit", "month"], name="one_line_a_month")]
        indexes = [models.Index(fields=["run", "cause"]), models.Index(fields=["run", "area_code", "person"])]


class RunQuestion(models.Model):
    """What the engine had to ask: a missing fact or value, for one person and benefit. Nothing is paid on a guess."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    area_code = models.CharField(max_length=12)
    benefit = models.CharField(max_length=40)
    ask = models.CharField(max_length=80)
    first_month = models.IntegerField()
    end_month = models.IntegerField()


class Recovery(models.Model):
    """Overpayment found by a run: a case to be worked, never a silent deduction."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    area_code = models.CharField(max_length=12)
    benefit = models.CharField(max_length=40)
    first_month = models.IntegerField()
    end_month = models.IntegerField()
    fen = models.BigIntegerField()
    recovered_fen = models.BigIntegerField(default=0)
    written_off_fen = models.BigIntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit"], condition=Q(closed_at=None), name="one_open_recovery"
            ),
        ]


class WriteOffState(models.TextChoices):
    ASKED = "ASKED", "待复核"
    REVIEWED = "REVIEWED", "待审批"
    APPROVED = "APPROVED", "已核销"
    REFUSED = "REFUSED", "未同意"


class WriteOff(models.Model):
    """Money given up (核销): asked for with a reason, reviewed and approved by two others. It never becomes a reversal:
    the person keeps what was paid, and no later run asks for it again."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="write_offs")
    fen = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=WriteOffState, default=WriteOffState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_name = models.CharField(max_length=40)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.BigIntegerField(null=True)
    reviewed_name = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=40, blank=True)
    opinion = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recovery"], condition=Q(state__in=["ASKED", "REVIEWED"]), name="one_write_off_at_a_time"
            ),
            models.CheckConstraint(condition=Q(fen__gt=0), name="write_off_is_positive"),
            models.CheckConstraint(condition=~Q(reviewed_by=F("asked_by")), name="write_off_asker_does_not_review"),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("reviewed_by")))
                | Q(state="REFUSED"),
                name="write_off_by_three_people",
            ),
        ]
        indexes = [models.Index(fields=["state", "recovery"])]


class WrittenOff(models.Model):
    """The months an approved write-off stands for; a run counts them as settled."""

    write_off = models.ForeignKey(WriteOff, on_delete=models.PROTECT, related_name="months")
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    benefit = models.CharField(max_length=40)
    month = models.IntegerField()
    fen = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["write_off", "month"], name="a_month_once_in_a_write_off")]
        indexes = [models.Index(fields=["month", "person"])]


class Instalment(models.Model):
    """A part of a recovery that the person agreed to pay back by a day; a new agreement supersedes the old one."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="instalments")
    due_on = models.DateField()
    fen = models.BigIntegerField()
    agreed_at = models.DateTimeField()
    agreed_by = models.BigIntegerField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="instalment_is_positive"),
            models.UniqueConstraint(
                fields=["recovery", "due_on"], condition=Q(superseded_at=None), name="one_instalment_a_day"
            ),
        ]


class Hold(models.Model):
    """暂缓发放: an officer keeps a person out of payment for a reason, until released. What is due keeps adding up."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    reason = models.CharField(max_length=120)
    held_at = models.DateTimeField()
    held_by = models.BigIntegerField()
    released_at = models.DateTimeField(null=True)
    released_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(released_at=None), name="one_hold_at_a_time")
        ]


class LocalValue(models.Model):
    """A value that a county enters (average wage, minimum wage …) where the law leaves it to the place; fen."""

    area_code = models.CharField(max_length=12)
    name = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    document = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "name", "year"], condition=Q(superseded_at=None), name="one_value_a_year"
            )
        ]


class Claim(models.Model):
    """A one-off sum (一次性待遇) of a person: the law, the facts and the amount as they were when it was asked for.

    `origin` is the text key of the row above that it is asked for (`honours.goodnews:7`). What became of it stands in
    its lines (ClaimLine): nothing of that is kept here.
    """

    benefit = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    area_code = models.CharField(max_length=12)  # whose law it was, and whose office asks
    origin = models.CharField(max_length=60)
    origin_words = models.CharField(max_length=120)
    occurred_on = models.DateField()
    fen = models.BigIntegerField()
    law = models.ForeignKey(LawVersion, on_delete=models.PROTECT)
    document = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    raised_by = models.BigIntegerField()
    raised_name = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="claim_is_positive"),
            models.UniqueConstraint(
                fields=["origin", "benefit"], condition=Q(withdrawn_at=None), name="asked_for_once"
            ),
        ]
        indexes = [models.Index(fields=["area_code", "id"])]


class ClaimFact(models.Model):
    """A fact of a claim by its name in the law (policy.rules.claims), so that it can be worked out again."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "name"], name="fact_once_in_a_claim")]


class ClaimLine(models.Model):
    """A payment of a claim; refused by the bank, it gets another in a later batch."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="claim_line")
