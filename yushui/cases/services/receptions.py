"""A leader receives who asks (领导接访): appointed, held, or fallen out. The case is open to him from then on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_day, read_key, read_line
from yushui.cases.models import Case, Reception
from yushui.cases.permissions import check_holds
from yushui.cases.selectors.cases import get_clear_case
from yushui.cases.selectors.receptions import leaders_for
from yushui.cases.services.rows import day_of, log, write
from yushui.cases.types.cases import Act
from yushui.cases.types.needs import ReceptionDraft


@transaction.atomic
def plan_reception(*, actor: User, case_id: int, draft: ReceptionDraft, at: datetime) -> Reception:
    """Appoint a leader's reception (约访): a leader with an account, who then sees the case, or one by name. The same
    form sent twice is one."""
    on = day_of(at)
    known = Reception.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if draft.client_key and known is not None and known.case_id == case_id:
        return known
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.NOTED, on)
    problems: list[Problem] = []
    host = next((user for user in leaders_for(case=case) if user.pk == draft.host_id), None)
    name = host.get_full_name() if host else read_line(draft.host_name, "接访领导", problems, longest=40)
    place = read_line(draft.place, "地点", problems, longest=60)
    day = read_day(draft.planned_on, "约访日期", problems)
    key = read_key(draft.client_key, problems)
    if draft.host_id is not None and host is None:
        problems.append(Problem("名单里没有这位领导", where="接访领导", next_step="请重新选择,或写姓名"))
    elif not name:
        problems.append(Problem("请选择由谁接访", where="接访领导", next_step="名单里没有的,写姓名"))
    if problems or day is None:
        raise Refused(*problems)
    with once():
        row = Reception.objects.create(
            case=case, host_name=name, host_user=host.pk if host else None, planned_on=day, place=place,
            client_key=key, recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    write(case, Act.NOTED, actor=actor, at=at, words=f"约访:{day} {name}接访{' ' + place if place else ''}")
    log(case, "reception_planned", actor=actor, at=at, on=day, host=host.pk if host else None)
    return row


@transaction.atomic
def hold_reception(*, actor: User, case_id: int, reception_id: int, is_held: bool, words: str, at: datetime) -> Case:
    """Write down that a reception was held today, or why it fell out: by who handles the case, or by the leader."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    row = case.receptions.filter(pk=reception_id, held_on=None, dropped_reason="").first()
    if row is not None and row.host_user == actor.pk:
        need_to_act(actor, "cases.act", "登记接访")
    else:
        check_holds(actor, case, Act.NOTED, on)
    if row is None:
        raise Refused(Problem("没有等着登记的约访", next_step="请打开最新的记录核对"))
    problems: list[Problem] = []
    text = read_line(words, "接访情况", problems, longest=120)
    if not text:
        problems.append(Problem("请写接访情况或未接访原因", where="接访情况"))
    if problems:
        raise Refused(*problems)
    changes = {"held_on": on, "words": text} if is_held else {"dropped_reason": text}
    Reception.objects.filter(pk=row.pk).update(**changes)
    write(case, Act.NOTED, actor=actor, at=at, words=f"{row.host_name}{'接访' if is_held else '未接访'}:{text}")
    log(case, "reception_held" if is_held else "reception_dropped", actor=actor, at=at)
    return case
