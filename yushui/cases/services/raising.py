"""Money raised for a case (募捐): donations go into a fund with the case as their key, help is paid out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.base.evidence import Sent
from yushui.base.money import show_yuan
from yushui.base.refusals import Problem, Refused
from yushui.cases.models import Case
from yushui.cases.permissions import check_holds
from yushui.cases.rules.cases import AidFacts
from yushui.cases.selectors.cases import get_clear_case, helps_now
from yushui.cases.selectors.raising import origin_of, raised_for
from yushui.cases.services.rows import day_of, log, write
from yushui.cases.types.cases import Act
from yushui.funds.models import Donation
from yushui.funds.services.donations import add_donation
from yushui.funds.types.donations import DonationDraft


@transaction.atomic
def add_case_donation(
    *, actor: User, case_id: int, draft: DonationDraft, sent: Sequence[Sent] = (), at: datetime
) -> Donation:
    """Record what somebody gives for a case: a donation of the funds ledger, and with it every receipt, that names the
    case. Refused before the plan is agreed to; the same form sent twice is one."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.AIDED, on)
    problems = []
    if not case.kind.raises_money:
        problems.append(Problem("这类办件不募捐", next_step="捐赠请在“经费与捐赠”里登记"))
    elif not helps_now(case):
        problems.append(Problem("募捐方案还没有同意", next_step="审批同意以后再登记捐赠"))
    if problems:
        raise Refused(*problems)
    named = replace(draft, origin=origin_of(case), origin_words=f"{case.kind.name} {case.number}")
    before = Donation.objects.filter(client_key=draft.client_key.strip()).exists()
    donation = add_donation(actor=actor, draft=named, sent=sent, at=at)
    if not before:
        write(case, Act.NOTED, actor=actor, at=at, words=f"登记捐赠 {show_yuan(donation.promised_fen)} 元")
        log(case, "noted", actor=actor, at=at, files=0)
    return donation


def problems_of_raised(actor: User, case: Case, facts: AidFacts | None) -> list[Problem]:
    """No more goes out for a 募捐 than came in for it. The case is locked, so that of two payments at once the second
    sees the first."""
    if not case.kind.raises_money or facts is None or facts.means != "CASH" or facts.fen is None:
        return []
    Case.objects.select_for_update().get(pk=case.pk)
    raised = raised_for(actor=actor, case=case)
    came, left = (raised.raised_fen, raised.left_fen) if raised is not None else (0, 0)
    if facts.fen <= left:
        return []
    words = f"本次募捐到账 {show_yuan(came)} 元,未拨付 {show_yuan(left)} 元,还差 {show_yuan(facts.fen - left)} 元"
    return [Problem(words, where="金额", next_step="请核对金额,或先登记到账的捐赠")]
