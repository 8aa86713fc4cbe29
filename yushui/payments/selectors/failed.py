"""The queue of refused payments: who waits, why, and whether the account was corrected."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.payments.models import Line, LineResult
from yushui.payments.selectors import places_of
from yushui.payments.types import FailedPayment
from yushui.people.models import BankAccount
from yushui.policy.types import BENEFIT_NAMES


def failed_lines(actor: User) -> QuerySet[Any]:
    """Lines the bank refused whose month has not been put into a batch again; `whole` is the person now, for an entry
    that was merged since (并档) the kept one."""
    need(actor, "payments.view")
    same = Q(person=OuterRef("person_id")) | Q(person=OuterRef("person__merged_into_id"))
    again = Line.objects.filter(same, is_live=True, benefit=OuterRef("benefit"), month=OuterRef("month"))
    lines = in_scope(Line.objects.filter(result=LineResult.FAILED), actor, "area_code")
    return lines.filter(~Exists(again)).annotate(whole=Coalesce("person__merged_into_id", "person_id"))


def count_failed(*, actor: User) -> int:
    """How many persons wait in the queue of refused payments."""
    return failed_lines(actor).aggregate(n=Count("whole", distinct=True))["n"] or 0


def list_failed(*, actor: User) -> list[FailedPayment]:
    """Refused payments: a row per person and batch, the bank's reason, and whether the account was corrected since."""
    rows = (
        failed_lines(actor)
        .values_list("whole", "person__name", "area_code", "batch_id", "batch__title", "failed_reason", "benefit")
        .annotate(fen=Sum("fen"), first=Min("month"), last=Max("month"))
        .order_by("area_code", "whole", "batch_id", "benefit")
    )
    found: dict[tuple[int, int], FailedPayment] = {}
    for person_id, name, area_code, batch_id, title, reason, benefit, fen, first, last in rows:
        item = found.get((person_id, batch_id))
        if item is None:
            item = FailedPayment(person_id, name, area_code, "", batch_id, title, 0, first, last, reason)
            found[person_id, batch_id] = item
        item.fen += fen
        item.first_month, item.last_month = min(item.first_month, first), max(item.last_month, last)
        item.benefits.append(BENEFIT_NAMES.get(benefit, benefit))
    add_accounts(list(found.values()))
    return list(found.values())


def add_accounts(items: list[FailedPayment]) -> None:
    """Fill in village names and the state of the accounts in use now."""
    places = places_of(item.area_code for item in items)
    accounts = {
        account.person_id: account
        for account in BankAccount.objects.filter(person_id__in={item.person_id for item in items}, superseded_at=None)
    }
    for item in items:
        item.area_name = places[item.area_code]
        account = accounts.get(item.person_id)
        if account is not None:
            item.account_tail = account.number[-4:]
            item.is_corrected = account.is_confirmed and not account.problem
