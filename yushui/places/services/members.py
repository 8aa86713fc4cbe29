"""Verbs of member units (成员单位) of a leading group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_day, read_line
from yushui.places.models import GroupMember, UnitKind
from yushui.places.permissions import check_change_places
from yushui.places.selectors.units import get_unit


@transaction.atomic
def add_members(
    *, actor: User, group_id: int, unit_ids: Sequence[int], starts_on: str, at: datetime
) -> list[GroupMember]:
    """Make units members of a leading group from a day on. All or nothing."""
    group = get_unit(actor=actor, unit_id=group_id)
    check_change_places(actor, group.area_id)
    units = [get_unit(actor=actor, unit_id=unit_id) for unit_id in dict.fromkeys(unit_ids)]
    problems: list[Problem] = []
    day = read_day(starts_on, "加入日期", problems)
    if not units:
        problems.append(Problem("请选择单位", where="成员单位"))
    if group.kind != UnitKind.LEADING_GROUP:
        problems.append(Problem("只有领导小组有成员单位", where=group.name))
    if group.ends_on:
        problems.append(Problem(f"{group.name}已于 {group.ends_on} 撤销"))
    for unit in units:
        rows = GroupMember.objects.filter(group=group, unit=unit)
        if unit.pk == group.pk:
            problems.append(Problem("领导小组不能是自己的成员单位", where=unit.name))
        if rows.filter(ends_on=None).exists() or (day and rows.filter(ends_on__gt=day).exists()):
            problems.append(Problem("那一天已经是成员单位", where=unit.name))
        if unit.ends_on:
            problems.append(Problem(f"已于 {unit.ends_on} 撤销", where=unit.name))
    if problems or day is None:
        raise Refused(*problems)
    members = [GroupMember.objects.create(group=group, unit=unit, starts_on=day) for unit in units]
    audit.record(
        actor=actor, action="places.member.added", subject=group, area_code=group.area_id, at=at, starts_on=day,
        units=[unit.name for unit in units],
    )  # fmt: skip
    return members


@transaction.atomic
def end_member(*, actor: User, group_id: int, member_id: int, ends_on: str, reason: str, at: datetime) -> None:
    """End a membership; `ends_on` as typed is the first day it no longer holds."""
    group = get_unit(actor=actor, unit_id=group_id)
    check_change_places(actor, group.area_id)
    problems: list[Problem] = []
    day = read_day(ends_on, "移出日期", problems)
    why = read_line(reason, "原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明移出的原因", where="原因", next_step="例如:机构改革"))
    member = GroupMember.objects.filter(group=group, pk=member_id, ends_on=None).select_related("unit").first()
    if member is None:
        problems.append(Problem("这个单位已经不是成员单位"))
    elif day and day <= member.starts_on:
        problems.append(Problem(f"应晚于加入的日期 {member.starts_on}", where="移出日期"))
    if problems or member is None:
        raise Refused(*problems)
    GroupMember.objects.filter(pk=member.pk).update(ends_on=day, reason=why)
    audit.record(
        actor=actor, action="places.member.ended", subject=group, area_code=group.area_id, at=at,
        unit=member.unit.name, ends_on=day, reason=why,
    )  # fmt: skip
