"""The catalogue of kinds: loaded as often as one likes, refused whole when faulty."""

from __future__ import annotations

from pathlib import Path

import pytest

from yushui.activities.models import ActivityKind
from yushui.activities.selectors.activities import list_kinds
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT
from yushui.activities.types import CHAPTER_NAMES
from yushui.audit.models import Entry
from yushui.base.refusals import Refused

pytestmark = pytest.mark.django_db
ONE = "kinds:\n  - {code: FORUM, name: 座谈会, chapter: VISITS, direction: JOINT, measure: 人次}\n"


def test_the_catalogue_has_kinds_for_every_chapter() -> None:
    assert load_kinds(at=AT) == ActivityKind.objects.count()
    assert {kind.chapter for kind in list_kinds()} == set(CHAPTER_NAMES)
    assert len(list_kinds()) >= 45


def test_loading_again_changes_nothing() -> None:
    load_kinds(at=AT)
    before = list(ActivityKind.objects.order_by("code").values())
    load_kinds(at=AT)
    assert list(ActivityKind.objects.order_by("code").values()) == before
    assert Entry.objects.filter(action="activities.kinds.loaded").count() == 1


def test_a_kind_taken_out_is_retired_and_comes_back(tmp_path: Path) -> None:
    load_kinds(at=AT)
    short = tmp_path / "kinds.yaml"
    short.write_text(ONE, encoding="utf-8")
    load_kinds(at=AT, path=short)
    assert [(kind.code, kind.name) for kind in list_kinds()] == [("FORUM", "座谈会")]
    load_kinds(at=AT)
    assert len(list_kinds()) == ActivityKind.objects.count()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kinds: [", "活动类型目录读不出来"),
        ("- a", "活动类型目录应有 kinds 列表"),
        ("kinds: [7]", "应为一组文字字段"),
        (ONE + ONE.splitlines()[1], "编码 FORUM 重复"),
        (ONE.replace("VISITS", "PARTIES"), "没有 PARTIES 这一章"),
        (ONE.replace("JOINT", "UP"), "没有 UP 这个方向"),
        (ONE.replace("name: 座谈会", "name: ''"), "缺少 name"),
        (ONE.replace("measure", "unit"), "不认识的字段 unit"),
        (ONE.replace("人次", "人" * 11), "measure 超过 10 个字"),
    ],
)
def test_a_faulty_catalogue_is_refused_whole(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "kinds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_kinds(at=AT, path=path)
    assert [problem.what for problem in refused.value.problems] == [said]
    assert ActivityKind.objects.count() == 0
