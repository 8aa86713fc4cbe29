"""A 喜报 played in a real browser: from the register, wrong first, to the photo at the door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from yushui.activities.services.kinds import load_kinds
from yushui.base import clock
from yushui.honours.models import GoodNews
from yushui.honours.tests.factories import AT, make_clerk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_good_news_from_the_register_to_the_photo(visit: Callable[..., Page], tmp_path: Path) -> None:
    load_kinds(at=AT)
    page = visit(make_clerk())
    today = clock.today().isoformat()
    page.goto("/good-news/record-news/")
    page.get_by_label("等次").select_option(label="三等功")
    page.get_by_label("军人姓名").fill("陈志远")
    page.get_by_label("送往村(社区)").select_option(label="北洲村")
    page.get_by_label("送达期限").fill(today)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填写由谁送达")).to_be_visible()  # nobody is named for this grade
    expect(page.get_by_label("军人姓名")).to_have_value("陈志远")
    page.get_by_label("由谁送达").fill("县退役军人事务局、人武部")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="镇街已领取").click()
    page.get_by_role("link", name="登记送达").click()
    page.get_by_label("接收人").fill("母亲 陈桂芳")
    photo = tmp_path / "送喜报.jpg"
    Image.new("RGB", (640, 480), "red").save(photo)
    page.get_by_label("佐证材料").set_input_files(photo)
    page.get_by_role("button", name="登记送达").click()
    expect(page.get_by_role("img", name="送喜报.jpg")).to_be_visible()
    news = GoodNews.objects.get()
    assert (news.state, news.receiver, news.evidence.count()) == ("DELIVERED", "母亲 陈桂芳", 1)
    assert news.activity is not None
