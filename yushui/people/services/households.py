"""Households (户): several persons under one head."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need_area
from yushui.audit import services as audit
from yushui.base import cipher
from yushui.base.area_codes import AreaLevel
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.people.models import Household, Person
from yushui.people.permissions import check_change_people, visible_people
from yushui.people.selectors import get_for_change
from yushui.places.models import Area

HEAD = "户主"


@transaction.atomic
def join_household(*, actor: User, person_id: int, head_number: str, relation_to_head: str, at: datetime) -> Person:
    """Put a person into the household of the head with this identity number (empty: the person is the head).

    The household is made when the head has none yet.
    """
    person = get_for_change(actor=actor, person_id=person_id)
    check_change_people(actor)
    own = not head_number or person.id_index == cipher.blind(head_number, "id")
    head = person if own else visible_people(actor).filter(id_index=cipher.blind(head_number, "id")).first()
    problems = []
    if head is None:
        problems.append(Problem("辖区内没有登记这个人", where="户主身份证号", next_step="请先登记户主"))
    if not relation_to_head.strip() or own != (relation_to_head == HEAD):
        problems.append(Problem("请选择与户主关系", where="与户主关系", next_step="只有户主本人选“户主”"))
    if problems or head is None:
        raise Refused(*problems)
    if head.household is None:
        head.household = Household.objects.create(area_id=head.area_id, head_name=head.name, address=head.address)
        head.relation_to_head = HEAD
        head.save(update_fields=["household", "relation_to_head"])
    person.household = head.household
    person.relation_to_head = relation_to_head.strip()
    person.changed_at = at
    person.save(update_fields=["household", "relation_to_head", "changed_at"])
    audit.record(
        actor=actor, action="people.household.joined", subject=person, area_code=person.area_id, at=at,
        household=head.household.pk, relation=person.relation_to_head,
    )  # fmt: skip
    return person


@transaction.atomic
def leave_household(*, actor: User, person_id: int, at: datetime) -> Person:
    """Take a person out of the household."""
    person = get_for_change(actor=actor, person_id=person_id)
    check_change_people(actor)
    if person.household_id is None:
        raise Refused(Problem(f"{person.name}没有登记在任何家庭"))
    was = person.household_id
    person.household, person.relation_to_head, person.changed_at = None, "", at
    person.save(update_fields=["household", "relation_to_head", "changed_at"])
    audit.record(
        actor=actor, action="people.household.left", subject=person, area_code=person.area_id, at=at, household=was
    )
    return person


@transaction.atomic
def move_household(*, actor: User, household_id: int, area_code: str, address: str, at: datetime) -> Household:
    """A household moves (随户迁移): the members who were registered where it was go with it; others stay.

    Both places must lie in the actor's area; NotFound otherwise.
    """
    check_change_people(actor)
    household = in_scope(Household.objects.select_for_update(), actor, "area_id").filter(pk=household_id).first()
    if household is None or not Area.objects.filter(pk=area_code, level=AreaLevel.VILLAGE, ends_on=None).exists():
        raise NotFound
    need_area(actor, area_code)
    was = household.area_id
    if was == area_code:
        raise Refused(Problem("这一户已经登记在这个村(社区)", where="迁入村(社区)", next_step="请选择另一个村"))
    members = Person.objects.filter(household=household, area_id=was, died_on=None)
    for person in members:
        audit.record(
            actor=actor, action="people.household.moved", subject=person, area_code=area_code, at=at,
            was={"area": was}, now={"area": area_code},
        )  # fmt: skip
    moved = {"area_id": area_code, "changed_at": at, **({"address": address} if address else {})}
    members.update(**moved)
    household.area_id = area_code
    household.address = address or household.address
    household.save(update_fields=["area", "address"])
    return household
