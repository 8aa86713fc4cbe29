"""Figures of money: to the fen, without what was taken back, and each opens its rows."""

from __future__ import annotations

import pytest
from django.test import Client

from yushui.funds.services import care, money
from yushui.funds.tests.money import (
    AT,
    ask,
    donate,
    make_care,
    make_desk,
    make_fund,
    make_reviewer,
    receive,
    spend,
)
from yushui.indicators.selectors.values import values_of
from yushui.people.models import ResponsibleContact
from yushui.people.tests.factories import COUNTY, make_person, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-20")


def numbers(*ids: str) -> tuple[int | None, ...]:
    found = values_of(actor=make_desk(), area_code=COUNTY, year=2026, on=AT.date(), ids=ids)
    return tuple(found[name].number for name in ids)


def test_budget_income_and_spending_are_counted_to_the_fen_without_reversals() -> None:
    fund = make_fund("1000.05")
    money.reverse_entry(actor=make_desk(), entry_id=spend(fund, "400").pk, reason="重复", at=AT)
    spend(fund, "300.01")
    spend(fund, "100", use="TURNED_IN")
    receive(make_fund(name="2025年经费", year="2025", planned="7"), "9", on="2025-05-01")
    assert numbers("work_budget", "work_budget_lines") == (10_000_000, 1)
    assert numbers("work_money_received", "work_money_spent", "visit_money_spent") == (100_005, 30_001, 30_001)


def test_donations_and_the_care_fund_are_counted_by_what_came_and_who_was_helped() -> None:
    fund, project = make_care(money_in="")
    donate(fund, promised="1000", received="400")
    donate(fund, received="50.50", donor_kind="PERSON", donor_name="丁云家")
    for _ in range(2):
        row = ask(project)
        care.decide_care(actor=make_reviewer(), application_id=row.pk, verdict="GRANTED", amount="100", words="", at=AT)
    entry = care.pay_care(actor=make_desk(), application_id=row.pk, on="2026-07-20", at=AT)
    assert numbers("donations_promised", "donations_received", "donors") == (105_050, 45_050, 2)
    assert numbers("care_funds", "care_applications", "care_heads", "care_spent") == (1, 2, 1, 10_000)
    money.reverse_entry(actor=make_desk(), entry_id=entry.pk, reason="户名不符", at=AT)
    assert numbers("care_heads", "care_spent") == (0, 0)


def test_the_share_of_entitled_persons_with_a_responsible_contact() -> None:
    for number in range(4):
        person = make_person()
        make_status(person, kind="WAR_VETERAN")
        if number < 3:
            ends_on = AT.date() if number == 0 else None
            ResponsibleContact.objects.create(
                person=person, user_id=7, user_name="陈秀兰", starts_on="2026-01-01", ends_on=ends_on
            )
    assert numbers("contact_rate", "contact_holders") == (5000, 1)


@pytest.mark.parametrize("figure", ["work_money_spent", "donations_received", "care_spent", "work_budget"])
def test_a_figure_of_money_opens_its_rows(figure: str) -> None:
    spend(make_fund("1000"), "300.01")
    _, project = make_care()
    row = ask(project)
    care.decide_care(actor=make_reviewer(), application_id=row.pk, verdict="GRANTED", amount="100", words="", at=AT)
    care.pay_care(actor=make_desk(), application_id=row.pk, on="2026-07-20", at=AT)
    client = Client()
    client.force_login(make_desk(), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/figures/{figure}/rows/?year=2026")
    assert answer.status_code == 200
    wanted = {
        "work_money_spent": "300.01", "donations_received": "50,000.00", "care_spent": "陈大山",
        "work_budget": "100,000.00",
    }  # fmt: skip
    assert wanted[figure] in answer.content.decode()
