"""Small numbers beside the lines of the menu. They stand on every page, so they must cost next to nothing."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.cache import cache

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.audit.selectors import until_next_act
from yushui.cases.selectors.cases import todo_count
from yushui.funds.selectors import care
from yushui.funds.selectors.money import overdrafts_asked
from yushui.merging.selectors import count_waiting as count_merges
from yushui.payments import selectors as payments
from yushui.payments.models import Batch
from yushui.payments.selectors import failed
from yushui.payments.types import Action
from yushui.plans.rules.tasks import SOON
from yushui.plans.selectors.tasks import mine

COUNT_LIFE = 120  # seconds that a count over the register may be old
FORWARD = (Action.SUBMIT, Action.REVIEW, Action.APPROVE, Action.SEND, Action.SETTLE)


def count_key(actor: User, on: date, name: str) -> str:
    """Where a count is kept: the area is part of the name, so scopes never mix."""
    return f"count:{actor.area_code}:{on}:{name}"


def waiting_batches(actor: User) -> list[tuple[Batch, Action]]:
    """Batches whose next step is open to the actor, by post and by the three-people rule, with that step."""
    if not may(actor, "payments.view"):
        return []
    found = []
    for batch in payments.open_batches(actor=actor):
        offered = payments.actions_for(actor=actor, batch=batch)
        step = next((action for action in FORWARD if action in offered), None)
        if step is not None:
            found.append((batch, step))
    return found


def badges_for(actor: User, on: date) -> dict[str, int]:
    """URL name and query → number. A count over the register is shown only when the home page has just made it."""
    badges = until_next_act(
        f"badges:{actor.pk}:{on}",
        lambda: {
            **payment_badges(actor), **plan_badges(actor, on), **money_badges(actor), **merge_badges(actor),
            **case_badges(actor, on),
        },
    )  # fmt: skip
    if may(actor, "people.confirm"):
        badges["list-people?confirm=missing"] = cache.get(count_key(actor, on, "confirm")) or 0
    return badges


def payment_badges(actor: User) -> dict[str, int]:
    """Batches and refused payments that wait; kept until anybody does anything, for every act is in the log."""
    badges = {"list-runs": len(waiting_batches(actor))}
    if may(actor, "payments.view"):
        badges["list-failed"] = failed.count_failed(actor=actor)
    return badges


def plan_badges(actor: User, on: date) -> dict[str, int]:
    """Tasks that wait for the actor and are due within a week or overdue."""
    if not may(actor, "plans.progress"):
        return {}
    return {"list-tasks": mine(actor=actor, on=on).filter(due_on__lte=on + timedelta(days=SOON)).count()}


def money_badges(actor: User) -> dict[str, int]:
    """Applications to the care fund and overdrafts that wait for the actor."""
    if not may(actor, "funds.view_money"):
        return {}
    waits = care.count_waiting(actor=actor)
    return {"list-funds": waits + (len(overdrafts_asked(actor=actor)) if may(actor, "funds.approve") else 0)}


def merge_badges(actor: User) -> dict[str, int]:
    """Doubles that an officer asks the actor to make one entry."""
    return {"list-merges": count_merges(actor=actor)}


def case_badges(actor: User, on: date) -> dict[str, int]:
    """Cases that wait for the actor."""
    return {"list-cases": todo_count(actor=actor, on=on)[0]}
