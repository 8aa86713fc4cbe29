"""Handing in an approved boundary file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base import files, texts
from yushui.base.refusals import Problem, Refused
from yushui.places.selectors import get_area
from yushui.sites.models import Boundary
from yushui.sites.rules.plan import match_names, read_geojson
from yushui.sites.selectors.plan import names_at


@transaction.atomic
def set_boundary(
    *, actor: User, content: bytes, name: str, approver: str, number: str, approved_on: str, at: datetime
) -> Boundary:
    """Keep a boundary file for the actor's area and draw it from now on; those before stay in the books. Refused with
    all problems: no file, not a boundary, no name in it is ours, who approved it and under which number is missing."""
    need_to_act(actor, "sites.set_kind", "上传边界文件")
    problems: list[Problem] = []
    if not content:
        problems.append(Problem("没有选择文件", where="边界文件"))
    shapes, faults = read_geojson(content) if content else ((), [])
    problems += faults
    places = names_at(actor, actor.area_code)
    if shapes and places and len(match_names(shapes, places)[1]) == len(places):
        step = f"本地的名称如“{places[0]}”,应写在每个区域的 name 里;请核对是不是拿错了文件"
        problems.append(Problem("没有一个名称和本地的下级对得上", where="边界文件", next_step=step))
    who = texts.read_line(approver, "审核单位", problems, longest=80)
    code = texts.read_line(number, "审图号", problems, longest=60)
    if not who:
        problems.append(Problem("请填写审核单位", where="审核单位", next_step="边界须经测绘地理信息主管部门审核"))
    if not code:
        problems.append(Problem("请填写审图号或批准文号", where="审图号"))
    day = texts.read_day(approved_on, "审核日期", problems, latest=timezone.localtime(at).date())
    if problems or day is None:
        raise Refused(*problems)
    area = get_area(actor=actor, code=actor.area_code)
    stored = files.store(content=content, name=name[:200] or "边界.geojson", media_type="application/geo+json", at=at)
    Boundary.objects.filter(area=area, superseded_at=None).update(superseded_at=at)
    boundary = Boundary.objects.create(
        area=area, file=stored, approver=who, number=code, approved_on=day, shapes=len(shapes), recorded_at=at,
        recorded_by=actor.pk, recorded_name=actor.get_full_name(),
    )  # fmt: skip
    audit.record(
        actor=actor, action="sites.boundary.set", subject=boundary, area_code=area.pk, at=at, number=code,
        count=len(shapes),
    )  # fmt: skip
    return boundary
