"""The check page: what is doubtful stands apart, is mended or withdrawn from there, and leads back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity, ActivityEvidence
from yushui.activities.selectors import doubts
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT, make_clerk
from yushui.base import files
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.places.models import Unit

CHECK = "/activities/check-activities/"


@pytest.fixture
def clerk(db: None) -> User:
    clerk = make_clerk()
    load_kinds(at=AT)
    return clerk


def make(
    clerk: User, kind: str = "FORUM", on: date = date(2026, 2, 1), area: str = TOWN, **columns: object
) -> Activity:
    plain: dict[str, object] = {"heads": 30, "title": "活动", "recorded_by": clerk.pk, "recorded_name": "赵书琴"}
    return Activity.objects.create(kind_id=kind, on=on, area_id=area, recorded_at=AT, **{**plain, **columns})


def ids(clerk: User, tab: str, year: int = 2026) -> list[int]:
    return [row.pk for row in doubts.list_tab(actor=clerk, tab=tab, year=year)]


def test_doubles_are_alike_in_kind_day_and_area(clerk: User) -> None:
    first, second = make(clerk), make(clerk)
    make(clerk, on=date(2026, 2, 2))
    make(clerk, area=VILLAGE)
    make(clerk, kind="GALA")
    make(clerk, withdrawn_at=AT)
    groups = doubts.list_doubles(actor=clerk, year=2026)
    assert [[row.pk for row in group.rows] for group in groups] == [[first.pk, second.pk]]
    assert doubts.list_doubles(actor=clerk, year=2025) == []


def test_what_lacks_its_number_is_listed_when_the_kind_counts_something(clerk: User) -> None:
    bare = make(clerk, heads=None)
    make(clerk, heads=0)
    assert ids(clerk, "heads") == [bare.pk]


def test_what_lacks_evidence_is_listed_where_the_kind_usually_has_it(clerk: User) -> None:
    bare, shown = make(clerk, kind="GALA"), make(clerk, kind="GALA", on=date(2026, 2, 3))
    make(clerk, kind="MEDIATION")  # usually has none
    file = files.store(content=b"%PDF-1.7 x", name="a.pdf", media_type="application/pdf", at=AT)
    piece = ActivityEvidence.objects.create(activity=shown, file=file, title="a.pdf", added_at=AT)
    assert ids(clerk, "evidence") == [bare.pk]
    ActivityEvidence.objects.filter(pk=piece.pk).update(withdrawn_at=AT)
    assert ids(clerk, "evidence") == [shown.pk, bare.pk]


def test_what_names_no_host_is_listed(clerk: User) -> None:
    unit = Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)
    make(clerk, host=unit)
    bare = make(clerk)
    assert ids(clerk, "host") == [bare.pk]


def test_others_of_another_town_see_none_of_it(clerk: User) -> None:
    make(clerk, heads=None)
    other = make_user(Role.TOWN_CLERK, area=OTHER_TOWN)
    assert [ids(other, tab) for tab in doubts.LISTS] == [[], [], []]


def test_a_line_is_mended_from_there_and_leads_back(
    clerk: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    client.force_login(clerk)
    bare = make(clerk, heads=None)
    page = client.get(CHECK, {"tab": "heads", "year": "2026"}).content.decode()
    link = f"/activities/{bare.pk}/change-activity/?back=tab%3Dheads%26year%3D2026"
    assert link in page
    assert 'name="back" value="tab=heads&amp;year=2026"' in client.get(link).content.decode()
    typed = {"kind": "FORUM", "on": "2026-02-01", "heads": "41", "revision": "1", "back": "tab=heads&year=2026"}
    saved = client.post(f"/activities/{bare.pk}/change-activity/", typed)
    assert saved["Location"] == f"{CHECK}?tab=heads&year=2026"
    assert ids(clerk, "heads") == []


def test_a_double_is_withdrawn_from_there_and_leads_back(clerk: User, client: Client) -> None:
    client.force_login(clerk)
    make(clerk)
    second = make(clerk)
    typed = {"reason": "重复登记", "back": "tab=doubles&year=2026"}
    gone = client.post(f"/activities/{second.pk}/withdraw-activity/", typed)
    assert gone["Location"] == f"{CHECK}?tab=doubles&year=2026"
    assert doubts.list_doubles(actor=clerk, year=2026) == []


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "tab=nothing", "//x", "tab=heads%0d%0aX:1"])
def test_a_way_back_that_is_not_ours_leads_to_the_activity(clerk: User, client: Client, back: str) -> None:
    client.force_login(clerk)
    activity = make(clerk)
    gone = client.post(f"/activities/{activity.pk}/withdraw-activity/", {"reason": "重复", "back": back})
    assert gone["Location"] == f"/activities/{activity.pk}/"


def test_a_liaison_mends_own_lines_only_and_a_leader_none(clerk: User) -> None:
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    own, other = make(clerk, area=VILLAGE, recorded_by=liaison.pk), make(clerk, area=VILLAGE)
    assert doubts.mendable(actor=liaison, rows=[own, other]) == {own.pk}
    assert doubts.mendable(actor=clerk, rows=[own, other]) == {own.pk, other.pk}
    assert doubts.mendable(actor=make_user(Role.LEADER, area=COUNTY), rows=[own, other]) == set()


def test_odd_tabs_and_years_mean_the_doubles_of_this_year(clerk: User, client: Client) -> None:
    client.force_login(clerk)
    page = client.get(CHECK, {"tab": "'; drop", "year": "99999"})
    assert (page.status_code, "没有可能重复的活动" in page.content.decode()) == (200, True)
