"""A 喜报 played in a real browser: from the register, wrong first, to the photo at the door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.activities.services.kinds import load_kinds
from yushui.base import clock
from yushui.benefits.tests.factories import make_law, send
from yushui.honours.models import GoodNews
from yushui.honours.services.news import record_news
from yushui.honours.tests.factories import AT, make_clerk, make_desk, news_draft
from yushui.payments.models import Batch
from yushui.payments.services.returns import take_return
from yushui.payments.tests.factories import answer_to
from yushui.people.tests.factories import make_account, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def is_clean(page: Page) -> None:
    """Free of faults at both sizes."""
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == NO_FAULTS, page.url


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


def test_the_reward_of_good_news_from_the_letter_to_the_bank(visit: Callable[..., Page]) -> None:
    make_law()
    clerk, desk = make_clerk(), make_desk()
    make_account(make_person(name="陈志远"))
    town = visit(clerk)
    news = record_news(actor=clerk, draft=news_draft(), at=AT)
    address = f"/good-news/{news.pk}/"
    town.goto(address)
    town.get_by_role("link", name="申领奖励金").click()
    expect(town.get_by_text("云川县立功受奖奖励办法")).to_be_visible()
    expect(town.get_by_role("radio", name="陈志远")).to_be_checked()  # the only one of that name in the village
    is_clean(town)
    town.get_by_role("button", name="申领", exact=True).click()
    expect(town.get_by_text("已申领:陈志远")).to_be_visible()
    expect(town.get_by_text("还没有进批次")).to_be_visible()
    is_clean(town)

    office = visit(desk, "/claims/")
    is_clean(office)
    office.get_by_role("button", name="勾选的提交批次").click()
    office.wait_for_url("**/batches/*/")
    batch = send(Batch.objects.get(), AT)
    town.goto(address)
    expect(town.get_by_text("在批次")).to_be_visible()
    take_return(actor=desk, batch_id=batch.pk, content=answer_to(batch), name="回单", at=AT)
    town.goto(address)
    expect(town.get_by_text("已付")).to_be_visible()
    expect(town.get_by_text("5,000.00 元")).to_be_visible()
    is_clean(town)
    office.goto(f"/batches/{batch.pk}/roster/")
    office.get_by_role("link", name="5,000.00").click()
    expect(office.get_by_role("heading", name="陈志远:立功受奖奖励金")).to_be_visible()
    is_clean(office)
