"""Verbs of units: adding, changing, ending one; the five things of a station; member units of a group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_day, read_line
from yushui.places.models import Area, GroupMember, Post, StationFact, Unit, UnitDuty, UnitKind
from yushui.places.permissions import check_change_places
from yushui.places.rules.units import UnitFacts, read_unit
from yushui.places.selectors.units import get_unit
from yushui.places.types import FIVE_NAMES, UnitDraft

KINDS = frozenset(UnitKind.values)


@transaction.atomic
def add_unit(*, actor: User, draft: UnitDraft, at: datetime) -> Unit:
    """Add a unit (单位). A garrison unit stands under the open name that the county's own papers use."""
    check_change_places(actor, draft.area_code or actor.area_code)
    facts, problems = read_unit(draft, kinds=KINDS)
    problems += problems_of_place(actor, draft, None)
    if facts is None or problems:
        raise Refused(*problems)
    unit = Unit.objects.create(**columns_of(facts))
    write_duties(unit, facts.duties)
    audit.record(
        actor=actor, action="places.unit.added", subject=unit, area_code=unit.area_id, at=at, name=unit.name,
        kind=unit.kind,
    )  # fmt: skip
    return unit


@transaction.atomic
def change_unit(*, actor: User, unit_id: int, draft: UnitDraft, revision: str, at: datetime) -> Unit:
    """Correct what is said of a unit; refused when somebody changed it since `revision` was shown."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    check_change_places(actor, draft.area_code or actor.area_code)
    facts, problems = read_unit(draft, kinds=KINDS)
    problems += problems_of_place(actor, draft, unit)
    if facts is None or problems:
        raise Refused(*problems)
    was = {"name": unit.name, "kind": unit.kind}
    change_row(unit, revision, **columns_of(facts))
    write_duties(unit, facts.duties)
    audit.record(
        actor=actor, action="places.unit.changed", subject=unit, area_code=unit.area_id, at=at, was=was,
        now={"name": unit.name, "kind": unit.kind},
    )  # fmt: skip
    return unit


def problems_of_place(actor: User, draft: UnitDraft, unit: Unit | None) -> list[Problem]:
    """What the register has against it: no such area, the name taken, a parent that cannot be."""
    problems = []
    if not Area.objects.filter(code=draft.area_code).exists():
        problems.append(Problem("没有这个区划", where="所在区划"))
    name = draft.name.strip()
    same = Unit.objects.filter(name=name, kind=draft.kind, area_id=draft.area_code)
    if unit is not None:
        same = same.exclude(pk=unit.pk)
    if same.exists():
        problems.append(Problem(f"{name}已经登记过", where="名称", next_step="请在单位列表里查找"))
    if draft.parent_id.strip().isdigit():
        above = int(draft.parent_id)
        get_unit(actor=actor, unit_id=above)
        if unit is not None and above == unit.pk:
            problems.append(Problem("上级单位不能是自己", where="上级单位"))
    return problems


def columns_of(facts: UnitFacts) -> dict[str, object]:
    """The columns of a unit's row."""
    return {
        "name": facts.name, "kind": facts.kind, "area_id": facts.area_code, "parent_id": facts.parent_id,
        "phone": facts.phone, "address": facts.address, "contact_name": facts.contact_name,
        "starts_on": facts.starts_on,
    }  # fmt: skip


def write_duties(unit: Unit, duties: tuple[str, ...], source: str = "") -> None:
    """The unit's duties as they now are; unchanged ones keep their source."""
    sources = dict(unit.duties.values_list("text", "source"))
    unit.duties.all().delete()
    UnitDuty.objects.bulk_create(
        UnitDuty(unit=unit, text=text, source=sources.get(text, source), place=place)
        for place, text in enumerate(duties, start=1)
    )


@transaction.atomic
def end_unit(*, actor: User, unit_id: int, last_day: str, reason: str, at: datetime) -> Unit:
    """End a unit; its posts and memberships end with it. The row stays, its records keep it."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    problems: list[Problem] = []
    ends = read_day(last_day, "撤销日期", problems)
    why = read_line(reason, "原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明原因", where="原因", next_step="例如:机构改革合并"))
    if unit.ends_on:
        problems.append(Problem(f"{unit.name}已于 {unit.ends_on} 撤销"))
    held = Post.objects.filter(unit=unit, ends_on=None)
    if ends and (late := held.filter(starts_on__gte=ends).first()):
        problems.append(Problem(f"{late.holder_name}的任职从 {late.starts_on} 才开始", where="撤销日期"))
    if ends and unit.starts_on and ends <= unit.starts_on:
        problems.append(Problem("撤销日期应晚于成立日期", where="撤销日期"))
    if problems or ends is None:
        raise Refused(*problems)
    Unit.objects.filter(pk=unit.pk).update(ends_on=ends, end_reason=why)
    held.update(ends_on=ends, reason=why)
    GroupMember.objects.filter(unit=unit, ends_on=None, starts_on__lt=ends).update(ends_on=ends, reason=why)
    audit.record(
        actor=actor, action="places.unit.ended", subject=unit, area_code=unit.area_id, at=at, ends_on=ends, reason=why
    )
    unit.refresh_from_db()
    return unit


@transaction.atomic
def state_station(
    *, actor: User, unit_id: int, holds: Mapping[str, bool], on: date, note: str = "", at: datetime
) -> list[StationFact]:
    """State which of the five things (五有) a station has from a day on. Answers given before stay, superseded."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    problems: list[Problem] = []
    words = read_line(note, "说明", problems, longest=120)
    if unit.kind != UnitKind.STATION:
        problems.append(Problem("只有退役军人服务站登记“五有”", where=unit.name))
    problems += [Problem("没有这一项", where=key) for key in holds if key not in FIVE_NAMES]
    if on > timezone.localtime(at).date():
        problems.append(Problem("日期在今天之后", where="日期"))
    if problems:
        raise Refused(*problems)
    StationFact.objects.filter(unit=unit, key__in=holds, superseded_at=None).update(superseded_at=at)
    rows = StationFact.objects.bulk_create(
        StationFact(
            unit=unit, key=key, holds=has, on=on, note=words, recorded_at=at, recorded_name=actor.get_full_name()
        )
        for key, has in holds.items()
    )
    audit.record(
        actor=actor, action="places.station.stated", subject=unit, area_code=unit.area_id, at=at, on=on,
        now=dict(holds),
    )  # fmt: skip
    return rows


@transaction.atomic
def add_member(*, actor: User, group_id: int, unit_id: int, starts_on: date, at: datetime) -> GroupMember:
    """Make a unit a member (成员单位) of a leading group from a day on."""
    group, unit = get_unit(actor=actor, unit_id=group_id), get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, group.area_id)
    problems = []
    if group.kind != UnitKind.LEADING_GROUP:
        problems.append(Problem("只有领导小组有成员单位", where=group.name))
    if GroupMember.objects.filter(group=group, unit=unit, ends_on=None).exists():
        problems.append(Problem(f"{unit.name}已经是成员单位", where="单位"))
    if problems:
        raise Refused(*problems)
    member = GroupMember.objects.create(group=group, unit=unit, starts_on=starts_on)
    audit.record(
        actor=actor, action="places.member.added", subject=group, area_code=group.area_id, at=at, unit=unit.name
    )
    return member


@transaction.atomic
def end_member(*, actor: User, group_id: int, member_id: int, ends_on: date, reason: str, at: datetime) -> None:
    """End a membership; `ends_on` is the first day it no longer holds."""
    group = get_unit(actor=actor, unit_id=group_id)
    check_change_places(actor, group.area_id)
    problems: list[Problem] = []
    why = read_line(reason, "原因", problems, longest=120)
    member = GroupMember.objects.filter(group=group, pk=member_id, ends_on=None).select_related("unit").first()
    if member is None:
        problems.append(Problem("这个单位已经不是成员单位"))
    elif ends_on <= member.starts_on:
        problems.append(Problem(f"应晚于加入的日期 {member.starts_on}", where="日期"))
    if problems or member is None:
        raise Refused(*problems)
    GroupMember.objects.filter(pk=member.pk).update(ends_on=ends_on, reason=why)
    audit.record(
        actor=actor, action="places.member.ended", subject=group, area_code=group.area_id, at=at,
        unit=member.unit.name, ends_on=ends_on, reason=why,
    )  # fmt: skip
