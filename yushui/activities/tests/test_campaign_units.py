"""Units on the list of a campaign are visited and counted apart from people; kinds of campaigns come from a form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import CampaignKind, CampaignUnit, UnitVisit
from yushui.activities.selectors.campaign_units import list_unit_lines
from yushui.activities.services.campaign_kinds import load_campaign_kinds, retire_campaign_kind, set_campaign_kind
from yushui.activities.services.campaign_units import (
    add_campaign_unit,
    change_campaign_unit,
    record_unit_visit,
    withdraw_unit_visit,
)
from yushui.activities.tests.factories import AT, SPRING, draft_of, make_campaign, make_clerk, make_kinds, make_liaison
from yushui.activities.types import CampaignKindDraft
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, make_areas
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")


@pytest.fixture
def row(people: dict[str, Person]) -> CampaignUnit:
    """光荣院 of the town on the list of its campaign."""
    campaign = make_campaign()
    unit = Unit.objects.create(name="石桥镇光荣院", kind="COMMUNITY", area_id=TOWN)
    clerk = make_user(Role.TOWN_CLERK, area=TOWN)
    return add_campaign_unit(actor=clerk, campaign_id=campaign.pk, unit_id=unit.pk, at=AT)


def clerk_of(area: str = TOWN) -> object:
    return make_user(Role.TOWN_CLERK, area=area)


def test_unit_visit_when_sent_twice_is_one_and_stands_on_the_page(row: CampaignUnit, client: Client) -> None:
    clerk = clerk_of()
    draft = draft_of(cash="20000", goods=("水果×3",), visitor_name="镇长带队")
    first = record_unit_visit(actor=clerk, row_id=row.pk, draft=draft, heads="46", at=AT)
    assert record_unit_visit(actor=clerk, row_id=row.pk, draft=draft, heads="46", at=AT) == first
    (line,) = list_unit_lines(actor=clerk, campaign=row.campaign)
    assert (line.cash_fen, first.heads, UnitVisit.objects.count()) == (2_000_000, 46, 1)
    client.force_login(clerk)
    assert "石桥镇光荣院" in client.get(f"/campaigns/{row.campaign_id}/").content.decode()


def test_unit_visit_when_wrong_tells_all_at_once(row: CampaignUnit) -> None:
    wrong = draft_of(on="2026-01-01", cash="两万", note="慰问91079部队")
    with pytest.raises(Refused) as caught:
        record_unit_visit(actor=clerk_of(), row_id=row.pk, draft=wrong, heads="很多", at=AT)
    assert [problem.where for problem in caught.value.problems] == ["慰问金", "情况和诉求", "走访日期", "慰问人数"]


def test_unit_when_visited_cannot_be_dropped_until_the_visit_is_withdrawn(row: CampaignUnit) -> None:
    clerk = clerk_of()
    made = record_unit_visit(actor=clerk, row_id=row.pk, draft=draft_of(), at=AT)
    with pytest.raises(Refused):
        change_campaign_unit(actor=clerk, row_id=row.pk, drop_reason="重复", at=AT)
    withdraw_unit_visit(actor=clerk, visit_id=made.pk, reason="记错单位", at=AT)
    assert change_campaign_unit(actor=clerk, row_id=row.pk, drop_reason="重复", at=AT).dropped_reason == "重复"
    goer = make_liaison(username="goer")
    assert change_campaign_unit(actor=clerk, row_id=row.pk, user_id=goer.pk, at=AT).user_name == "周小兰"


def test_unit_when_of_another_town_is_not_there(row: CampaignUnit) -> None:
    far = clerk_of(OTHER_TOWN)
    for act in (
        lambda: record_unit_visit(actor=far, row_id=row.pk, draft=draft_of(), at=AT),
        lambda: change_campaign_unit(actor=far, row_id=row.pk, drop_reason="x", at=AT),
    ):
        with pytest.raises(NotFound):
            act()


def test_kind_when_a_county_adds_one_it_can_be_planned_and_counted(people: dict[str, Person], client: Client) -> None:
    make_kinds()
    client.force_login(make_user(Role.DESK_OFFICER, area=COUNTY))
    typed = {"name": "重阳走访", "follows": "SEASON", "first": "10-5", "last": "10月20日"}
    assert client.post("/campaign-kinds/set/", typed)["Location"] == "/campaign-kinds/"
    kind = CampaignKind.objects.get(area_code=COUNTY)
    assert (kind.custom.first, kind.custom.last) == (1005, 1020)
    client.force_login(make_clerk())
    page = client.get(f"/campaigns/plan-campaign/?kind={kind.pk}").content.decode()
    assert 'value="2026年重阳走访"' in page
    held = make_campaign(make_user(Role.TOWN_CLERK, area=TOWN), replace(SPRING, kind=kind.pk, title=""))
    assert held.title == "2026年重阳走访"


def test_kind_when_wrong_or_a_namesake_is_refused_with_all_problems() -> None:
    make_areas()
    make_kinds()
    desk = make_user(Role.DESK_OFFICER, area=COUNTY)
    with pytest.raises(Refused) as caught:
        set_campaign_kind(actor=desk, draft=CampaignKindDraft("", "SEASON", first="2-30", last="夏天"), at=AT)
    assert [problem.where for problem in caught.value.problems] == ["名称", "从", "到"]
    with pytest.raises(Refused):
        set_campaign_kind(actor=desk, draft=CampaignKindDraft("春节慰问"), at=AT)


def test_kind_when_retired_leaves_the_form_and_its_campaigns_stay(people: dict[str, Person]) -> None:
    make_kinds()
    desk = make_user(Role.DESK_OFFICER, area=COUNTY)
    kind = set_campaign_kind(actor=desk, draft=CampaignKindDraft("重阳走访"), at=AT)
    held = make_campaign(desk, replace(SPRING, kind=kind.pk, area_code=COUNTY))
    retire_campaign_kind(actor=desk, code=kind.pk, at=AT)
    with pytest.raises(Refused) as caught:
        make_campaign(desk, replace(SPRING, kind=kind.pk, area_code=COUNTY))
    assert [problem.what for problem in caught.value.problems] == ["请选择行动类型"]
    held.refresh_from_db()
    assert held.kind.name == "重阳走访"
    with pytest.raises(NotFound):
        retire_campaign_kind(actor=desk, code="SPRING_FESTIVAL", at=AT)


def test_catalogue_when_loaded_again_changes_nothing() -> None:
    assert load_campaign_kinds(at=AT) == load_campaign_kinds(at=AT) == CampaignKind.objects.count()
    assert CampaignKind.objects.get(pk="BIRTHDAY").rule == "birthday=1"
