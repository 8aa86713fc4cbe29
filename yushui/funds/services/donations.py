"""Verbs of donations: a promise, what came of it, its end, thanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.evidence import Sent
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line, typed_yuan
from yushui.funds.models import Donation, Entry
from yushui.funds.permissions.money import check_spend
from yushui.funds.rules.donations import DonationFacts, read_donation
from yushui.funds.selectors.donations import donation_sheet, get_donation
from yushui.funds.selectors.money import get_fund
from yushui.funds.services.money import problems_of_fund, record_income
from yushui.funds.types.donations import DonationDraft
from yushui.funds.types.money import EntryDraft


@transaction.atomic
def add_donation(*, actor: User, draft: DonationDraft, sent: Sequence[Sent] = (), at: datetime) -> Donation:
    """Record a donation and what has come already; the same form sent twice is one donation."""
    check_spend(actor)
    known = Donation.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    facts, problems = read_donation(draft, today=timezone.localtime(at).date())
    fund = get_fund(actor=actor, fund_id=draft.fund_id) if draft.fund_id is not None else None
    if fund is not None:
        if fund.kind == "BUDGET":
            problems.append(
                Problem("捐赠不能进预算经费", where="资金", next_step="请选关爱基金或捐赠资金,没有就先设立一个")
            )
        problems += problems_of_fund(fund, None)
    if facts is None or fund is None or problems:
        raise Refused(*problems)
    with once():
        donation = Donation.objects.create(
            fund=fund, area_id=fund.area_id, donor_kind=facts.donor_kind, donor_name=facts.donor_name,
            is_unnamed=facts.is_unnamed, promised_fen=facts.promised_fen, promised_on=facts.promised_on,
            wish=facts.wish, note=facts.note, origin=draft.origin,
            origin_words=draft.origin_words, client_key=facts.client_key, recorded_at=at, recorded_by=actor.pk,
            recorded_name=actor.get_full_name(),
        )  # fmt: skip
    audit.record(
        actor=actor, action="funds.donation.added", subject=donation, area_code=donation.area_id, at=at,
        fen=donation.promised_fen, what=fund.name,
    )  # fmt: skip
    if facts.received_fen:
        take_money(actor, donation, first_receipt(facts), sent, at)
    return donation


def first_receipt(facts: DonationFacts) -> EntryDraft:
    """What came with the promise, as an entry of the ledger."""
    return EntryDraft(
        on=facts.promised_on.isoformat(), amount=typed_yuan(facts.received_fen), voucher=facts.voucher,
        client_key=f"{facts.client_key}-1"[-36:],
    )  # fmt: skip


def take_money(actor: User, donation: Donation, draft: EntryDraft, sent: Sequence[Sent], at: datetime) -> Entry:
    """An entry of the ledger for a donation; its words name no donor, the row itself leads there."""
    whole = EntryDraft(
        on=draft.on, amount=draft.amount, voucher=draft.voucher, client_key=draft.client_key,
        words=f"捐赠到账({donation.get_donor_kind_display()})", origin=donation.origin,
        origin_words=donation.origin_words,
    )  # fmt: skip
    return record_income(actor=actor, fund_id=donation.fund_id, draft=whole, sent=sent, at=at, donation=donation)


@transaction.atomic
def receive_donation(
    *, actor: User, donation_id: int, draft: EntryDraft, sent: Sequence[Sent] = (), at: datetime
) -> Entry:
    """Money of a promise that came later."""
    check_spend(actor)
    donation = get_donation(actor=actor, donation_id=donation_id, lock=True)
    if donation.ended_at is not None:
        raise Refused(Problem("这笔捐赠已终止", next_step="又到账的,请另行登记一笔捐赠"))
    return take_money(actor, donation, draft, sent, at)


@transaction.atomic
def end_donation(*, actor: User, donation_id: int, reason: str, at: datetime) -> Donation:
    """The rest of a promise will not come; what came stays."""
    check_spend(actor)
    donation = get_donation(actor=actor, donation_id=donation_id, lock=True)
    problems: list[Problem] = []
    why = read_line(reason, "终止原因", problems, longest=120)
    if not why:
        problems.append(Problem("没有写终止原因", where="终止原因", next_step="例如:企业停业,来函终止"))
    if donation.ended_at is not None:
        problems.append(Problem("这笔捐赠已经终止"))
    elif donation_sheet(actor=actor, donation_id=donation_id).state == "RECEIVED":
        problems.append(Problem("承诺的已全部到账,不用终止", next_step="登记错了的,请冲销到账那一笔"))
    if problems:
        raise Refused(*problems)
    donation.ended_at, donation.ended_reason = at, why
    donation.save(update_fields=["ended_at", "ended_reason"])
    audit.record(
        actor=actor, action="funds.donation.ended", subject=donation, area_code=donation.area_id, at=at, reason=why
    )
    return donation


@transaction.atomic
def thank_donor(*, actor: User, donation_id: int, at: datetime) -> Donation:
    """The letter of thanks was handed over or sent; once."""
    check_spend(actor)
    donation = get_donation(actor=actor, donation_id=donation_id, lock=True)
    if donation.thanked_on is None:
        donation.thanked_on, donation.thanked_name = timezone.localtime(at).date(), actor.get_full_name()
        donation.save(update_fields=["thanked_on", "thanked_name"])
        audit.record(actor=actor, action="funds.donation.thanked", subject=donation, area_code=donation.area_id, at=at)
    return donation
