"""Verbs of the reward of a 喜报: asking for it, taking that back, and the county's own rate of a grade."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import Claim
from yushui.benefits.services.claims import raise_claim, withdraw_claim
from yushui.honours.models import RewardRate
from yushui.honours.rules.rewards import read_rate
from yushui.honours.selectors.news import get_news
from yushui.honours.selectors.rewards import facts_of, get_grade, law_gives, origin_of, quote
from yushui.honours.types import REWARD, RateDraft, RewardDraft, merits_of
from yushui.policy.types import Verdict


@transaction.atomic
def claim_reward(*, actor: User, news_id: int, draft: RewardDraft, at: datetime) -> Claim:
    """Ask for the reward of a 喜报 for a person of the register; the amount is what law or county give for the award on
    the day the 喜报 came. Asked twice it is one. Refused with all problems."""
    need_to_act(actor, "benefits.claim", "申领奖励金")
    news = get_news(actor=actor, news_id=news_id)
    problems: list[Problem] = []
    merits = merits_of(news.kind_id)
    merit = merits[0] if len(merits) == 1 else draft.merit
    if news.state == "WITHDRAWN":
        problems.append(Problem("这份喜报已撤回,不能申领奖励金"))
    if not draft.person_id.isdigit():
        problems.append(Problem("请选择收款人", where="收款人", next_step="收款人要在人员名册里,并登记了账户"))
    if merit not in merits:
        problems.append(Problem("请选择是哪一级授予的", where="奖项"))
    elif quote(news, merit).verdict != Verdict.GRANT:
        step = "请县局经办在“荣誉类别”里录入奖励标准和依据文件"
        problems.append(Problem(f"没有查到{news.kind.name}的奖励标准", where="标准", next_step=step))
    if problems:
        raise Refused(*problems)
    return raise_claim(
        actor=actor, benefit=REWARD, person_id=int(draft.person_id), area_code=news.area_id,
        facts=facts_of(news, merit), occurred_on=news.received_on, origin=origin_of(news),
        origin_words=f"{news.soldier_name}{news.kind.name}喜报", at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw_reward(*, actor: User, news_id: int, reason: str, at: datetime) -> Claim:
    """Take back a reward asked for by mistake, before it is in a batch."""
    news = get_news(actor=actor, news_id=news_id)
    return withdraw_claim(actor=actor, benefit=REWARD, origin=origin_of(news), reason=reason, at=at)


@transaction.atomic
def set_reward_rate(*, actor: User, kind_code: str, draft: RateDraft, at: datetime) -> RewardRate:
    """Enter what the county gives for a grade from a day on, with its paper. Refused where the files of the law have
    it; entered again for the same day, the earlier row stays as superseded."""
    need_to_act(actor, "honours.set_kind", "录入奖励标准")
    kind = get_grade(actor=actor, code=kind_code)
    facts, problems = read_rate(draft)
    if law_gives(kind.pk, actor.area_code):
        step = "要改的,请系统管理员更新本县的政策文件"
        problems.append(Problem(f"{kind.name}的奖励标准已在政策文件里", where="奖励标准", next_step=step))
    if facts is None or problems:
        raise Refused(*problems)
    same = RewardRate.objects.filter(
        kind=kind, area_code=actor.area_code, starts_on=facts.starts_on, superseded_at=None
    )
    was = same.values_list("fen", flat=True).first()
    same.update(superseded_at=at)
    row = RewardRate.objects.create(
        kind=kind, area_code=actor.area_code, starts_on=facts.starts_on, fen=facts.fen, document=facts.document,
        recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name(),
    )  # fmt: skip
    audit.record(
        actor=actor, action="honours.reward_rate.set", subject=row, area_code=actor.area_code, at=at, was=was,
        now=row.fen, what=kind.name, on=row.starts_on, document=row.document,
    )  # fmt: skip
    return row
