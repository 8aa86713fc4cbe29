"""Who looks after whom (包联), by date; many people handed over in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.people.models import ResponsibleContact
from yushui.people.permissions import check_change_people, visible_people
from yushui.people.selectors import list_possible_contacts


@transaction.atomic
def assign_contact(*, actor: User, person_ids: Sequence[int], user_id: int, on: date, at: datetime) -> int:
    """Make a user responsible for people from a day on; the one before ends that day. How many people changed hands."""
    check_change_people(actor)
    people = {p.pk: p for p in visible_people(actor).select_for_update().filter(pk__in=list(person_ids))}
    user = list_possible_contacts(actor=actor).filter(pk=user_id).first()
    problems = []
    if not people or len(people) != len(set(person_ids)):
        problems.append(Problem("有人不在您的辖区内或不存在", next_step="请重新勾选"))
    if user is None:
        problems.append(Problem("请选择包联人", where="包联人"))
    if problems or user is None:
        raise Refused(*problems)
    held = {c.person_id: c for c in ResponsibleContact.objects.filter(person_id__in=people, ends_on=None)}
    late = [people[c.person_id].name for c in held.values() if c.user_id != user.pk and c.starts_on > on]
    if late:
        raise Refused(Problem(f"{'、'.join(late[:5])}的现任包联人在 {on} 之后才开始", where="日期"))
    changed = [pk for pk in people if pk not in held or held[pk].user_id != user.pk]
    same_day = [held[pk].pk for pk in changed if pk in held and held[pk].starts_on == on]
    named = {"user_id": user.pk, "user_name": user.get_full_name()}
    ResponsibleContact.objects.filter(pk__in=same_day).update(**named)  # named and replaced on one day: never in charge
    fresh = [pk for pk in changed if pk not in held or held[pk].starts_on != on]
    ResponsibleContact.objects.filter(person_id__in=fresh, ends_on=None).update(ends_on=on)
    ResponsibleContact.objects.bulk_create(
        ResponsibleContact(person_id=pk, starts_on=on, user_id=user.pk, user_name=user.get_full_name()) for pk in fresh
    )
    for pk in changed:
        audit.record(
            actor=actor, action="people.contact.assigned", subject=people[pk], area_code=people[pk].area_id, at=at,
            was=held[pk].user_name if pk in held else "", now=user.get_full_name(), on=on,
        )  # fmt: skip
    return len(changed)


@transaction.atomic
def hand_over_contacts(*, actor: User, from_user_id: int, to_user_id: int, on: date, at: datetime) -> int:
    """Hand everyone a leaver looks after, inside the actor's area, to a colleague in one act."""
    mine = visible_people(actor).values("pk")
    held = ResponsibleContact.objects.filter(user_id=from_user_id, ends_on=None, person_id__in=mine)
    ids = list(held.values_list("person_id", flat=True))
    if not ids:
        raise Refused(Problem("此人名下没有包联对象", where="原包联人"))
    return assign_contact(actor=actor, person_ids=ids, user_id=to_user_id, on=on, at=at)
