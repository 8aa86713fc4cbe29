"""The reward of a 喜报 as a payment: asked for on the law's table, paid in a batch, shown from the payment line."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.accounts.models import User
from yushui.base.refusals import NotFound, Refused
from yushui.benefits.models import Claim
from yushui.benefits.selectors.claims import ClaimFilters, claim_in_batch, list_claims
from yushui.benefits.selectors.inputs import gather
from yushui.benefits.services.claims import submit_claims
from yushui.benefits.tests.factories import make_law, send
from yushui.honours.models import GoodNews
from yushui.honours.selectors.news import NewsFilters, list_news
from yushui.honours.selectors.rewards import payees_for, reward_sheet
from yushui.honours.services.kinds import set_kind
from yushui.honours.services.news import change_news, record_news, withdraw_news
from yushui.honours.services.rewards import claim_reward, set_reward_rate, withdraw_reward
from yushui.honours.tests.factories import AT, TODAY, make_clerk, make_desk, news_draft
from yushui.honours.types import KindDraft, RateDraft, RewardDraft
from yushui.payments.models import Batch, Line
from yushui.payments.services.batches import send_back_batch, withdraw_batch
from yushui.payments.services.returns import take_return
from yushui.payments.services.reversals import reverse_payments
from yushui.payments.tests.factories import answer_to, reviewer
from yushui.people.models import BankAccount, Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN_VILLAGE, make_account, make_person

pytestmark = pytest.mark.django_db


def family(name: str = "陈桂芳") -> Person:
    person = make_person(name=name)
    make_account(person)
    return person


def claimed(desk: User, person: Person, **typed: str) -> tuple[GoodNews, Claim]:
    """A 二等功 whose reward is asked for."""
    news = record_news(actor=desk, draft=news_draft(**typed), at=AT)
    return news, claim_reward(actor=desk, news_id=news.pk, draft=RewardDraft(str(person.pk)), at=AT)


def mark(desk: User, news: GoodNews) -> str:
    return reward_sheet(actor=desk, news=news).mark[0]


def problems(call: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return [problem.what for problem in caught.value.problems]


def test_a_reward_goes_from_the_letter_to_the_bank_and_its_state_is_the_lines() -> None:
    make_law()
    desk, person = make_desk(), family()
    news, claim = claimed(desk, person)
    assert claim.fen == 500_000  # 二等功 by the county's table
    assert claim.document == "云川县立功受奖奖励办法（虚构）第二条"
    assert claim_reward(actor=desk, news_id=news.pk, draft=RewardDraft(str(person.pk)), at=AT) == claim
    assert mark(desk, news) == "未付"
    batch = submit_claims(actor=desk, claim_ids=[claim.pk], at=AT)
    assert (batch.total_fen, batch.line_count, batch.title) == (500_000, 1, "2026年9月一次性待遇")
    assert mark(desk, news) == "在批次"
    assert problems(lambda: submit_claims(actor=desk, claim_ids=[claim.pk], at=AT)) == ["在批次,不能再发"]
    send(batch, AT)
    batch.refresh_from_db()
    take_return(actor=desk, batch_id=batch.pk, content=answer_to(batch), name="回单", at=AT)
    assert mark(desk, news) == "已付"
    sheet = reward_sheet(actor=desk, news=news)
    assert [(line.fen, line.settled_on) for line in sheet.lines] == [(500_000, TODAY)]
    assert sheet.worked_out is not None
    assert sheet.worked_out.steps == (("立功受奖奖励金（云川县，虚构）:二等功", 500_000),)
    assert claim_in_batch(actor=desk, person_id=person.pk, batch_id=batch.pk) == claim
    assert problems(lambda: withdraw_news(actor=desk, news_id=news.pk, reason="重复", at=AT)) == [
        "奖励金已发放,不能撤回"
    ]
    paid = {"person_id": person.pk, "benefit": "merit_reward", "first_month": batch.month, "end_month": batch.month + 1}
    reverse_payments(actor=desk, **paid, fen=200_000, on=TODAY, reason="多发追回", at=AT)
    assert mark(desk, news) == "部分已付"


def test_what_the_bank_refused_is_paid_again_for_the_same_month() -> None:
    make_law()
    desk, person = make_desk(), family()
    news, claim = claimed(desk, person)
    batch = send(submit_claims(actor=desk, claim_ids=[claim.pk], at=AT), AT)
    answer = answer_to(batch, failed={person.pk: "账户已销户"})
    take_return(actor=desk, batch_id=batch.pk, content=answer, name="回单", at=AT)
    assert mark(desk, news) == "退回"
    assert problems(lambda: submit_claims(actor=desk, claim_ids=[claim.pk], at=AT)) == ["账户待核对:账户已销户"]
    BankAccount.objects.filter(person=person).update(is_confirmed=True, problem="")
    again = submit_claims(actor=desk, claim_ids=[claim.pk], at=AT.replace(month=10))
    assert list(Line.objects.order_by("id").values_list("month", "turn", "fen", "is_live")) == [
        (batch.month, 0, 500_000, False), (batch.month, 1, 500_000, True),
    ]  # fmt: skip
    assert mark(desk, news) == "在批次"
    send_back_batch(actor=reviewer(), batch_id=again.pk, reason="再核对", at=AT)
    withdraw_batch(actor=desk, batch_id=again.pk, at=AT)
    assert mark(desk, news) == "退回"


def test_a_month_run_neither_owes_nor_recovers_a_reward() -> None:
    make_law()
    desk, person = make_desk(), family()
    _, claim = claimed(desk, person)
    batch = submit_claims(actor=desk, claim_ids=[claim.pk], at=AT)
    inputs = gather(actor=desk, area_code=COUNTY, month=batch.month, known_at=AT)
    assert (inputs.ledger.fen.tolist(), inputs.last, inputs.first_month) == ([], {}, batch.month)


def test_a_batch_is_refused_with_everybody_who_cannot_be_paid() -> None:
    make_law()
    desk, bare = make_desk(), make_person(name="李秀英")
    dead = family("王德胜")
    ids = [claimed(desk, bare)[1].pk, claimed(desk, dead)[1].pk]
    Person.objects.filter(pk=dead.pk).update(died_on=date(2026, 8, 30))
    found = problems(lambda: submit_claims(actor=desk, claim_ids=ids, at=AT))
    assert found == ["没有登记银行账户", "已去世,应发部分由继承人办理"]
    assert Batch.objects.count() == 0


def test_two_rewards_of_one_family_in_one_month_are_two_lines() -> None:
    make_law()
    desk, person = make_desk(), family()
    ids = [claimed(desk, person, kind=kind, deliverers="镇武装部")[1].pk for kind in ("MERIT_2", "EXCELLENT")]
    batch = submit_claims(actor=desk, claim_ids=ids, at=AT)
    assert sorted(batch.lines.values_list("turn", "fen")) == [(0, 500_000), (1, 50_000)]


def test_a_grade_that_nobody_set_is_missing_until_the_county_enters_it() -> None:
    make_law()
    desk, person = make_desk(), family()
    own = set_kind(actor=desk, draft=KindDraft(name="优秀义务兵", group="MERIT", deliverers="镇武装部"), at=AT)
    news = record_news(actor=desk, draft=news_draft(kind=own.pk), at=AT)
    assert reward_sheet(actor=desk, news=news).is_missing
    draft = RewardDraft(str(person.pk))
    assert problems(lambda: claim_reward(actor=desk, news_id=news.pk, draft=draft, at=AT)) == [
        "没有查到优秀义务兵的奖励标准"
    ]
    assert problems(lambda: set_reward_rate(actor=desk, kind_code="MERIT_2", draft=RateDraft("2026-01-01", "1", "x"),
                                            at=AT))[0] == "二等功的奖励标准已在政策文件里"  # fmt: skip
    late = RateDraft("2026-09-01", "900", "云退役〔2026〕9号")
    set_reward_rate(actor=desk, kind_code=own.pk, draft=late, at=AT)
    assert reward_sheet(actor=desk, news=news).is_missing  # the letter came before
    set_reward_rate(actor=desk, kind_code=own.pk, draft=RateDraft("2026-01-01", "300", "云退役〔2026〕1号"), at=AT)
    set_reward_rate(actor=desk, kind_code=own.pk, draft=RateDraft("2026-01-01", "350.50", "云退役〔2026〕2号"), at=AT)
    claim = claim_reward(actor=desk, news_id=news.pk, draft=draft, at=AT)
    assert (claim.fen, claim.document) == (35_050, "云退役〔2026〕2号")
    assert reward_sheet(actor=desk, news=news).worked_out is not None


def test_a_title_is_asked_who_gave_it() -> None:
    make_law()
    desk, person = make_desk(), family()
    news = record_news(actor=desk, draft=news_draft(kind="MERIT_TITLE"), at=AT)
    assert problems(lambda: claim_reward(actor=desk, news_id=news.pk, draft=RewardDraft(str(person.pk)), at=AT)) == [
        "请选择是哪一级授予的"
    ]
    claim = claim_reward(actor=desk, news_id=news.pk, draft=RewardDraft(str(person.pk), "TITLE_REGION"), at=AT)
    assert claim.fen == 3_000_000


def test_a_claim_is_withdrawn_with_its_letter_and_asked_for_anew_by_itself() -> None:
    make_law()
    desk, person = make_desk(), family()
    news, claim = claimed(desk, person)
    assert problems(
        lambda: change_news(actor=desk, news_id=news.pk, draft=news_draft(kind="MERIT_1"), revision="1", at=AT)
    ) == ["已申领奖励金,不能再改等次和村"]
    withdraw_reward(actor=desk, news_id=news.pk, reason="收款人选错", at=AT)
    other = claim_reward(actor=desk, news_id=news.pk, draft=RewardDraft(str(family("陈大山").pk)), at=AT)
    assert other.pk != claim.pk
    withdraw_news(actor=desk, news_id=news.pk, reason="重复登记", at=AT)
    assert list_claims(actor=desk, filters=ClaimFilters()).count() == 0
    assert list_claims(actor=desk, filters=ClaimFilters(state="WITHDRAWN")).count() == 2


def test_letters_are_found_by_how_their_reward_stands() -> None:
    make_law()
    desk, person = make_desk(), family()
    asked, _ = claimed(desk, person)
    fresh = record_news(actor=desk, draft=news_draft(), at=AT)
    for state, wanted in (("unclaimed", [fresh.pk]), ("unpaid", [asked.pk])):
        rows = list_news(actor=desk, filters=NewsFilters(state=state), on=TODAY)
        assert [row.pk for row in rows] == wanted


def test_a_town_asks_for_its_own_people_only_and_pays_nobody() -> None:
    make_law()
    clerk, person = make_clerk(), family("陈志远")
    news = record_news(actor=clerk, draft=news_draft(), at=AT)
    assert payees_for(actor=clerk, news=news) == [person]
    far = make_person(name="孙丽", area=OTHER_TOWN_VILLAGE)
    with pytest.raises(NotFound):
        claim_reward(actor=clerk, news_id=news.pk, draft=RewardDraft(str(far.pk)), at=AT)
    claim = claim_reward(actor=clerk, news_id=news.pk, draft=RewardDraft(str(person.pk)), at=AT)
    with pytest.raises(Refused, match="县局经办"):
        submit_claims(actor=clerk, claim_ids=[claim.pk], at=AT)
