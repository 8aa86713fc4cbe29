"""Who looks after whom (包联), by date; many people handed over in one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.people.models import ResponsibleContact
from yushui.people.permissions import check_change_people, visible_people
from yushui.people.selectors import list_possible_contacts
from yushui.people.selectors.contacts import kept_people, reaches
from yushui.people.services.bulk import groups
from yushui.places.selectors import path_names


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
    blind = sorted({p.area_id for p in people.values() if not reaches(user, p.area_id)})
    if blind:
        names = "、".join(path_names(set(blind[:5])).values())
        step = "请选本村、本镇或县里的同事"
        raise Refused(
            Problem(f"{user.get_full_name()}的工作区域不含{names},看不到这些人", where="包联人", next_step=step)
        )
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
def hand_over_contacts(
    *, actor: User, from_user_id: int | None, given: Mapping[str, int], on: date, at: datetime
) -> int:
    """Hand over everybody whom a colleague looks after (or, without one, those whom nobody does), village by village.

    `given` names who takes over for each village; villages not named stay as they are. One act however many they are:
    the contacts of before end that day and stay on file. How many people changed hands. Raises Refused with all
    problems: nobody there any more (sent twice), a colleague who cannot see the village, a day that cannot be.
    """
    check_change_people(actor)
    there = kept_people(actor=actor, user_id=from_user_id).filter(area_id__in=list(given))
    kept = dict(there.values_list("pk", "area_id"))
    staff = {u.pk: u for u in list_possible_contacts(actor=actor).filter(pk__in=set(given.values()))}
    problems = problems_of_hand_over(given, staff, kept, from_user_id)
    if on > timezone.localtime(at).date():
        problems.append(Problem("在今天之后", where="日期", next_step="到那一天再办,或填今天"))
    named = ResponsibleContact.objects.filter(ends_on=None, person_id__in=there.values("pk"))
    since = dict(named.values_list("person_id", "starts_on"))
    late = sorted({day for day in since.values() if day > on})
    if late:
        problems.append(Problem(f"有人到 {late[-1]} 才由此人包联", where="日期", next_step=f"请填 {late[-1]} 或以后"))
    if problems:
        raise Refused(*problems)
    change_hands(kept, since, {code: staff[given[code]] for code in given}, on)
    left_by = User.objects.filter(pk=from_user_id).first() if from_user_id else None
    taken = Counter(staff[given[code]].get_full_name() for code in kept.values())
    audit.record(
        actor=actor, action="people.contacts.handed_over", subject=left_by or "people.responsiblecontact", at=at,
        area_code=actor.area_code, was=left_by.get_full_name() if left_by else "", now=dict(taken), heads=len(kept),
        villages=len(set(kept.values())), on=on,
    )  # fmt: skip
    return len(kept)


def problems_of_hand_over(
    given: Mapping[str, int], staff: Mapping[int, User], kept: Mapping[int, str], from_user_id: int | None
) -> list[Problem]:
    """What stands against handing these people to these colleagues."""
    if not given:
        return [Problem("还没有选接手的人", where="接手人", next_step="可以统一选一人,也可以逐村选")]
    problems = []
    if not kept:
        problems.append(Problem("已没有要移交的人", next_step="可能刚才已经移交,请回到包联页核对"))
    names = path_names(set(given))
    for code, user_id in given.items():
        user = staff.get(user_id)
        if user is None:
            problems.append(Problem("没有这位同事,或已停用", where=names.get(code, code), next_step="请重新选择"))
        elif user_id == from_user_id:
            problems.append(Problem("接手人就是原来的包联人", where=names.get(code, code), next_step="请另选一人"))
        elif not reaches(user, code):
            text = f"{user.get_full_name()}的工作区域不含这里,看不到这里的人"
            problems.append(Problem(text, where=names.get(code, code), next_step="请选本村、本镇或县里的同事"))
    return problems


def change_hands(kept: Mapping[int, str], since: Mapping[int, date], given: Mapping[str, User], on: date) -> None:
    """End the contacts of before and begin new ones, 500 people at a time. Who was named and replaced on one day was
    never in charge: that row is renamed."""
    for group in groups(kept):
        for code in sorted({kept[pk] for pk in group}):
            user = given[code]
            people = [pk for pk in group if kept[pk] == code]
            same = [pk for pk in people if since.get(pk) == on]
            fresh = [pk for pk in people if since.get(pk) != on]
            rows = ResponsibleContact.objects.filter(ends_on=None)
            rows.filter(person_id__in=same).update(user_id=user.pk, user_name=user.get_full_name())
            rows.filter(person_id__in=fresh).update(ends_on=on)
            ResponsibleContact.objects.bulk_create(
                ResponsibleContact(person_id=pk, user_id=user.pk, user_name=user.get_full_name(), starts_on=on)
                for pk in fresh
            )
