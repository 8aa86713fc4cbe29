"""Selections from the call to the paper, honours of units, the board; mostly through the pages."""

from __future__ import annotations

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from yushui.accounts.models import User
from yushui.base import clock
from yushui.base.refusals import NotFound, Refused
from yushui.base.workdays import add_workdays
from yushui.honours.models import Nominee, Selection, UnitHonour
from yushui.honours.rules.selections import publicity_end, read_results
from yushui.honours.selectors.selections import list_nominees, open_board
from yushui.honours.services.selections import call_selection, nominate, record_unit_honour
from yushui.honours.tests.factories import AT, make_clerk, make_desk
from yushui.honours.types import NomineeDraft, SelectionDraft, UnitHonourDraft
from yushui.people.tests.factories import OTHER_TOWN, VILLAGE

pytestmark = pytest.mark.django_db


def key() -> str:
    return str(uuid.uuid4())


def call(desk: User, **typed: str) -> Selection:
    values = {
        "kind": "BEST_VETERAN", "title": "2026 年度最美退役军人", "host": "县退役军人事务局", "called_on": "2026-08-20",
        "last_day": "2026-09-10", "way": "SCORE", "seats": "1", "public_days": "5", "client_key": key(),
    }  # fmt: skip
    return call_selection(actor=desk, draft=SelectionDraft(**{**values, **typed}), at=AT)


def nominee(name: str, **typed: str) -> NomineeDraft:
    return NomineeDraft(**{"name": name, "nominator": "石桥镇", "area_code": VILLAGE, "client_key": key(), **typed})


def problems_of(made: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        made()  # type: ignore[operator]
    return [problem.what for problem in caught.value.problems]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_publicity_when_the_national_holiday_lies_between() -> None:
    # shown on 28 September: 29 and 30 count, then the holiday of 1 to 7 October, whose exchanged days count as work
    end = publicity_end(date(2026, 9, 28), 5, add_workdays)
    assert end > date(2026, 10, 9)
    assert publicity_end(date(2026, 3, 2), 5, add_workdays) == date(2026, 3, 10)


def test_results_when_something_is_missing_odd_or_too_many() -> None:
    names = {1: "陈大山", 2: "王德胜", 3: "李长河"}
    _, problems = read_results({1: "92.5", 2: "101"}, frozenset({1, 2}), names=names, way="SCORE", seats=1)
    assert [(p.where, p.what) for p in problems] == [
        ("王德胜", "得分应为 0 到 100,最多两位小数"), ("李长河", "请填写得分"),
        ("拟表彰对象", "勾选了 2 个,名额只有 1 个"),
    ]  # fmt: skip
    found, none = read_results({1: "92.5", 2: "88", 3: "0"}, frozenset({1}), names=names, way="SCORE", seats=1)
    assert (found, none) == ({1: 9250, 2: 8800, 3: 0}, [])


def test_call_tells_every_fault() -> None:
    desk = make_desk()
    assert problems_of(lambda: call(desk, kind="X", title="", last_day="2026-08-01", seats="0", public_days="0")) == [
        "请选择评选类别", "请填写名称", "征集截止早于开始", "请填写名额", "公示至少 1 个工作日",
    ]  # fmt: skip


def test_town_nominates_its_own_once_and_while_it_is_time() -> None:
    desk, clerk = make_desk(), make_clerk()
    selection = call(desk)
    draft = nominee("陈大山")
    first = nominate(actor=clerk, selection_id=selection.pk, draft=draft, at=AT)
    assert nominate(actor=clerk, selection_id=selection.pk, draft=draft, at=AT).pk == first.pk
    assert problems_of(lambda: nominate(actor=clerk, selection_id=selection.pk, draft=nominee("陈大山"), at=AT)) == [
        "陈大山已经推荐过"
    ]
    with pytest.raises(NotFound):
        nominate(actor=clerk, selection_id=selection.pk, draft=nominee("远", area_code=OTHER_TOWN), at=AT)
    nominate(actor=desk, selection_id=selection.pk, draft=nominee("孙远方", area_code=OTHER_TOWN), at=AT)
    assert [row.name for row in list_nominees(actor=clerk, selection=selection)] == ["陈大山"]
    late = call(desk, title="已截止", last_day="2026-08-31")
    assert problems_of(lambda: nominate(actor=clerk, selection_id=late.pk, draft=nominee("陈大山"), at=AT)) == [
        "征集已于 2026-08-31 截止"
    ]


def test_selection_goes_from_the_call_to_the_paper_through_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, clerk = make_desk(), make_clerk()

    def today(text: str) -> None:
        monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(text))
        monkeypatch.setattr(clock, "now", lambda: AT.replace(month=int(text[5:7]), day=int(text[8:])))

    today("2026-08-20")
    at_desk, in_town = signed_in(desk), signed_in(clerk)
    form = {
        "kind": "BEST_VETERAN", "title": "最美退役军人", "host": "县退役军人事务局", "called_on": "2026-08-20",
        "last_day": "2026-08-31", "way": "SCORE", "seats": "1", "public_days": "5", "client_key": key(),
    }  # fmt: skip
    assert at_desk.post("/selections/call-selection/", {**form, "seats": "十"}).status_code == 422
    at_desk.post("/selections/call-selection/", form)
    selection = Selection.objects.get()
    page = f"/selections/{selection.pk}/"
    for name in ("陈大山", "王德胜"):
        sent = {"name": name, "nominator": "石桥镇", "area": VILLAGE, "deeds": "守护渡口", "client_key": key()}
        assert in_town.post(f"{page}nominate/", sent).status_code == 302
    first, second = Nominee.objects.order_by("pk")
    scores = {f"r_{first.pk}": "95.5", f"r_{second.pk}": "90", "chosen": str(first.pk), "revision": "1"}
    assert "征集到 2026-08-31 才截止" in at_desk.post(f"{page}judge-selection/", scores).content.decode()
    today("2026-09-01")
    at_desk, in_town = signed_in(desk), signed_in(clerk)  # who was away so long signs in again
    assert in_town.post(f"{page}judge-selection/", scores).status_code == 409
    assert at_desk.post(f"{page}judge-selection/", scores).status_code == 302
    assert at_desk.post(f"{page}show-public/", {"on": "2026-09-01"}).status_code == 302
    notice = Document(BytesIO(at_desk.get(f"{page}print-selection/").content))
    assert any("1.陈大山" in paragraph.text for paragraph in notice.paragraphs)
    early = at_desk.post(f"{page}decide-selection/", {"on": "2026-09-01", "number": "云拥〔2026〕9 号"})
    assert "公示到 2026-09-08 才满" in early.content.decode()
    today("2026-09-09")
    at_desk, in_town = signed_in(desk), signed_in(clerk)
    paper = {"on": "2026-09-09", "number": "云拥〔2026〕9 号"}
    assert at_desk.post(f"{page}decide-selection/", paper).status_code == 302
    decision = Document(BytesIO(in_town.get(f"{page}print-selection/").content))
    assert any("云拥〔2026〕9 号" in paragraph.text for paragraph in decision.paragraphs)
    board = open_board(actor=desk, year=2026)
    assert [(row.title, names) for row, names in board.selections] == [("最美退役军人", ["陈大山"])]
    dropped = at_desk.post(f"/selections/nominees/{first.pk}/drop/", {"reason": "异议成立"})
    assert (dropped.status_code, Nominee.objects.get(pk=first.pk).chosen) == (422, True)


def test_honour_of_a_unit_stands_on_the_board_and_a_fault_tells_everything() -> None:
    desk = make_desk()
    wrong = UnitHonourDraft(kind="X", on="2027-01-01", client_key=key())
    assert problems_of(lambda: record_unit_honour(actor=desk, draft=wrong, at=AT)) == [
        "请选择荣誉类别", "请填写荣誉名称", "请填写授予单位", "日期在今天之后",
    ]  # fmt: skip
    draft = UnitHonourDraft("MODEL_COUNTY", "", "全省双拥模范县", "省委、省政府", "2026-07-20", client_key=key())
    record_unit_honour(actor=desk, draft=draft, at=AT)
    record_unit_honour(actor=desk, draft=draft, at=AT)
    assert [row.title for row in open_board(actor=make_clerk(), year=2026).units] == []  # the county's, not the town's
    assert (UnitHonour.objects.count(), [r.title for r in open_board(actor=desk, year=2026).units]) == (
        1, ["全省双拥模范县"],
    )  # fmt: skip
