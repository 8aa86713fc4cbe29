"""The round of a village liaison, played on a phone of 390 × 844 in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser import NO_FAULTS, PHONE, faults
from yushui.activities.models import Campaign, Visit
from yushui.activities.services.targets import assign_by_village
from yushui.activities.tests.factories import AT, make_campaign, make_clerk, make_liaison
from yushui.people.models import Person
from yushui.people.tests.factories import make_person, make_status

pytestmark = pytest.mark.django_db(transaction=True)
Visiting = Callable[..., Page]


@pytest.fixture
def campaign(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Three people of 北洲村, given to its liaison."""
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    for name in ("李秀英", "王德胜", "陈大山"):
        make_status(make_person(name=name))
    found = make_campaign()
    make_liaison()
    assign_by_village(actor=make_clerk(), campaign_id=found.pk, at=AT)
    return found


def check(page: Page) -> None:
    """Nothing is asked of strangers, nothing breaks, nothing runs off the screen, axe finds nothing serious."""
    assert faults(page) == NO_FAULTS


def test_a_liaison_walks_through_the_village(visit: Visiting, campaign: Campaign) -> None:
    page = visit(make_liaison(), "/my-visits/", width=PHONE[0], height=PHONE[1])
    check(page)
    page.click("text=李秀英")
    assert page.input_value("input[name=cash]") == "500"
    check(page)

    page.click("label.btn:has-text('上门')")
    page.click("label.btn:has-text('油 5L')")  # not given to her
    page.fill("textarea", "膝盖旧伤加重,想问换轮椅的事。")
    page.click("button:has-text('记下,去下一户')")
    assert page.inner_text("h1") == "王德胜"

    page.click("button:has-text('记下,去下一户')")  # the way was forgotten
    assert page.inner_text(".problems li span") == "请选择怎么走访的"
    page.click("label.btn:has-text('没见到')")
    page.click("button:has-text('记下,去下一户')")
    assert page.inner_text("h1") == "陈大山"

    page.click("label.btn:has-text('电话')")
    page.click("button:has-text('记下')")
    assert page.inner_text("h1") == "我的走访"
    assert page.inner_text(".bar b") == "2 / 3"
    check(page)
    rows = Visit.objects.order_by("id").values_list("person__name", "way", "cash_fen", "goods")
    assert list(rows) == [
        ("李秀英", "HOME", 50000, "米 10kg"),
        ("王德胜", "ABSENT", 0, ""),
        ("陈大山", "PHONE", 50000, "米 10kg、油 5L"),
    ]


def test_a_photo_is_sent_and_shown(visit: Visiting, campaign: Campaign) -> None:
    person = Person.objects.get(name="陈大山")
    address = f"/campaigns/{campaign.pk}/record-visit/{person.pk}/"
    page = visit(make_liaison(), address, width=PHONE[0], height=PHONE[1])
    picture = BytesIO()
    Image.new("RGB", (3000, 2000), "#2c5b4a").save(picture, "JPEG")
    photo: Any = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    page.set_input_files("input[type=file]", photo)
    page.click("label.btn:has-text('上门')")
    page.click("button.go")
    page.goto(f"/visits/{Visit.objects.get().pk}/withdraw-visit/")
    assert page.evaluate("document.querySelector('img.photo').naturalWidth") == 1600


def test_the_form_is_sent_once_however_often_it_is_tapped(visit: Visiting, campaign: Campaign) -> None:
    person = Person.objects.get(name="陈大山")
    address = f"/campaigns/{campaign.pk}/record-visit/{person.pk}/"
    page = visit(make_liaison(), address, width=PHONE[0], height=PHONE[1])
    page.click("label.btn:has-text('上门')")
    sent = """() => { const form = document.querySelector('main form'); const body = new FormData(form);
        return Promise.all([1, 2, 3].map(() => fetch('', {method: 'POST', body}).then(answer => answer.status))) }"""
    assert page.evaluate(sent) == [200, 200, 200]
    assert Visit.objects.count() == 1


def test_planning_shows_how_many_before_anything_is_made(visit: Visiting, campaign: Campaign) -> None:
    page = visit(make_clerk(), "/campaigns/plan-campaign/")
    page.check("text=参战退役军人")
    page.wait_for_selector("#preview h2")
    assert page.inner_text("#preview h2") == "将列入 3 人"
    check(page)
    page.click("button:has-text('建立名单')")
    page.wait_for_url("**/campaigns/*/")
    assert Campaign.objects.count() == 2


@pytest.mark.parametrize(
    "address", ["", "assign-targets/", "print-sheets/", "add-target/?name=陈"], ids=["show", "assign", "print", "add"]
)
def test_office_pages_of_a_campaign_are_sound(visit: Visiting, campaign: Campaign, address: str) -> None:
    page = visit(make_clerk(), f"/campaigns/{campaign.pk}/{address}")
    check(page)


@pytest.mark.parametrize(
    "address", ["/campaigns/", "/not-visited/", "/visits/", "/activities/", "/activities/record-activity/"]
)
def test_office_lists_are_sound(visit: Visiting, campaign: Campaign, address: str) -> None:
    page = visit(make_clerk(), address)
    check(page)
