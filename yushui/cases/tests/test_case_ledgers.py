"""Cases and what lies beside them: a ledger of the past taken over, the care fund that pays."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import Refused
from yushui.base.workdays import is_workday
from yushui.cases.models import Case
from yushui.cases.rules.standing import stand
from yushui.cases.selectors.cases import happened_in
from yushui.cases.services import ends
from yushui.cases.services.bulk import take_over_cases
from yushui.cases.services.rows import columns_of
from yushui.cases.tests.factories import (
    AT,
    TODAY,
    approver,
    clerk,
    decide,
    desk,
    draft,
    key,
    make_county,
    petition,
)  # fmt: skip
from yushui.cases.types import AidDraft, PastCase
from yushui.cases.types.cases import Act
from yushui.funds.models import Entry
from yushui.funds.services.money import open_fund, record_income
from yushui.funds.services.uses import load_uses
from yushui.funds.types.money import EntryDraft, FundDraft
from yushui.people.tests.factories import COUNTY, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()


def test_a_ledger_of_the_past_stands_as_if_it_had_been_entered_day_by_day() -> None:
    began = date(2026, 3, 2)
    acts = (
        (Act.PAUSED, date(2026, 3, 4), "", "PAPERS"), (Act.RESUMED, date(2026, 3, 9), "", ""),
        (Act.DECIDED, date(2026, 3, 10), "受理", "accept"), (Act.REPLIED, date(2026, 4, 1), "已补发", ""),
        (Act.DECIDED, date(2026, 4, 1), "办结", "settle"), (Act.RATED, date(2026, 4, 3), "", "2"),
    )  # fmt: skip
    done = PastCase(draft(opened_on="2026-03-02"), began, acts)
    running = PastCase(draft(title="另一件"), began, acts[:3])
    assert take_over_cases(actor=clerk(), cases=[done, running], at=AT) == 2
    for case in Case.objects.all():
        reckoned = columns_of(stand(happened_in(case.pk), is_workday))
        assert {name: getattr(case, name) for name in reckoned} == reckoned
    first, second = Case.objects.order_by("id")
    assert (first.result, first.rating, first.closed_on) == ("SETTLED", 2, date(2026, 4, 1))
    assert (second.state, second.due_on) == ("OPEN", date(2026, 5, 9))
    assert [first.number[-5:], second.number[-5:]] == ["00001", "00002"]
    assert petition().number[-5:] == "00003"


def test_a_ledger_is_refused_with_the_faults_of_every_line() -> None:
    lines = [PastCase(draft(title=""), TODAY), PastCase(draft(kind="NOTHING"), TODAY)]
    with pytest.raises(Refused) as refusal:
        take_over_cases(actor=clerk(), cases=lines, at=AT)
    assert len(refusal.value.problems) == 2
    assert Case.objects.count() == 0


def fund_with(yuan: str) -> int:
    """A care fund of the county with so much in it."""
    load_uses(at=AT)
    fund = open_fund(
        actor=desk(), draft=FundDraft(name="关爱基金", kind="CARE", source="DONATION", client_key=key()), at=AT
    )
    money = EntryDraft(on="2026-09-01", amount=yuan, words="捐赠", client_key=key())
    record_income(actor=desk(), fund_id=fund.pk, draft=money, at=AT)
    return int(fund.pk)


def granted() -> Case:
    """Help that the approver has granted."""
    case = petition(
        desk(), kind="HARDSHIP_HELP", title="患重病", asker_name="", area_code="", person_id=make_person().pk,
        urgent=True, cause="cause1",
    )  # fmt: skip
    decide(case, "propose")
    return case


def test_help_is_paid_from_the_care_fund_on_the_approvers_decision() -> None:
    fund_id, case = fund_with("3000"), granted()
    form = AidDraft("CASH", "", "2000", "2026-09-07", "", key(), fund_id)
    with pytest.raises(Refused, match="不由您办理"):
        ends.aid_case(actor=desk(), case_id=case.pk, draft=form, at=AT)
    decide(case, "grant", actor=approver())
    aid = ends.aid_case(actor=desk(), case_id=case.pk, draft=form, at=AT)
    assert ends.aid_case(actor=desk(), case_id=case.pk, draft=form, at=AT) == aid
    assert (aid.source, aid.entry.fen, aid.entry.origin) == ("关爱基金", -200_000, f"cases.case:{case.pk}")
    assert aid.entry.payee == case.person.name
    more = AidDraft("CASH", "", "2000", "2026-09-07", "", key(), fund_id)
    with pytest.raises(Refused, match="关爱基金"):  # the balance would fall below zero
        ends.aid_case(actor=desk(), case_id=case.pk, draft=more, at=AT)
    ends.withdraw_aid(actor=desk(), case_id=case.pk, aid_id=aid.pk, at=AT)
    assert sum(Entry.objects.filter(fund=fund_id).values_list("fen", flat=True)) == 300_000
    assert case.aids.filter(withdrawn_at=None).count() == 0


def test_a_fund_pays_nobody_whose_help_was_not_approved() -> None:
    fund_id = fund_with("3000")
    values = {"kind": "HARDSHIP_HELP", "asker_name": "", "area_code": "", "cause": "cause1"}
    both = make_user(Role.TOWN_CLERK, Role.DESK_OFFICER, area=COUNTY, full_name="郑方")
    form = AidDraft("CASH", "", "500", "2026-09-07", "", key(), fund_id)
    asked = petition(person_id=make_person().pk, **values)
    with pytest.raises(Refused, match="还在“调查审核”,没有同意帮扶"):
        ends.aid_case(actor=both, case_id=asked.pk, draft=form, at=AT)
    case = petition(person_id=make_person(name="李秀英").pk, urgent=True, **values)
    with pytest.raises(Refused, match="还没有审批"):
        ends.aid_case(actor=both, case_id=case.pk, draft=form, at=AT)
