"""Money that came back: rows against the lines it undoes, the latest month first."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce

from yushui.accounts.models import User
from yushui.base.refusals import Problem, Refused
from yushui.payments.models import Line, LineResult, Reversal
from yushui.payments.rules.returns import spread_shortfall
from yushui.people.selectors.merged import entries_of, in_force


@transaction.atomic
def reverse_payments(
    *,
    actor: User,
    person_id: int,
    benefit: str,
    first_month: int,
    end_month: int,
    fen: int,
    on: date,
    reason: str,
    at: datetime,
) -> None:
    """Undo so many fen of what was paid to a person (and to entries merged into one, 并档) for months [first, end); the
    caller has checked the right.

    Raises Refused when less than that stands as paid. No line is changed: each share is a row of its own.
    """
    lines = list(
        Line.objects.filter(
            person_id__in=entries_of(in_force(person_id)), benefit=benefit, month__gte=first_month, month__lt=end_month,
            is_live=True, result=LineResult.PAID,
        )
        .annotate(undone=Coalesce(Sum("reversals__fen"), 0))
        .order_by("month", "turn")
    )  # fmt: skip
    open_fen = [(line.pk, line.fen - line.undone) for line in lines if line.fen > line.undone]
    if sum(left for _, left in open_fen) < fen:
        raise Refused(Problem("已发的钱没有这么多", where="金额", next_step="请核对这几个月的发放记录"))
    for line_id, share in spread_shortfall(fen, open_fen):
        Reversal.objects.create(
            line_id=line_id, fen=share, on=on, reason=reason[:200], recorded_at=at, recorded_by=actor.pk
        )
