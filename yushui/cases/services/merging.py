"""When two entries of one person become one: cases go over and go on at the same step and deadline; their history says
since when. The row has no author among those who act, so it opens a sensitive case to nobody."""

from __future__ import annotations

from datetime import datetime

from yushui.base.moves import Move, move_rows
from yushui.cases.models import Case, CaseStep
from yushui.cases.services.rows import day_of
from yushui.cases.types.cases import Act


def move_person(kept_id: int, dropped_id: int, *, words: str, at: datetime) -> list[Move]:
    """Cases of the dropped entry go to the kept one; each that is open notes it."""
    rows = Case.objects.filter(person=dropped_id)
    note_open(list(rows.filter(closed_on=None).values_list("pk", flat=True)), words=words, at=at)
    return move_rows(rows, person_id=kept_id)


def note_open(case_ids: list[int], *, words: str, at: datetime) -> None:
    """A row in the history of those of the cases that are open; how they stand does not change."""
    cases = Case.objects.filter(pk__in=case_ids, closed_on=None).order_by("pk")
    CaseStep.objects.bulk_create(
        CaseStep(
            case=case, act=str(Act.MERGED), on=day_of(at), step_id=case.step_id, words=words, at=at, by_name="并档"
        )
        for case in cases
    )
