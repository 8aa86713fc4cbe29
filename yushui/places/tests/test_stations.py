"""Service stations: the five things from day to day, and how far the stations reach."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.base.refusals import NotFound, Refused
from yushui.places import services
from yushui.places.models import StationFact
from yushui.places.selectors.stations import five_of, stations_by_town
from yushui.places.tests.areas import OTHER_TOWN, OTHER_TOWN_VILLAGE, TOWN, VILLAGE
from yushui.places.tests.factories import AT, TODAY, make_clerk, make_desk, make_unit
from yushui.places.types import FIVE_NAMES, STATION_NAMES

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(FIVE_NAMES, True)


def test_the_newest_answer_holds_and_the_old_one_stays() -> None:
    station = make_unit("北洲村退役军人服务站", "STATION", VILLAGE)
    clerk = make_clerk()
    services.state_station(actor=clerk, unit_id=station.pk, holds={**ALL, "FUNDS": False}, on="2025-06-01", at=AT)
    services.state_station(actor=clerk, unit_id=station.pk, holds={**ALL, "MODEL": True}, on="2026-06-01", at=AT)
    now = {key: fact.holds for key, _, fact in five_of(unit=station) if fact}
    assert now == dict.fromkeys(STATION_NAMES, True)
    assert StationFact.objects.filter(unit=station, superseded_at=None).count() == 6
    assert StationFact.objects.filter(unit=station, key="FUNDS", holds=False).exclude(superseded_at=None).count() == 1


def test_wrong_days_wrong_units_and_unknown_things_are_refused_together() -> None:
    school = make_unit("石桥镇中心小学", "SCHOOL", TOWN)
    with pytest.raises(Refused) as refused:
        services.state_station(actor=make_clerk(), unit_id=school.pk, holds={"ROOF": True}, on="2026-12-01", at=AT)
    assert [p.where for p in refused.value.problems] == ["核实日期", "石桥镇中心小学", "ROOF"]
    station = make_unit("北洲村退役军人服务站", "STATION", VILLAGE)
    services.state_station(actor=make_clerk(), unit_id=station.pk, holds=ALL, on="2026-06-01", at=AT)
    with pytest.raises(Refused, match="早于上次核实"):
        services.state_station(actor=make_clerk(), unit_id=station.pk, holds=ALL, on="2026-05-31", at=AT)
    with pytest.raises(NotFound):
        services.state_station(actor=make_clerk(OTHER_TOWN), unit_id=station.pk, holds=ALL, on="2026-06-01", at=AT)


def test_coverage_counts_villages_not_stations_of_the_town() -> None:
    town = make_unit("石桥镇退役军人服务站", "STATION", TOWN)
    village = make_unit("北洲村退役军人服务站", "STATION", VILLAGE)
    for station in (town, village):
        services.state_station(
            actor=make_desk(), unit_id=station.pk, holds={**ALL, "MODEL": True}, on="2026-06-01", at=AT
        )
    make_unit("新河村退役军人服务站", "STATION", OTHER_TOWN_VILLAGE)
    found = {t.own.name: t for t in stations_by_town(actor=make_desk(), on=TODAY)}
    stone = found["石桥镇"]
    assert (len(stone.villages), stone.built, stone.missing, stone.whole, stone.models) == (2, 1, 1, 1, 2)
    assert [count for _, count in stone.five] == [1] * 5
    other = found["汊河镇"]
    assert (other.own.unit, other.built, other.missing, other.whole) == (None, 1, 0, 0)
    assert [[holds for _, holds in line.answers] for line in other.villages] == [[None] * 5]
    before = {t.own.name: t for t in stations_by_town(actor=make_desk(), on=date(2021, 1, 1))}
    assert before["石桥镇"].built == 0
    assert len(stations_by_town(actor=make_desk(), on=TODAY, within=TOWN)) == 1
