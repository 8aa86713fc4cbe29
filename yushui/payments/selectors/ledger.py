"""The ledger of an area as columns: what was paid, line by line, for runs over hundreds of thousands of lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from yushui.base.area_codes import code_range
from yushui.payments.models import Line, LineResult
from yushui.policy.types import ONE_OFF

Column = NDArray[np.int64]

# One pass over the index of persons; Django's row objects would take three times as long for a county's two years.
LIVE = """
SELECT l.person_id, l.benefit, l.month, l.fen, l.turn FROM payments_line l
JOIN people_person p ON p.id = l.person_id
WHERE l.is_live AND l.month >= %s AND l.month < %s AND p.area_id >= %s AND p.area_id < %s AND NOT ({once})
ORDER BY l.id
"""
UNDONE = """
SELECT l.person_id, l.benefit, l.month, -r.fen, -1 FROM payments_reversal r
JOIN payments_line l ON l.id = r.line_id JOIN people_person p ON p.id = l.person_id
WHERE l.is_live AND l.month >= %s AND l.month < %s AND p.area_id >= %s AND p.area_id < %s AND NOT ({once})
ORDER BY r.id
"""


@dataclass(frozen=True)
class Ledger:
    """Live lines and, as negative rows, their reversals; `benefit` counts in `benefits`. A reversal's turn is -1."""

    person: Column
    benefit: Column
    month: Column
    fen: Column
    turn: Column
    benefits: tuple[str, ...]

    def raw(self) -> bytes:
        """The columns as bytes, for a digest."""
        columns = (self.person, self.benefit, self.month, self.fen, self.turn)
        return b"".join(column.tobytes() for column in columns) + repr(self.benefits).encode()


def ledger_of(*, area_code: str, first_month: int, end_month: int) -> Ledger:
    """Everything that counts as paid by the month for months [first, end) to those registered in an area, in the order
    written. One-off sums belong to no month's due and stay out."""
    low, high = code_range(area_code)
    bounds: tuple[int | str, ...] = (first_month, end_month, low, high, *ONE_OFF)
    once = " OR ".join(["l.benefit = %s"] * len(ONE_OFF))
    with connection.cursor() as cursor:
        cursor.execute(LIVE.format(once=once), bounds)
        rows = cursor.fetchall()
        cursor.execute(UNDONE.format(once=once), bounds)
        rows += cursor.fetchall()
    persons, names, months, fens, turns = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    codes: dict[str, int] = {}
    numbered = [codes.setdefault(name, len(codes)) for name in names]
    person, benefit, month, fen, turn = (
        np.array(column, dtype=np.int64) for column in (persons, numbered, months, fens, turns)
    )
    return Ledger(person, benefit, month, fen, turn, tuple(codes))


def first_paid_month(area_code: str) -> int | None:
    """The first month for which anything due by the month was sent to somebody registered in an area, also when the
    bank refused it; None before the first payment. A batch that was withdrawn does not count."""
    low, high = code_range(area_code)
    lines = Line.objects.filter(person__area_id__gte=low, person__area_id__lt=high)
    sent = lines.exclude(result=LineResult.WITHDRAWN).exclude(benefit__in=ONE_OFF)
    # Month by month: asked for the smallest, SQLite would look at every line ever written here.
    months = Line.objects.order_by("month").values_list("month", flat=True).distinct()
    return next((month for month in months if sent.filter(month=month).exists()), None)
