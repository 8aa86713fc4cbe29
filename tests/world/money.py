"""A care fund of the village with a donation, an entry with its voucher, an overdraft, a project and an application."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.funds.models import ApplicationEvidence, EntryEvidence
from yushui.funds.services import care, donations, money, overdrafts, uses
from yushui.funds.types.care import ApplicationDraft, ProjectDraft
from yushui.funds.types.donations import DonationDraft
from yushui.funds.types.money import FundDraft, OverdraftDraft
from yushui.people.models import Person


def build(*, village: str, person: Person, photo: StoredFile, today: date, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk, day = User.objects.get(username="desk"), today.isoformat()
    draft = FundDraft(
        name="北洲村关爱基金", kind="CARE", source="DONATION", area_code=village, client_key="fund-of-the-world"
    )
    fund = money.open_fund(actor=desk, draft=draft, at=at)
    gift = DonationDraft(
        fund_id=fund.pk, donor_name="北洲米厂", promised="20000", received="8000", promised_on=day,
        client_key="gift-of-the-world",
    )  # fmt: skip
    donation = donations.add_donation(actor=desk, draft=gift, at=at)
    entry = donation.receipts.get()
    voucher = EntryEvidence.objects.create(entry=entry, file=photo, title="票据.jpg", added_at=at)
    over = OverdraftDraft(amount="500", last_day=day, reason="捐款在途", client_key="over-of-the-world")
    project = care.add_project(
        actor=desk, fund_id=fund.pk,
        draft=ProjectDraft(name="村里救急", starts_on=day, client_key="project-of-world"), at=at,
    )  # fmt: skip
    application = care.ask_care(
        actor=desk, person_id=person.pk,
        draft=ApplicationDraft(
            project_id=project.pk, cause="ILLNESS", amount="2000", on=day, words="住院", client_key="care-of-the-world"
        ),
        at=at,
    )  # fmt: skip
    paper = ApplicationEvidence.objects.create(application=application, file=photo, title="诊断.jpg", added_at=at)
    return {
        "fund_id": fund.pk,
        "donation_id": donation.pk,
        "entry_id": entry.pk,
        "voucher_id": voucher.pk,
        "overdraft_id": overdrafts.ask_overdraft(actor=desk, fund_id=fund.pk, draft=over, at=at).pk,
        "application_id": application.pk,
        "care_file_id": paper.pk,
        "use_code": uses.add_use(actor=desk, name="军休活动", at=at).pk,
    }
