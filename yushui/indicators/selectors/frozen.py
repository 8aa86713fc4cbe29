"""Figures as they were filed, and what has changed since."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.base.refusals import NotFound
from yushui.indicators.models import FrozenFigure
from yushui.indicators.permissions import check_view_figures
from yushui.indicators.rules import same_answer
from yushui.indicators.selectors.catalogue import indicators
from yushui.indicators.selectors.rows import row_ids, rows_of
from yushui.indicators.selectors.values import values_of
from yushui.indicators.types import Indicator, Part, Value


def pack_ids(ids: list[int]) -> bytes:
    """Row ids as kept: comma-separated, compressed."""
    return zlib.compress(",".join(map(str, ids)).encode("ascii"), 9)


def unpack_ids(packed: bytes) -> list[int]:
    """The row ids of a filed figure."""
    text = zlib.decompress(packed).decode("ascii")
    return [int(each) for each in text.split(",")] if text else []


def list_frozen(filed_for: str) -> QuerySet[FrozenFigure]:
    """The figures filed for one subject, e.g. `reports.report:7`."""
    return FrozenFigure.objects.filter(filed_for=filed_for).order_by("id")


@dataclass(frozen=True)
class Difference:
    """A filed figure that would be another one today, asked for the same days."""

    indicator: Indicator
    year: int
    on: date
    filed: int | None
    now: int | None
    filed_rows: int
    now_rows: int
    left: int | None = None  # rows that were in it and no longer are; None when the rows were not compared
    joined: int | None = None


def differences(*, actor: User, filed_for: str, compare_rows: bool = False) -> list[Difference]:
    """Filed figures whose number or row count is another one when the same days are asked again: a late entry, a
    correction, a withdrawal. With `compare_rows` also those where one row took the place of another."""
    frozen = list(list_frozen(filed_for))
    answers: dict[tuple[str, int, date], dict[str, Value]] = {}
    found: list[Difference] = []
    known = indicators()
    for row in frozen:
        indicator = known.get(row.indicator)
        if indicator is None:
            continue
        place = (row.area_code, row.year, row.as_of)
        if place not in answers:
            same = [each.indicator for each in frozen if (each.area_code, each.year, each.as_of) == place]
            ids = [each for each in same if each in known]
            answers[place] = values_of(actor=actor, area_code=row.area_code, year=row.year, on=row.as_of, ids=ids)
        now = answers[place][row.indicator]
        joined = left = None
        if compare_rows:
            kept, present = set(unpack_ids(bytes(row.row_ids))), set(present_ids(actor, indicator, row))
            left, joined = len(kept - present), len(present - kept)
        if not same_answer(now, row.value, row.row_count) or left or joined:
            found.append(
                Difference(
                    indicator, row.year, row.as_of, row.value, now.number, row.row_count, now.row_count, left, joined
                )
            )
    return found


def present_ids(actor: User, indicator: Indicator, row: FrozenFigure) -> list[int]:
    """The rows that would make a filed figure today."""
    rows = rows_of(
        actor=actor, indicator=indicator, area_code=row.area_code, year=row.year, on=row.as_of, part=Part.WHOLE
    )
    return row_ids(rows)


def get_frozen(*, actor: User, frozen_id: int) -> FrozenFigure:
    """One filed figure of an area the actor may see."""
    row = FrozenFigure.objects.filter(pk=frozen_id).first()
    if row is None:
        raise NotFound
    check_view_figures(actor, row.area_code)
    return row
