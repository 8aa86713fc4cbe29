"""Values the law leaves to the place (平均工资, 最低工资 …): entered with a document, superseded, never overwritten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area, need_to_act
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import LocalValue
from yushui.benefits.types import VALUE_NAMES


@transaction.atomic
def set_local_value(
    *, actor: User, area_code: str, name: str, year: int, fen: int, document: str, at: datetime
) -> LocalValue:
    """Enter a value of a year for an area. An earlier one stays on file with the moment it was replaced."""
    need_to_act(actor, "benefits.set_value", "录入地方数值")
    need_area(actor, area_code)
    problems = []
    if name not in VALUE_NAMES:
        problems.append(Problem("没有这种数值", where="项目", next_step="请从列表中选择"))
    if not 2000 <= year <= at.year:
        problems.append(Problem(f"年份应在 2000 至 {at.year} 之间", where="年份"))
    if not 0 < fen < 10**10:
        problems.append(Problem("金额应大于零", where="金额"))
    if not document.strip():
        problems.append(Problem("没有写依据", where="依据文件", next_step="请写文件名称和文号,例如统计公报"))
    elif len(document.strip()) > 120:
        problems.append(Problem("依据超过 120 字", where="依据文件"))
    if problems:
        raise Refused(*problems)
    known = LocalValue.objects.filter(area_code=area_code, name=name, year=year, superseded_at=None)
    before = known.values_list("fen", flat=True).first()
    known.update(superseded_at=at)
    row = LocalValue.objects.create(
        area_code=area_code, name=name, year=year, fen=fen, document=document.strip(), recorded_at=at,
        recorded_by=actor.pk,
    )  # fmt: skip
    audit.record(
        actor=actor, action="benefits.value.set", subject=row, area_code=area_code, at=at, was=before, now=fen,
        name=name, year=year, document=row.document,
    )  # fmt: skip
    return row
