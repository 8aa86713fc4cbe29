"""喜报 in the actor's area, and the evidence of honours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.refusals import NotFound
from yushui.benefits.selectors.claims import asked_origins, open_origins
from yushui.honours.models import GoodNews, HonourEvidence
from yushui.honours.models.evidence import OWNERS
from yushui.honours.permissions import visible_news
from yushui.honours.selectors.plaques import within
from yushui.honours.types import REWARD

SOON = timedelta(days=7)
WAITING = ("TO_COLLECT", "TO_DELIVER")
# what the filter offers besides the states
MORE_STATES = {"waiting": "全部未送达", "overdue": "已超期", "unclaimed": "奖励金未申领", "unpaid": "奖励金未付"}


@dataclass(frozen=True)
class NewsFilters:
    """What the list is narrowed to."""

    state: str = ""
    kind: str = ""
    year: int | None = None  # received in
    area_code: str = ""
    text: str = ""


def list_news(*, actor: User, filters: NewsFilters, on: date) -> QuerySet[GoodNews]:
    """喜报: waiting ones by their due day, otherwise the newest first."""
    rows = within(visible_news(actor), "area_id", filters.area_code)
    if filters.state == "waiting":
        rows = rows.filter(state__in=WAITING)
    elif filters.state == "overdue":
        rows = rows.filter(state__in=WAITING, due_on__lt=on)
    elif filters.state == "unpaid":
        rows = with_key(rows).filter(key__in=open_origins(REWARD)).exclude(state="WITHDRAWN")
    elif filters.state == "unclaimed":
        rows = with_key(rows).exclude(key__in=asked_origins(REWARD)).exclude(state="WITHDRAWN")
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.year is not None:
        rows = rows.filter(received_on__gte=date(filters.year, 1, 1), received_on__lt=date(filters.year + 1, 1, 1))
    if filters.text:
        rows = rows.filter(soldier_name__startswith=filters.text)
    waiting = filters.state in {"waiting", "overdue", *WAITING}
    order = ("due_on", "id") if waiting else ("-received_on", "-id")
    return rows.select_related("kind", "area").order_by(*order)


def with_key(rows: QuerySet[GoodNews]) -> QuerySet[Any]:
    """Each with its text key, by which packages below name it."""
    key = Concat(Value("honours.goodnews:"), Cast("pk", CharField()), output_field=CharField())
    known: QuerySet[Any] = rows.annotate(key=key)
    return known


def get_news(*, actor: User, news_id: int) -> GoodNews:
    """One 喜报 in the actor's area; NotFound otherwise."""
    found = visible_news(actor).select_related("kind", "area", "activity", "person").filter(pk=news_id).first()
    if found is None:
        raise NotFound
    return found


def count_waiting(*, actor: User, on: date) -> tuple[int, int]:
    """(not delivered yet, of these past the due day) in the actor's area."""
    rows = visible_news(actor).filter(state__in=WAITING)
    return rows.count(), rows.filter(due_on__lt=on).count()


def news_of(*, actor: User, person_id: int) -> list[GoodNews]:
    """喜报 that concern a person, the newest first."""
    rows = visible_news(actor).filter(person_id=person_id).exclude(state="WITHDRAWN")
    return list(rows.select_related("kind").order_by("-received_on", "-id"))


def pieces_of(**owner: object) -> list[HonourEvidence]:
    """The evidence of one plaque, 喜报, unit's honour or selection, in the order it came."""
    rows = HonourEvidence.objects.filter(**owner, withdrawn_at=None)
    return list(rows.select_related("file").order_by("id"))


def get_piece(*, actor: User, piece_id: int) -> HonourEvidence:
    """One piece whose owner lies in the actor's area; NotFound otherwise."""
    need(actor, "honours.view")
    inside = Q()
    for owner in OWNERS:
        path = "plaque__household__area_id" if owner == "plaque" else f"{owner}__area_id"
        inside |= Q(pk__in=in_scope(HonourEvidence.objects.filter(pk=piece_id), actor, path).values("pk"))
    found = HonourEvidence.objects.filter(inside, pk=piece_id).select_related("file").first()
    if found is None:
        raise NotFound
    return found
