"""A 募捐 that runs these weeks: agreed to, two gave, a part is paid to the hospital."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from yushui.accounts.models import User
from yushui.cases.selectors.cases import case_sheet
from yushui.cases.services.cases import open_case
from yushui.cases.services.ends import aid_case
from yushui.cases.services.raising import add_case_donation
from yushui.cases.services.steps import decide_case
from yushui.cases.types import ActDraft, AidDraft, CaseDraft
from yushui.funds.selectors.money import funds_to_spend
from yushui.funds.types.donations import DonationDraft

GIFTS = (("UNIT", "云川县建筑业商会", "30000", "30000"), ("PERSON", "一位老兵的战友", "5000", "2000"))


def raise_money(*, staff: Mapping[str, User], units: Mapping[str, int], today: date, at: datetime) -> None:
    """From the plan to the first payment."""
    desk, boss = staff["desk"], staff["approve"]
    pots = funds_to_spend(actor=desk, kinds=("DONATED", "CARE"), on=today)
    if not pots:
        return
    draft = CaseDraft(
        kind="FUNDRAISING", title="为重病老兵募集医药费", unit_id=units["县教育局"], area_code=desk.area_code,
        cause="cause1", client_key="demo-raising",
    )  # fmt: skip
    case = open_case(actor=desk, draft=draft, at=at)
    papers = tuple(need.paper.pk for need in case_sheet(actor=boss, case_id=case.pk, on=today).papers)
    plan = ActDraft(
        "agree", words="同意开展", papers=papers, revision=str(case.revision), client_key="demo-raising-agree"
    )
    decide_case(actor=boss, case_id=case.pk, draft=plan, at=at)
    for number, (kind, name, promised, received) in enumerate(GIFTS):
        gift = DonationDraft(
            pots[0].pk, kind, name, kind == "PERSON", promised, today.isoformat(), received,
            client_key=f"demo-raising-gift-{number}",
        )  # fmt: skip
        add_case_donation(actor=desk, case_id=case.pk, draft=gift, at=at)
    aid = AidDraft(
        "CASH", "手术押金", "20000", today.isoformat(), "", "demo-raising-paid", pots[0].pk, "云川县人民医院"
    )
    aid_case(actor=desk, case_id=case.pk, draft=aid, at=at)
