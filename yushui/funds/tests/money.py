"""Funds of the example county, for tests."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.evidence import Sent
from yushui.funds.models import Application, CareProject, Entry, Fund
from yushui.funds.services import care, donations, money
from yushui.funds.services.uses import load_uses
from yushui.funds.types.care import ApplicationDraft, ProjectDraft
from yushui.funds.types.donations import DonationDraft
from yushui.funds.types.money import EntryDraft, FundDraft
from yushui.people.models import Person
from yushui.people.tests.factories import TOWN, make_areas, make_person

AT = datetime(2026, 7, 20, 2, tzinfo=UTC)  # 10 o'clock in Yunchuan


def key() -> str:
    return str(uuid.uuid4())


def make_desk() -> User:
    make_areas()
    return make_user(Role.DESK_OFFICER, username="desk", full_name="林晓燕")


def make_reviewer() -> User:
    make_areas()
    return make_user(Role.REVIEWER, username="review", full_name="何志强")


def make_town() -> User:
    make_areas()
    return make_user(Role.TOWN_CLERK, area=TOWN, username="shiqiao", full_name="周建平")


def make_fund(income: str = "", **typed: object) -> Fund:
    """A budget line of the county for visits, with this much money in it since January."""
    desk = make_desk()
    load_uses(at=AT)
    values = {
        "name": "2026年走访慰问经费", "year": "2026", "use": "VISIT_CASH", "planned": "100000", "client_key": key(),
        **typed,
    }  # fmt: skip
    fund = money.open_fund(actor=desk, draft=FundDraft(**values), at=AT)
    if income:
        receive(fund, income)
    return fund


def receive(fund: Fund, amount: str, on: str = "2026-01-10") -> Entry:
    draft = EntryDraft(on=on, amount=amount, words="县财政拨付", client_key=key())
    return money.record_income(actor=make_desk(), fund_id=fund.pk, draft=draft, at=AT)


def spend(fund: Fund, amount: str, on: str = "2026-02-05", **typed: str) -> Entry:
    draft = EntryDraft(on=on, amount=amount, **{"words": "春节走访慰问", "client_key": key(), **typed})
    return money.record_spending(actor=make_desk(), fund_id=fund.pk, draft=draft, at=AT)


def make_care(money_in: str = "50000", most: str = "5000") -> tuple[Fund, CareProject]:
    """A care fund with a donation in it and one project."""
    fund = make_fund(name="退役军人关爱基金", kind="CARE", source="DONATION", year="", use="", planned="")
    if money_in:
        donate(fund, money_in)
    draft = ProjectDraft(name="大病救助", starts_on="2026-01-01", planned="40000", most=most, client_key=key())
    return fund, care.add_project(actor=make_desk(), fund_id=fund.pk, draft=draft, at=AT)


def donate(fund: Fund, received: str = "", promised: str = "", **typed: object) -> object:
    values = {
        "fund_id": fund.pk, "donor_name": "云川商会", "received": received, "promised": promised,
        "promised_on": "2026-01-05", "client_key": key(), **typed,
    }  # fmt: skip
    return donations.add_donation(actor=make_desk(), draft=DonationDraft(**values), at=AT)


def ask(project: CareProject, person: Person | None = None, sent: Sequence[Sent] = (), **typed: object) -> Application:
    person = person or make_person()
    values = {
        "project_id": project.pk, "cause": "ILLNESS", "amount": "3000", "on": "2026-07-10",
        "words": "住院手术,自付三万余元", "client_key": key(), **typed,
    }  # fmt: skip
    return care.ask_care(actor=make_town(), person_id=person.pk, draft=ApplicationDraft(**values), sent=sent, at=AT)
