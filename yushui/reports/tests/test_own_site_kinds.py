"""A county adds a kind of site by the form and sees it at once: in the form, the list, by town, on the tile map, in the
figures with their rows, and in the report."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.test import Client

from yushui.base import clock
from yushui.indicators.selectors.catalogue import indicators
from yushui.people.tests.factories import COUNTY, TOWN, VILLAGE
from yushui.sites.models import Site, SiteKind
from yushui.sites.tests.test_sites import make_desk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


def added_kind(client: Client) -> SiteKind:
    """拥军加油站 with a number of its own and one by month, typed into the form."""
    numbers = {"n_name": ["加油枪", "优惠车次"], "n_unit": ["把", "次"], "n_monthly": ["", "1"]}
    client.post(
        "/sites/kinds/", {"name": "拥军加油站", "group": "OFFER", "signed": "1", "check_months": "6", **numbers}
    )
    return SiteKind.objects.get(name="拥军加油站")


def added_site(client: Client, kind: SiteKind) -> Site:
    """One of them in 北洲村, with its agreement and a month."""
    sent = {"kind": kind.pk, "name": "城东加油站", "area": VILLAGE, "client_key": str(uuid.uuid4())}
    client.post("/sites/add-site/", {**sent, f"n_{kind.pk.lower()}_1": "6"})
    site = Site.objects.get(name="城东加油站")
    agreement = {"starts_on": "2026-01-01", "last_day": "2027-12-31", "offer": "每升减两角"}
    client.post(f"/sites/{site.pk}/sign-agreement/", {**agreement, "client_key": str(uuid.uuid4())})
    client.post(f"/sites/{site.pk}/state-month/", {"month": "2026-08", f"n_{kind.pk.lower()}_2": "120"})
    return site


def test_kind_of_a_county_is_in_lists_figures_and_reports(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.force_login(make_desk())
    kind = added_kind(client)
    stem = f"sites_{kind.pk.lower()}"
    site = added_site(client, kind)

    assert f'href="/sites/{site.pk}/">城东加油站</a>' in page_of(client, f"/sites/?kind={kind.pk}")
    coverage = page_of(client, "/sites/coverage/?group=OFFER")
    assert f'href="/sites/?area={TOWN}&amp;kind={kind.pk}">1</a>' in coverage
    tiles = page_of(client, f"/sites/tiles/?what=kind-{kind.pk}")
    assert "<title>石桥镇 1 处</title>" in tiles
    assert "<title>汊河镇 0 处</title>" in tiles

    titles = {key: each.title for key, each in indicators().items() if key.startswith(stem)}
    assert titles == {
        f"{stem}_count": "拥军加油站", f"{stem}_1": "拥军加油站:加油枪", f"{stem}_2": "拥军加油站:优惠车次",
    }  # fmt: skip
    figures = page_of(client, "/figures/")
    for part, words in (("count", "1 处"), ("1", "6 把"), ("2", "120 次")):
        assert f'href="/figures/{stem}_{part}/rows/?area={COUNTY}&amp;year=2026">{words}</a>' in figures
        assert "城东加油站" in page_of(client, f"/figures/{stem}_{part}/rows/?area={COUNTY}&year=2026")
    assert ">1 家</a>" in page_of(client, f"/figures/offer_places/?area={COUNTY}&year=2026")

    client.post("/reports/write/", {"area": COUNTY, "year": "2026", "outline": "county_report"})
    [address] = re.findall(r'href="(/reports/\d+/)"', page_of(client, "/reports/"))[:1]
    report = re.sub(r"<[^>]+>", "", page_of(client, address))
    assert "本地另有拥军加油站1处、拥军加油站加油枪6把、拥军加油站优惠车次120次。" in report


def test_unit_that_figures_keep_in_parts_is_refused(client: Client) -> None:
    client.force_login(make_desk())
    sent = {
        "name": "拥军农场",
        "group": "OFFER",
        "n_name": ["面积", "营业额"],
        "n_unit": ["亩", "元"],
        "n_monthly": ["", ""],
    }
    answer = client.post("/sites/kinds/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "不能用“亩”作单位" in page, "不能用“元”作单位" in page) == (422, True, True)
    assert not SiteKind.objects.filter(name="拥军农场").exists()
