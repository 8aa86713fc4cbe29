"""Funds and their ledgers. Entries are only added: triggers refuse change and removal (migrations)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.evidence import Evidence
from yushui.base.kinds import Kind
from yushui.base.revisions import Revised
from yushui.funds.models.care import Application
from yushui.funds.models.donations import Donation
from yushui.funds.types import money as types
from yushui.people.models import Person
from yushui.places.models import Area


class UseKind(Kind):
    """What money is spent on (用途), from catalogue/fund_uses.yaml or added by a county."""


class Fund(Revised):
    """A pot of money (资金) of an area: a budget line of a year, a care fund, donated money.

    `planned_fen` is the budget figure; what is there is only what its entries say. Each service locks this row before
    it reckons the balance, so two payments at once are judged one after the other.
    """

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=list(types.FUND_NAMES.items()))
    source = models.CharField(max_length=10, choices=list(types.SOURCE_NAMES.items()))
    year = models.PositiveSmallIntegerField(null=True)
    use = models.ForeignKey(UseKind, on_delete=models.PROTECT, null=True, related_name="+")
    planned_fen = models.BigIntegerField(default=0)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    note = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=36)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)
    opened_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_fund_per_key"),
            models.UniqueConstraint(fields=["area", "year", "name"], name="budget_named_once"),
            models.UniqueConstraint(fields=["area", "name"], condition=Q(year=None), name="fund_named_once"),
            models.CheckConstraint(condition=Q(planned_fen__gte=0), name="budget_not_negative"),
            models.CheckConstraint(
                condition=Q(kind="BUDGET", year__isnull=False) | (~Q(kind="BUDGET") & Q(year=None)),
                name="budget_has_year",
            ),
        ]
        indexes = [models.Index(fields=["area", "year"]), models.Index(fields=["year", "id"])]

    def __str__(self) -> str:
        return self.name


class Overdraft(models.Model):
    """A named approval (超支审批) that a fund may go below zero by `fen` before `ends_on`. Another person decides."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="overdrafts")
    fen = models.BigIntegerField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=list(types.OVERDRAFT_NAMES.items()), default="ASKED")
    client_key = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_name = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=40, blank=True)
    decided_words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_overdraft_per_key"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="overdraft_above_zero"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="overdraft_decided_by_another"
            ),
        ]
        indexes = [models.Index(fields=["fund", "state"]), models.Index(fields=["state", "id"])]


class Entry(models.Model):
    """A row of a fund's ledger. `fen` is its effect on the balance: a reversal has the side of what it reverses and
    the opposite sign, so sums of a side are net of mistakes.

    `origin` is the text key of the row that caused it (`cases.case:7`), `origin_words` its name at that time.
    `approved_by` decided on it when it helps a person; `overdraft` names who let the fund run below zero.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="entries")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # of the fund
    side = models.CharField(max_length=3, choices=list(types.SIDE_NAMES.items()))
    fen = models.BigIntegerField()
    on = models.DateField()
    use = models.ForeignKey(UseKind, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=120)
    payee = models.CharField(max_length=60, blank=True)
    voucher = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    origin_words = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, null=True, related_name="receipts")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="payments")
    overdraft = models.ForeignKey(Overdraft, on_delete=models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    approved_by = models.BigIntegerField(null=True)
    approved_name = models.CharField(max_length=40, blank=True)
    client_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_money_entry_per_key"),
            models.CheckConstraint(
                condition=Q(reverses=None, side="IN", fen__gt=0)
                | Q(reverses=None, side="OUT", fen__lt=0)
                | Q(reverses__isnull=False, side="IN", fen__lt=0)
                | Q(reverses__isnull=False, side="OUT", fen__gt=0),
                name="entry_sign_fits_side",
            ),
            models.CheckConstraint(condition=Q(side="IN") | Q(use__isnull=False), name="spending_has_use"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("recorded_by")), name="entry_approved_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["fund", "on", "fen"]),
            models.Index(fields=["area", "on"]),
            models.Index(fields=["on", "id"]),
            models.Index(fields=["origin"]),
        ]


class EntryEvidence(Evidence):
    """The voucher of an entry (下拨凭证、发票、签收单)."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["entry", "id"])]
