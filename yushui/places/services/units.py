"""Verbs of units: adding, changing, ending one; the duties it begins with."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.kinds import read_catalogue
from yushui.base.refusals import Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_day, read_line
from yushui.places.models import Area, GroupMember, Post, Unit, UnitDuty, UnitKind
from yushui.places.permissions import check_change_places
from yushui.places.rules.unit_duties import UsualDuties, read_usual_duties, usual_duties_of
from yushui.places.rules.units import UnitFacts, read_unit
from yushui.places.selectors.units import can_be_parent, get_unit, units_above
from yushui.places.types import UnitDraft

KINDS = frozenset(UnitKind.values)
DUTIES_FILE = "unit_duties.yaml"
SAID = ("name", "kind", "area_id", "parent_id", "phone", "address", "contact_name", "starts_on")
# What these are is fixed: members and changes hang on the one, the five things on the other.
FIXED_KINDS = {UnitKind.LEADING_GROUP.value, UnitKind.STATION.value}


@transaction.atomic
def add_unit(*, actor: User, draft: UnitDraft, at: datetime) -> Unit:
    """Add a unit (单位). A garrison unit stands under the open name that the county's own papers use. A member unit
    without duties begins with those that are usual for a unit of its name, if any are known."""
    check_change_places(actor, draft.area_code or actor.area_code)
    facts, problems = read_unit(draft, kinds=KINDS, today=timezone.localtime(at).date())
    problems += problems_of_place(actor, draft, None)
    if facts is None or problems:
        raise Refused(*problems)
    unit = Unit.objects.create(**columns_of(facts))
    usual = usual_duties_for(unit.name) if unit.kind == UnitKind.MEMBER and not facts.duties else None
    if usual is not None:
        write_duties(unit, usual.duties, usual.source)
    else:
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
    facts, problems = read_unit(draft, kinds=KINDS, today=timezone.localtime(at).date())
    problems += problems_of_place(actor, draft, unit)
    problems += problems_of_days(unit, facts.starts_on) if facts is not None else []
    if facts is None or problems:
        raise Refused(*problems)
    was, duties = {name: getattr(unit, name) for name in SAID}, list(duty_texts(unit))
    change_row(unit, revision, **columns_of(facts))
    write_duties(unit, facts.duties)
    now = {name: getattr(unit, name) for name in SAID}
    audit.record(
        actor=actor, action="places.unit.changed", subject=unit, area_code=unit.area_id, at=at,
        was={name: old for name, old in was.items() if old != now[name]},
        now={name: new for name, new in now.items() if new != was[name]},
        duties=(duties, list(facts.duties)) if duties != list(facts.duties) else None,
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
    if unit is not None and draft.kind != unit.kind and unit.kind in FIXED_KINDS:
        step = "请撤销这个单位,另登记一个"
        problems.append(Problem(f"{unit.get_kind_display()}不能改成别的类别", where="类别", next_step=step))
    if unit is not None and unit.ends_on is not None:
        problems.append(Problem(f"{unit.name}已于 {unit.ends_on} 撤销,不能再改"))
    return problems + problems_of_parent(actor, draft.parent_id.strip(), unit)


def problems_of_parent(actor: User, typed: str, unit: Unit | None) -> list[Problem]:
    """The unit above must exist within reach, and must not belong to this one."""
    if not typed:
        return []
    if not (typed.isascii() and typed.isdigit() and len(typed) < 16) or not can_be_parent(
        actor=actor, unit_id=int(typed)
    ):
        return [Problem("没有这个单位", where="上级单位", next_step="请从列表里选择")]
    above = Unit.objects.get(pk=int(typed))
    if unit is not None and unit.pk in {above.pk, *units_above(above)}:
        return [Problem("上级单位不能是自己或自己的下属单位", where="上级单位")]
    return []


def problems_of_days(unit: Unit, starts_on: date | None) -> list[Problem]:
    """A unit does not begin after somebody held a post in it."""
    first = Post.objects.filter(unit=unit).order_by("starts_on").first()
    if starts_on is None or first is None or first.starts_on >= starts_on:
        return []
    return [Problem(f"{first.holder_name}的任职从 {first.starts_on} 就开始了", where="成立日期")]


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


def duty_texts(unit: Unit) -> list[str]:
    """The unit's duties in their order."""
    return list(unit.duties.order_by("place").values_list("text", flat=True))


@lru_cache(maxsize=2)
def usual_duties(folder: Path) -> tuple[UsualDuties, ...]:
    """The starting list of the catalogue, read once."""
    entries = read_catalogue(DUTIES_FILE, "units", title="单位职责", path=folder / DUTIES_FILE)
    found, problems = read_usual_duties(entries, DUTIES_FILE)
    if problems:
        raise Refused(*problems)
    return tuple(found)


def usual_duties_for(name: str) -> UsualDuties | None:
    """What a unit of that name usually answers for, as far as it is known."""
    return usual_duties_of(name, usual_duties(Path(settings.CATALOGUE_DIR)))


@transaction.atomic
def take_usual_duties(*, actor: User, unit_id: int, at: datetime) -> Unit:
    """Add to a unit's duties those that are usual for a unit of its name (套用常用职责); its own stay before them."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    usual = usual_duties_for(unit.name)
    if usual is None:
        raise Refused(Problem("没有这类单位的常用职责", where=unit.name, next_step="请按本县的职责分工文件填写"))
    was = duty_texts(unit)
    change_row(unit, unit.revision)
    write_duties(unit, tuple(dict.fromkeys([*was, *usual.duties])), usual.source)
    audit.record(
        actor=actor, action="places.unit.changed", subject=unit, area_code=unit.area_id, at=at, was={}, now={},
        duties=(was, duty_texts(unit)),
    )  # fmt: skip
    return unit


@transaction.atomic
def end_unit(*, actor: User, unit_id: int, last_day: str, reason: str, at: datetime) -> Unit:
    """End a unit; its posts and memberships end with it. The row stays, its records keep it."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    problems: list[Problem] = []
    ends = read_day(last_day, "撤销日期", problems, latest=timezone.localtime(at).date())
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
    change_row(unit, unit.revision, ends_on=ends, end_reason=why)
    held.update(ends_on=ends, reason=why)
    members = GroupMember.objects.filter(Q(unit=unit) | Q(group=unit), ends_on=None)
    members.filter(starts_on__lt=ends).update(ends_on=ends, reason=why)
    audit.record(
        actor=actor, action="places.unit.ended", subject=unit, area_code=unit.area_id, at=at, ends_on=ends, reason=why
    )
    return unit
