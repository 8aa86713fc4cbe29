"""Paying back in parts: what was agreed, by day. Money that comes is recorded like any other recovered money."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import Instalment
from yushui.benefits.rules import MOST_INSTALMENTS, parts_of
from yushui.benefits.selectors.recoveries import get_recovery, left_of


@transaction.atomic
def agree_instalments(*, actor: User, recovery_id: int, first_on: date, number: int, at: datetime) -> list[Instalment]:
    """Agree that what is left comes back in so many monthly parts. An earlier agreement is superseded and stays on
    file; the same one sent twice is one. Raises Refused with all problems."""
    recovery = get_recovery(actor=actor, recovery_id=recovery_id, lock=True)
    need_to_act(actor, "benefits.recover", "约定分期")
    left = left_of(recovery)
    problems = []
    if recovery.closed_at is not None:
        problems.append(Problem("这件追缴已经结清"))
    if not 1 <= number <= MOST_INSTALMENTS:
        problems.append(Problem(f"期数应为 1 至 {MOST_INSTALMENTS}", where="期数"))
    elif left < number:
        problems.append(Problem("分得太细,每期不到一分钱", where="期数"))
    if first_on < timezone.localtime(recovery.opened_at).date():
        problems.append(Problem("早于登记追缴的日子", where="第一期日期"))
    if problems:
        raise Refused(*problems)
    wanted = parts_of(left, first_on, number)
    held = Instalment.objects.filter(recovery=recovery, superseded_at=None).order_by("due_on")
    if [(part.due_on, part.fen) for part in held] == wanted:
        return list(held)
    held.update(superseded_at=at)
    made = Instalment.objects.bulk_create(
        Instalment(recovery=recovery, due_on=due_on, fen=fen, agreed_at=at, agreed_by=actor.pk)
        for due_on, fen in wanted
    )
    audit.record(
        actor=actor, action="benefits.instalments.agreed", subject=recovery, area_code=recovery.area_code, at=at,
        number=number, first_on=first_on, fen=left,
    )  # fmt: skip
    return made
