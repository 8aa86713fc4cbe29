"""The ledger of an area as columns: what was paid, line by line, for runs over hundreds of thousands of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from yushui.base.area_codes import code_range
from yushui.payments.models import Line, LineResult
from yushui.people.selectors.merged import merged_entries, merged_into_area, of_area
from yushui.policy.types import ONE_OFF

Column = NDArray[np.int64]

# One pass over the index of persons; Django's row objects would take three times as long for a county's two years.
LIVE = """
SELECT l.person_id, l.benefit, l.month, l.fen, l.turn FROM payments_line l
JOIN people_person p ON p.id = l.person_id
WHERE l.is_live AND l.month >= %s AND l.month < %s AND NOT ({once}) AND {whose}
ORDER BY l.id
"""
UNDONE = """
SELECT l.person_id, l.benefit, l.month, -r.fen, -1 FROM payments_reversal r
JOIN payments_line l ON l.id = r.line_id JOIN people_person p ON p.id = l.person_id
WHERE l.is_live AND l.month >= %s AND l.month < %s AND NOT ({once}) AND {whose}
ORDER BY r.id
"""
ONCE = " OR ".join(["l.benefit = %s"] * len(ONE_OFF))


@dataclass(frozen=True)
class Ledger:
    """Live lines and, as negative rows, their reversals; `benefit` counts in `benefits`. A reversal's turn is -1.
    `entry` is who was paid as it was written then, `person` who that is now."""

    person: Column
    benefit: Column
    month: Column
    fen: Column
    turn: Column
    benefits: tuple[str, ...]
    entry: Column

    def raw(self) -> bytes:
        """The columns as bytes, for a digest."""
        columns = (self.person, self.benefit, self.month, self.fen, self.turn)
        return b"".join(column.tobytes() for column in columns) + repr(self.benefits).encode()


def ledger_of(*, area_code: str, first_month: int, end_month: int) -> Ledger:
    """Everything that counts as paid by the month for months [first, end) to those registered in an area, in the order
    written. One-off sums belong to no month's due and stay out. What was paid to an entry that was merged since (并档)
    was paid to the kept one."""
    months, merged = (first_month, end_month), merged_entries()
    rows = paid_rows("p.area_id >= %s AND p.area_id < %s", code_range(area_code), months)
    if merged:
        rows = [row for row in rows if row[0] not in merged]
        for pk in merged_into_area(area_code):
            rows += paid_rows("p.id = %s", (pk,), months)
    entries, names, of_months, fens, turns = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    persons = [merged.get(pk, pk) for pk in entries] if merged else entries
    codes: dict[str, int] = {}
    numbered = [codes.setdefault(name, len(codes)) for name in names]
    person, benefit, month, fen, turn, entry = (
        np.array(column, dtype=np.int64) for column in (persons, numbered, of_months, fens, turns, entries)
    )
    return Ledger(person, benefit, month, fen, turn, tuple(codes), entry)


def paid_rows(whose: str, keys: tuple[int | str, ...], months: tuple[int, int]) -> list[Any]:
    """(entry, benefit, month, fen, turn) of live lines and then of their reversals, for months [first, end)."""
    rows: list[Any] = []
    with connection.cursor() as cursor:
        for statement in (LIVE, UNDONE):
            cursor.execute(statement.format(once=ONCE, whose=whose), (*months, *ONE_OFF, *keys))
            rows += cursor.fetchall()
    return rows


def first_paid_month(area_code: str) -> int | None:
    """The first month for which anything due by the month was sent to somebody registered in an area, also when the
    bank refused it; None before the first payment. A batch that was withdrawn does not count."""
    sent = Line.objects.filter(of_area(area_code)).exclude(result=LineResult.WITHDRAWN).exclude(benefit__in=ONE_OFF)
    # Month by month: asked for the smallest, SQLite would look at every line ever written here.
    months = Line.objects.order_by("month").values_list("month", flat=True).distinct()
    return next((month for month in months if sent.filter(month=month).exists()), None)
