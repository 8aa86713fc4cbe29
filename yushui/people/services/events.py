"""What happened to a person: death, move, sentence, yearly confirmation. Two clocks; a wrong entry is withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.people import types
from yushui.people.models import Person, PersonEvent
from yushui.people.permissions import check_change_people, check_confirm_person, visible_people
from yushui.people.selectors import get_for_change
from yushui.people.services.statuses import end_at_death, restore_after_death


@transaction.atomic
def record_event(
    *,
    actor: User,
    person_id: int,
    what: str,
    on: date,
    at: datetime,
    detail: str = "",
    note: str = "",
    source: str = "",
) -> PersonEvent:
    """Record an event. A death sets the day on the person and ends every running status as DIED.

    `detail` is the cause of a death (WAR, DUTY, ILLNESS, OLD_WOUND or empty for another) or the way of a confirmation.
    """
    person = get_for_change(actor=actor, person_id=person_id)
    if what == "CONFIRMED":
        check_confirm_person(actor)
    else:
        check_change_people(actor)
    problems = problems_of_event(person, what=what, on=on, detail=detail, today=timezone.localtime(at).date())
    if problems:
        raise Refused(*problems)
    event = PersonEvent.objects.create(
        person=person, what=what, on=on, detail=detail, note=note.strip()[:300], source=source, recorded_at=at,
        recorded_by=actor.pk,
    )  # fmt: skip
    ended = 0
    if what == "DIED":
        person.died_on, person.changed_at = on, at
        person.save(update_fields=["died_on", "changed_at"])
        ended = end_at_death(person, died_on=on, actor=actor, at=at, source=source_of(event))
    audit.record(
        actor=actor, action="people.event.recorded", subject=person, area_code=person.area_id, at=at,
        what=what, on=on, detail=detail, statuses_ended=ended,
    )  # fmt: skip
    return event


@transaction.atomic
def confirm_person(*, actor: User, person_id: int, way: str, on: date, at: datetime, note: str = "") -> PersonEvent:
    """The yearly confirmation (年度确认), once a year, at home, at the counter, by phone, by video or by a proxy."""
    if way not in types.CONFIRM_WAYS:
        raise Refused(Problem("请选择确认方式", where="方式"))
    return record_event(actor=actor, person_id=person_id, what="CONFIRMED", on=on, detail=way, note=note, at=at)


@transaction.atomic
def withdraw_event(*, actor: User, event_id: int, reason: str, at: datetime) -> PersonEvent:
    """Take back an event that was recorded wrongly. It stays readable as what was known until now.

    A withdrawn death brings every status back to what it was known to be before.
    """
    event = PersonEvent.objects.filter(pk=event_id, superseded_at=None, person__in=visible_people(actor)).first()
    if event is None:
        raise NotFound
    person = get_for_change(actor=actor, person_id=event.person_id)
    check_change_people(actor)
    if not reason.strip():
        raise Refused(Problem("请写明撤回的原因", where="原因"))
    if not PersonEvent.objects.filter(pk=event_id, superseded_at=None).update(superseded_at=at):
        raise NotFound  # withdrawn by somebody else a moment ago
    restored = 0
    if event.what == "DIED":
        person.died_on, person.changed_at = None, at
        person.save(update_fields=["died_on", "changed_at"])
        restored = restore_after_death(person, actor=actor, at=at, source=source_of(event))
    audit.record(
        actor=actor, action="people.event.withdrawn", subject=person, area_code=person.area_id, at=at,
        what=event.what, on=event.on, reason=reason.strip(), statuses_restored=restored,
    )  # fmt: skip
    event.superseded_at = at
    return event


def source_of(event: PersonEvent) -> str:
    """How a row names the event that made it."""
    return f"{event._meta.label_lower}:{event.pk}"


def problems_of_event(person: Person, *, what: str, on: date, detail: str, today: date) -> list[Problem]:
    """Everything that is wrong with an event of this person."""
    problems = []
    if what not in types.EVENT_NAMES:
        problems.append(Problem("没有这种事件", where="事件"))
    if on > today:
        problems.append(Problem("在今天之后", where="日期"))
    if on < person.born_on:
        problems.append(Problem("早于出生日期", where="日期"))
    if person.died_on and what != "DIED" and on > person.died_on:
        problems.append(Problem(f"此人已于 {person.died_on} 去世", where="日期"))
    present = PersonEvent.objects.filter(person=person, superseded_at=None)
    if what == "DIED":
        if detail and detail not in types.DEATH_CAUSES:
            problems.append(Problem("没有这种去世原因", where="原因"))
        died = present.filter(what="DIED").first()
        if died is not None:
            step = "日期不对时,请先撤回原记录再重新登记"
            problems.append(Problem(f"已登记于 {died.on} 去世", where="事件", next_step=step))
    if what == "CONFIRMED" and present.filter(what="CONFIRMED", on__year=on.year).exists():
        problems.append(Problem(f"{on.year} 年已确认过", where="事件"))
    return problems
