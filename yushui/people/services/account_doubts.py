"""The bank refused an account: it stays on file as not confirmed, with the bank's words, until somebody corrects it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.people.models import BankAccount


@transaction.atomic
def doubt_accounts(*, actor: User, refused: Mapping[int, str], at: datetime) -> int:
    """Add a version marked not confirmed for each account (id → reason) still in use; how many were marked.

    Called by the taking of a bank return, which has checked the actor's right. An account that was changed since the
    payment was sent is left alone: the refusal speaks of the old one.
    """
    marked = 0
    for account in BankAccount.objects.filter(pk__in=list(refused), superseded_at=None).select_related("person"):
        reason = refused[account.pk]
        BankAccount.objects.filter(pk=account.pk).update(superseded_at=at)
        BankAccount.objects.create(
            person_id=account.person_id,
            bank=account.bank,
            holder_name=account.holder_name,
            holder_relation=account.holder_relation,
            holder_reason=account.holder_reason,
            number=account.number,
            number_index=account.number_index,
            is_confirmed=False,
            problem=reason[:80],
            source="bank return",
            recorded_at=at,
            recorded_by=actor.pk,
        )
        audit.record(
            actor=actor, action="people.account.doubted", subject=account.person, at=at,
            area_code=account.person.area_id, reason=reason,
        )  # fmt: skip
        marked += 1
    return marked
