"""Money spent on a 实事 project: an entry of the funds ledger with the project as its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.base.evidence import Sent
from yushui.base.refusals import Problem, Refused
from yushui.cases.selectors.deeds import origin_of
from yushui.cases.selectors.needs import get_deed
from yushui.funds.models import Entry
from yushui.funds.services.money import record_spending
from yushui.funds.types.money import EntryDraft


@transaction.atomic
def spend_for_deed(
    *, actor: User, deed_id: int, fund_id: int | None, draft: EntryDraft, sent: Sequence[Sent] = (), at: datetime
) -> Entry:
    """Money out of a fund for a project, also after its acceptance (a last bill); refused for one that was dropped and,
    as everywhere, when the balance would fall below zero."""
    project = get_deed(actor=actor, deed_id=deed_id)
    problems = []
    if project.state == "DROPPED":
        problems.append(Problem("项目已取消,不能再登记支出"))
    if fund_id is None:
        problems.append(Problem("没有选从哪个资金支出", where="资金", next_step="请选一笔资金"))
    if problems or fund_id is None:
        raise Refused(*problems)
    whole = replace(draft, origin=origin_of(project), origin_words=project.title)
    return record_spending(actor=actor, fund_id=fund_id, draft=whole, sent=sent, at=at)
