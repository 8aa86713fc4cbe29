"""Pairs of people (结对帮扶): entered, corrected, ended; contacts logged and withdrawn; kinds from the catalogue and by
form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area, need_to_act
from yushui.activities.models import PairContact, PersonPair, Visit
from yushui.activities.permissions import check_pair
from yushui.activities.rules.pairs import PersonPairFacts, read_contact, read_end, read_person_pair
from yushui.activities.selectors.person_pairs import get_contact, get_help, get_helped, list_pair_kinds
from yushui.activities.selectors.visits import get_visit
from yushui.activities.types import ContactDraft, PersonPairDraft, Way
from yushui.audit import services as audit
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.people.models import Person
from yushui.places.models import Area


@transaction.atomic
def add_person_pair(*, actor: User, draft: PersonPairDraft, at: datetime) -> PersonPair:
    """Enter who stands by whom; a form sent twice is one pair. The area is that of the person helped, or of the
    actor."""
    need_to_act(actor, "activities.pair", "登记结对帮扶")
    known = PersonPair.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    facts, person, problems = judged(actor, draft, timezone.localtime(at).date())
    if facts is None or problems:
        raise Refused(*problems)
    area_code = area_of(actor, facts, person)
    with once():
        pair = PersonPair.objects.create(
            **columns_of(facts, person), area_id=area_code, client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    audit.record(
        actor=actor, action="activities.person_pair.added", subject=pair, area_code=area_code, at=at,
        now=words_of(pair),
    )  # fmt: skip
    return pair


def judged(
    actor: User, draft: PersonPairDraft, today: date, kept: PersonPair | None = None
) -> tuple[PersonPairFacts | None, Person | None, list[Problem]]:
    """Facts and the person helped, with all problems; a person out of reach is not found. A pair that stands (`kept`)
    may keep its retired kind."""
    kinds = {kind.code: kind.of_register for kind in list_pair_kinds(actor=actor)}
    if kept is not None:
        kinds[kept.kind_id] = kept.kind.of_register
    facts, problems = read_person_pair(draft, kinds=kinds, today=today, keyed=kept is None)
    if facts is None:
        return None, None, problems
    person = get_helped(actor=actor, person_id=facts.person_id) if facts.person_id is not None else None
    if person is not None and person.died_on is not None and kept is None:
        problems.append(Problem("这位对象已登记去世", where="帮扶对象", next_step="请核对"))
    if person is not None:
        same = PersonPair.objects.filter(person=person, helper_name=facts.helper, ends_on=None)
        if same.exclude(pk=kept.pk if kept else 0).exists():
            problems.append(Problem(f"{facts.helper}已和这位对象结对", where="帮扶人", next_step="不用再登记"))
    return facts, person, problems


def area_of(actor: User, facts: PersonPairFacts, person: Person | None) -> str:
    """Where the pair is kept: the village of the person, or the area chosen."""
    if person is not None:
        return str(person.area_id)
    area_code = facts.area_code or actor.area_code
    need_area(actor, area_code)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    return area_code


def columns_of(facts: PersonPairFacts, person: Person | None) -> dict[str, object]:
    """The facts as columns of the row."""
    return {
        "kind_id": facts.kind, "helper_name": facts.helper, "helper_unit": facts.helper_unit,
        "helper_phone": facts.helper_phone, "person_id": person.pk if person else None, "helped_name": facts.helped,
        "helped_unit": facts.helped_unit, "starts_on": facts.starts_on, "needs": facts.needs, "note": facts.note,
    }  # fmt: skip


def words_of(pair: PersonPair) -> dict[str, object]:
    """A pair for the log, without the phone."""
    names = ("kind_id", "helper_name", "helper_unit", "person_id", "helped_name", "helped_unit", "starts_on", "needs")
    return {name: getattr(pair, name) for name in names}


@transaction.atomic
def change_person_pair(*, actor: User, help_id: int, draft: PersonPairDraft, revision: str, at: datetime) -> PersonPair:
    """Correct a pair that has not ended; refused when somebody changed it since `revision` was shown."""
    pair = get_help(actor=actor, help_id=help_id)
    check_pair(actor, pair.area_id)
    facts, person, problems = judged(actor, draft, timezone.localtime(at).date(), kept=pair)
    problems += problems_of_ended(pair)
    if facts is not None:
        first = PairContact.objects.filter(pair=pair, withdrawn_at=None).order_by("on").first()
        if first is not None and first.on < facts.starts_on:
            problems.append(
                Problem(f"{first.on:%Y-%m-%d} 已有联系记录", where="结对日期", next_step="结对日期不能更晚")
            )
        if (person.pk if person else None) != pair.person_id:
            problems.append(Problem("帮扶对象不能改", where="帮扶对象", next_step="请结束这一对,另登记一对"))
    if facts is None or problems:
        raise Refused(*problems)
    was = words_of(pair)
    change_row(pair, revision, **columns_of(facts, person))
    now = words_of(pair)
    audit.record(
        actor=actor, action="activities.person_pair.changed", subject=pair, area_code=pair.area_id, at=at,
        was={key: value for key, value in was.items() if now[key] != value},
        now={key: value for key, value in now.items() if was[key] != value},
    )  # fmt: skip
    return pair


def problems_of_ended(pair: PersonPair) -> list[Problem]:
    """A pair that has ended stays as it is."""
    return [Problem("这一对已经结束", next_step="重新结对的,请另登记一对")] if pair.ends_on is not None else []


@transaction.atomic
def end_person_pair(*, actor: User, help_id: int, on: str, reason: str, revision: str, at: datetime) -> PersonPair:
    """End a pair of people from a day on, with the reason."""
    pair = get_help(actor=actor, help_id=help_id)
    check_pair(actor, pair.area_id)
    day, why, problems = read_end(on, reason, starts_on=pair.starts_on, today=timezone.localtime(at).date())
    problems += problems_of_ended(pair)
    if problems or day is None:
        raise Refused(*problems)
    change_row(pair, revision, ends_on=day, end_reason=why)
    audit.record(
        actor=actor, action="activities.person_pair.ended", subject=pair, area_code=pair.area_id, at=at,
        now={"ends_on": day}, reason=why,
    )  # fmt: skip
    return pair


@transaction.atomic
def record_pair_contact(*, actor: User, help_id: int, draft: ContactDraft, at: datetime) -> PairContact:
    """Log one contact, or a visit as one; a form sent twice is one contact."""
    pair = get_help(actor=actor, help_id=help_id)
    need_to_act(actor, "activities.visit", "登记结对联系")
    known = PairContact.objects.filter(client_key=draft.client_key.strip(), pair=pair, recorded_by=actor.pk).first()
    if known is not None:
        return known
    visit = visit_of(actor, pair, draft.visit_id)
    facts, problems = read_contact(
        draft, starts_on=pair.starts_on, ends_on=pair.ends_on, today=timezone.localtime(at).date(),
        visited=(visit.on, visit.way) if visit else None,
    )  # fmt: skip
    if facts is None or problems:
        raise Refused(*problems)
    try:
        with transaction.atomic():
            contact = PairContact.objects.create(
                pair=pair, on=facts.on, way=facts.way, note=facts.note, visit=visit, client_key=facts.client_key,
                recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Problem("这张表单已经用过,或这次走访已记作联系", next_step="请重新打开这一页")) from error
    audit.record(
        actor=actor, action="activities.person_pair.contacted", subject=pair, area_code=pair.area_id, at=at,
        now={"on": facts.on, "way": facts.way},
    )  # fmt: skip
    return contact


def visit_of(actor: User, pair: PersonPair, visit_id: str) -> Visit | None:
    """The visit that is the contact: one that met the person of this pair."""
    if not visit_id.strip():
        return None
    if not (visit_id.isascii() and visit_id.isdigit() and len(visit_id) < 16):
        raise NotFound
    visit = get_visit(actor=actor, visit_id=int(visit_id))
    if visit.person_id != pair.person_id or visit.withdrawn_at is not None or visit.way == Way.ABSENT:
        raise NotFound
    return visit


@transaction.atomic
def withdraw_pair_contact(*, actor: User, contact_id: int, at: datetime) -> PairContact:
    """Take a contact out of the log of a pair: its recorder, or who keeps pairs. The row stays."""
    contact = get_contact(actor=actor, contact_id=contact_id)
    need_to_act(actor, "activities.visit", "撤回结对联系")
    if contact.recorded_by != actor.pk:
        need_to_act(actor, "activities.pair", "撤回他人登记的联系")
    if contact.withdrawn_at is None:
        PairContact.objects.filter(pk=contact.pk).update(withdrawn_at=at)
        audit.record(
            actor=actor, action="activities.person_pair.contact_withdrawn", subject=contact.pair,
            area_code=contact.pair.area_id, at=at, was={"on": contact.on, "way": contact.way},
        )  # fmt: skip
    return contact


@dataclass(frozen=True)
class PastPair:
    """A pair of people from an old list with its contacts (day, way, words)."""

    draft: PersonPairDraft
    contacts: tuple[tuple[date, str, str], ...] = ()


@transaction.atomic
def take_over_person_pairs(*, actor: User, pairs: Sequence[PastPair], at: datetime) -> int:
    """Pairs that a county kept on paper before, with their contacts, checked like single ones; how many. All or
    nothing, one entry in the log."""
    need_to_act(actor, "activities.pair", "登记结对帮扶")
    today, problems, made = timezone.localtime(at).date(), [], []
    kinds = {kind.code: kind.of_register for kind in list_pair_kinds(actor=actor)}
    for number, past in enumerate(pairs, start=1):
        facts, found = read_person_pair(past.draft, kinds=kinds, today=today)
        problems += [Problem(str(problem), where=f"第 {number} 行") for problem in found]
        if facts is not None:
            made.append((facts, past.contacts))
    if problems:
        raise Refused(*problems)
    people = Person.objects.defer("id_number", "phone").in_bulk(
        [facts.person_id for facts, _ in made if facts.person_id is not None]
    )
    rows = []
    for facts, _ in made:
        person = people.get(facts.person_id) if facts.person_id is not None else None
        area_code = area_of(actor, facts, person)
        need_area(actor, area_code)
        rows.append(
            PersonPair(
                **columns_of(facts, person),
                area_id=area_code,
                client_key=facts.client_key,
                recorded_at=at,
                recorded_by=actor.pk,
                recorded_name=actor.get_full_name(),
            )  # fmt: skip
        )
    kept = PersonPair.objects.bulk_create(rows)
    PairContact.objects.bulk_create(
        PairContact(
            pair=pair, on=on, way=way, note=note, recorded_at=at, recorded_by=actor.pk,
            recorded_name=actor.get_full_name(),
        )
        for pair, (_, contacts) in zip(kept, made, strict=True)
        for on, way, note in contacts
        if pair.starts_on <= on <= today
    )  # fmt: skip
    audit.record(
        actor=actor, action="activities.person_pairs.taken_over", subject="activities.personpair",
        area_code=actor.area_code, at=at, rows=len(kept),
    )  # fmt: skip
    return len(kept)
