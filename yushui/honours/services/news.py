"""Verbs of good news of merit: registering, correcting, collecting, delivering, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.activities.services.activities import record_activity
from yushui.activities.types import ActivityDraft
from yushui.audit import services as audit
from yushui.base import texts
from yushui.base.area_codes import AreaLevel
from yushui.base.evidence import Sent, pieces_or_refuse, read_pieces
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.workdays import add_workdays
from yushui.benefits.services.claims import withdraw_claim
from yushui.honours.models import GoodNews, HonourEvidence
from yushui.honours.permissions import check_deliver, check_record
from yushui.honours.rules.news import NewsFacts, read_delivery, read_news
from yushui.honours.rules.rewards import problems_of_withdrawing
from yushui.honours.selectors.kinds import grades
from yushui.honours.selectors.news import get_news, get_piece
from yushui.honours.selectors.rewards import claim_of, state_of
from yushui.honours.services.evidence import keep_pieces
from yushui.honours.types import NEWS_STATES, REWARD, DeliveryDraft, NewsDraft
from yushui.people.selectors import get_person
from yushui.places.models import Area

ACTIVITY_KIND = "PLAQUE"  # 光荣牌悬挂与喜报送达
SHOWN = ("kind_id", "soldier_name", "area_id", "due_on", "deliverers")


@transaction.atomic
def record_news(*, actor: User, draft: NewsDraft, sent: Sequence[Sent] = (), at: datetime) -> GoodNews:
    """Register a 喜报; the same form sent twice is one. Refused with all problems; NotFound for a foreign village."""
    check_record(actor)
    known = GoodNews.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    today = timezone.localtime(at).date()
    facts, problems = read_news(draft, grades=grades(actor=actor), add_workdays=add_workdays, today=today)
    pieces = read_pieces(sent, problems)
    if facts is None or problems:
        raise Refused(*problems)
    need_village(actor, facts.area_code)
    person = get_person(actor=actor, person_id=int(draft.person_id)) if draft.person_id.isdigit() else None
    with once():
        news = GoodNews.objects.create(
            **columns_of(facts), person=person, client_key=facts.client_key, recorded_at=at, recorded_by=actor.pk,
            recorded_name=actor.get_full_name(),
        )  # fmt: skip
    keep_pieces(pieces, actor=actor, at=at, news=news)
    audit.record(
        actor=actor, action="honours.news.recorded", subject=news, area_code=news.area_id, at=at, kind=facts.kind,
        due_on=facts.due_on,
    )  # fmt: skip
    return news


def need_village(actor: User, code: str) -> None:
    """A village in the actor's area; NotFound otherwise."""
    need_area(actor, code)
    if not Area.objects.filter(pk=code, level=AreaLevel.VILLAGE).exists():
        raise NotFound


def columns_of(facts: NewsFacts) -> dict[str, object]:
    """The facts as columns of the row."""
    columns = {name: value for name, value in vars(facts).items() if name not in {"kind", "area_code", "client_key"}}
    return {**columns, "kind_id": facts.kind, "area_id": facts.area_code}


@transaction.atomic
def change_news(*, actor: User, news_id: int, draft: NewsDraft, revision: str, at: datetime) -> GoodNews:
    """Correct a 喜报 that is not delivered yet; the log keeps what stood before."""
    check_record(actor)
    news = get_news(actor=actor, news_id=news_id)
    need_open(news, "修改")
    known = grades(actor=actor)
    today = timezone.localtime(at).date()
    facts, problems = read_news(draft, grades=known, add_workdays=add_workdays, today=today, keyed=False)
    if facts is None or problems:
        raise Refused(*problems)
    need_village(actor, facts.area_code)
    if claim_of(news) is not None and (facts.kind, facts.area_code) != (news.kind_id, news.area_id):
        raise Refused(Problem("已申领奖励金,不能再改等次和村", next_step="请先撤销奖励金的申领"))
    was = {name: getattr(news, name) for name in SHOWN}
    change_row(news, revision, **columns_of(facts))
    now = {name: getattr(news, name) for name in SHOWN}
    audit.record(
        actor=actor, action="honours.news.changed", subject=news, area_code=news.area_id, at=at,
        was={n: v for n, v in was.items() if now[n] != v}, now={n: v for n, v in now.items() if was[n] != v},
    )  # fmt: skip
    return news


def need_open(news: GoodNews, what: str) -> None:
    """What is delivered or withdrawn stays as it is."""
    if news.state in {"DELIVERED", "WITHDRAWN"}:
        raise Refused(Problem(f"这份喜报{NEWS_STATES[news.state]},不能{what}", next_step="有误的请撤回后重新登记"))


@transaction.atomic
def collect_news(*, actor: User, news_id: int, at: datetime) -> GoodNews:
    """The town has fetched the 喜报 (领取). Pressed twice, it is fetched once."""
    check_deliver(actor)
    news = get_news(actor=actor, news_id=news_id)
    need_open(news, "领取")
    today = timezone.localtime(at).date()
    rows = GoodNews.objects.filter(pk=news.pk, state="TO_COLLECT")
    if rows.update(state="TO_DELIVER", collected_on=max(today, news.received_on)):
        audit.record(actor=actor, action="honours.news.collected", subject=news, area_code=news.area_id, at=at)
    news.refresh_from_db()
    return news


@transaction.atomic
def deliver_news(
    *, actor: User, news_id: int, draft: DeliveryDraft, sent: Sequence[Sent] = (), at: datetime
) -> GoodNews:
    """The 喜报 is at the home: who brought it, who took it, the photo; on wish an activity of the ledger too. Refused
    with all problems, and when somebody has recorded it already."""
    check_deliver(actor)
    news = get_news(actor=actor, news_id=news_id)
    need_open(news, "再登记送达")
    today = timezone.localtime(at).date()
    facts, problems = read_delivery(draft, received_on=news.received_on, today=today)
    pieces = read_pieces(sent, problems)
    if facts is None or problems:
        raise Refused(*problems)
    rows = GoodNews.objects.filter(pk=news.pk, state=news.state)
    if not rows.update(
        state="DELIVERED", delivered_on=facts.on, deliverers=facts.deliverers, receiver=facts.receiver,
        feedback=facts.feedback, collected_on=news.collected_on or facts.on, revision=news.revision + 1,
    ):  # fmt: skip
        raise Refused(Problem("刚刚有人登记过", next_step="请刷新后查看"))
    news.refresh_from_db()
    keep_pieces(pieces, actor=actor, at=at, news=news)
    if draft.as_activity:
        news.activity = record_activity(
            actor=actor, at=at,
            draft=ActivityDraft(
                kind=ACTIVITY_KIND, on=facts.on.isoformat(), title=f"送{news.kind.name}喜报", area_code=news.area_id,
                heads="1", leaders=facts.deliverers if len(facts.deliverers) <= 40 else "",
                client_key=f"news-{news.pk:08d}",
            ),
        )  # fmt: skip
        news.save(update_fields=["activity"])
    audit.record(
        actor=actor, action="honours.news.delivered", subject=news, area_code=news.area_id, at=at, on=facts.on,
        late=facts.on > news.due_on,
    )  # fmt: skip
    return news


@transaction.atomic
def add_news_evidence(*, actor: User, news_id: int, sent: Sequence[Sent], at: datetime) -> int:
    """Add photos or papers to a 喜报; how many were new."""
    check_deliver(actor)
    news = get_news(actor=actor, news_id=news_id)
    pieces = pieces_or_refuse(sent)
    kept = keep_pieces(pieces, actor=actor, at=at, news=news)
    audit.record(actor=actor, action="honours.evidence.added", subject=news, area_code=news.area_id, at=at, count=kept)
    return kept


@transaction.atomic
def withdraw_honour_file(*, actor: User, piece_id: int, at: datetime) -> HonourEvidence:
    """Take a piece out of sight; its bytes and the log stay."""
    check_record(actor)
    piece = get_piece(actor=actor, piece_id=piece_id)
    if piece.withdrawn_at is None:
        HonourEvidence.objects.filter(pk=piece.pk).update(withdrawn_at=at)
        audit.record(
            actor=actor, action="honours.evidence.withdrawn", subject=piece, area_code=actor.area_code, at=at,
            file=piece.title,
        )  # fmt: skip
    return piece


@transaction.atomic
def withdraw_news(*, actor: User, news_id: int, reason: str, at: datetime) -> GoodNews:
    """Take a 喜报 out of all counts, with the reason; the row stays. What was asked for as its reward is withdrawn with
    it; one whose reward is paid or on its way stays."""
    check_record(actor)
    news = get_news(actor=actor, news_id=news_id)
    problems: list[Problem] = []
    why = texts.read_line(reason, "撤回原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明撤回原因", where="撤回原因", next_step="例如:重复登记、家庭不在本县"))
    if news.state == "WITHDRAWN":
        problems.append(Problem("这份喜报已经撤回过"))
    claim = claim_of(news)
    problems += problems_of_withdrawing(state_of(claim))
    if problems:
        raise Refused(*problems)
    if claim is not None:
        withdraw_claim(actor=actor, benefit=REWARD, origin=claim.origin, reason=f"撤回喜报:{why}"[:120], at=at)
    GoodNews.objects.filter(pk=news.pk).update(
        state="WITHDRAWN", withdrawn_reason=why, delivered_on=news.delivered_on, revision=news.revision + 1
    )
    news.refresh_from_db()
    audit.record(actor=actor, action="honours.news.withdrawn", subject=news, area_code=news.area_id, at=at, reason=why)
    return news
