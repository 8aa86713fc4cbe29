"""Letting a fund run below zero: asked by one, decided by another, ended by either."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line
from yushui.funds.models import Overdraft
from yushui.funds.permissions.money import check_another, check_spend, visible_funds
from yushui.funds.rules.money import read_overdraft
from yushui.funds.selectors.money import get_fund
from yushui.funds.services.money import problems_of_fund
from yushui.funds.types.money import OVERDRAFT_NAMES, OverdraftDraft


@transaction.atomic
def ask_overdraft(*, actor: User, fund_id: int, draft: OverdraftDraft, at: datetime) -> Overdraft:
    """Ask that a fund may go below zero; the same form sent twice asks once."""
    check_spend(actor)
    fund = get_fund(actor=actor, fund_id=fund_id, lock=True)
    known = Overdraft.objects.filter(client_key=draft.client_key.strip(), asked_by=actor.pk).first()
    if known is not None:
        return known
    facts, problems = read_overdraft(draft, today=timezone.localtime(at).date())
    problems += problems_of_fund(fund, None)
    if fund.overdrafts.filter(state="ASKED").exists():
        problems.append(Problem("已有一份超支申请在等审批", next_step="请先等审批人办理"))
    if facts is None or problems:
        raise Refused(*problems)
    with once():
        asked = Overdraft.objects.create(
            fund=fund, fen=facts.fen, ends_on=facts.ends_on, reason=facts.reason, client_key=facts.client_key,
            asked_at=at, asked_by=actor.pk, asked_name=actor.get_full_name(),
        )  # fmt: skip
    audit.record(
        actor=actor, action="funds.overdraft.asked", subject=asked, area_code=fund.area_id, at=at, fen=asked.fen,
        reason=asked.reason,
    )  # fmt: skip
    return asked


@transaction.atomic
def decide_overdraft(*, actor: User, overdraft_id: int, verdict: str, words: str, at: datetime) -> Overdraft:
    """Grant or refuse what another asked for, or take a grant back (ENDED)."""
    need_to_act(actor, "funds.approve", "审批超支")
    asked = Overdraft.objects.select_for_update().filter(pk=overdraft_id, fund__in=visible_funds(actor)).first()
    if asked is None:
        raise NotFound
    check_another(actor, asked.asked_by, "审批")
    problems: list[Problem] = []
    said = read_line(words, "审批意见", problems, longest=200)
    wanted = {"GRANTED": "ASKED", "REFUSED": "ASKED", "ENDED": "GRANTED"}.get(verdict)
    if wanted is None:
        problems.append(Problem("没有选同意还是不同意", where="审批结果", next_step="请选一种"))
    elif asked.state != wanted:
        problems.append(Problem(f"这份超支申请{OVERDRAFT_NAMES[asked.state]},不能再办", next_step="请刷新页面核对"))
    if verdict in {"REFUSED", "ENDED"} and not said:
        problems.append(Problem("没有写理由", where="审批意见", next_step="请写明理由"))
    if problems:
        raise Refused(*problems)
    was = asked.state
    asked.state, asked.decided_words = verdict, said
    asked.decided_at, asked.decided_by, asked.decided_name = at, actor.pk, actor.get_full_name()
    asked.save()
    audit.record(
        actor=actor, action="funds.overdraft.decided", subject=asked, area_code=asked.fund.area_id, at=at, was=was,
        now=verdict, fen=asked.fen,
    )  # fmt: skip
    return asked
