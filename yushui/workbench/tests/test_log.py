"""The log page: words, scope, filters; read-only."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.services import record
from yushui.base.refusals import NotFound
from yushui.people.tests.factories import make_areas
from yushui.workbench.audit_words import ACTIONS
from yushui.workbench.selectors.log import change_words, drawn, list_log, subject_words

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
VILLAGE, OTHER = "990101001001", "990102000000"
ROOT = Path(__file__).resolve().parents[2]


def test_list_log_when_auditor_of_a_county_sees_the_county_only() -> None:
    auditor = make_user(Role.AUDITOR)
    here = record(actor=auditor, action="people.person.changed", subject="people.person:1", area_code=VILLAGE, at=AT)
    record(actor=auditor, action="people.person.changed", subject="people.person:2", area_code=OTHER, at=AT)
    assert list(list_log(actor=auditor)) == [here]


def test_list_log_when_narrowed_by_who_what_and_day() -> None:
    auditor, clerk = make_user(Role.AUDITOR, full_name="杜明远"), make_user(Role.TOWN_CLERK, full_name="周建平")
    first = record(actor=clerk, action="accounts.user.logged_in", subject=clerk, area_code=VILLAGE, at=AT)
    second = record(actor=auditor, action="accounts.user.logged_out", subject=auditor, area_code=VILLAGE, at=AT)
    assert list(list_log(actor=auditor, who="周")) == [first]
    assert list(list_log(actor=auditor, action="accounts.user.logged_out")) == [second]
    assert list(list_log(actor=auditor, day=date(2026, 11, 22))) == [second, first]
    assert list(list_log(actor=auditor, day=date(2026, 11, 23))) == []
    assert list(list_log(actor=auditor, who="没有这人")) == []


def test_list_log_when_not_an_auditor_does_not_exist() -> None:
    with pytest.raises(NotFound):
        list_log(actor=make_user(Role.DESK_OFFICER))


def test_drawn_when_known_and_unknown_words() -> None:
    make_areas()
    auditor = make_user(Role.AUDITOR, full_name="杜明远")
    record(actor=None, action="base.moon.landed", subject="base.moon:1", at=AT, now="x")
    record(
        actor=auditor, action="accounts.user.changed", subject=auditor, area_code=VILLAGE, at=AT,
        was={"title": "优抚股", "roles": ["AUDITOR"]}, now={"title": "", "roles": ["AUDITOR", "LEADER"]},
    )  # fmt: skip
    known, unknown = drawn(actor=auditor, entries=list(list_log(actor=auditor)))
    assert (known.action, known.subject, known.place) == ("修改用户", f"用户 {auditor.pk}", "石桥镇 北洲村")
    assert set(known.changes) == {"岗位:优抚股 → 空", "角色:审计 → 审计、领导"}
    assert (unknown.action, unknown.subject, unknown.actor) == ("base.moon.landed", "base.moon 1", "系统")


@pytest.mark.parametrize(
    "detail, expected",
    [
        ("{}", ()),
        ('{"was": "SUBMITTED", "now": "REVIEWED"}', ("待复核 → 待审批",)),
        ('{"reason": "账户不对"}', ("原因:账户不对",)),
        ('{"now": {"kind": "DISABLED_SOLDIER", "is_active": true}}', ("类别:残疾军人", "账号可用:是")),
        ('{"was": null, "now": 3}', ("3",)),
        ('{"fen": 918533646, "month": 24320}', ("金额:9,185,336.46 元", "月份:2026年9月")),
        ('{"now": "APPROVED", "reason": "", "was": "REVIEWED"}', ("待审批 → 待送银行",)),
        ('{"digest": "41fb21b5840b56f58269c2324bada930"}', ("校验值:41fb21b5…",)),
    ],
)
def test_change_words_when_each_shape(detail: str, expected: tuple[str, ...]) -> None:
    assert change_words(detail) == expected


def test_every_action_that_the_code_records_has_chinese_words() -> None:
    sources = [p for p in ROOT.rglob("*.py") if "tests" not in p.parts and "migrations" not in p.parts]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    recorded = set(re.findall(r'action="([a-z_]+\.[a-z_]+\.[a-z_]+)"', text))
    recorded |= {f"payments.batch.{step}" for step in re.findall(r'log_as="([a-z_]+)"', text)}
    assert len(recorded) > 40
    assert sorted(recorded - set(ACTIONS)) == []


def test_change_words_when_long_are_cut() -> None:
    assert len(change_words('{"reason": "' + "长" * 500 + '"}')[0]) == 161


def test_subject_words_when_without_number() -> None:
    assert subject_words("people.person:5") == "人员 5"
    assert subject_words("house") == "house"


def test_page_when_drawn_offers_no_way_to_change(client: Client) -> None:
    auditor = make_user(Role.AUDITOR)
    record(actor=auditor, action="accounts.user.logged_in", subject=auditor, area_code=VILLAGE, at=AT)
    client.force_login(auditor)
    page = client.get("/audit/?who=&action=&day=").content.decode()
    main = page[page.index("<main") :]
    assert "2026-11-22 09:30:00" in main
    assert 'method="post"' not in main
    assert client.post("/audit/").status_code == 405


def test_page_when_filters_make_no_sense_shows_all(client: Client) -> None:
    client.force_login(make_user(Role.AUDITOR))
    assert client.get("/audit/?day=2026-13-99&action=nonsense&page=-4").status_code == 200


def test_page_when_nobody_may_see_it_is_404(client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER))
    assert client.get("/audit/").status_code == 404
