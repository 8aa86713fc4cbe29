"""Taking over selections that were judged before this system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.base.workdays import add_workdays
from yushui.honours.models import HonourKind, Nominee, Selection
from yushui.honours.permissions import check_select
from yushui.honours.rules.selections import publicity_end

PUBLIC_DAYS = 5


@dataclass(frozen=True)
class PastSelection:
    """A selection judged by score; `names` are (name, area, nominator, deeds, score in hundredths), the best of them
    proposed. Shown to the public ten days after nominations ended; `decided` on the day the publicity was over."""

    kind: str
    title: str
    host: str
    called_on: date
    last_day: date
    seats: int
    decided: bool
    names: tuple[tuple[str, str, str, str, int], ...]


@transaction.atomic
def take_over_selections(*, actor: User, selections: Sequence[PastSelection], at: datetime) -> int:
    """Selections with their lists; how many. Refused names the rows at fault, NotFound a foreign area."""
    check_select(actor)
    known = set(HonourKind.objects.filter(group="SELECTION").values_list("code", flat=True))
    problems = [
        Problem("不认识的类别", where=f"第 {n} 行")
        for n, one in enumerate(selections, start=1)
        if one.kind not in known
    ]
    if problems:
        raise Refused(*problems)
    for one in selections:
        shown = one.last_day + timedelta(days=10)
        ends = publicity_end(shown, PUBLIC_DAYS, add_workdays)
        row = Selection.objects.create(
            kind_id=one.kind, area_id=actor.area_code, title=one.title, host=one.host, called_on=one.called_on,
            ends_on=one.last_day + timedelta(days=1), way="SCORE", seats=one.seats, public_days=PUBLIC_DAYS,
            stage="DECIDED" if one.decided else "PUBLIC", public_on=shown, public_ends_on=ends,
            decided_on=ends if one.decided else None, recorded_at=at, recorded_by=actor.pk,
            recorded_name=actor.get_full_name(),
        )  # fmt: skip
        best = {name for name, *_ in sorted(one.names, key=lambda each: -each[4])[: one.seats]}
        for _, area, *_ in one.names:
            need_area(actor, area)
        Nominee.objects.bulk_create(
            Nominee(
                selection=row, area_id=area, name=name, nominator=nominator, deeds=deeds, result=score,
                chosen=name in best, recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name(),
            )
            for name, area, nominator, deeds, score in one.names
        )  # fmt: skip
    audit.record(
        actor=actor, action="honours.selections.taken_over", subject="honours.selection", area_code=actor.area_code,
        at=at, rows=len(selections),
    )  # fmt: skip
    return len(selections)
