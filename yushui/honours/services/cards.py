"""Verbs of preferential cards: applying, issuing, loss, a new one, cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import texts
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.honours.models import Card
from yushui.honours.permissions import check_record
from yushui.honours.rules.plaques import read_card_act
from yushui.honours.selectors.kinds import list_kinds
from yushui.honours.selectors.plaques import get_card
from yushui.honours.types import CardDraft
from yushui.people.models import Person
from yushui.people.permissions import visible_people
from yushui.people.selectors import get_person

FIELDS = (
    "id", "person", "kind", "state", "applied_on", "issued_on", "state_on", "reason", "recorded_at", "recorded_by",
    "recorded_name", "revision",
)  # fmt: skip


@transaction.atomic
def apply_card(*, actor: User, person_id: int, draft: CardDraft, at: datetime) -> Card:
    """Record an application. Refused with all problems: no kind, a day to come, a card in use, a dead person."""
    check_record(actor)
    person: Person = get_person(actor=actor, person_id=person_id)
    problems: list[Problem] = []
    if draft.kind not in {kind.code for kind in list_kinds(actor=actor, group="CARD")}:
        problems.append(Problem("请选择优待证种类", where="种类"))
    on = texts.read_day(draft.on, "申请日期", problems, latest=timezone.localtime(at).date())
    if person.died_on is not None:
        problems.append(Problem(f"{person.name}已登记去世"))
    if Card.objects.filter(person=person).exclude(state="CANCELLED").exists():
        step = "两种都符合的只领一种;要换另一种,请先注销原来的"
        problems.append(Problem("已有申请或在用的优待证", next_step=step))
    if problems or on is None:
        raise Refused(*problems)
    try:
        with transaction.atomic():
            card = Card.objects.create(
                person=person, kind_id=draft.kind, applied_on=on, state_on=on, recorded_at=at, recorded_by=actor.pk,
                recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Problem("刚刚有人登记过这个人的优待证", next_step="请刷新后查看")) from error
    audit.record(
        actor=actor, action="honours.card.applied", subject=card, area_code=person.area_id, at=at, kind=draft.kind
    )
    return card


@transaction.atomic
def step_card(*, actor: User, card_id: int, draft: CardDraft, revision: str, at: datetime) -> Card:
    """Issue, report lost, issue anew, cancel. Refused with all problems, and when somebody was quicker."""
    check_record(actor)
    card = get_card(actor=actor, card_id=card_id)
    today = timezone.localtime(at).date()
    facts, problems = read_card_act(draft, state=card.state, since=card.state_on, today=today)
    if facts is None or problems:
        raise Refused(*problems)
    was = card.state
    changes: dict[str, object] = {"state": facts.to, "state_on": facts.on, "reason": facts.reason}
    if facts.to == "ISSUED":
        changes["issued_on"] = facts.on
    change_row(card, revision, **changes)
    audit.record(
        actor=actor, action="honours.card.stepped", subject=card, area_code=card.person.area_id, at=at,
        act=facts.act, was={"state": was}, now={"state": card.state}, reason=facts.reason,
    )  # fmt: skip
    return card


@transaction.atomic
def take_over_cards(*, actor: User, cards: Sequence[tuple[int, str, date, date | None]], at: datetime) -> int:
    """Cards issued before this system: (person, kind, applied, issued or none yet); how many. NotFound when a person
    is not the actor's; the database refuses a second card of one person."""
    check_record(actor)
    wanted = {person for person, *_ in cards}
    if visible_people(actor).filter(pk__in=wanted).count() < len(wanted):
        raise NotFound
    first = next_id(Card)
    name = actor.get_full_name()
    insert_rows(
        Card, FIELDS,
        (
            (
                pk, person, kind, "ISSUED" if issued else "APPLIED", applied, issued, issued or applied, "", at,
                actor.pk, name, 1,
            )
            for pk, (person, kind, applied, issued) in enumerate(cards, start=first)
        ),
    )  # fmt: skip
    sync_ids(Card)
    audit.record(
        actor=actor, action="honours.cards.taken_over", subject="honours.card", area_code=actor.area_code, at=at,
        rows=len(cards),
    )  # fmt: skip
    return len(cards)
