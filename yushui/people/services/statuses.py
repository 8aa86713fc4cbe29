"""Statuses (身份) on two clocks: a correction is a new version, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.days import Span
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.people import rules, types
from yushui.people.models import Person, Status
from yushui.people.permissions import check_change_people
from yushui.people.selectors import get_for_change, get_status
from yushui.people.types import StatusFacts

FACTS = tuple(field.name for field in fields(StatusFacts))


@transaction.atomic
def add_status(*, actor: User, person_id: int, facts: StatusFacts, at: datetime, source: str = "") -> Status:
    """Give a person a status. Refuses what the kind requires and lacks, impossible days, overlap."""
    person = get_for_change(actor=actor, person_id=person_id)
    check_change_people(actor)
    refuse_problems(person, facts, at=at, lineage=None)
    status = Status.objects.create(
        person=person, lineage=-person.pk, recorded_at=at, recorded_by=actor.pk, source=source, **asdict(facts)
    )
    status.lineage = status.pk
    status.save(update_fields=["lineage"])
    audit.record(
        actor=actor, action="people.status.added", subject=person, area_code=person.area_id, at=at,
        kind=facts.kind, now=said(facts),
    )  # fmt: skip
    return status


@transaction.atomic
def change_status(*, actor: User, lineage: int, facts: StatusFacts, reason: str, at: datetime) -> Status:
    """Correct a status: what was wrong stays readable as what was known until now. A reason is required."""
    old = locked(actor, lineage)
    check_change_people(actor)
    problems = [] if reason.strip() else [Problem("请写明更正的原因", where="原因")]
    if facts.state == "DIED" != old.state:
        problems.append(Problem("去世要记录去世事件", where="状态", next_step="请在“经历”中记录,身份会随之结束"))
    refuse_problems(old.person, facts, at=at, lineage=lineage, more=problems)
    was = facts_of_row(old)
    if was == facts:
        return old
    new = new_version(old, facts, actor=actor, at=at)
    audit.record(
        actor=actor, action="people.status.changed", subject=old.person, area_code=old.person.area_id, at=at,
        kind=facts.kind, was=only_changed(was, facts), now=only_changed(facts, was), reason=reason.strip(),
    )  # fmt: skip
    return new


@transaction.atomic
def end_status(*, actor: User, lineage: int, state: str, ends_on: date, reason: str, at: datetime) -> Status:
    """End a status from a day on (first day not covered) as stopped, moved, suspended or cancelled."""
    old = locked(actor, lineage)
    check_change_people(actor)
    names = types.STATUS_COLUMN_NAMES
    problems = []
    if state not in types.ENDING_STATES:
        problems.append(Problem("请选择停发、迁移、中止或取消", where=names["state"], next_step="去世请记录去世事件"))
    if ends_on <= old.starts_on:
        problems.append(Problem(f"应晚于开始日期 {old.starts_on}", where=names["ends_on"]))
    if not reason.strip():
        problems.append(Problem("请写明原因", where="原因"))
    if problems:
        raise Refused(*problems)
    was = facts_of_row(old)
    facts = StatusFacts(**{**asdict(was), "state": state, "ends_on": ends_on})
    new = new_version(old, facts, actor=actor, at=at)
    audit.record(
        actor=actor, action="people.status.ended", subject=old.person, area_code=old.person.area_id, at=at,
        kind=old.kind, was=only_changed(was, facts), now=only_changed(facts, was), reason=reason.strip(),
    )  # fmt: skip
    return new


def end_at_death(person: Person, *, died_on: date, actor: User, at: datetime, source: str) -> int:
    """End every running status of a person as DIED on the day after the death; part of recording the death."""
    first_day_after = died_on + timedelta(days=1)
    ended = 0
    for old in Status.objects.filter(person=person, superseded_at=None).exclude(state__in=types.VOID_STATES):
        if old.ends_on and old.ends_on <= first_day_after:
            continue
        facts = StatusFacts(**{**asdict(facts_of_row(old)), "state": "DIED", "ends_on": first_day_after})
        if old.starts_on >= first_day_after:  # it was to begin after the death: it never held
            facts = StatusFacts(**{**asdict(facts_of_row(old)), "state": "CANCELLED"})
        new_version(old, facts, actor=actor, at=at, source=source)
        ended += 1
    return ended


def restore_after_death(person: Person, *, actor: User, at: datetime, source: str) -> int:
    """Take back what a wrongly recorded death did: each status again as it was known before."""
    restored = 0
    for ended in Status.objects.filter(person=person, superseded_at=None, source=source):
        before = (
            Status.objects.filter(lineage=ended.lineage, superseded_at=ended.recorded_at)
            .order_by("-recorded_at")
            .first()
        )
        if before is not None:
            new_version(ended, facts_of_row(before), actor=actor, at=at, source=before.source)
            restored += 1
    return restored


def locked(actor: User, lineage: int) -> Status:
    """The present version of a status, its person locked so that versions follow one another."""
    person_id = get_status(actor=actor, lineage=lineage).person_id
    person = get_for_change(actor=actor, person_id=person_id)
    status = Status.objects.filter(lineage=lineage, superseded_at=None).first()
    if status is None:
        raise NotFound
    status.person = person
    return status


def new_version(old: Status, facts: StatusFacts, *, actor: User, at: datetime, source: str = "") -> Status:
    """Close the version known until now and add the next one of the same lineage."""
    Status.objects.filter(pk=old.pk).update(superseded_at=at)
    return Status.objects.create(
        person=old.person, lineage=old.lineage, recorded_at=at, recorded_by=actor.pk, source=source, **asdict(facts)
    )


def refuse_problems(
    person: Person, facts: StatusFacts, *, at: datetime, lineage: int | None, more: list[Problem] | None = None
) -> None:
    """Raise Refused with everything that is wrong with a status of this person; nothing when it may stand."""
    problems = [*(more or [])]
    values = asdict(facts)
    problems += rules.problems_of_status(facts.kind, values, born_on=person.born_on, on=timezone.localtime(at).date())
    if person.died_on and facts.starts_on and facts.starts_on > person.died_on:
        problems.append(Problem(f"晚于去世日期 {person.died_on}", where=types.STATUS_COLUMN_NAMES["starts_on"]))
    forward = facts.starts_on and (facts.ends_on is None or facts.ends_on > facts.starts_on)
    if facts.starts_on and forward and rules.ever_held(facts.state, facts.ends_on):
        others = Status.objects.filter(person=person, kind=facts.kind, superseded_at=None).exclude(lineage=lineage or 0)
        overlap = rules.problem_of_overlap(
            facts.kind,
            Span(facts.starts_on, facts.ends_on),
            others.values_list("kind", "state", "starts_on", "ends_on"),
        )
        problems += [overlap] if overlap else []
    if problems:
        raise Refused(*problems)


def facts_of_row(status: Status) -> StatusFacts:
    """The facts of a stored version."""
    return StatusFacts(**{name: getattr(status, name) for name in FACTS})


def said(facts: StatusFacts) -> dict[str, object]:
    """The columns that say something, for the log; a certificate number stays out of it."""
    return {name: value for name, value in shown(facts).items() if value not in (None, "")}


def only_changed(facts: StatusFacts, other: StatusFacts) -> dict[str, object]:
    """The columns in which two versions differ, with the values of the first."""
    theirs = asdict(other)
    return {name: value for name, value in shown(facts).items() if theirs[name] != asdict(facts)[name]}


def shown(facts: StatusFacts) -> Mapping[str, object]:
    """What may stand in the log: everything but the certificate number, of which only that it is there."""
    values = asdict(facts)
    values["certificate_number"] = "有" if values["certificate_number"] else ""
    return values
