"""暂缓发放: an officer keeps somebody out of payment for a stated reason, and lets go again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import Hold
from yushui.people import selectors as people


@transaction.atomic
def hold_person(*, actor: User, person_id: int, reason: str, at: datetime) -> Hold:
    """Keep a person out of the coming batches. What is due keeps adding up and is paid after the release."""
    person = people.get_person(actor=actor, person_id=person_id)
    need_to_act(actor, "benefits.run", "暂缓发放")
    words = reason.strip()
    if not words or len(words) > 120:
        raise Refused(Problem("请写明暂缓的原因(120 字以内)", where="暂缓原因"))
    if Hold.objects.filter(person=person, released_at=None).exists():
        raise Refused(Problem("已经在暂缓名单中", next_step="不必重复登记"))
    hold = Hold.objects.create(person=person, reason=words, held_at=at, held_by=actor.pk)
    audit.record(
        actor=actor, action="benefits.person.held", subject=person, area_code=person.area_id, at=at, reason=words
    )
    return hold


@transaction.atomic
def release_person(*, actor: User, person_id: int, at: datetime) -> None:
    """End a hold; the next run pays what added up."""
    person = people.get_person(actor=actor, person_id=person_id)
    need_to_act(actor, "benefits.run", "解除暂缓")
    if not Hold.objects.filter(person=person, released_at=None).update(released_at=at, released_by=actor.pk):
        raise Refused(Problem("不在暂缓名单中", next_step="请刷新页面"))
    audit.record(actor=actor, action="benefits.person.released", subject=person, area_code=person.area_id, at=at)
