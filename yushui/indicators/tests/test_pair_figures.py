"""Figures of agreements and of pairs of people equal their rows, by area and year, and open them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import PersonPair
from yushui.activities.services.activities import record_activity
from yushui.activities.services.kinds import load_kinds
from yushui.activities.services.pair_kinds import load_pair_kinds
from yushui.activities.services.pairs import add_pair, end_pair
from yushui.activities.services.person_pairs import add_person_pair, record_pair_contact
from yushui.activities.types import ActivityDraft, ContactDraft, PairDraft, PersonPairDraft
from yushui.indicators.selectors.values import values_of
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, make_person
from yushui.places.models import Unit

AT = datetime(2026, 8, 5, 2, tzinfo=UTC)
IDS = (
    "joint_pairs", "garrison_pairs", "sleeping_pairs", "person_pairs", "helped_persons", "soldier_pairs",
    "pair_contacts", "quiet_person_pairs",
)  # fmt: skip


@pytest.fixture
def desk(db: None) -> User:
    """Three agreements (one sleeps, one ended), two pairs of people and one with a soldier, three contacts."""
    old = make_person(name="陈大山")
    load_kinds(at=AT)
    load_pair_kinds(at=AT)
    desk = make_user(Role.DESK_OFFICER, area=COUNTY)
    Unit.objects.create(name="武警云川中队", kind="GARRISON", area_id=COUNTY)
    Unit.objects.create(name="县教育局", kind="MEMBER", area_id=COUNTY)
    drafts = (("县教育局", "武警云川中队", TOWN), ("甲公司", "乙公司", TOWN), ("丙公司", "丁公司", OTHER_TOWN))
    for number, (unit, other, area) in enumerate(drafts):
        draft = PairDraft(unit=unit, other=other, subject="共建", area_code=area, starts_on="2025-02-01",
                          client_key=f"pair-{number:04d}")  # fmt: skip
        pair = add_pair(actor=desk, draft=draft, at=AT)
    end_pair(actor=desk, pair_id=pair.pk, on="2026-03-01", reason="调整", revision="1", at=AT)
    for on in ("2025-12-20", "2026-07-01"):
        activity = ActivityDraft(kind="DEFENCE_LESSON", on=on, area_code=TOWN, host="县教育局", partners="武警云川中队",
                                 client_key=f"lesson-{on}")  # fmt: skip
        record_activity(actor=desk, draft=activity, at=AT)
    helped = (("CADRE", old, ""), ("VOLUNTEER", old, ""), ("SOLDIER_MOTHER", None, "周远航"))
    for number, (kind, person, soldier) in enumerate(helped):
        typed = PersonPairDraft(
            kind=kind, helper=f"高明{number}", person_id=str(person.pk) if person else "", helped=soldier,
            area_code=OTHER_TOWN, starts_on="2026-01-05", client_key=f"help-{number:04d}",
        )  # fmt: skip
        add_person_pair(actor=desk, draft=typed, at=AT)
    first = PersonPair.objects.earliest("id")
    for on in ("2026-02-01", "2026-05-01", "2026-07-10"):
        record_pair_contact(
            actor=desk, help_id=first.pk, draft=ContactDraft(on=on, way="HOME", client_key=f"contact-{on}"), at=AT
        )
    return desk


def numbers(actor: User, *, area: str = COUNTY, year: int = 2026, on: date = date(2026, 8, 5)) -> list[int | None]:
    values = values_of(actor=actor, area_code=area, year=year, on=on, ids=IDS)
    return [values[name].number for name in IDS]


def test_this_year(desk: User) -> None:
    assert numbers(desk) == [2, 1, 1, 3, 1, 1, 3, 2]


def test_by_area(desk: User) -> None:
    assert numbers(desk, area=TOWN) == [2, 1, 1, 2, 1, 0, 3, 1]
    assert numbers(desk, area=OTHER_TOWN) == [0, 0, 0, 1, 0, 1, 0, 1]


def test_a_year_that_is_over_knows_only_what_held_then(desk: User) -> None:
    assert numbers(desk, year=2025) == [3, 1, 2, 0, 0, 0, 0, 0]  # the lesson of December counts, the one of July not


def test_each_figure_opens_its_rows(desk: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-08-05")
    client.force_login(desk)
    for name, word in zip(
        IDS, ("县教育局", "武警云川中队", "甲公司", "高明2", "高明0", "高明2", "上门", "高明1"), strict=True
    ):
        page = client.get(f"/figures/{name}/rows/?year=2026")
        assert (page.status_code, word in page.content.decode()) == (200, True), name
