"""A village liaison's morning on a phone of 390 × 844, half of it without network, in a real Chromium.

The profile of the browser is on disk, so that the phone may die and come back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser import CHROMIUM, FLAGS, NO_FAULTS, PATIENCE, PHONE, faults, sign_in, watch
from yushui.accounts.models import User
from yushui.activities.models import Activity, ActivityKind, Visit
from yushui.activities.tests.factories import make_liaison
from yushui.people.models import PersonEvent
from yushui.people.tests.factories import make_person, make_status

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def liaison(transactional_db: None) -> User:
    """北洲村 with three people and one kind of activity."""
    found = make_liaison()
    for name in ("李秀英", "王德胜", "陈大山"):
        make_status(make_person(name=name))
    ActivityKind.objects.get_or_create(
        code="LECTURE", defaults={"name": "国防教育课", "chapter": "EDUCATION", "direction": "LOCAL"}
    )
    return found


class Phone:
    """A phone: switched on, killed and switched on again, with the same store."""

    def __init__(self, chromium: Any, folder: Path, address: str) -> None:
        self.chromium, self.folder, self.address = chromium, folder, address
        self.context: BrowserContext | None = None

    def on(self) -> Page:
        """Switch on."""
        self.context = self.chromium.launch_persistent_context(
            str(self.folder), executable_path=CHROMIUM, args=FLAGS, base_url=self.address, locale="zh-CN",
            timezone_id="Asia/Shanghai", viewport={"width": PHONE[0], "height": PHONE[1]},
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        return self.tab()

    def tab(self) -> Page:
        """One more tab."""
        assert self.context
        page = self.context.new_page()
        watch(page)
        return page

    def off(self) -> None:
        """It dies."""
        if self.context:
            self.context.close()
        self.context = None

    def network(self, there: bool) -> None:
        assert self.context
        self.context.set_offline(not there)


@pytest.fixture
def phone(chromium: Any, live_server: Any, tmp_path: Path) -> Iterator[Phone]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = Phone(chromium.browser_type, tmp_path / "profile", live_server.url)
    yield found
    found.off()


def until(page: Page, question: str) -> None:
    """Ask the page until the answer is yes."""
    for _ in range(100):
        if page.evaluate(question):
            return
        page.wait_for_timeout(100)
    raise AssertionError(question)


def settled(page: Page) -> None:
    """The worker runs and keeps its seven pages."""
    until(
        page,
        """async () => { const name = (await caches.keys()).find(n => n.startsWith('pages-'));
        return !!navigator.serviceWorker.controller && !!name
            && (await (await caches.open(name)).keys()).length === 7 }""",
    )


def begin(phone: Phone, liaison: User, more: str = "") -> Page:
    """Signed in and settled; `more` is a script that runs before the page's own."""
    page = phone.on()
    if more:
        page.add_init_script(more)
    sign_in(page, liaison.username)
    page.goto("/phone/")
    settled(page)
    return page


def opened(page: Page, path: str) -> None:
    """A form, with its script awake."""
    page.goto(path)
    page.wait_for_selector("form[data-ready]")


def photo() -> Any:
    made = BytesIO()
    Image.new("RGB", (800, 600), "#2c5b4a").save(made, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def write_visit(page: Page, name: str, with_photo: bool = False, cash: str = "") -> None:
    opened(page, "/phone/visit/")
    page.select_option("select[name=person]", label=f"{name}(北洲村)")
    page.click("label.btn:has-text('上门')")
    page.fill("input[name=cash]", cash)
    if with_photo:
        page.set_input_files("input[name=photo]", photo())
    page.click("form[data-entry] button.go")
    page.wait_for_url("**/phone/")


def waiting(page: Page) -> int:
    page.goto("/phone/queue/")
    page.wait_for_selector("#queue .entry, #queue p")
    return page.locator("#queue .entry").count()


def emptied(page: Page) -> None:
    until(page, "async () => (await phoneStore.all()).every(row => row.state === 'sent')")


def test_a_morning_half_of_it_without_network(phone: Phone, liaison: User) -> None:
    page = begin(phone, liaison)
    write_visit(page, "李秀英")
    assert Visit.objects.count() == 1  # with network: at once

    phone.network(False)
    write_visit(page, "王德胜", with_photo=True)
    write_visit(page, "陈大山", cash="一百")  # will be refused
    opened(page, "/phone/confirm/")
    page.select_option("select[name=person]", label="李秀英(北洲村)")
    page.click("label.btn:has-text('上门')")
    page.click("form[data-entry] button.go")
    page.wait_for_url("**/phone/")
    opened(page, "/phone/activity/")
    page.select_option("select[name=kind]", "LECTURE")
    page.fill("input[name=heads]", "40")
    page.click("form[data-entry] button.go")
    page.wait_for_url("**/phone/")
    opened(page, "/phone/visit/")
    page.select_option("select[name=person]", label="王德胜(北洲村)")
    page.click("label.btn:has-text('电话')")
    page.click("form[data-entry] button.go")
    page.wait_for_url("**/phone/")
    assert waiting(page) == 5
    page.reload()
    assert waiting(page) == 5
    assert faults(page) | {"troubles": []} == NO_FAULTS
    page.goto("/phone/people/1/")
    assert page.inner_text("h1") == "没有网络"

    phone.off()  # the phone dies, and comes back with network: the session is gone, the queue is not
    page = phone.on()
    page.goto("/login/")
    assert Visit.objects.count() == 1
    sign_in(page, liaison.username)
    page.goto("/phone/queue/")
    page.wait_for_selector(".entry .tag.bad")
    page.wait_for_function("document.querySelectorAll('#queue .entry').length === 1")
    assert "慰问金" in page.inner_text("#queue .refusal")
    assert (Visit.objects.count(), Activity.objects.count()) == (3, 1)
    assert PersonEvent.objects.filter(what="CONFIRMED").count() == 1
    assert Visit.objects.exclude(photo=None).count() == 1

    page.click("#queue a:has-text('修改')")
    page.wait_for_selector("form[data-ready]")
    assert page.input_value("input[name=cash]") == "一百"
    page.fill("input[name=cash]", "100")
    page.click("form[data-entry] button.go")
    page.wait_for_url("**/phone/")
    assert waiting(page) == 0
    assert list(Visit.objects.filter(person__name="陈大山").values_list("cash_fen", flat=True)) == [10000]


def test_a_lost_answer_and_two_tabs_give_one_visit(phone: Phone, liaison: User) -> None:
    page = begin(phone, liaison, "delete ServiceWorkerRegistration.prototype.sync")  # the worker would send it again
    reached: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            reached.append(route.fetch().status)  # the server got it and answered
            route.abort()
        else:
            route.continue_()

    page.route("**/phone/send-entries/", lose)
    write_visit(page, "李秀英")
    page.wait_for_timeout(300)
    assert set(reached) == {200}
    assert waiting(page) == 1
    assert page.locator("#queue a:has-text('修改')").count() == 0  # may have been recorded: not to be edited
    page.unroute("**/phone/send-entries/")
    other = phone.tab()
    other.goto("/phone/queue/")
    page.goto("/phone/queue/")
    emptied(other)
    assert waiting(page) == 0
    assert Visit.objects.count() == 1


def test_an_expired_session_keeps_the_queue_and_asks_to_sign_in(phone: Phone, liaison: User) -> None:
    page = begin(phone, liaison)
    opened(page, "/phone/visit/")
    assert phone.context
    phone.context.clear_cookies()
    page.select_option("select[name=person]", label="李秀英(北洲村)")
    page.click("label.btn:has-text('上门')")
    page.click("form[data-entry] button.go")
    page.wait_for_url("**/login/**")
    sign_in(page, liaison.username)
    page.goto("/phone/queue/")
    emptied(page)
    assert Visit.objects.count() == 1


def test_another_user_neither_sends_nor_sees_what_waits(phone: Phone, liaison: User) -> None:
    page = begin(phone, liaison)
    phone.network(False)
    write_visit(page, "李秀英")
    phone.network(True)
    assert phone.context
    phone.context.clear_cookies()
    sign_in(page, make_liaison(name="吴建国", username="second").username)
    page.goto("/phone/queue/")
    page.wait_for_selector("text=另有 1 条是别的账号写的")
    assert "李秀英" not in page.inner_text("main")
    assert Visit.objects.count() == 0
    page.wait_for_timeout(300)
    settled(page)
    names = page.evaluate("async () => (await caches.keys()).filter(n => n.startsWith('pages-'))")
    assert [name.rsplit("-", 1)[1] for name in names] == [str(User.objects.get(username="second").pk)]


def test_signing_out_throws_the_kept_pages_away(phone: Phone, liaison: User) -> None:
    page = begin(phone, liaison)
    page.click("button:has-text('退出登录')")
    page.wait_for_url("**/login/**")
    until(page, "async () => !(await caches.keys()).some(n => n.startsWith('pages-'))")
