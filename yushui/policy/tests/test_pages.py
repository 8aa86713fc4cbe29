"""The law pages show tables with growth and mark, to who may look."""

from __future__ import annotations

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base import clock
from yushui.policy.models import LawVersion
from yushui.policy.selectors import current_law, law_of, show_law
from yushui.policy.services import load_law


@pytest.fixture
def loaded(db: None) -> LawVersion:
    return load_law(actor=None, at=clock.now())


def test_table_shows_growth_and_mark_when_an_officer_looks(loaded: LawVersion, client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER))
    page = client.get("/law/disability_pension/").content.decode()
    assert "48,180.00" in page
    assert "+5.0%" in page
    assert "推算" in page
    assert "公布日期未查到" in page


def test_list_counts_holes_when_the_demobilized_floor_is_unknown(loaded: LawVersion, client: Client) -> None:
    client.force_login(make_user(Role.LEADER))
    assert "在乡复员军人生活补助" in client.get("/law/").content.decode()


def test_pages_are_not_found_when_the_role_may_not_look(loaded: LawVersion, client: Client) -> None:
    client.force_login(make_user(Role.LIAISON))
    assert [client.get(p).status_code for p in ("/law/", "/law/disability_pension/")] == [404, 404]


def test_page_is_not_found_when_the_benefit_is_unknown(loaded: LawVersion, client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER))
    assert client.get("/law/no_such_benefit/").status_code == 404


def test_same_files_load_once_and_are_kept_word_for_word(loaded: LawVersion) -> None:
    again = load_law(actor=None, at=clock.now())
    assert again == loaded
    assert current_law()[0] == loaded
    assert law_of(loaded).digest == loaded.digest
    assert Entry.objects.filter(action="policy.law.loaded").count() == 1


def test_sheet_when_grades_and_causes_is_a_grid_with_the_growth_of_the_whole(loaded: LawVersion) -> None:
    _, sheet = show_law(actor=make_user(Role.DESK_OFFICER), benefit="disability_pension")
    newest = sheet.current[0]
    assert newest.columns == ["因战", "因公", "因病"]
    assert [(name, [cell.fen if cell else None for cell in cells]) for name, cells in newest.lines][5:7] == [
        ("六级", [5_236_800, 4_818_000, 3_956_400]),
        ("七级", [3_908_400, 3_399_600, None]),
    ]
    assert newest.growth == "+4.0%—+6.0%"
    assert newest not in sheet.past


def test_sheet_when_newer_percentages_replace_no_row_keeps_the_older_in_force(loaded: LawVersion) -> None:
    _, sheet = show_law(actor=make_user(Role.DESK_OFFICER), benefit="care_allowance")
    assert sheet.past == []
    names = [name for block in sheet.current for name, _ in block.lines]
    assert names == ["五级", "六级", "一级", "二级", "三级", "四级"]
