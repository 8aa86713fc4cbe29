"""Donations: promise, receipt, end, thanks. The care fund: application, review by another, use."""

from __future__ import annotations

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.evidence import Sent
from yushui.base.refusals import NotFound, Refused
from yushui.funds.models import Application, Entry
from yushui.funds.selectors import care as care_selectors
from yushui.funds.selectors import donations as selectors
from yushui.funds.services import care, donations, money
from yushui.funds.tests.money import (
    AT,
    ask,
    donate,
    key,
    make_care,
    make_desk,
    make_fund,
    make_reviewer,
    make_town,
)
from yushui.funds.types.donations import DonationDraft
from yushui.funds.types.money import EntryDraft
from yushui.people.tests.factories import OTHER_TOWN, OTHER_TOWN_VILLAGE, make_person

pytestmark = pytest.mark.django_db


def wheres(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.where for problem in refused.value.problems]


def test_a_promise_is_paid_in_parts_until_it_is_whole() -> None:
    fund, _ = make_care(money_in="")
    donation = donate(fund, promised="1000", received="400")
    assert selectors.donation_sheet(actor=make_desk(), donation_id=donation.pk).state == "PARTLY"
    draft = EntryDraft(on="2026-05-01", amount="600", client_key=key())
    for _ in range(2):  # the same form twice
        donations.receive_donation(actor=make_desk(), donation_id=donation.pk, draft=draft, at=AT)
    sheet = selectors.donation_sheet(actor=make_desk(), donation_id=donation.pk)
    assert (sheet.state, sheet.received_fen, sheet.left_fen, len(sheet.receipts)) == ("RECEIVED", 100000, 0, 2)
    with pytest.raises(Refused, match="全部到账"):
        donations.end_donation(actor=make_desk(), donation_id=donation.pk, reason="来函终止", at=AT)


def test_a_receipt_taken_back_opens_the_promise_again() -> None:
    fund, _ = make_care(money_in="")
    donation = donate(fund, received="400")
    money.reverse_entry(actor=make_desk(), entry_id=donation.receipts.get().pk, reason="退票", at=AT)
    assert selectors.donation_sheet(actor=make_desk(), donation_id=donation.pk).state == "PROMISED"
    donations.end_donation(actor=make_desk(), donation_id=donation.pk, reason="企业停业", at=AT)
    draft = EntryDraft(on="2026-05-01", amount="600", client_key=key())
    with pytest.raises(Refused, match="已终止"):
        donations.receive_donation(actor=make_desk(), donation_id=donation.pk, draft=draft, at=AT)


@pytest.mark.parametrize("state", ["RECEIVED", "PROMISED", "PARTLY", "ENDED"])
def test_the_list_finds_donations_by_how_far_they_are(state: str) -> None:
    fund, _ = make_care(money_in="")
    made = {
        "RECEIVED": donate(fund, received="400"), "PROMISED": donate(fund, promised="5"),
        "PARTLY": donate(fund, promised="5", received="1"), "ENDED": donate(fund, promised="7"),
    }  # fmt: skip
    donations.end_donation(actor=make_desk(), donation_id=made["ENDED"].pk, reason="终止", at=AT)
    found = selectors.list_donations(actor=make_desk(), filters=selectors.DonationFilters(state=state))
    assert [row.pk for row in found] == [made[state].pk]


def test_everything_wrong_with_a_donation_is_said_at_once() -> None:
    budget = make_fund()
    draft = DonationDraft(
        fund_id=budget.pk, donor_kind="", donor_name="", promised="-1", promised_on="2027-01-01", client_key="x"
    )
    with pytest.raises(Refused) as refused:
        donations.add_donation(actor=make_desk(), draft=draft, at=AT)
    assert set(wheres(refused)) == {"捐赠方", "捐赠方名称", "承诺金额", "日期", "", "资金"}


def test_an_application_is_decided_by_another_and_paid_once() -> None:
    fund, project = make_care()
    row = ask(project)
    care.decide_care(actor=make_reviewer(), application_id=row.pk, verdict="GRANTED", amount="2500.50", words="", at=AT)
    entry = care.pay_care(actor=make_desk(), application_id=row.pk, on="2026-07-20", at=AT)
    row.refresh_from_db()
    assert (row.state, entry.fen, entry.person_id, entry.approved_name) == ("PAID", -250050, row.person_id, "何志强")
    with pytest.raises(Refused, match="已发放,不能再发放"):
        care.pay_care(actor=make_desk(), application_id=row.pk, on="2026-07-20", at=AT)
    money.reverse_entry(actor=make_desk(), entry_id=entry.pk, reason="户名不符", at=AT)
    care.pay_care(actor=make_desk(), application_id=row.pk, on="2026-07-20", at=AT)
    assert sum(Entry.objects.filter(application=row).values_list("fen", flat=True)) == -250050


def test_who_applied_does_not_decide_and_who_decided_does_not_pay() -> None:
    _, project = make_care()
    row = ask(project)
    Application.objects.filter(pk=row.pk).update(asked_by=make_reviewer().pk)
    with pytest.raises(Refused, match="自己经办"):
        care.decide_care(actor=make_reviewer(), application_id=row.pk, verdict="GRANTED", amount="1", words="", at=AT)
    Application.objects.filter(pk=row.pk).update(state="GRANTED", granted_fen=100, decided_by=make_desk().pk)
    with pytest.raises(Refused, match="自己经办"):
        care.pay_care(actor=make_desk(), application_id=row.pk, on="2026-07-20", at=AT)


def test_a_grant_stays_within_what_was_asked_and_a_refusal_says_why() -> None:
    _, project = make_care()
    row = ask(project)
    for verdict, amount, where in (
        ("GRANTED", "3000.01", "资助金额"),
        ("REFUSED", "", "审核意见"),
        ("", "", "审核结果"),
    ):
        with pytest.raises(Refused) as refused:
            care.decide_care(
                actor=make_reviewer(), application_id=row.pk, verdict=verdict, amount=amount, words="", at=AT
            )
        assert wheres(refused) == [where]


def test_everything_wrong_with_an_application_is_said_at_once() -> None:
    _, project = make_care(most="2000")
    dead = make_person(died_on=AT.date())
    sent = [Sent(content=b"MZ not a paper", name="诊断证明.pdf")]
    with pytest.raises(Refused) as refused:
        ask(project, dead, sent, cause="", amount="3000", on="2026-08-01", words="")
    assert wheres(refused) == ["救助原因", "申请金额", "申请日期", "情况说明", "申请人", "诊断证明.pdf"]
    with pytest.raises(Refused) as refused:
        ask(project, make_person(), project_id=None, amount="100")
    assert wheres(refused) == ["项目"]


def test_one_open_application_of_a_person_to_a_project() -> None:
    _, project = make_care()
    person = make_person()
    row = ask(project, person)
    with pytest.raises(Refused, match="没有办完的申请"):
        ask(project, person)
    care.withdraw_care(actor=make_town(), application_id=row.pk, reason="本人放弃", at=AT)
    assert ask(project, person).state == "ASKED"


def test_a_grant_that_the_fund_cannot_cover_is_not_paid() -> None:
    _, project = make_care(money_in="100")
    row = ask(project)
    care.decide_care(actor=make_reviewer(), application_id=row.pk, verdict="GRANTED", amount="200", words="", at=AT)
    with pytest.raises(Refused, match="余额不足"):
        care.pay_care(actor=make_desk(), application_id=row.pk, on="2026-07-20", at=AT)
    row.refresh_from_db()
    assert row.state == "GRANTED"


def test_another_town_sees_no_application_and_applies_for_nobody_there() -> None:
    _, project = make_care()
    row = ask(project)
    other = make_user(Role.TOWN_CLERK, area=OTHER_TOWN, username="other")
    with pytest.raises(NotFound):
        care_selectors.get_application(actor=other, application_id=row.pk)
    with pytest.raises(NotFound):
        ask(project, make_person(area=OTHER_TOWN_VILLAGE))
    assert care_selectors.get_application(actor=make_town(), application_id=row.pk).pk == row.pk
