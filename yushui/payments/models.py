"""Batches and lines, the bank's answers, reversals. Rows of money are never edited or deleted (triggers hold it)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.base.models import StoredFile
from yushui.people.models import BankAccount, Person


class BatchState(models.TextChoices):
    DRAFT = "DRAFT", "草稿"
    SUBMITTED = "SUBMITTED", "待复核"
    REVIEWED = "REVIEWED", "待审批"
    APPROVED = "APPROVED", "待送银行"
    SENT = "SENT", "待回单"
    SETTLED = "SETTLED", "已结清"
    WITHDRAWN = "WITHDRAWN", "已作废"


class Batch(models.Model):
    """A payment batch of one area and month.

    DRAFT → SUBMITTED → REVIEWED → APPROVED → SENT → SETTLED; before SENT it can be sent back to DRAFT with a reason.
    Three different people submit, review and approve. WITHDRAWN frees its lines.
    """

    title = models.CharField(max_length=80)
    area_code = models.CharField(max_length=12)
    month = models.IntegerField()
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.DRAFT)
    is_history = models.BooleanField(default=False)  # taken over from the ledger kept before this system
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()
    origin = models.CharField(max_length=200, blank=True)  # path of the page that tells how the batch came about
    bank_profile = models.CharField(max_length=40, blank=True)
    bank_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True)
    line_count = models.PositiveIntegerField(default=0)
    total_fen = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["area_code", "month"])]


class BatchStep(models.Model):
    """One step of a batch: who took it, from which state to which, and why. Append-only."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="steps")
    was = models.CharField(max_length=10, choices=BatchState)
    now = models.CharField(max_length=10, choices=BatchState)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)


class LineResult(models.TextChoices):
    WAITING = "WAITING", "待回单"
    PAID = "PAID", "已发"
    FAILED = "FAILED", "退回"
    WITHDRAWN = "WITHDRAWN", "作废"


class Line(models.Model):
    """One person, one benefit, one month. `turn` 0 is the first payment of that month, 1, 2 … are arrears for it.

    A line counts as paid while `is_live`; a failed or withdrawn line is not live and its month falls due again.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="payment_lines")
    area_code = models.CharField(max_length=12)  # the person's village when the line was made
    benefit = models.CharField(max_length=40)
    month = models.IntegerField()
    turn = models.PositiveSmallIntegerField(default=0)
    fen = models.BigIntegerField()
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, null=True)
    result = models.CharField(max_length=10, choices=LineResult, default=LineResult.WAITING)
    failed_reason = models.CharField(max_length=80, blank=True)
    is_live = models.BooleanField(default=True)
    settled_on = models.DateField(null=True)
    is_bank_excess = models.BooleanField(default=False)  # what the bank paid beyond the batch, by its return

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit", "month", "turn"], condition=Q(is_live=True), name="paid_once"
            ),
            models.CheckConstraint(condition=Q(fen__gt=0), name="line_is_positive"),
        ]
        indexes = [
            models.Index(fields=["batch", "person"]),
            models.Index(fields=["month", "area_code"]),
            models.Index(fields=["person", "month"]),
            models.Index(fields=["area_code"], condition=Q(result="FAILED"), name="failed_lines"),  # few of very many
        ]


class BankReturn(models.Model):
    """A return file of the bank, kept as it came."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="returns")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    taken_at = models.DateTimeField()
    taken_by = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "file"], name="a_return_is_taken_once")]


class ReturnClass(models.TextChoices):
    PAID = "PAID", "发放成功"
    FAILED = "FAILED", "退回"
    DIFFERS = "DIFFERS", "金额不符"
    UNKNOWN = "UNKNOWN", "无法对应"
    DOUBLE = "DOUBLE", "重复"


class ReturnRow(models.Model):
    """One row of a return, in exactly one class. `person` is whom it answers for, if anybody of the batch."""

    bank_return = models.ForeignKey(BankReturn, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()  # line in the file, from 1
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    reference = models.CharField(max_length=40, blank=True)  # as the bank wrote it
    fen = models.BigIntegerField(null=True)
    asked_fen = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=8, choices=ReturnClass)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank_return", "number"], name="one_class_per_row")]


class Reversal(models.Model):
    """Money that came back: paid lines undone in whole or part by a row of its own."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="reversals")
    fen = models.BigIntegerField()
    on = models.DateField()
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="reversal_is_positive")]
