"""A secretary is transferred: in a real Chromium a clerk changes every group in one action, wrong first, then right,
and takes the appointment paper as Word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Page

from tests.browser import DESK, NO_FAULTS, PHONE, faults
from yushui.places.models import Post, PostChange
from yushui.places.tests.areas import TOWN
from yushui.places.tests.factories import make_desk, make_group, make_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_leading_group_is_changed_after_a_transfer(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-11-27")
    county, town = make_group(), make_group("石桥镇双拥工作领导小组", TOWN)
    make_post(county, "组长", "何静", "县委书记")
    make_post(county, "成员", "周明", "石桥镇党委书记")
    make_post(town, "组长", "周明", "石桥镇党委书记", since="2026-03-01")
    make_post(town, "副组长", "李强", "石桥镇镇长")
    page = visit(make_desk(), "/groups/", width=size[0], height=size[1])
    found: dict[str, Any] = {"list": faults(page)}
    page.fill("input[name=name]", "周明")
    page.click("form[action*=transfer-posts] button")
    page.wait_for_selector("text=周明 的职务")
    assert page.locator("input[name=leave]:checked").count() == 2
    found["form"] = faults(page)
    # wrong: before the post began, and no reason
    page.fill("input[name=on]", "2026-02-01")
    page.fill("input[aria-label=接任周明的人] >> nth=1", "王芳")
    page.click("text=确定调整")
    page.wait_for_selector("text=请写明调整的原因")
    assert page.input_value("input[aria-label=接任周明的人] >> nth=1") == "王芳"
    page.fill("input[name=reason]", "周明调离")
    page.click("text=确定调整")
    page.wait_for_selector("text=卸任日期应晚于任职日期")
    assert PostChange.objects.count() == 0
    found["refused"] = faults(page)
    # right
    page.fill("input[name=on]", "2026-11-20")
    page.fill("input[name=number]", "云双拥〔2026〕12号")
    page.click("text=确定调整")
    page.wait_for_selector("text=2 个职务离任,1 人新任")
    found["change"] = faults(page)
    held = Post.objects.filter(ends_on=None).order_by("unit_id", "pk").values_list("title", "holder_name", "office")
    assert list(held) == [
        ("组长", "何静", "县委书记"), ("副组长", "李强", "石桥镇镇长"), ("组长", "王芳", "石桥镇党委书记"),
    ]  # fmt: skip
    page.click("text=调整通知 >> nth=1")
    page.wait_for_selector("a[data-download]")
    found["paper"] = faults(page)
    with page.expect_download() as downloading:
        page.click("a[data-download]")
    kept = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(kept)
    assert kept.name == "关于调整石桥镇双拥工作领导小组组成人员的通知.docx"
    words = [p.text for p in docx.Document(str(kept)).paragraphs if p.text]
    assert words[1] == "云双拥〔2026〕12号"
    assert words[4:7] == [
        "组\u3000长：王\u3000芳\u3000石桥镇党委书记", "副组长：李\u3000强\u3000石桥镇镇长", "免去周明同志的组长职务。",
    ]  # fmt: skip
    assert found == dict.fromkeys(found, NO_FAULTS)
