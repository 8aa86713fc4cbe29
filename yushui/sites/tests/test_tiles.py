"""Sites and stations on the tile map: sums and coverage by area, drilling down, own rows, the page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.area_codes import NATION
from yushui.base.refusals import NotFound
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE
from yushui.places.models import Area, Unit
from yushui.sites.rules.tiles import reach_of
from yushui.sites.selectors.coverage import coverage
from yushui.sites.selectors.places import SiteFilters, list_sites
from yushui.sites.selectors.tiles import Subject, spread_of
from yushui.sites.services.places import add_site, close_site
from yushui.sites.tests.test_sites import AT, TODAY, make_clerk, make_desk, site_draft

pytestmark = pytest.mark.django_db


def make_sites() -> None:
    """Three shops in 石桥镇 (one of the town itself, one closed), a square of the county, a station in each village."""
    desk = make_desk()
    for name, area in (("一店", VILLAGE), ("二店", VILLAGE), ("镇店", TOWN)):
        add_site(actor=desk, draft=site_draft(name=name, area_code=area), at=AT)
    gone = add_site(actor=desk, draft=site_draft(name="旧店", area_code=OTHER_VILLAGE), at=AT)
    close_site(actor=desk, site_id=gone.pk, on="2026-08-31", reason="歇业", at=AT)
    add_site(actor=desk, draft=site_draft(kind="SQUARE", name="双拥广场", area_code=COUNTY), at=AT)
    for area in (TOWN, VILLAGE):
        Unit.objects.create(name=f"服务站{area}", kind="STATION", area_id=area)


def said(subject: Subject, code: str = COUNTY) -> dict[str, tuple[int, str]]:
    return {
        line.name: (line.count, line.share_words)
        for line in spread_of(actor=make_desk(), subject=subject, code=code, on=TODAY).lines
    }


def test_reach_of_a_village_is_whether_there_is_one() -> None:
    [village] = reach_of([(VILLAGE, "北洲村")], {}, {VILLAGE: 2})
    assert (village.share, village.share_words) == (None, "有")
    [town] = reach_of([(TOWN, "石桥镇")], {TOWN: [VILLAGE, OTHER_VILLAGE]}, {VILLAGE: 2, TOWN: 1})
    assert (town.count, town.share, town.share_words) == (3, 5000, "1 / 2")


def test_sums_by_town_and_village_and_what_the_county_itself_has() -> None:
    make_sites()
    everything = spread_of(actor=make_desk(), subject=Subject(), code=COUNTY, on=TODAY)
    assert (everything.total, everything.own, everything.elsewhere) == (4, 1, 0)
    assert said(Subject(group="OFFER")) == {"石桥镇": (3, "1 / 2"), "汊河镇": (0, "0 / 1")}
    assert said(Subject(kind="SQUARE")) == {"石桥镇": (0, "0 / 2"), "汊河镇": (0, "0 / 1")}
    assert said(Subject(kind="SHOP"), TOWN) == {"北洲村": (2, "有"), "柳湾村": (0, "无")}


def test_service_stations_stand_on_the_map_too() -> None:
    make_sites()
    assert said(Subject(stations=True)) == {"石桥镇": (2, "1 / 2"), "汊河镇": (0, "0 / 1")}
    found = {town.name: (town.stations, town.villages) for town in coverage(actor=make_desk(), on=TODAY).towns}
    assert (found["石桥镇"], found["汊河镇"]) == ((1, 2), (0, 1))


def test_own_rows_leave_out_what_lies_below() -> None:
    make_sites()
    desk = make_desk()
    every = list_sites(actor=desk, filters=SiteFilters(area_code=TOWN), on=TODAY)
    own = list_sites(actor=desk, filters=SiteFilters(area_code=TOWN, own=True), on=TODAY)
    assert ([site.name for site in every], [site.name for site in own]) == (["镇店", "一店", "二店"], ["镇店"])


def test_page_leads_down_and_to_rows_and_closes_to_strangers(client: Client) -> None:
    make_sites()
    client.force_login(make_desk())
    page = re.sub(r"\s+", " ", client.get("/sites/tiles/?what=group-OFFER").content.decode())
    assert f'href="/sites/tiles/?area={TOWN}&amp;what=group-OFFER&amp;measure="><title>石桥镇 3 处</title>' in page
    assert f'<a class="figure" href="/sites/?group=OFFER&amp;area={TOWN}">3</a>' in page
    covered = client.get(f"/sites/tiles/?what=kind-SHOP&measure=cover&area={TOWN}").content.decode()
    assert f'href="/sites/?kind=SHOP&amp;area={VILLAGE}"><title>北洲村 2 处,覆盖 有</title>' in covered
    stations = client.get(f"/sites/tiles/?what=stations&area={TOWN}").content.decode()
    assert f'href="/units/?kind=STATION&amp;area={VILLAGE}"' in stations
    assert client.get("/sites/tiles/?what=kind-NOT_THERE&measure=odd").status_code == 200
    client.force_login(make_clerk())
    for code in (COUNTY, OTHER_TOWN, NATION):
        assert client.get(f"/sites/tiles/?area={code}").status_code == 404


def test_liaison_sees_the_own_village_and_the_nation_its_provinces(client: Client) -> None:
    make_sites()
    client.force_login(make_user(Role.LIAISON, area=VILLAGE))
    page = client.get("/sites/tiles/").content.decode()
    assert "这里没有下级" in page
    Area.objects.create(code="710000000000", name="台湾省", full_name="台湾省", level=1, source="test")
    minister = make_user(Role.AUDITOR, area=NATION, username="nation")
    lines = spread_of(actor=minister, subject=Subject(), code=NATION, on=TODAY).lines
    assert [(line.name, line.count, line.share_words) for line in lines] == [
        ("台湾省", 0, "无"),
        ("示例省", 4, "1 / 1"),
    ]
    table = coverage(actor=minister, on=TODAY)
    assert ([town.name for town in table.towns], table.of_towns) == (["台湾省", "示例省"], False)
    with pytest.raises(NotFound):
        spread_of(actor=make_desk(), subject=Subject(), code=NATION, on=TODAY)
