"""Going live: the ledger a county kept before this system becomes history; the first run then pays the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area, need_to_act
from yushui.audit import services as audit
from yushui.base.area_codes import code_range
from yushui.base.bulk import insert_rows
from yushui.base.days import show_month_zh
from yushui.base.refusals import Problem, Refused
from yushui.payments.models import Batch, BatchState, BatchStep, Line, LineResult
from yushui.payments.services.batches import LINE_FIELDS
from yushui.people.models import Person


@transaction.atomic
def take_over_history(
    *,
    actor: User,
    area_code: str,
    month: int,
    rows: Iterable[tuple[int, str, int]],
    at: datetime,
    paid_on: date | None = None,
    paid_for: int | None = None,
) -> Batch:
    """Take over what the old ledger says was paid in a month: rows of (person id, benefit, fen), in bulk.

    The batch is SETTLED and marked as history. `paid_for` is the month the money was for when it differs from the month
    of payment. Raises Refused for persons outside the area, amounts that are not positive, and rows already taken over.
    """
    need_to_act(actor, "payments.submit", "接收以往发放台账")
    need_area(actor, area_code)
    taken = list(rows)
    low, high = code_range(area_code)
    areas = dict(Person.objects.filter(area_id__gte=low, area_id__lt=high).values_list("pk", "area_id"))
    need_good_rows(taken, areas)
    batch = Batch.objects.create(
        title=f"{show_month_zh(month)}发放(以往台账)",
        area_code=area_code,
        month=month,
        state=BatchState.SETTLED,
        is_history=True,
        created_at=at,
        created_by=actor.pk,
        line_count=len(taken),
        total_fen=sum(fen for _, _, fen in taken),
    )
    for_month = month if paid_for is None else paid_for
    lines = (
        (batch.pk, person_id, areas[person_id], benefit, for_month, 0, fen, None,
         LineResult.PAID.value, "", True, paid_on, False)
        for person_id, benefit, fen in taken
    )  # fmt: skip
    try:
        with transaction.atomic():
            insert_rows(Line, LINE_FIELDS, lines)
    except IntegrityError as error:
        raise Refused(
            Problem("台账中有人在该月已有同一待遇的发放", where=show_month_zh(for_month), next_step="请去掉重复的行")
        ) from error
    BatchStep.objects.create(
        batch=batch, was=BatchState.DRAFT, now=BatchState.SETTLED, actor_id=actor.pk,
        actor_name=actor.get_full_name(), at=at, reason="接收以往台账",
    )  # fmt: skip
    audit.record(
        actor=actor, action="payments.history.taken_over", subject=batch, area_code=area_code, at=at,
        lines=batch.line_count, fen=batch.total_fen,
    )  # fmt: skip
    return batch


def need_good_rows(rows: list[tuple[int, str, int]], areas: dict[int, str]) -> None:
    """Every person in the area, every amount positive."""
    problems = [
        Problem("不在本区域的人员名册中", where=f"第 {number} 行", next_step="请核对人员")
        for number, (person_id, _, _) in enumerate(rows, start=1)
        if person_id not in areas
    ]
    problems += [
        Problem("金额应大于零", where=f"第 {number} 行", next_step="请核对台账")
        for number, (_, _, fen) in enumerate(rows, start=1)
        if fen <= 0
    ]
    if problems:
        raise Refused(*problems[:100])
