"""The ledger of an area as columns: what was paid, line by line, for runs over hundreds of thousands of lines."""

from __future__ import annotations

from dataclasses import dataclass

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
WHERE l.is_live AND l.month >= %s AND l.month < %s AND p.area_id >= %s AND p.area_id < %s AND NOT ({once})
ORDER BY l.id
"""
UNDONE = """
SELECT l.person_id, l.benefit, l.month, -r.fen, -1 FROM payments_reversal r
JOIN payments_line l ON l.id = r.line_id JOIN people_person p ON p.id = l.person_id
WHERE l.is_live AND l.month >= %s AND l.month < %s AND p.area_id >= %s AND p.area_id < %s AND NOT ({once})
ORDER BY r.id
"""
# The same of one entry.
LIVE_OF = LIVE.replace("p.area_id >= %s AND p.area_id < %s", "p.id = %s")
UNDONE_OF = UNDONE.replace("p.area_id >= %s AND p.area_id < %s", "p.id = %s")


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
    low, high = code_range(area_code)
    bounds: tuple[int | str, ...] = (first_month, end_month, low, high, *ONE_OFF)
    once = " OR ".join(["l.benefit = %s"] * len(ONE_OFF))
    with connection.cursor() as cursor:
        cursor.execute(LIVE.format(once=once), bounds)
        rows = cursor.fetchall()
        cursor.execute(UNDONE.format(once=once), bounds)
        rows += cursor.fetchall()
        merged = merged_entries()
        if merged:
            rows = [row for row in rows if row[0] not in merged]
        for pk in merged_into_area(area_code) if merged else ():
            for statement in (LIVE_OF, UNDONE_OF):
                cursor.execute(statement.format(once=once), (first_month, end_month, pk, *ONE_OFF))
                rows += cursor.fetchall()
    entries, names, months, fens, turns = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    persons = [merged.get(pk, pk) for pk in entries] if merged else entries
    codes: dict[str, int] = {}
    numbered = [codes.setdefault(name, len(codes)) for name in names]
    person, benefit, month, fen, turn, entry = (
        np.array(column, dtype=np.int64) for column in (persons, numbered, months, fens, turns, entries)
    )
    return Ledger(person, benefit, month, fen, turn, tuple(codes), entry)


def first_paid_month(area_code: str) -> int | None:
    """The first month for which anything due by the month was sent to somebody registered in an area, also when the
    bank refused it; None before the first payment. A batch that was withdrawn does not count."""
    sent = Line.objects.filter(of_area(area_code)).exclude(result=LineResult.WITHDRAWN).exclude(benefit__in=ONE_OFF)
    # Month by month: asked for the smallest, SQLite would look at every line ever written here.
    months = Line.objects.order_by("month").values_list("month", flat=True).distinct()
    return next((month for month in months if sent.filter(month=month).exists()), None)
