"""Reading recoveries and the values a place has entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.base.area_codes import ancestors_of
from yushui.base.refusals import NotFound
from yushui.benefits.models import (
    Cause,
    Hold,
    Instalment,
    LocalValue,
    Recovery,
    RunLine,
    WriteOff,
    WriteOffState,
)
from yushui.payments.models import Reversal
from yushui.people.selectors.merged import entries_of, in_force


def get_recovery(*, actor: User, recovery_id: int, lock: bool = False) -> Recovery:
    """A recovery of the actor's area."""
    need(actor, "benefits.view")
    rows = in_scope(Recovery.objects.filter(pk=recovery_id), actor, "area_code")
    recovery = (rows.select_for_update() if lock else rows).first()
    if recovery is None:
        raise NotFound
    return recovery


def left_of(recovery: Recovery) -> int:
    """Fen that neither came back nor was given up."""
    return recovery.fen - recovery.recovered_fen - recovery.written_off_fen


@dataclass(frozen=True)
class Agreement:
    """The instalments agreed on: what fell due by a day, what of it came, and the next one."""

    parts: tuple[Instalment, ...]
    due_fen: int
    came_fen: int
    next_on: date | None

    @property
    def behind_fen(self) -> int:
        """What fell due and did not come."""
        return max(self.due_fen - self.came_fen, 0)


def agreement_of(recovery: Recovery, on: date) -> Agreement | None:
    """The agreement in force; money that came since it was made counts for the earliest instalments."""
    parts = tuple(Instalment.objects.filter(recovery=recovery, superseded_at=None).order_by("due_on"))
    if not parts:
        return None
    came = sum(part.fen for part in parts) - left_of(recovery)
    total, next_on = 0, None
    for part in parts:
        total += part.fen
        if total > came and next_on is None:
            next_on = part.due_on
    return Agreement(parts, sum(part.fen for part in parts if part.due_on <= on), came, next_on)


def list_write_offs(*, actor: User, recovery_id: int | None = None, waiting: bool = False) -> QuerySet[WriteOff]:
    """Requests to give money up in the actor's area, the newest first; `waiting` only those to be decided."""
    need(actor, "benefits.view")
    rows = in_scope(WriteOff.objects.select_related("recovery__person"), actor, "recovery__area_code")
    if recovery_id is not None:
        rows = rows.filter(recovery=recovery_id)
    if waiting:
        rows = rows.filter(state__in=[WriteOffState.ASKED, WriteOffState.REVIEWED])
    return rows.order_by("-id")


def get_write_off(*, actor: User, write_off_id: int) -> WriteOff:
    """One request, locked for the step that is about to be taken; NotFound outside the actor's area."""
    need(actor, "benefits.view")
    rows = in_scope(WriteOff.objects.filter(pk=write_off_id), actor, "recovery__area_code")
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def recovery_of(*, actor: User, write_off_id: int) -> int:
    """The case a request belongs to; NotFound outside the actor's area."""
    found = list_write_offs(actor=actor).filter(pk=write_off_id).values_list("recovery_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def may_decide(actor: User, write_off: WriteOff) -> bool:
    """Whether the next step of a request is this actor's: post, and a third person."""
    if write_off.state == WriteOffState.ASKED:
        return may(actor, "benefits.review_write_off") and actor.pk != write_off.asked_by
    if write_off.state == WriteOffState.REVIEWED:
        others = (write_off.asked_by, write_off.reviewed_by)
        return may(actor, "benefits.approve_write_off") and actor.pk not in others
    return False


def overpaid_by_month(recovery: Recovery) -> dict[int, int]:
    """What is still overpaid in each month of a case: as its run found it, less what came back since."""
    entries = entries_of(in_force(recovery.person_id))
    rows = RunLine.objects.filter(
        run=recovery.run_id, person__in=entries, benefit=recovery.benefit, cause=Cause.OVERPAID
    )
    found = {row.month: row.paid_fen - row.due_fen - row.written_off_fen for row in rows}
    back = Reversal.objects.filter(
        line__person__in=entries, line__benefit=recovery.benefit, line__month__in=list(found),
        recorded_at__gt=recovery.run.known_at,
    )  # fmt: skip
    for month, fen in back.values_list("line__month").annotate(back=Sum("fen")):
        found[month] -= fen
    return {month: fen for month, fen in sorted(found.items()) if fen > 0}


def list_recoveries(*, actor: User, closed: bool = False) -> QuerySet[Recovery]:
    """Open recoveries, the largest first; closed ones on request, the newest first."""
    need(actor, "benefits.view")
    rows = in_scope(Recovery.objects.select_related("person", "run"), actor, "area_code")
    if closed:
        return rows.exclude(closed_at=None).order_by("-closed_at", "id")
    return rows.filter(closed_at=None).order_by("-fen", "id")


def recoveries_of_person(*, actor: User, person_id: int) -> list[Recovery]:
    """What a person and entries merged into one (并档) were asked to pay back, open ones first."""
    need(actor, "benefits.view")
    rows = Recovery.objects.filter(person__in=entries_of(person_id)).select_related("person", "run")
    return list(rows.order_by(F("closed_at").desc(nulls_first=True), "-pk"))


def count_open_recoveries(*, actor: User) -> int:
    """How many recoveries are open; for the home page."""
    return list_recoveries(actor=actor).count()


def list_local_values(*, actor: User, with_past: bool = False) -> QuerySet[LocalValue]:
    """Values entered for the actor's area and those above it, the newest year first."""
    need(actor, "benefits.view")
    own = in_scope(LocalValue.objects.all(), actor, "area_code")
    rows = own | LocalValue.objects.filter(area_code__in=ancestors_of(actor.area_code))
    if not with_past:
        rows = rows.filter(superseded_at=None)
    return rows.order_by("area_code", "name", "-year", "-id")


def need_value_setter(actor: User) -> None:
    """Who may open the page that enters a value."""
    need(actor, "benefits.set_value")


def hold_of(person_id: int) -> Hold | None:
    """The hold in force on a person the actor has already fetched."""
    return Hold.objects.filter(person_id=person_id, released_at=None).first()
