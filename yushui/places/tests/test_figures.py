"""Figures of organisation: each counts what its rows show, as of the last day of the period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import QuerySet

from yushui.base.figures import Period
from yushui.places import services
from yushui.places.figures import SOURCES
from yushui.places.models import PaperKind
from yushui.places.tests.areas import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.places.tests.factories import AT, MOVE, TODAY, make_desk, make_group, make_post, make_unit
from yushui.places.types import FIVE_NAMES, PaperDraft, PostMove

pytestmark = pytest.mark.django_db
NOW, BEFORE = Period(2026, TODAY), Period(2025, TODAY)


def rows(name: str, period: Period = NOW, area: str = COUNTY, **tests: object) -> QuerySet:
    source = SOURCES[f"places.{name}"]
    return source.rows(area, period).filter(**{source.filters[key]: value for key, value in tests.items()})


def test_villages_with_a_station_among_all_villages() -> None:
    make_unit("北洲村退役军人服务站", "STATION", VILLAGE)
    assert (rows("areas", level=5).count(), rows("areas", level=5, station=True).count()) == (3, 1)
    assert (rows("areas", level=4).count(), rows("areas", area=OTHER_TOWN, level=5, station=True).count()) == (2, 0)
    assert rows("areas", Period(2021, TODAY), level=5, station=True).count() == 0  # it was founded in 2022


def test_stations_by_how_many_of_the_five_they_had_at_the_time() -> None:
    station = make_unit("石桥镇退役军人服务站", "STATION", TOWN)
    whole = dict.fromkeys(FIVE_NAMES, True)
    for day, holds in (("2025-06-01", {**whole, "FUNDS": False}), ("2026-06-01", {**whole, "MODEL": True})):
        services.state_station(actor=make_desk(), unit_id=station.pk, holds=holds, on=day, at=AT)
    assert [rows("stations", period).get().things for period in (Period(2024, TODAY), BEFORE, NOW)] == [0, 4, 5]
    assert (rows("stations", BEFORE, model=1).count(), rows("stations", model=1).count()) == (0, 1)


def test_changes_count_once_however_many_groups_they_touch() -> None:
    groups = [make_group(), make_group("石桥镇双拥工作领导小组", TOWN)]
    moves = tuple(PostMove(make_post(group, "成员", "周明").pk) for group in groups)
    services.transfer_posts(actor=make_desk(), draft=replace(MOVE, moves=moves), at=AT)
    measure = SOURCES["places.changes"].measures["changes"]
    found = rows("changes", unit_kind="LEADING_GROUP")
    assert (found.count(), found.values(measure.of).distinct().count()) == (2, 1)
    assert (rows("changes", area=TOWN).count(), rows("changes", BEFORE).count()) == (1, 0)
    assert (rows("posts", BEFORE).count(), rows("posts").count()) == (2, 0)


def test_member_units_and_their_liaisons_as_of_the_day() -> None:
    group, unit = make_group(), make_unit("县教育局")
    services.add_members(actor=make_desk(), group_id=group.pk, unit_ids=[unit.pk], starts_on="2026-01-01", at=AT)
    make_post(unit, "联络员", "高敏", since="2026-05-01")
    assert (rows("members", BEFORE).count(), rows("members").count()) == (0, 1)
    assert (rows("units", BEFORE, kind="MEMBER", liaison=True).count(), rows("units", liaison=True).count()) == (0, 1)
    early = Period(2026, date(2026, 4, 30))
    assert rows("units", early, liaison=True).count() == 0


def test_papers_in_force_and_the_inclusions_of_the_level_itself() -> None:
    PaperKind.objects.create(code="BUDGET_PAPER", name="预算", inclusion="BUDGET")
    PaperKind.objects.create(code="RULE", name="制度")
    desk, unit, town = make_desk(), make_unit("县财政局"), make_unit("石桥镇人民政府", "GOVERNMENT", TOWN)
    for number, (issuer, kind, last) in enumerate(
        ((unit, "BUDGET_PAPER", "2026-06-30"), (unit, "RULE", ""), (town, "BUDGET_PAPER", ""))
    ):
        draft = PaperDraft(
            kind=kind, unit_id=str(issuer.pk), title=f"文件{number}", issued_on="2026-02-01", last_day=last,
            proves=("MEMBER_PLAN",), client_key=f"figure-key-{number}",
        )  # fmt: skip
        services.add_paper(actor=desk, draft=draft, at=AT)
    assert (rows("papers").count(), rows("papers", kind="RULE").count(), rows("papers", BEFORE).count()) == (2, 1, 0)
    assert [p.title for p in rows("inclusions")] == ["文件0"]  # it held within the year
    assert [p.title for p in rows("inclusions", area=TOWN)] == ["文件2"]
    assert rows("proofs", code="MEMBER_PLAN", unit_kind="MEMBER").count() == 2
