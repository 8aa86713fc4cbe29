"""Sites and offers: registered, signed, expired, renewed, looked at and mended; numbers; coverage; bad input."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import COUNTY, OTHER_TOWN_VILLAGE, TOWN, VILLAGE, make_areas
from yushui.places.models import Unit
from yushui.sites.models import Agreement, Check, Site, SiteKind, SiteNumber
from yushui.sites.rules.places import state_of
from yushui.sites.selectors.coverage import coverage
from yushui.sites.selectors.places import SiteFilters, lines_of, list_sites, open_site, points_of
from yushui.sites.services.checks import check_site, mend_site
from yushui.sites.services.kinds import load_site_kinds, retire_kind, set_kind
from yushui.sites.services.places import add_site, change_site, close_site, sign_agreement, state_month
from yushui.sites.types import GROUP_NAMES, AgreementDraft, CheckDraft, KindDraft, NumberDraft, SiteDraft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
TODAY = date(2026, 9, 1)


def make_clerk() -> User:
    make_areas()
    load_site_kinds(at=AT)
    return make_user(Role.TOWN_CLERK, area=TOWN, full_name="周建平")


def make_desk() -> User:
    make_areas()
    load_site_kinds(at=AT)
    return make_user(Role.DESK_OFFICER, area=COUNTY, full_name="林晓燕")


def key() -> str:
    return str(uuid.uuid4())


def site_draft(**typed: object) -> SiteDraft:
    values = {"kind": "SHOP", "name": "清溪理发店", "area_code": VILLAGE, "offer": "九折", "client_key": key(), **typed}
    return SiteDraft(**values)  # type: ignore[arg-type]


def signed(actor: User, site: Site, first: str, last: str) -> Agreement:
    draft = AgreementDraft(first, last, "", "凭优待证九折", key())
    return sign_agreement(actor=actor, site_id=site.pk, draft=draft, at=AT)


def state(actor: User, on: date) -> str:
    [line] = lines_of(list(list_sites(actor=actor, filters=SiteFilters(), on=on)), on=on)
    return line.state


def problems_of(call: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return [problem.what for problem in caught.value.problems]


def test_state_when_signed_unsigned_running_out_and_closed() -> None:
    def says(until: date | None, *, signed: bool = True, ends_on: date | None = None) -> str:
        return state_of(ends_on=ends_on, signed=signed, agreed_until=until, today=TODAY)

    assert says(None) == "EXPIRED"
    assert says(TODAY) == "EXPIRED"  # the first day not covered
    assert says(date(2026, 9, 2)) == "SOON"
    assert says(date(2027, 9, 2)) == "OPEN"
    assert says(None, signed=False) == "OPEN"
    assert says(date(2027, 9, 2), ends_on=TODAY) == "CLOSED"


def test_shop_is_signed_runs_out_and_is_renewed() -> None:
    clerk = make_clerk()
    draft = site_draft()
    shop = add_site(actor=clerk, draft=draft, at=AT)
    assert add_site(actor=clerk, draft=draft, at=AT).pk == shop.pk
    assert state(clerk, TODAY) == "EXPIRED"  # no agreement yet
    signed(clerk, shop, "2026-01-01", "2026-12-31")
    assert (state(clerk, TODAY), state(clerk, date(2026, 12, 31))) == ("OPEN", "SOON")
    assert state(clerk, date(2027, 1, 1)) == "EXPIRED"
    expired = list_sites(actor=clerk, filters=SiteFilters(state="EXPIRED"), on=date(2027, 1, 1))
    assert [site.name for site in expired] == ["清溪理发店"]
    assert problems_of(lambda: signed(clerk, shop, "2026-06-01", "2026-11-30")) == ["新协议到期早于原协议"]
    signed(clerk, shop, "2027-01-01", "2028-12-31")
    assert state(clerk, date(2027, 1, 1)) == "OPEN"
    assert [a.superseded_at is None for a in Agreement.objects.order_by("starts_on")] == [False, True]
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(site=shop, starts_on=TODAY, ends_on=date(2029, 1, 1), offer="九折", recorded_at=AT)


def test_refusal_tells_every_fault_of_a_form() -> None:
    clerk = make_clerk()
    wrong = site_draft(
        kind="NO_SUCH", name=" ", since="2027-01-01", point="39.9,116.4", offer="x" * 201, client_key="short"
    )
    assert problems_of(lambda: add_site(actor=clerk, draft=wrong, at=AT)) == [
        "请选择类别", "请填写名称", "日期在今天之后", "最多 200 个字,现在 201 个", "坐标不对", "表单缺少编号",
    ]  # fmt: skip
    assert Site.objects.count() == 0


def test_second_shop_of_one_name_is_refused_until_the_first_is_closed() -> None:
    clerk = make_clerk()
    shop = add_site(actor=clerk, draft=site_draft(), at=AT)
    assert problems_of(lambda: add_site(actor=clerk, draft=site_draft(), at=AT)) == ["这个地方已有同类的“清溪理发店”"]
    close_site(actor=clerk, site_id=shop.pk, on="2026-08-31", reason="歇业", at=AT)
    assert add_site(actor=clerk, draft=site_draft(), at=AT).pk != shop.pk
    assert problems_of(lambda: signed(clerk, shop, "2026-01-01", "2026-12-31")) == ["已经停用,不能签协议"]


def test_garrison_has_no_site_and_no_point_on_the_plan() -> None:
    clerk = make_clerk()
    garrison = Unit.objects.create(name="驻云川某部", kind="GARRISON", area_id=VILLAGE)
    draft = site_draft(kind="SQUARE", name="营区广场", unit_id=str(garrison.pk))
    assert problems_of(lambda: add_site(actor=clerk, draft=draft, at=AT)) == ["所属单位是驻军单位"]
    square = add_site(actor=clerk, draft=site_draft(kind="SQUARE", name="双拥广场"), at=AT)
    assert [site.pk for site in points_of(actor=clerk, on=TODAY, groups=GROUP_NAMES)] == [square.pk]
    Site.objects.filter(pk=square.pk).update(unit=garrison)
    assert points_of(actor=clerk, on=TODAY, groups=GROUP_NAMES) == []


def test_stranger_and_foreign_village_are_not_found() -> None:
    clerk = make_clerk()
    with pytest.raises(NotFound):
        add_site(actor=clerk, draft=site_draft(area_code=OTHER_TOWN_VILLAGE), at=AT)
    shop = add_site(actor=clerk, draft=site_draft(), at=AT)
    stranger = make_user(Role.TOWN_CLERK, area="990101002000")
    with pytest.raises(NotFound):
        open_site(actor=stranger, site_id=shop.pk, on=TODAY)
    with pytest.raises(NotFound):
        signed(stranger, shop, "2026-01-01", "2026-12-31")


def test_second_of_two_clerks_is_told() -> None:
    clerk, desk = make_clerk(), make_desk()
    shop = add_site(actor=clerk, draft=site_draft(), at=AT)
    change_site(actor=desk, site_id=shop.pk, draft=site_draft(offer="八折"), revision="1", at=AT)
    assert problems_of(
        lambda: change_site(actor=clerk, site_id=shop.pk, draft=site_draft(offer="七折"), revision="1", at=AT)
    ) == ["这条记录刚被别人改过,您的修改没有保存"]
    assert Site.objects.get().offer == "八折"


def test_what_a_check_finds_stays_open_until_it_is_mended_once() -> None:
    clerk = make_clerk()
    shop = add_site(actor=clerk, draft=site_draft(), at=AT)
    wrong = CheckDraft("2026-09-02", "FOUND", "", "", key())
    assert problems_of(lambda: check_site(actor=clerk, site_id=shop.pk, draft=wrong, at=AT)) == [
        "日期在今天之后", "请填写检查人", "请写明发现的问题",
    ]  # fmt: skip
    check = check_site(
        actor=clerk, site_id=shop.pk, draft=CheckDraft("2026-08-20", "FOUND", "陈秀兰", "标识牌脱落", key()), at=AT
    )
    open_faults = SiteFilters(state="faults")
    assert list_sites(actor=clerk, filters=open_faults, on=TODAY).count() == 1
    assert problems_of(lambda: mend_site(actor=clerk, check_id=check.pk, on="2026-08-01", note="", at=AT)) == [
        "请写明怎么整改的", "早于检查日期 2026-08-20",
    ]  # fmt: skip
    mend_site(actor=clerk, check_id=check.pk, on="2026-08-25", note="已重新安装", at=AT)
    assert list_sites(actor=clerk, filters=open_faults, on=TODAY).count() == 0
    assert problems_of(lambda: mend_site(actor=clerk, check_id=check.pk, on="2026-08-26", note="再装", at=AT)) == [
        "没有待整改的问题"
    ]
    assert Check.objects.get().mended_note == "已重新安装"


def test_tickets_of_a_month_are_stated_and_corrected() -> None:
    clerk = make_clerk()
    window = add_site(actor=clerk, draft=site_draft(kind="TICKET_WINDOW", name="客运站窗口"), at=AT)

    def state_of_month(month: str, tickets: str) -> Site:
        typed = {"disabled_tickets": tickets}
        return state_month(actor=clerk, site_id=window.pk, month=month, typed=typed, at=AT)

    state_of_month("2026-07", "183")
    state_of_month("2026-07", "184")
    state_of_month("2026-08", "0")
    assert list(SiteNumber.objects.order_by("month").values_list("month", "value")) == [
        (2026 * 12 + 6, 184), (2026 * 12 + 7, 0),
    ]  # fmt: skip
    assert problems_of(lambda: state_of_month("2026-10", "5张")) == ["月份在今天之后", "应为整数"]
    [line] = open_site(actor=clerk, site_id=window.pk, on=TODAY).numbers
    assert line.year_sum == 184


def test_kind_of_a_county_has_its_numbers_and_leaves_the_form_when_retired() -> None:
    desk = make_desk()
    numbers = (NumberDraft(name="加油枪", unit="把"), NumberDraft(name="优惠车次", unit="次", monthly="1"))
    kind = set_kind(actor=desk, draft=KindDraft("拥军加油站", "OFFER", signed=True, numbers=numbers), at=AT)
    draft = site_draft(kind=kind.pk, name="城东加油站", numbers=((f"{kind.pk}_1".lower(), "6"),))
    station = add_site(actor=desk, draft=draft, at=AT)
    assert [(line.number.name, line.value) for line in open_site(actor=desk, site_id=station.pk, on=TODAY).numbers] == [
        ("加油枪", 6), ("优惠车次", None),
    ]  # fmt: skip
    retire_kind(actor=desk, code=kind.pk, retired=True, at=AT)
    assert problems_of(lambda: add_site(actor=desk, draft=site_draft(kind=kind.pk), at=AT)) == ["请选择类别"]
    with pytest.raises(NotFound):
        retire_kind(actor=desk, code="SHOP", retired=True, at=AT)


def test_coverage_counts_by_town_and_loading_kinds_again_changes_nothing() -> None:
    desk = make_desk()
    add_site(actor=desk, draft=site_draft(), at=AT)
    add_site(actor=desk, draft=site_draft(kind="SQUARE", name="双拥广场", area_code=COUNTY), at=AT)
    found = coverage(actor=desk, on=TODAY)
    counts = {town.name: {column.code: n for column, n in town.cells} for town in found.towns}
    assert (counts["石桥镇"]["OFFER"], counts["汊河镇"]["OFFER"], counts["云川县"]["PUBLIC"]) == (1, 0, 1)
    assert [town.name for town in found.towns if town.own] == ["云川县"]
    lacking = dict(zip([column.code for column in found.columns], found.lacking, strict=True))
    assert (lacking["OFFER"], lacking["PUBLIC"]) == (1, 2)  # what the county itself has is no town's
    before = list(SiteKind.objects.order_by("pk").values())
    load_site_kinds(at=AT)
    assert list(SiteKind.objects.order_by("pk").values()) == before
