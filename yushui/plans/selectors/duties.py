"""Duties as an actor may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import Activity
from yushui.base.kinds import is_added_in, kinds_for, reachable_kinds
from yushui.base.refusals import NotFound
from yushui.plans.models import DutyKind
from yushui.plans.types.duties import DutyDraft


def duties_served_by(activity: Activity) -> list[DutyKind]:
    """The duties in use in an activity's area that its kind fulfils, in their order."""
    return list(kinds_for(DutyKind, activity.area_id).filter(fulfilled_by__kind_id=activity.kind_id))


def list_duties(*, actor: User, owes: str = "") -> list[DutyKind]:
    """The duties in use in the actor's area, in their order, with the kinds that fulfil them."""
    need(actor, "plans.view")
    return duties_for(actor.area_code, owes)


def duties_for(area_code: str, owes: str = "") -> list[DutyKind]:
    """The duties in use in an area."""
    rows = kinds_for(DutyKind, area_code).prefetch_related("fulfilled_by__kind")
    return list(rows.filter(owes=owes) if owes else rows)


def duties_in_reach(actor: User) -> QuerySet[DutyKind]:
    """Duties that rows of the actor's area may name: the catalogue's, of areas above and below, retired ones too."""
    return reachable_kinds(DutyKind, actor.area_code)


def get_duty(*, actor: User, code: str) -> DutyKind:
    """One duty, a retired one too; NotFound for those of other areas."""
    need(actor, "plans.view")
    found = duties_in_reach(actor).filter(pk=code).prefetch_related("fulfilled_by__kind").first()
    if found is None:
        raise NotFound
    return found


def own_duties(*, actor: User) -> list[DutyKind]:
    """The duties that the actor's area added, retired ones too."""
    need(actor, "plans.view")
    return [duty for duty in duties_in_reach(actor) if is_added_in(actor.area_code, duty)]


def get_own_duty(*, actor: User, code: str) -> DutyKind:
    """A duty that the actor may change; NotFound for others, the catalogue's included."""
    duty = get_duty(actor=actor, code=code)
    if not is_added_in(actor.area_code, duty):
        raise NotFound
    return duty


def kinds_of(duty: DutyKind) -> tuple[str, ...]:
    """The codes of the activity kinds that fulfil a duty."""
    return tuple(row.kind_id for row in duty.fulfilled_by.all())


def duty_as_typed(*, actor: User, code: str) -> DutyDraft:
    """A duty as its form would have it: an own one to change, or another's to begin a new one from."""
    duty = get_duty(actor=actor, code=code)
    return DutyDraft(
        name=duty.name, owes=duty.owes, rhythm=duty.rhythm, times=str(duty.times), measure=duty.measure, by=duty.by,
        reach=duty.reach, persons=duty.persons, kinds=kinds_of(duty), source=duty.source, note=duty.note,
        starts_on=duty.starts_on.isoformat() if duty.starts_on else "",
    )  # fmt: skip
