"""The telephone number of who asks, in full: shown on purpose only, and logged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.cases.permissions import check_reveal_phone
from yushui.cases.selectors.cases import get_clear_case
from yushui.cases.services.rows import day_of, log


@transaction.atomic
def reveal_case_phone(*, actor: User, case_id: int, purpose: str, at: datetime) -> str:
    """The number kept with a case: who saw it and what for is in the log, the number is not."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_reveal_phone(actor, case, on)
    problems: list[Problem] = []
    what_for = read_line(purpose, "用途", problems, longest=200)
    if len(what_for) < 2:
        problems.append(Problem("请写明查看的用途", where="用途", next_step="例如“通知来取答复”"))
    if problems:
        raise Refused(*problems)
    log(case, "phone_revealed", actor=actor, at=at, purpose=what_for)
    return str(case.asker_phone)
