"""募捐: what is given for a case stands in the funds ledger, and its help is paid out of that."""

from __future__ import annotations

import pytest

from yushui.base.refusals import Refused
from yushui.cases.models import Case
from yushui.cases.selectors.cases import case_sheet
from yushui.cases.services import ends
from yushui.cases.services.raising import add_case_donation
from yushui.cases.tests.factories import AT, TODAY, approver, decide, desk, key, make_county, petition, signed_in
from yushui.cases.types import AidDraft
from yushui.funds.models import Donation, Entry
from yushui.funds.services.donations import receive_donation
from yushui.funds.services.money import open_fund, reverse_entry
from yushui.funds.services.uses import load_uses
from yushui.funds.types.donations import DonationDraft
from yushui.funds.types.money import EntryDraft, FundDraft
from yushui.people.tests.factories import COUNTY
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-07")
    make_county()
    load_uses(at=AT)


def raising(*, agreed: bool = True) -> Case:
    unit = Unit.objects.get_or_create(name="县慈善会", kind="MEMBER", area_id=COUNTY)[0]
    case = petition(
        desk(), kind="FUNDRAISING", title="为患病老兵募捐", unit_id=unit.pk, asker_name="", area_code="", cause="cause1"
    )
    if agreed:
        papers = tuple(need.paper.pk for need in case_sheet(actor=approver(), case_id=case.pk, on=TODAY).papers)
        decide(case, "agree", actor=approver(), papers=papers)
        case.refresh_from_db()
    return case


def fund() -> int:
    draft = FundDraft("老兵救助捐款", "DONATED", "DONATION", area_code=COUNTY, client_key=key())
    return open_fund(actor=desk(), draft=draft, at=AT).pk


def gift(fund_id: int, received: str, promised: str = "") -> DonationDraft:
    return DonationDraft(fund_id, "UNIT", "云川建材公司", False, promised, "2026-09-07", received, client_key=key())


def pay(case: Case, amount: str, fund_id: int | None, payee: str = "县人民医院") -> Entry | None:
    draft = AidDraft("CASH", "医药费", amount, "2026-09-07", "", key(), fund_id, payee)
    return ends.aid_case(actor=desk(), case_id=case.pk, draft=draft, at=AT).entry


def sums(case: Case) -> tuple[int, int, int]:
    raised = case_sheet(actor=desk(), case_id=case.pk, on=TODAY).raised
    assert raised is not None
    return raised.raised_fen, raised.paid_fen, raised.left_fen


def problems(call: object) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return {problem.where: problem.what for problem in caught.value.problems}


def test_donations_and_what_is_given_out_of_them_carry_the_case_to_the_fen() -> None:
    case, pot = raising(), fund()
    draft = gift(pot, "3000.50", "5000")
    donation = add_case_donation(actor=desk(), case_id=case.pk, draft=draft, at=AT)
    assert add_case_donation(actor=desk(), case_id=case.pk, draft=draft, at=AT) == donation
    more = EntryDraft("2026-09-07", "1000", client_key=key())
    receive_donation(actor=desk(), donation_id=donation.pk, draft=more, at=AT)
    assert sums(case) == (400_050, 0, 400_050)
    entry = pay(case, "2500.25", pot)
    assert entry is not None
    assert (entry.fen, entry.payee, entry.origin, entry.person) == (
        -250_025, "县人民医院", f"cases.case:{case.pk}", None,
    )  # fmt: skip
    assert sums(case) == (400_050, 250_025, 150_025)
    page = signed_in(desk()).get(f"/cases/{case.pk}/").content.decode()
    assert "4,000.50 / 5,000.00" in page
    assert "1,500.25" in page
    decide(case, "publish", actor=desk(), reply="")
    case.refresh_from_db()
    assert case.result == "SETTLED"


def test_no_more_goes_out_than_came_in_for_the_case_and_none_without_the_ledger() -> None:
    case, pot = raising(), fund()
    add_case_donation(actor=desk(), case_id=raising().pk, draft=gift(pot, "9000"), at=AT)  # another case's money
    add_case_donation(actor=desk(), case_id=case.pk, draft=gift(pot, "1000"), at=AT)
    assert problems(lambda: pay(case, "1000.01", pot)) == {
        "金额": "本次募捐到账 1,000.00 元,未拨付 1,000.00 元,还差 0.01 元"
    }
    assert problems(lambda: pay(case, "500", None, "")) == {
        "收款方": "请写拨给谁", "从哪笔资金付": "募捐款要从资金台账拨付",
    }  # fmt: skip
    pay(case, "1000", pot)
    income = Entry.objects.filter(side="IN", origin=f"cases.case:{case.pk}").get()
    reverse_entry(actor=desk(), entry_id=income.pk, reason="转错账户", at=AT)  # the pot still holds the other's money
    assert sums(case) == (0, 100_000, -100_000)
    other = fund_of_care()
    assert "余额不足" in problems(lambda: pay(raised_elsewhere(), "10", other))["金额"]


def fund_of_care() -> int:
    draft = FundDraft("关爱基金", "CARE", "DONATION", area_code=COUNTY, client_key=key())
    return open_fund(actor=desk(), draft=draft, at=AT).pk


def raised_elsewhere() -> Case:
    """A case whose money lies in another pot than the one it is to be paid from."""
    case = raising()
    draft = FundDraft("另一捐款", "DONATED", "DONATION", area_code=COUNTY, client_key=key())
    pot = open_fund(actor=desk(), draft=draft, at=AT).pk
    add_case_donation(actor=desk(), case_id=case.pk, draft=gift(pot, "50"), at=AT)
    return case


def test_nothing_is_raised_before_the_plan_is_agreed_to() -> None:
    case, pot = raising(agreed=False), fund()
    with pytest.raises(Refused, match="方案还没有同意|不由您办理"):
        add_case_donation(actor=desk(), case_id=case.pk, draft=gift(pot, "100"), at=AT)
    assert Donation.objects.count() == 0


def test_the_form_keeps_what_was_typed_and_leads_back_to_the_case() -> None:
    case, pot = raising(), fund()
    client, address = signed_in(desk()), f"/cases/{case.pk}/add-case-donation/"
    assert "为患病老兵募捐" in client.get(address).content.decode()
    form = {"donor_kind": "UNIT", "donor_name": "", "fund": pot, "received": "800", "promised_on": "2026-09-07",
            "client_key": key()}  # fmt: skip
    answer = client.post(address, form)
    assert (answer.status_code, 'value="800"' in answer.content.decode()) == (422, True)
    assert client.post(address, {**form, "donor_name": "云川建材公司"}).headers["Location"] == f"/cases/{case.pk}/"
    assert sums(case) == (80_000, 0, 80_000)
