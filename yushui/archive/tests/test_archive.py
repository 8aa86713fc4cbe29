"""Every file gets a place once; what lacks its scan; a box leaves the house only when somebody else allowed it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from python_calamine import CalamineWorkbook

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.archive.models import Box, Item
from yushui.archive.rules import path_in_tree
from yushui.archive.selectors import PILES, list_gaps, overview, unplaced
from yushui.archive.services import (
    ask_archive_export,
    decide_archive_export,
    fill_box,
    open_box,
    take_archive_export,
)
from yushui.archive.types import BoxDraft
from yushui.base import jobs
from yushui.base.evidence import Evidence
from yushui.base.refusals import NotFound, Refused
from yushui.honours.services.news import deliver_news, record_news
from yushui.honours.tests.factories import make_desk, news_draft, photo
from yushui.honours.types import DeliveryDraft
from yushui.people.tests.factories import COUNTY, OTHER_TOWN

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)


def box_draft(**typed: str) -> BoxDraft:
    values = {
        "fonds": "0137", "catalogue": "3", "year": "2026", "pile": "news", "title": "立功喜报", "keep": "Y30",
        "client_key": str(uuid.uuid4()),
    }  # fmt: skip
    return BoxDraft(**{**values, **typed})


def brought(desk: User, *, with_photo: bool) -> None:
    news = record_news(actor=desk, draft=news_draft(), at=AT)
    draft = DeliveryDraft("2026-08-28", "王局长", "母亲", as_activity=False)
    deliver_news(actor=desk, news_id=news.pk, draft=draft, sent=[photo()] if with_photo else [], at=AT)


def problems_of(call: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return [problem.what for problem in caught.value.problems]


def test_path_in_the_tree_when_names_are_odd() -> None:
    path = path_in_tree(
        fonds="0137", catalogue="3", year=2026, box=1, title="../../etc", number=7, name="喜报 a/b\\c:d?.PDF"
    )
    assert path == "全宗0137/目录3/2026/盒001 _.._etc/0007 喜报 a_b_c_d_.pdf"
    assert path_in_tree(fonds="1", catalogue="1", year=2026, box=2, title="...", number=1, name="") == (
        "全宗1/目录1/2026/盒002 未命名/0001 未命名"
    )


def test_file_gets_its_place_once_and_boxes_are_numbered() -> None:
    desk = make_desk()
    brought(desk, with_photo=True)
    line = next(line for line in overview(actor=desk, year=2026) if line.code == "news")
    assert (line.files, line.without) == (1, 1)
    draft = box_draft()
    box = open_box(actor=desk, draft=draft, at=AT)
    assert (open_box(actor=desk, draft=draft, at=AT).pk, open_box(actor=desk, draft=box_draft(), at=AT).number) == (
        box.pk, 2,
    )  # fmt: skip
    assert fill_box(actor=desk, box_id=box.pk, at=AT) == 1
    assert problems_of(lambda: fill_box(actor=desk, box_id=box.pk, at=AT)) == ["没有待归档的文件"]
    assert (unplaced(actor=desk, code="news", year=2026).count(), Item.objects.get().title) == (0, "二等功 送喜报.png")


def test_box_tells_every_fault() -> None:
    desk = make_desk()
    wrong = box_draft(fonds="全宗", catalogue="", year="2030", pile="x", title="", keep="")
    assert problems_of(lambda: open_box(actor=desk, draft=wrong, at=AT)) == [
        "全宗号只写字母、数字和短横", "目录号只写字母、数字和短横", "年度不对", "请选择材料来源", "请选择保管期限",
        "请填写题名",
    ]  # fmt: skip
    assert Box.objects.count() == 0


def test_what_lacks_its_photo_is_listed() -> None:
    desk = make_desk()
    brought(desk, with_photo=False)
    brought(desk, with_photo=True)
    counts = {sort: count for sort, count, _ in list_gaps(actor=desk, year=2026)}
    assert (counts["喜报送达没有照片"], counts["评选没有表彰文件"]) == (1, 0)


def test_box_leaves_only_when_another_allowed_it_with_its_index() -> None:
    desk = make_desk()
    approver = make_user(Role.APPROVER, area=COUNTY, full_name="罗文华")
    brought(desk, with_photo=True)
    box = open_box(actor=desk, draft=box_draft(), at=AT)
    assert problems_of(lambda: ask_archive_export(actor=desk, box_id=box.pk, purpose="", at=AT)) == [
        "请写明导出的用途", "盒里还没有文件",
    ]  # fmt: skip
    fill_box(actor=desk, box_id=box.pk, at=AT)
    export = ask_archive_export(actor=desk, box_id=box.pk, purpose="移交县档案馆", at=AT)
    assert problems_of(lambda: take_archive_export(actor=desk, export_id=export.pk, at=AT)) == [
        "这份申请待审批,不能下载"
    ]
    decide_archive_export(actor=approver, export_id=export.pk, approve=True, opinion="", at=AT)
    assert problems_of(
        lambda: decide_archive_export(actor=approver, export_id=export.pk, approve=False, opinion="", at=AT)
    ) == ["这份申请已经有人办过", "请写明不同意的原因"]
    jobs.run_all()
    name, content = take_archive_export(actor=desk, export_id=export.pk, at=AT)
    with ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
        index = CalamineWorkbook.from_filelike(BytesIO(packed.read(names[-1]))).get_sheet_by_index(0).to_python()
    folder = "全宗0137/目录3/2026/盒001 立功喜报"
    assert (name, names) == ("档案2026-001.zip", [f"{folder}/0001 二等功 送喜报.png", f"{folder}/目录.xlsx"])
    assert (index[0][:2], index[1][1]) == (["件号", "题名"], "二等功 送喜报.png")
    with pytest.raises(NotFound):
        take_archive_export(
            actor=make_user(Role.DESK_OFFICER, area=COUNTY, username="other"), export_id=export.pk, at=AT
        )
    assert problems_of(lambda: take_archive_export(actor=desk, export_id=export.pk, at=AT + timedelta(days=8))) == [
        "同意已超过 7 天"
    ]


def test_town_sees_no_box_and_no_file_of_another() -> None:
    desk = make_desk()
    brought(desk, with_photo=True)
    box = open_box(actor=desk, draft=box_draft(), at=AT)
    stranger = make_user(Role.TOWN_CLERK, area=OTHER_TOWN)
    with pytest.raises(NotFound):
        fill_box(actor=stranger, box_id=box.pk, at=AT)
    assert unplaced(actor=stranger, code="news", year=2026).count() == 0


def test_every_table_of_evidence_is_a_pile() -> None:
    """Files of a new table would otherwise never get a place."""
    known = {pile.rows().model for pile in PILES.values()}
    assert {model for model in apps.get_models() if issubclass(model, Evidence)} - known == set()
