"""Filing figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Refused
from yushui.indicators.models import FrozenFigure
from yushui.indicators.permissions import check_view_figures
from yushui.indicators.selectors.catalogue import get_indicator
from yushui.indicators.selectors.frozen import list_frozen, pack_ids
from yushui.indicators.selectors.rows import row_ids, rows_of
from yushui.indicators.types import Value


@transaction.atomic
def freeze_figures(*, actor: User, filed_for: str, values: Iterable[Value], at: datetime) -> int:
    """Keep figures with the ids of the rows that made them, for the days they were asked. Returns how many.

    A subject is filed once; a second time is refused. The values must be the answers of this very moment (the caller
    holds them and the file it makes in one transaction).
    """
    if list_frozen(filed_for).exists():
        raise Refused("这份材料的数据已经定稿,不能再定一次")
    made = [frozen_of(actor, filed_for, value, at) for value in values]
    FrozenFigure.objects.bulk_create(made)
    area = made[0].area_code if made else ""
    audit.record(
        actor=actor, action="indicators.figures.frozen", subject=filed_for, area_code=area, at=at, now=len(made)
    )
    return len(made)


def frozen_of(actor: User, filed_for: str, value: Value, at: datetime) -> FrozenFigure:
    """One value with its rows."""
    check_view_figures(actor, value.area_code)
    indicator = get_indicator(value.indicator)
    rows = rows_of(actor=actor, indicator=indicator, area_code=value.area_code, year=value.year, on=value.on)
    return FrozenFigure(
        filed_for=filed_for, indicator=value.indicator, area_code=value.area_code, year=value.year,
        value=value.number, row_count=value.row_count, row_ids=pack_ids(row_ids(rows)), as_of=value.on, frozen_at=at,
    )  # fmt: skip
