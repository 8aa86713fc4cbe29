"""Cash given at visits stands beside what the ledger spent; the two are never made equal."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.selectors.visit_money import visit_money
from yushui.activities.tests.factories import make_campaign, make_clerk, target_of, visit
from yushui.funds.models import Entry, Fund
from yushui.funds.tests.money import key, make_fund
from yushui.people.models import Person
from yushui.people.tests.factories import TOWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Fund:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-20")
    return make_fund("5000", area_code=TOWN)


def sign_in() -> Client:
    client = Client()
    client.force_login(make_clerk(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_what_was_spent_for_a_campaign_stands_beside_what_its_visits_gave(fund: Fund) -> None:
    campaign = make_campaign()
    visit(make_clerk(), campaign, target_of(campaign, "陈大山").person_id, cash="500")
    sent = {
        "fund": fund.pk, "amount": "800.50", "on": "2026-02-09", "words": "春节慰问金", "use": "VISIT_CASH",
        "client_key": key(),
    }  # fmt: skip
    client = sign_in()
    assert client.post(f"/campaigns/{campaign.pk}/spend-campaign/", sent).status_code == 302
    assert Entry.objects.get(side="OUT").origin_words == campaign.title
    found = visit_money(actor=make_clerk(), year=2026, on=date(2026, 7, 20))
    assert [(line.given, line.spent, line.gap) for line in found.lines] == [(50000, 80050, 30050)]
    assert [line.name for line in found.budgets] == [fund.name]
    text = client.get("/visits/money/?year=2026").content.decode()
    assert all(words in text for words in ("500.00", "800.50", "300.50", "支出多于发出"))


def test_a_spending_without_a_fund_or_beyond_it_is_refused_and_kept(fund: Fund) -> None:
    campaign, client = make_campaign(), sign_in()
    sent = {"amount": "9999", "on": "2026-02-09", "words": "春节慰问金", "use": "VISIT_CASH", "client_key": key()}
    address = f"/campaigns/{campaign.pk}/spend-campaign/"
    assert "没有选从哪个资金支出" in client.post(address, sent).content.decode()
    answer = client.post(address, {**sent, "fund": fund.pk})
    assert (answer.status_code, 'value="9999"' in answer.content.decode()) == (422, True)
    assert not Entry.objects.filter(side="OUT").exists()


def test_who_may_not_see_money_finds_no_comparison(fund: Fund) -> None:
    client = Client()
    client.force_login(
        make_user(Role.LIAISON, area=TOWN, username="liaison"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get("/visits/money/").status_code == 404
