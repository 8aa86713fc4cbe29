"""A town clerk enters five activities in a real Chromium without touching the mouse; strokes and clicks are counted.

The counts stand in docs/user/activities.md; when the pages ask for more, this test and that page change together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.activities.models import Activity
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT, make_clerk
from yushui.people.tests.factories import TOWN, make_areas
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = Path(__file__).parents[3] / "docs" / "user" / "activities.md"
# what is typed to find the kind, the number, the amount, one sentence
FIVE = (
    ("义诊", "86", "", "县医院六名医生"),
    ("欢送新兵", "12", "", ""),
    ("帮耕帮种", "5", "800", "北洲村"),
    ("茶话会", "30", "1500", ""),
    ("国防教育课", "2", "", "镇中心小学"),
)


class Hands:
    """Fingers on the keys, counted. A Chinese word counts as many strokes as it has signs: what an input method takes
    for one differs from hand to hand."""

    def __init__(self, page: Page) -> None:
        self.page, self.strokes, self.clicks = page, 0, 0

    def write(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.strokes += len(text)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.strokes += times

    def click(self, selector: str) -> None:
        self.page.click(selector)
        self.clicks += 1


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    make_areas()
    load_kinds(at=AT)
    Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)


def enter(hands: Hands, kind: str, heads: str, amount: str, note: str) -> None:
    """One activity from the choice of its kind to the next choice, all by keys; the cursor stands where it should."""
    page = hands.page
    hands.write(kind)
    hands.press("Enter")
    page.wait_for_selector("input[name=heads]:focus")
    hands.write(heads)
    if amount or note:
        hands.press("Tab")
        hands.write(amount)
    if note:
        name = ""
        while name != "note":
            hands.press("Tab")
            name = str(page.evaluate("document.activeElement.name"))
        hands.write(note)
    hands.press("Enter")
    page.wait_for_selector("input[name=find]:focus")


def test_five_activities_by_keys_alone(visit: Callable[..., Page], town: None) -> None:
    page = visit(make_clerk(), "/activities/")
    hands = Hands(page)
    hands.click("text=登记活动")
    page.wait_for_selector("input[name=find]:focus")
    strokes = []
    for entry in FIVE:
        before = hands.strokes
        enter(hands, *entry)
        strokes.append(hands.strokes - before)
    made = Activity.objects.order_by("pk").values_list("kind_id", "heads", "amount_fen", "note")
    assert list(made) == [
        ("ARMY_CLINIC", 86, None, "县医院六名医生"), ("SEND_OFF", 12, None, ""), ("FARM_HELP", 5, 80000, "北洲村"),
        ("FORUM", 30, 150000, ""), ("DEFENCE_LESSON", 2, None, "镇中心小学"),
    ]  # fmt: skip
    assert (hands.strokes, hands.clicks, sum(strokes)) == (82, 1, 82)
    said = GUIDE.read_text(encoding="utf-8")
    assert f"五条一共 **{hands.strokes} 次按键、{hands.clicks} 次点击**" in said
    for (kind, *_), count in zip(FIVE, strokes, strict=True):
        assert re.search(rf"^\| {kind} \|.*\| {count} \|$", said, re.MULTILINE), (kind, count)


def test_a_message_is_pasted_and_saved(visit: Callable[..., Page], town: None) -> None:
    """Each stroke and click from the ledger to the saved activity; the message itself comes by one paste."""
    page = visit(make_clerk(), "/activities/")
    hands = Hands(page)
    hands.click("text=粘贴短信")
    page.wait_for_selector("textarea:focus")
    page.keyboard.insert_text("2月8日上午,镇党委书记带队慰问北洲村陈某等12户,每户500元")
    hands.strokes += 1  # Ctrl+V
    hands.click("main button.go")
    page.wait_for_selector("input[name=heads]")
    hands.click("main form button.go")
    page.wait_for_selector("input[name=find]")
    made = Activity.objects.get()
    assert (made.kind_id, made.heads, made.amount_fen, made.on.isoformat()) == (
        "VISIT_FAMILIES",
        12,
        600000,
        "2026-02-08",
    )
    said = GUIDE.read_text(encoding="utf-8")
    assert f"**{hands.clicks} 次点击、{hands.strokes} 次粘贴**" in said


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_are_sound_at_both_sizes(visit: Callable[..., Page], town: None, size: tuple[int, int]) -> None:
    page = visit(make_clerk(), "/activities/record-activity/?kind=FARM_HELP", width=size[0], height=size[1])
    found: dict[str, Any] = {"form": faults(page)}
    page.click("details.more summary")
    page.fill("input[name=heads]", "5")
    page.click("button.go")
    found["next"] = faults(page)
    made = Activity.objects.get()
    for name in ("/activities/", "/activities/?by=kind", "/activities/check-activities/",
                 f"/activities/{made.pk}/", f"/activities/{made.pk}/change-activity/"):  # fmt: skip
        page.goto(name)
        found[name] = faults(page)
    page.goto("/activities/paste-activity/")
    page.fill("textarea[name=message]", "2月8日慰问北洲村陈某等12户,每户500元")
    page.click("main button.go")
    found["pasted"] = faults(page)
    assert found == dict.fromkeys(found, NO_FAULTS)
