"""One-off sums (一次性待遇): asked for on the facts and the law of the day, withdrawn, put into a batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.days import month_of, show_month_zh
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line
from yushui.benefits.models import Claim, ClaimFact, ClaimLine
from yushui.benefits.rules import ask_in_words, problems_before_payment
from yushui.benefits.selectors.claims import ClaimFilters, claims_of, list_claims
from yushui.benefits.selectors.inputs import pay_facts
from yushui.benefits.types import CLAIM_STATES, TO_PAY, PayFacts
from yushui.payments.models import Batch, Line
from yushui.payments.services.batches import open_batch
from yushui.payments.types import NewLine
from yushui.people.selectors import get_person
from yushui.policy import selectors as policy
from yushui.policy.rules.claims import decide
from yushui.policy.types import Verdict


@transaction.atomic
def raise_claim(
    *, actor: User, benefit: str, person_id: int, area_code: str, facts: Mapping[str, str], occurred_on: date,
    origin: str, origin_words: str, at: datetime,
) -> Claim:  # fmt: skip
    """Ask for a one-off sum: the law of the area decides on the facts. The same origin asked again is one claim.
    Refused when the law does not grant it, or a fact or rate is missing."""
    need_to_act(actor, "benefits.claim", "申领一次性待遇")
    person = get_person(actor=actor, person_id=person_id)
    known = claims_of(benefit=benefit, origins=[origin]).get(origin)
    if known is not None:
        return known
    version, law = policy.current_law()
    decision = decide(law, benefit, facts, area_code=area_code)
    if decision.verdict != Verdict.GRANT:
        asked = [Problem(ask_in_words(key), where="依据") for key in decision.ask]
        raise Refused(*(asked or [Problem(decision.reason, where="依据")]))
    with once():
        claim = Claim.objects.create(
            benefit=benefit, person=person, area_code=area_code, origin=origin, origin_words=origin_words[:120],
            occurred_on=occurred_on, fen=decision.fen, law=version, document=";".join(decision.articles)[:200],
            raised_at=at, raised_by=actor.pk, raised_name=actor.get_full_name(),
        )  # fmt: skip
    ClaimFact.objects.bulk_create(ClaimFact(claim=claim, name=name, value=value) for name, value in facts.items())
    audit.record(
        actor=actor, action="benefits.claim.raised", subject=claim, area_code=area_code, at=at, benefit=benefit,
        fen=claim.fen, of=origin,
    )  # fmt: skip
    return claim


@transaction.atomic
def withdraw_claim(*, actor: User, benefit: str, origin: str, reason: str, at: datetime) -> Claim:
    """Take back what was asked for by mistake, before anything of it was paid or is on its way."""
    need_to_act(actor, "benefits.claim", "撤销申领")
    claim = claims_of(benefit=benefit, origins=[origin]).get(origin)
    if claim is None:
        raise NotFound
    problems: list[Problem] = []
    why = read_line(reason, "撤销原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明撤销原因", where="撤销原因", next_step="例如:收款人选错"))
    state: str = claim.state  # type: ignore[attr-defined]
    if state not in {"OPEN", "FAILED"}:
        problems.append(Problem(f"这笔钱{CLAIM_STATES[state]},不能撤销", next_step="请先退回批次,或办理追回"))
    if problems:
        raise Refused(*problems)
    Claim.objects.filter(pk=claim.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_reason=why)
    audit.record(
        actor=actor, action="benefits.claim.withdrawn", subject=claim, area_code=claim.area_code, at=at, reason=why
    )
    return claim


@transaction.atomic
def submit_claims(*, actor: User, claim_ids: Collection[int], at: datetime) -> Batch:
    """Make a batch of one-off sums and submit it. Refused with the checks before payment of everybody in it."""
    need_to_act(actor, "payments.submit", "提交发放批次")
    list(Claim.objects.select_for_update().filter(pk__in=claim_ids).order_by("pk").values_list("pk"))
    rows = list_claims(actor=actor, filters=ClaimFilters(state="")).filter(pk__in=claim_ids).order_by("pk")
    claims = list(rows)
    today = timezone.localtime(at).date()
    people = pay_facts(actor.area_code, {claim.person_id for claim in claims}, today)
    problems = [problem for claim in claims for problem in problems_of_claim(claim, people.get(claim.person_id))]
    if not claims:
        problems.append(Problem("没有勾选要发的人", next_step="请在名单上勾选后再提交"))
    if problems:
        raise Refused(*problems)
    month = month_of(today)
    made = lines_of(claims, people, month)
    batch = open_batch(
        actor=actor, title=f"{show_month_zh(month)}一次性待遇", area_code=actor.area_code, month=month,
        lines=[line for _, line in made], origin="/claims/?state=", at=at,
    )  # fmt: skip
    kept = {(line.person_id, line.month, line.turn): line for line in Line.objects.filter(batch=batch)}
    ClaimLine.objects.bulk_create(
        ClaimLine(claim=claim, line=kept[line.person_id, line.month, line.turn]) for claim, line in made
    )
    audit.record(
        actor=actor, action="benefits.claims.submitted", subject=batch, area_code=actor.area_code, at=at,
        claims=len(claims), fen=batch.total_fen,
    )  # fmt: skip
    return batch


def problems_of_claim(claim: Claim, facts: PayFacts | None) -> list[Problem]:
    """Why a claim cannot be paid now."""
    state: str = claim.state  # type: ignore[attr-defined]
    if state not in TO_PAY:
        return [Problem(f"{CLAIM_STATES[state]},不能再发", where=claim.person.name, next_step="请刷新名单")]
    if facts is None:
        return [Problem("已迁出本区域", where=claim.person.name, next_step="请由迁入地发放,或撤销申领")]
    held, _ = problems_before_payment(facts)
    step = "请先在人员档案处理,或去掉勾选先发其他人"
    return [Problem(held, where=claim.person.name, next_step=step)] if held else []


def lines_of(claims: Collection[Claim], people: Mapping[int, PayFacts], month: int) -> list[tuple[Claim, NewLine]]:
    """A line for what is still to pay of each. A payment that came back is made again for the month it was for; several
    sums of one person and month take turns."""
    first = dict(ClaimLine.objects.filter(claim__in=claims).values_list("claim", "line__month"))
    keys = {(claim.person_id, claim.benefit) for claim in claims}
    used = Line.objects.filter(person__in={person for person, _ in keys}, benefit__in={name for _, name in keys})
    turns = {
        (row["person"], row["benefit"], row["month"]): row["top"] + 1
        for row in used.values("person", "benefit", "month").annotate(top=Max("turn"))
    }
    made = []
    for claim in claims:
        facts, of_month = people[claim.person_id], first.get(claim.pk, month)
        key = (claim.person_id, claim.benefit, of_month)
        turn = turns.get(key, 0)
        turns[key] = turn + 1
        left: int = claim.fen - claim.paid_fen  # type: ignore[attr-defined]
        assert facts.account_id is not None
        line = NewLine(claim.person_id, facts.area_code, claim.benefit, of_month, turn, left, facts.account_id)
        made.append((claim, line))
    return made
