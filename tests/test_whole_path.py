"""The main job in a real Chromium: a messy roster in, money out by three hands, a visit, the yearly report."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page

from tests.browser import NO_FAULTS, PHONE, faults
from yushui.accounts.models import User
from yushui.activities.models import Visit
from yushui.base import clock, jobs
from yushui.payments.models import Batch, Line
from yushui.people.models import Person
from yushui.rosters.tests import messy
from yushui.workbench import house
from yushui.workbench.demo.build import build_county

pytestmark = [pytest.mark.slow, pytest.mark.whole_path, pytest.mark.django_db(transaction=True)]
Visitor = Callable[..., Page]


@pytest.fixture
def county() -> None:
    """A fresh demo county, a small one."""
    house.prepare_house(at=clock.now(), say=lambda text: None)
    build_county(people=400, seed=3, today=clock.today(), at=clock.now(), say=lambda text: None)


@pytest.fixture
def signed_in(visit: Visitor) -> Callable[..., Page]:
    """`signed_in("desk", "/runs/")`: a page of that demo account."""
    return lambda name, path="/", **size: visit(User.objects.get(username=name), path, **size)


def press(page: Page, words: str) -> None:
    """Press the button or link with these words, say yes when asked, and wait for the next page."""
    page.once("dialog", lambda dialog: dialog.accept())
    found = (
        page.get_by_role("button", name=words, exact=True).or_(page.get_by_role("link", name=words, exact=True)).first
    )
    with page.expect_navigation():
        found.click()


def import_messy_roster(page: Page, folder: Path) -> tuple[int, int]:
    """Upload 40 wild rows, look at the preview, write the good ones; (new people, bad cells)."""
    roster = messy.mess(messy.make("rural_veteran_60", 40, first=7000, seed=11))
    path = messy.write_xlsx(roster, folder / "石桥镇名册.xlsx")
    page.goto("/imports/")
    press(page, "上传名册")
    page.set_input_files("input[type=file]", path)
    press(page, "上传并检查")
    jobs.run_all()
    page.goto(page.url)
    shown = re.findall(r"新增\s*(\d+) 人", page.inner_text("section.sum"))
    bad = int(page.locator("nav.tabs a", has_text="问题").locator("i").inner_text())
    assert faults(page) == NO_FAULTS
    page.get_by_role("button", name=re.compile("^写入")).click()
    page.wait_for_load_state()
    jobs.run_all()
    page.goto(page.url)
    assert "已写入" in page.inner_text("h1")
    return int(shown[0]), bad


def answer_of_bank(batch: Batch, sent: bytes, refuse: int) -> bytes:
    """What the bank sends back: everything paid but the first few, whose account names differ."""
    rows = list(csv.reader(io.StringIO(sent.decode("gbk"))))
    payees = [row for row in rows[2:] if row]
    total = rows[0][4]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["H", rows[0][1], len(payees), total])
    writer.writerow(["流水号", "账号", "户名", "金额", "结果", "原因"])
    for place, (_, reference, holder, account, _, amount, _) in enumerate(payees):
        writer.writerow(
            [reference, account, holder, amount, *(("失败", "户名不符") if place < refuse else ("成功", ""))]
        )
    return out.getvalue().encode("gbk")


def pay_by_three_hands(signed_in: Callable[..., Page], folder: Path) -> Batch:
    """Run, submit, review, approve, bank file, return with two failures."""
    desk = signed_in("desk", "/runs/")
    press(desk, "开始测算")
    desk.wait_for_url(re.compile(r"/runs/orders/\d+/$"))
    jobs.run_all()
    desk.wait_for_url(re.compile(r"/runs/\d+/$"))
    assert faults(desk) == NO_FAULTS
    explain_one_amount(desk)
    press(desk, "提交复核")
    batch = Batch.objects.latest("pk")
    assert (batch.state, batch.created_by) == ("SUBMITTED", User.objects.get(username="desk").pk)
    for name, words in (("review", "复核通过"), ("approve", "审批通过")):
        page = signed_in(name, f"/batches/{batch.pk}/")
        assert faults(page) == NO_FAULTS
        press(page, words)
    desk.goto(f"/batches/{batch.pk}/")
    press(desk, "生成银行文件")
    desk.locator("form button.go").last.click()
    desk.wait_for_url(re.compile(rf"/batches/{batch.pk}/$"))
    with desk.expect_download() as waiting:
        desk.get_by_role("button", name="下载银行文件").click()
    sent = Path(waiting.value.path()).read_bytes()
    returned = folder / "回单.csv"
    returned.write_bytes(answer_of_bank(batch, sent, refuse=2))
    press(desk, "导入回单")
    desk.set_input_files("input[type=file]", returned)
    desk.locator("form button.go").last.click()
    desk.wait_for_load_state()
    batch.refresh_from_db()
    return batch


def explain_one_amount(page: Page) -> None:
    """From a figure to its names, from a name to the law, and back."""
    preview = page.url
    page.get_by_role("link", name=re.compile("本批发放")).click()
    page.wait_for_load_state()
    page.locator("a[href*='/due/']").first.click()
    page.wait_for_load_state()
    assert "依据" in page.inner_text("main")
    assert faults(page) == NO_FAULTS
    page.goto(preview)


def visit_by_phone(signed_in: Callable[..., Page]) -> Visit:
    """A town plans a 春节 campaign for one village's old veterans; its liaison records a visit on a phone."""
    town = signed_in("shiqiao", "/campaigns/plan-campaign/?kind=SPRING_FESTIVAL")
    town.get_by_label("60周岁以上农村籍退役士兵").check()
    town.fill("input[name=first_day]", clock.today().isoformat())
    town.fill("input[name=last_day]", clock.today().isoformat())
    town.fill("input[name=cash]", "500")
    town.fill("input[name=goods]", "米 10kg、油 5L")
    press(town, "建立名单")
    town.wait_for_url(re.compile(r"/campaigns/\d+/$"))
    assert faults(town) == NO_FAULTS
    campaign = town.url
    town.goto(f"{campaign}assign-targets/")
    press(town, "按村分派给联络员")
    phone = signed_in("beizhou", "/my-visits/", width=PHONE[0], height=PHONE[1])
    assert faults(phone) == NO_FAULTS
    phone.locator("a[href*='/record-visit/']").first.click()
    phone.wait_for_load_state()
    assert faults(phone) == NO_FAULTS
    phone.get_by_label("上门").check(force=True)
    phone.fill("input[name=cash]", "五百")
    phone.locator("button.go").click()
    phone.wait_for_load_state()
    assert "慰问金" in phone.inner_text(".problems")
    phone.fill("input[name=cash]", "500")
    phone.fill("textarea[name=note]", "膝盖旧伤加重,想问换轮椅的事。")
    phone.locator("button.go").click()
    phone.wait_for_load_state()
    return Visit.objects.latest("recorded_at")


def test_the_whole_path(county: None, signed_in: Callable[..., Page], tmp_path: Path) -> None:
    before = Person.objects.count()
    new, bad = import_messy_roster(signed_in("desk", "/imports/"), tmp_path)
    assert new > 0
    assert bad > 0
    assert Person.objects.count() == before + new

    batch = pay_by_three_hands(signed_in, tmp_path)
    results = dict.fromkeys(("PAID", "FAILED", "WAITING"), 0)
    for _, result in Line.objects.filter(batch=batch).values_list("person_id", "result").distinct():
        results[result] += 1
    assert (batch.state, results["FAILED"], results["WAITING"]) == ("SETTLED", 2, 0)
    queue = signed_in("desk", "/failed-payments/")
    assert queue.inner_text("main").count("户名不符") >= 2

    seen = visit_by_phone(signed_in)
    assert (seen.cash_fen, seen.way, seen.on) == (50_000, "HOME", clock.today())

    figures = signed_in("leader", f"/figures/?year={clock.today().year}")
    assert faults(figures) == NO_FAULTS
    write_and_file_report(signed_in("desk", "/reports/write/"), clock.today())


def write_and_file_report(page: Page, today: date) -> None:
    """Draft, follow one figure to its rows, file, and open the Word file."""
    page.select_option("select[name=year]", str(today.year))
    page.locator("form.card button.go").click()
    page.wait_for_url(re.compile(r"/reports/\d+/$"))
    assert faults(page) == NO_FAULTS
    report = page.url
    figure = page.locator("article a.figure").first
    words = figure.inner_text()
    figure.click()
    page.wait_for_load_state()
    assert words.rstrip("人户次件元万亿%") in page.inner_text("main").replace(",", "").replace(
        "人", ""
    ) or words in page.inner_text("main")
    page.goto(report)
    press(page, "定稿")
    page.goto(report)
    assert "已定稿" in page.inner_text("main")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word").or_(page.get_by_role("button", name="下载 Word")).first.click()
    document = docx.Document(str(waiting.value.path()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "双拥工作" in text
    assert len(document.inline_shapes) >= 2


def test_the_wrong_people_cannot_take_a_step(county: None, signed_in: Callable[..., Page]) -> None:
    """The same path by those who may not: pages are not there, and a maker cannot check the own batch."""
    closed = {
        "beizhou": ["/imports/", "/runs/", "/batches/", "/figures/", "/reports/"],
        "leader": ["/people/", "/runs/"],
    }
    for name, paths in closed.items():
        page = signed_in(name)
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            assert (name, path, answer.status) == (name, path, 404)
    desk = signed_in("desk", "/runs/")
    press(desk, "开始测算")
    desk.wait_for_url(re.compile(r"/runs/orders/\d+/$"))
    jobs.run_all()
    desk.wait_for_url(re.compile(r"/runs/\d+/$"))
    press(desk, "提交复核")
    batch = Batch.objects.latest("pk")
    desk.goto(f"/batches/{batch.pk}/")
    assert desk.get_by_role("button", name="复核通过").count() == 0
    User.objects.get(username="desk").held_roles.create(role="REVIEWER")
    desk.goto(f"/batches/{batch.pk}/")
    if desk.get_by_role("button", name="复核通过").count():
        press(desk, "复核通过")
        assert "本人" in desk.inner_text("main") or "不能" in desk.inner_text("main")
    batch.refresh_from_db()
    assert batch.state == "SUBMITTED"
