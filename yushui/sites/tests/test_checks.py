"""Upkeep: when a check is due, what is listed, several recorded on one round."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.base.days import months_after
from yushui.base.refusals import NotFound
from yushui.people.tests.factories import OTHER_TOWN_VILLAGE
from yushui.sites.models import Check, Site
from yushui.sites.rules.checks import due_on, last_due
from yushui.sites.selectors.checks import CheckFilters, counts_of_tabs, due_lines, list_due
from yushui.sites.services.checks import check_site, check_sites
from yushui.sites.services.places import add_site
from yushui.sites.tests.test_sites import AT, TODAY, make_clerk, make_desk, problems_of, site_draft
from yushui.sites.types import CheckDraft

pytestmark = pytest.mark.django_db


def test_due_day_when_months_are_of_different_length() -> None:
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_after(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert due_on(date(2026, 1, 15), 12) == date(2027, 1, 15)
    assert due_on(None, 6) is None
    for months in (1, 3, 6, 12):
        for number in range(730):
            today = date.fromordinal(date(2024, 1, 1).toordinal() + number)
            cut = last_due(today, months)
            assert months_after(cut, months) <= today < months_after(date.fromordinal(cut.toordinal() + 1), months)


def shop(actor: User, name: str, since: str = "", checked: str = "", found: str = "") -> Site:
    site = add_site(actor=actor, draft=site_draft(name=name, since=since), at=AT)
    if checked:
        draft = CheckDraft(checked, "FOUND" if found else "GOOD", "陈秀兰", found, str(uuid.uuid4()))
        check_site(actor=actor, site_id=site.pk, draft=draft, at=AT)
    return site


def test_due_and_coming_are_told_apart() -> None:
    clerk = make_clerk()  # a shop is checked every six months
    shop(clerk, "没日期的店")
    shop(clerk, "新开的店", since="2026-08-01")
    shop(clerk, "老店", since="2020-01-01")
    shop(clerk, "今天到期", checked="2026-03-01")
    shop(clerk, "快到期", checked="2026-03-20", found="标识牌脱落")
    shop(clerk, "刚查过", checked="2026-08-30")

    def names(tab: str) -> list[str]:
        return [site.name for site in list_due(actor=clerk, filters=CheckFilters(tab=tab), on=TODAY)]

    assert names("due") == ["没日期的店", "老店", "今天到期"]
    assert names("soon") == ["快到期"]
    lines = due_lines(list(list_due(actor=clerk, filters=CheckFilters(), on=TODAY)), TODAY)
    assert [(line.due, line.late) for line in lines] == [
        (None, 0), (date(2020, 7, 1), 2253), (date(2026, 9, 1), 0),
    ]  # fmt: skip
    assert [n for _, _, n in counts_of_tabs(actor=clerk, filters=CheckFilters(), on=TODAY)] == [3, 1, 1]
    assert [n for _, _, n in counts_of_tabs(actor=clerk, filters=CheckFilters(group="SIGN"), on=TODAY)] == [0, 0, 0]


def test_round_is_recorded_once_when_the_form_is_sent_twice() -> None:
    clerk = make_clerk()
    sites = [shop(clerk, name).pk for name in ("一店", "二店")]
    key = str(uuid.uuid4())

    def go(ids: list[int], on: str = "2026-09-01", checker: str = "周建平") -> int:
        return check_sites(actor=clerk, site_ids=ids, on=on, checker=checker, client_key=key, at=AT)

    assert problems_of(lambda: go([])) == ["没有勾选"]
    assert problems_of(lambda: go(sites, "2026-09-09", "")) == ["日期在今天之后", "请填写检查人"]
    assert Check.objects.count() == 0
    assert (go(sites), go(sites)) == (2, 0)
    assert list(Check.objects.values_list("result", "checker")) == [("GOOD", "周建平")] * 2
    other = add_site(actor=make_desk(), draft=site_draft(name="外镇店", area_code=OTHER_TOWN_VILLAGE), at=AT)
    with pytest.raises(NotFound):
        go([other.pk])


def test_page_keeps_ticks_when_refused(client: Client) -> None:
    clerk = make_clerk()
    one = shop(clerk, "一店")
    client.force_login(clerk)
    sent = {"site": [str(one.pk)], "on": "", "checker": "周建平", "client_key": str(uuid.uuid4())}
    answer = client.post("/sites/checks/check-sites/?group=OFFER", sent)
    page = answer.content.decode()
    assert (answer.status_code, 'aria-label="一店完好" checked' in page) == (422, True)
    answer = client.post("/sites/checks/check-sites/?group=OFFER", {**sent, "on": "2026-08-01"})
    assert answer["Location"] == "/sites/checks/?group=OFFER"
    assert "都按时查过了" in client.get("/sites/checks/?group=OFFER").content.decode()
    assert client.get("/sites/checks/?tab=faults").status_code == 200
