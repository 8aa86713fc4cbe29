"""Runs that were asked for and are being made in the background."""

from __future__ import annotations

from dataclasses import dataclass

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base import jobs
from yushui.base.models import Job
from yushui.base.refusals import NotFound
from yushui.benefits.models import RunOrder
from yushui.payments.selectors import places_of

JOB = "benefits.run"


@dataclass(frozen=True)
class Waiting:
    """An order with its background work."""

    order: RunOrder
    place: str
    job: Job | None


def user_of(user_id: int) -> User:
    """The user a job acts for."""
    return User.objects.get(pk=user_id)


def get_order(*, actor: User, order_id: int) -> Waiting:
    """An order of the actor's area; NotFound otherwise."""
    need(actor, "benefits.view")
    order = in_scope(RunOrder.objects.filter(pk=order_id), actor, "area_code").first()
    if order is None:
        raise NotFound
    return waiting_of(order)


def waiting_of(order: RunOrder) -> Waiting:
    """An order with place and job."""
    job = jobs.latest(name=JOB, subject_id=order.pk)
    return Waiting(order, places_of([order.area_code])[order.area_code], job)


def open_orders(*, actor: User) -> list[Waiting]:
    """Orders whose run is not there yet, also those that failed; the newest first."""
    need(actor, "benefits.view")
    rows = in_scope(RunOrder.objects.filter(run=None), actor, "area_code")
    return [waiting_of(order) for order in rows.order_by("-id")[:10]]
