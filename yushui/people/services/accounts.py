"""Where a person's money goes. A new account closes the old one; both stay on file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import cipher
from yushui.base.refusals import Refused
from yushui.people import rules
from yushui.people.models import BankAccount
from yushui.people.permissions import check_change_people
from yushui.people.selectors import get_for_change


@transaction.atomic
def set_account(
    *,
    actor: User,
    person_id: int,
    bank: str,
    number: str,
    holder_name: str,
    at: datetime,
    holder_reason: str = "",
    holder_relation: str = "",
    is_checked: bool = False,
    source: str = "",
) -> BankAccount:
    """Set the account in use from now on. An account in another name needs who that is to the person (代领人) and why;
    every check before a payment shows it. A card number with a wrong last digit needs `is_checked`: somebody compared
    it with the card."""
    person = get_for_change(actor=actor, person_id=person_id)
    check_change_people(actor)
    plain = rules.plain_account(number)
    problems = rules.problems_of_account(
        bank=bank, number=plain, holder_name=holder_name, name=person.name, holder_reason=holder_reason,
        is_checked=is_checked, holder_relation=holder_relation,
    )  # fmt: skip
    if problems:
        raise Refused(*problems)
    old = BankAccount.objects.filter(person=person, superseded_at=None).first()
    if old is not None:
        BankAccount.objects.filter(pk=old.pk).update(superseded_at=at)
    account = BankAccount.objects.create(
        person=person, bank=bank.strip(), holder_name=holder_name.strip(), holder_reason=holder_reason.strip(),
        holder_relation=holder_relation,
        number=plain, number_index=cipher.blind(plain, "account"), source=source, recorded_at=at,
        recorded_by=actor.pk,
    )  # fmt: skip
    audit.record(
        actor=actor, action="people.account.set", subject=person, area_code=person.area_id, at=at,
        was={"bank": old.bank} if old else None, now={"bank": account.bank},
        is_number_new=old is None or old.number_index != account.number_index,
        is_own_name=account.holder_name == person.name, reason=account.holder_reason,
        relation=account.get_holder_relation_display(),
    )  # fmt: skip
    return account
