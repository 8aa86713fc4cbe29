"""Verbs of plaques: hanging one or many, replacing, taking back, cancelling, restoring, moving with the family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.evidence import Sent, read_pieces
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.honours.models import Plaque, PlaqueEvent
from yushui.honours.permissions import check_record, visible_plaques
from yushui.honours.rules.plaques import NEW_PLATE, ActFacts, read_act, read_hanging
from yushui.honours.selectors.plaques import (
    all_grounds,
    get_plaque,
    ground_of_person,
    grounds_by_household,
    homes_without_plaque,
    list_missing,
)
from yushui.honours.services.evidence import keep_pieces
from yushui.honours.types import PlaqueDraft
from yushui.people.models import Household
from yushui.people.selectors import get_person
from yushui.people.services.households import HEAD, join_household, move_household

MOST_AT_ONCE = 500


@transaction.atomic
def hang_plaque(*, actor: User, person_id: int, draft: PlaqueDraft, sent: Sequence[Sent] = (), at: datetime) -> Plaque:
    """The first plaque of a person's household (新发). A person without household becomes the head of one. Refused
    with all problems, and when the household has a plaque already."""
    check_record(actor)
    person = get_person(actor=actor, person_id=person_id)
    known = PlaqueEvent.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known.plaque
    today = timezone.localtime(at).date()
    household_id = person.household_id
    ground = (
        grounds_by_household([household_id], today).get(household_id, "")
        if household_id
        else ground_of_person(person.pk, today)
    )
    facts, problems = read_hanging(draft, ground=ground, today=today)
    pieces = read_pieces(sent, problems)
    if household_id and Plaque.objects.filter(household=household_id).exists():
        step = "一户只挂一块;遗失或破损的,请在原来的光荣牌上办补发、更换"
        problems.append(Problem("这一户已经有光荣牌", next_step=step))
    if facts is None or problems:
        raise Refused(*problems)
    if household_id is None:
        joined = join_household(actor=actor, person_id=person.pk, head_number="", relation_to_head=HEAD, at=at)
        household_id = joined.household_id
    assert household_id is not None
    household = Household.objects.get(pk=household_id)
    try:
        with transaction.atomic():
            plaque = Plaque.objects.create(
                household=household, ground=ground or "ASKED", number=facts.number, hung_on=facts.on, state_on=facts.on
            )
            write_event(actor, plaque, "ISSUED", facts.on, household.area_id, facts.reason, facts.client_key, at)
    except IntegrityError as error:
        raise Refused(Problem("这一户刚刚登记过光荣牌", next_step="请刷新后查看")) from error
    keep_pieces(pieces, actor=actor, at=at, plaque=plaque)
    audit.record(
        actor=actor, action="honours.plaque.hung", subject=plaque, area_code=household.area_id, at=at, on=facts.on
    )
    return plaque


@transaction.atomic
def hang_plaques(*, actor: User, household_ids: Sequence[int], on: date, at: datetime) -> int:
    """Plaques of many households hung on one day (集中悬挂); how many. Those that have one meanwhile, or no ground, are
    refused by name, and then nothing is written."""
    check_record(actor)
    wanted = list(dict.fromkeys(household_ids))
    today = timezone.localtime(at).date()
    problems = []
    if not wanted:
        problems.append(Problem("没有勾选", next_step="请勾选已经悬挂的家庭"))
    if on > today:
        problems.append(Problem("日期在今天之后", where="悬挂日期", next_step="请填写实际悬挂的日期"))
    if problems:
        raise Refused(*problems)
    found = dict(list_missing(actor=actor, area_code="", on=today).filter(pk__in=wanted).values_list("pk", "area_id"))
    if len(found) < len(wanted):
        known = visible_plaques(actor).filter(household__in=set(wanted) - set(found))
        names = "、".join(known.values_list("household__head_name", flat=True)[:5])
        if not names:
            raise NotFound
        raise Refused(Problem(f"{names} 户刚刚登记过", next_step="请刷新名单后再勾选"))
    return insert_plaques(actor, found, dict.fromkeys(found, on), today, at)


@transaction.atomic
def take_over_plaques(*, actor: User, hung: dict[int, date], at: datetime) -> int:
    """Plaques that hung before this system, household → day; how many. For taking over a county's list."""
    check_record(actor)
    today = timezone.localtime(at).date()
    areas = {pk: area for pk, area in homes_without_plaque(actor=actor, on=today).items() if pk in hung}
    if len(areas) < len(hung):
        raise NotFound
    return insert_plaques(actor, areas, hung, today, at)


def insert_plaques(actor: User, areas: dict[int, str], hung: dict[int, date], today: date, at: datetime) -> int:
    """The rows of plaques and their first events."""
    grounds = grounds_by_household(areas, today) if len(areas) <= MOST_AT_ONCE else all_grounds(today)
    first = next_id(Plaque)
    rows = [(first + n, home, "HUNG", grounds.get(home, "ASKED"), "", hung[home], hung[home], 1)
            for n, home in enumerate(areas)]  # fmt: skip
    fields = ("id", "household", "state", "ground", "number", "hung_on", "state_on", "revision")
    insert_rows(Plaque, fields, rows)
    sync_ids(Plaque)
    name = actor.get_full_name()
    columns = ("plaque", "what", "on", "area", "reason", "client_key", "recorded_at", "recorded_by", "recorded_name")
    insert_rows(
        PlaqueEvent, columns,
        ((row[0], "ISSUED", row[5], areas[int(str(row[1]))], "", None, at, actor.pk, name) for row in rows),
    )  # fmt: skip
    audit.record(
        actor=actor, action="honours.plaques.hung", subject="honours.plaque", area_code=actor.area_code, at=at,
        rows=len(rows),
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def act_on_plaque(
    *, actor: User, plaque_id: int, draft: PlaqueDraft, revision: str, sent: Sequence[Sent] = (), at: datetime
) -> Plaque:
    """Replace, reissue, take back, cancel, restore, or move with the family. Refused with all problems, and when
    somebody else has done something with it meanwhile."""
    check_record(actor)
    plaque = get_plaque(actor=actor, plaque_id=plaque_id)
    if PlaqueEvent.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk, plaque=plaque).exists():
        return plaque
    today = timezone.localtime(at).date()
    has_holder = bool(grounds_by_household([plaque.household_id], today)) or plaque.ground == "ASKED"
    facts, problems = read_act(draft, state=plaque.state, hung_on=plaque.hung_on, has_holder=has_holder, today=today)
    pieces = read_pieces(sent, problems)
    if facts is None or problems:
        raise Refused(*problems)
    was = plaque.state
    change_row(plaque, revision, **columns_of(plaque, facts))
    area = plaque.household.area_id
    reason = facts.reason
    if facts.act == "MOVED":
        moved = move_household(
            actor=actor, household_id=plaque.household_id, area_code=facts.area_code, address=facts.address, at=at
        )
        area, plaque.household = moved.area_id, moved
    write_event(actor, plaque, facts.act, facts.on, area, reason, facts.client_key, at)
    keep_pieces(pieces, actor=actor, at=at, plaque=plaque)
    audit.record(
        actor=actor, action="honours.plaque.acted", subject=plaque, area_code=area, at=at, act=facts.act,
        was={"state": was}, now={"state": plaque.state}, reason=reason,
    )  # fmt: skip
    return plaque


def columns_of(plaque: Plaque, facts: ActFacts) -> dict[str, object]:
    """What an act changes in the row."""
    changed: dict[str, object] = {"state": facts.to, "state_on": max(facts.on, plaque.hung_on)}
    if facts.act in NEW_PLATE:
        changed |= {"hung_on": facts.on, "number": facts.number or plaque.number}
    return changed


def write_event(
    actor: User, plaque: Plaque, what: str, on: date, area: str, reason: str, key: str, at: datetime
) -> None:
    """One line of a plaque's history."""
    PlaqueEvent.objects.create(
        plaque=plaque, what=what, on=on, area_id=area, reason=reason, client_key=key, recorded_at=at,
        recorded_by=actor.pk, recorded_name=actor.get_full_name(),
    )  # fmt: skip
