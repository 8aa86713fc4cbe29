"""A kind of campaign that a county adds is counted at once; goods and units of campaigns open their rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.figures import SOURCES
from yushui.activities.models import CampaignKind, UnitVisit
from yushui.activities.services.campaign_goods import take_goods
from yushui.activities.services.campaign_kinds import set_campaign_kind
from yushui.activities.tests.factories import AT, make_campaign, make_clerk, make_kinds, make_liaison, visit
from yushui.activities.types import CampaignKindDraft
from yushui.base.figures import Period
from yushui.funds.figures import SOURCES as FUND_SOURCES
from yushui.funds.tests.factories import bring_in, make_item, make_store
from yushui.indicators.selectors.catalogue import indicators
from yushui.people.tests.factories import COUNTY, TOWN, VILLAGE, make_areas, make_person, make_status
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db
YEAR = Period(2026, date(2026, 12, 31))


def test_kind_when_a_county_adds_one_has_figures_of_its_own() -> None:
    make_areas()
    make_kinds()
    kind = set_campaign_kind(
        actor=make_user(Role.DESK_OFFICER, area=COUNTY), draft=CampaignKindDraft("重阳走访"), at=AT
    )
    stem = f"visits_{kind.pk.lower()}"
    own = {key: found.title for key, found in indicators().items() if key.startswith(stem)}
    assert own == {
        f"{stem}_heads": "重阳走访:走访到的人",
        f"{stem}_cash": "重阳走访:慰问金",
        f"{stem}_coverage": "重阳走访:走访覆盖率",
    }


def test_figures_of_the_catalogue_name_kinds_that_exist() -> None:
    make_kinds()
    asked = set()
    for path in sorted(Path(settings.CATALOGUE_DIR, "indicators").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            campaign = {**entry.get("filter", {}), **entry.get("ratio", {}).get("filter", {})}.get("campaign", [])
            asked |= set(campaign if isinstance(campaign, list) else [campaign])
    assert asked - set(CampaignKind.objects.values_list("pk", flat=True)) == set()
    assert {"SPRING_FESTIVAL", "BIRTHDAY"} <= asked


def test_goods_and_units_when_counted_stand_where_they_were_given() -> None:
    clerk = make_clerk()
    person = make_person()
    make_status(person)
    campaign = make_campaign(clerk)
    store, rice = make_store(clerk), make_item(clerk, "米 10kg")
    bring_in(clerk, rice, store, 5)
    take_goods(actor=clerk, campaign_id=campaign.pk, store_id=store.pk, pieces={rice.pk: "3"}, at=AT)
    visit(make_liaison(), campaign, person.pk, goods=("米 10kg×2",))
    unit = Unit.objects.create(name="武警云川中队", kind="GARRISON", area_id=TOWN)
    UnitVisit.objects.create(
        unit=unit, campaign=campaign, area_id=TOWN, on=date(2026, 2, 3), visitor_name="镇长", client_key="12345678",
        recorded_at=AT,
    )  # fmt: skip
    handed = SOURCES["activities.goods_handed"].rows(VILLAGE, YEAR)
    assert [(row.campaign_kind, row.move.pieces, row.fen) for row in handed] == [("SPRING_FESTIVAL", 2, 120_00)]
    assert [row.unit.name for row in SOURCES["activities.unit_visits"].rows(TOWN, YEAR)] == ["武警云川中队"]
    assert not SOURCES["activities.unit_visits"].rows(VILLAGE, YEAR).exists()
    moves = FUND_SOURCES["funds.goods"].rows(TOWN, YEAR)
    assert [(row.way, row.pieces) for row in moves.order_by("id")] == [("BOUGHT", 5), ("TAKEN", 3), ("HANDED", 2)]
