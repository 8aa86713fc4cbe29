"""What plans and meetings put on the home page and in the menu."""

from __future__ import annotations

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.places.models import Unit
from yushui.plans.tests.factories import TODAY, desk, make_meeting, make_office, make_task, member_of
from yushui.workbench.selectors.badges import plan_badges
from yushui.workbench.selectors.plans import plan_tasks

Units = dict[str, Unit]


@pytest.fixture
def units(db: None, monkeypatch: pytest.MonkeyPatch) -> Units:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-10")
    return make_office()


def test_what_waits_stands_on_the_home_page_and_in_the_menu(units: Units) -> None:
    worker = member_of(units["交通局"])
    make_task(owner_unit_id=units["交通局"].pk, due_on="2026-07-12", title="修路")
    make_task(owner_unit_id=units["教育局"].pk, due_on="2026-07-12", title="别家的")
    make_task(owner_unit_id=units["交通局"].pk, due_on="2026-12-12", title="年底的")
    make_meeting(on="2026-07-15", title="联席会")
    make_meeting(on="2026-07-01", title="没登记的")
    assert [line.label for line in plan_tasks(worker, TODAY)] == ["修路", "联席会"]
    assert plan_badges(worker, TODAY) == {"list-tasks": 1}
    assert [line.label for line in plan_tasks(desk(), TODAY)] == ["登记召开:没登记的", "联席会"]
    make_task(owner_unit_id=units["交通局"].pk, due_on="2026-07-01")
    leader = make_user(Role.LEADER)
    assert [(line.label, line.extent) for line in plan_tasks(leader, TODAY)] == [
        ("超期任务", "1 项"), ("联席会", ""),
    ]  # fmt: skip
    assert plan_tasks(make_user(Role.ADMINISTRATOR), TODAY) == []
