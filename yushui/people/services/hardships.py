"""Difficulties (困难情形) that are found and, in time, left behind."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.people import types
from yushui.people.models import Hardship
from yushui.people.permissions import check_change_people, visible_people
from yushui.people.selectors import get_for_change


@transaction.atomic
def add_hardship(*, actor: User, person_id: int, kind: str, starts_on: date, at: datetime, note: str = "") -> Hardship:
    """Note a difficulty from a day on; the same kind is open once at a time."""
    person = get_for_change(actor=actor, person_id=person_id)
    check_change_people(actor)
    problems = []
    if kind not in types.HARDSHIP_NAMES:
        problems.append(Problem("请选择困难类型", where="困难类型"))
    if starts_on > timezone.localtime(at).date():
        problems.append(Problem("在今天之后", where="发现日期"))
    if Hardship.objects.filter(person=person, kind=kind, ends_on=None).exists():
        problems.append(Problem(f"已记录{types.HARDSHIP_NAMES[kind]},尚未解除", where="困难类型"))
    if problems:
        raise Refused(*problems)
    hardship = Hardship.objects.create(
        person=person, kind=kind, note=note.strip()[:300], starts_on=starts_on, recorded_at=at, recorded_by=actor.pk
    )
    audit.record(
        actor=actor, action="people.hardship.added", subject=person, area_code=person.area_id, at=at,
        kind=kind, starts_on=starts_on,
    )  # fmt: skip
    return hardship


@transaction.atomic
def end_hardship(*, actor: User, hardship_id: int, ends_on: date, at: datetime) -> Hardship:
    """Note that a difficulty was left behind (脱困) from a day on."""
    hardship = (
        Hardship.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=hardship_id, person__in=visible_people(actor))
        .first()
    )
    if hardship is None:
        raise NotFound
    check_change_people(actor)
    problems = []
    if hardship.ends_on:
        problems.append(Problem(f"已于 {hardship.ends_on} 解除"))
    if ends_on < hardship.starts_on:
        problems.append(Problem(f"早于发现日期 {hardship.starts_on}", where="解除日期"))
    if ends_on > timezone.localtime(at).date():
        problems.append(Problem("在今天之后", where="解除日期"))
    if problems:
        raise Refused(*problems)
    hardship.ends_on = ends_on
    hardship.save(update_fields=["ends_on"])
    audit.record(
        actor=actor, action="people.hardship.ended", subject=hardship.person, area_code=hardship.person.area_id, at=at,
        kind=hardship.kind, ends_on=ends_on,
    )  # fmt: skip
    return hardship
