"""A selection (评选) in a real Chromium: called, nominated for, scored, shown to the public over a long holiday,
decided, and its paper opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.honours.models import Selection
from yushui.honours.tests.factories import make_clerk, make_desk

pytestmark = pytest.mark.django_db(transaction=True)


def is_clean(page: Page) -> None:
    """Free of faults at both sizes."""
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == NO_FAULTS, page.url


def call(page: Page) -> str:
    """The desk calls for nominations, the number of seats in characters first; answers the selection's address."""
    page.get_by_role("link", name="发起评选").click()
    page.get_by_label("类别").select_option(label="最美退役军人")
    page.get_by_label("评议方式").select_option(label="评委打分")
    page.get_by_label("名称").fill("2026 年度最美退役军人")
    page.get_by_label("主办单位").fill("县退役军人事务局")
    page.get_by_label("征集截止").fill("2026-09-27")
    page.get_by_label("名额").fill("一个")
    page.get_by_label("公示几个工作日").fill("5")
    page.get_by_role("button", name="发布").click()
    page.wait_for_selector("text=只写数字,不带单位")
    assert page.get_by_text("请填写名额").count() == 0  # one fault is told once
    assert page.get_by_label("主办单位").input_value() == "县退役军人事务局"
    is_clean(page)
    page.get_by_label("名额").fill("1")
    page.get_by_role("button", name="发布").click()
    page.wait_for_selector("text=已发布:2026 年度最美退役军人")
    return page.url


def nominate(page: Page, name: str, deeds: str) -> None:
    """A town names somebody."""
    page.get_by_label("姓名或单位").fill(name)
    page.get_by_label("推荐单位").fill("石桥镇")
    page.get_by_label("主要事迹").fill(deeds)
    page.get_by_role("button", name="推荐").click()


def paper_of(page: Page, link: str, folder: Path) -> tuple[str, list[str]]:
    """The Word file behind a link: its name and its lines."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    kept = folder / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    return kept.name, [line.text for line in docx.Document(str(kept)).paragraphs if line.text]


def test_a_selection_goes_from_the_call_to_the_paper_with_the_holiday_in_its_publicity(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    officer, clerk = make_desk(), make_clerk()
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-01")
    address = call(visit(officer, "/selections/"))

    page = visit(clerk, address)
    nominate(page, "陈大山", "守护渡口三十年")
    page.wait_for_selector("text=已推荐:陈大山")
    nominate(page, "陈大山", "又推荐一次")
    page.wait_for_selector("text=陈大山已经推荐过")
    nominate(page, "王德胜", "带领乡亲种茶")
    page.wait_for_selector("text=已推荐:王德胜")
    is_clean(page)

    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-28")
    page = visit(officer, address)
    page.get_by_label("陈大山的得分").fill("95.5")
    page.get_by_label("王德胜的得分").fill("910")
    page.get_by_label("拟表彰陈大山").check()
    page.get_by_role("button", name="登记评议结果").click()
    page.wait_for_selector("text=得分应为 0 到 100")
    assert page.get_by_label("陈大山的得分").input_value() == "95.5"
    is_clean(page)
    page.get_by_label("王德胜的得分").fill("91")
    page.get_by_role("button", name="登记评议结果").click()
    page.wait_for_selector("text=已登记评议结果")
    page.get_by_role("button", name="开始公示").click()
    page.wait_for_selector("text=公示到 2026-10-10")  # 29, 30 September, then 8, 9 and the exchanged Saturday
    name, lines = paper_of(page, "公示(Word)", tmp_path)
    assert name == "2026 年度最美退役军人公示.docx"
    assert lines[1].endswith("公示时间：2026年9月28日至2026年10月10日。")
    page.get_by_role("button", name="公布", exact=True).click()
    page.wait_for_selector("text=公示到 2026-10-10 才满")
    is_clean(page)

    monkeypatch.setenv("YUSHUI_TODAY", "2026-10-12")
    page = visit(officer, address)
    page.get_by_label("文号").fill("云拥〔2026〕9 号")
    page.get_by_role("button", name="公布", exact=True).click()
    page.wait_for_selector("text=已公布名单")
    name, lines = paper_of(page, "表彰决定(Word)", tmp_path)
    assert name == "2026 年度最美退役军人表彰决定.docx"
    assert lines[:4] == [
        "关于公布2026 年度最美退役军人名单的决定", "云拥〔2026〕9 号",
        "经推荐、评议和公示，决定授予下列1个对象“2026 年度最美退役军人”称号：", "1.陈大山（石桥镇推荐）",
    ]  # fmt: skip
    page.goto("/honours/")
    page.wait_for_selector("section:has-text('2026 年度最美退役军人') >> text=陈大山")
    assert page.get_by_text("王德胜").count() == 0
    assert Selection.objects.get().stage == "DECIDED"
