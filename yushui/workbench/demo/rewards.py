"""Rewards of 喜报: asked for when the letter was brought, paid twice a year in a batch; the bank sent one back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.benefits.rules import problems_before_payment
from yushui.benefits.selectors.claims import ClaimFilters, list_claims
from yushui.benefits.selectors.inputs import pay_facts
from yushui.benefits.services.claims import submit_claims
from yushui.honours.models import GoodNews
from yushui.honours.services.rewards import claim_reward
from yushui.honours.types import RewardDraft
from yushui.payments.services.bank_files import make_bank_file, take_bank_file
from yushui.payments.services.batches import approve_batch, review_batch
from yushui.payments.services.returns import take_return
from yushui.workbench.demo.drafts import moment
from yushui.workbench.demo.money import PROFILE, answer_of_bank
from yushui.workbench.demo.towns import COUNTY

PAY_DAYS = (510, 330, 150, 12)  # days back
SLOW = 5  # of the newest letters nobody has asked for the reward yet


def reward_merits(*, staff: Mapping[str, User], seed: int, today: date) -> None:
    """Two years of rewards, batch by batch; the last one waits for its review."""
    desk, rng = staff["desk"], Random(f"{seed}-rewards")
    news = GoodNews.objects.filter(state="DELIVERED").exclude(person=None)
    brought = list(news.order_by("received_on", "id").values_list("pk", "person_id", "delivered_on"))[:-SLOW]
    wanted = {person for _, person, _ in brought if person is not None}
    first = today - timedelta(days=900)
    for back in PAY_DAYS:
        day = today - timedelta(days=back)
        people = pay_facts(COUNTY[0], wanted, day)
        payable = {person for person, facts in people.items() if not problems_before_payment(facts)[0]}
        for pk, person, delivered in brought:
            is_asked = person in payable or pk % 4 == 0  # of those without an account only a few are asked for
            if is_asked and delivered is not None and first <= delivered < day:
                at = moment(delivered + timedelta(days=1))
                claim_reward(actor=desk, news_id=pk, draft=RewardDraft(person_id=str(person)), at=at)
        first = day
        open_ = list_claims(actor=desk, filters=ClaimFilters()).filter(person__in=payable)
        chosen = list(open_.values_list("pk", flat=True))
        if chosen:
            pay(staff, chosen, moment(day), rng, is_last=back == PAY_DAYS[-1])


def pay(staff: Mapping[str, User], chosen: list[int], at: datetime, rng: Random, *, is_last: bool) -> None:
    """One batch by three hands to the bank and back."""
    desk = staff["desk"]
    batch = submit_claims(actor=desk, claim_ids=chosen, at=at)
    if is_last:
        return
    review_batch(actor=staff["review"], batch_id=batch.pk, at=at + timedelta(hours=3))
    approve_batch(actor=staff["approve"], batch_id=batch.pk, at=at + timedelta(days=1))
    sent_at = at + timedelta(days=1, hours=1)
    make_bank_file(actor=desk, batch_id=batch.pk, profile_key=PROFILE, at=sent_at, rare_agreed=True)
    sent, _ = take_bank_file(actor=desk, batch_id=batch.pk, at=sent_at)
    answer = answer_of_bank(sent, rng, slow="", failing=0.05)
    take_return(actor=desk, batch_id=batch.pk, content=answer, name=f"回单{batch.pk}.csv", at=at + timedelta(days=4))
