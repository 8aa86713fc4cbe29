"""Taking over the 喜报 that a county registered before this system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.honours.models import GoodNews, HonourKind
from yushui.honours.permissions import check_record


@dataclass(frozen=True)
class PastNews:
    """A 喜报 from an old list; delivered when it has the day."""

    kind: str
    soldier_name: str
    area_code: str
    year: int
    received_on: date
    due_on: date
    deliverers: str
    person_id: int | None = None
    address: str = ""
    delivered_on: date | None = None
    receiver: str = ""
    feedback: str = ""


@transaction.atomic
def take_over_news(*, actor: User, news: Sequence[PastNews], at: datetime) -> int:
    """Many at once; how many. All or nothing: Refused names the rows at fault, NotFound a foreign area."""
    check_record(actor)
    known = set(HonourKind.objects.filter(group="MERIT").values_list("code", flat=True))
    problems = []
    for number, one in enumerate(news, start=1):
        where = f"第 {number} 行"
        if one.kind not in known:
            problems.append(Problem("不认识的等次", where=where))
        if one.delivered_on is not None and one.delivered_on < one.received_on:
            problems.append(Problem("送达早于收到", where=where))
        if not one.soldier_name.strip():
            problems.append(Problem("缺少军人姓名", where=where))
    if problems:
        raise Refused(*problems[:50])
    for code in {one.area_code for one in news}:
        need_area(actor, code)
    name = actor.get_full_name()
    GoodNews.objects.bulk_create(
        GoodNews(
            kind_id=one.kind, area_id=one.area_code, person_id=one.person_id, soldier_name=one.soldier_name,
            address=one.address, year=one.year, received_on=one.received_on, due_on=one.due_on,
            deliverers=one.deliverers, state="DELIVERED" if one.delivered_on else "TO_COLLECT",
            collected_on=one.delivered_on, delivered_on=one.delivered_on,
            receiver=one.receiver if one.delivered_on else "", feedback=one.feedback if one.delivered_on else "",
            recorded_at=at, recorded_by=actor.pk, recorded_name=name,
        )
        for one in news
    )  # fmt: skip
    audit.record(
        actor=actor, action="honours.news.taken_over", subject="honours.goodnews", area_code=actor.area_code, at=at,
        rows=len(news),
    )  # fmt: skip
    return len(news)
