"""A run asked for on the page and made in the background, for the county or a part of it."""

from __future__ import annotations

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base import jobs
from yushui.base.figures import Period
from yushui.base.models import Job
from yushui.base.refusals import NotFound, Refused
from yushui.benefits import figures
from yushui.benefits.models import Run, RunLine, RunOrder
from yushui.benefits.services import orders
from yushui.benefits.services.runs import start_run
from yushui.benefits.tests.factories import AT, NOVEMBER, disabled, make_law, pay, start, submit
from yushui.payments.models import Line
from yushui.payments.tests.factories import maker
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, OTHER_TOWN_VILLAGE, TOWN, make_areas

pytestmark = pytest.mark.django_db
DECEMBER = NOVEMBER + 1


@pytest.fixture(autouse=True)
def office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2024-11-21")
    make_law()
    make_areas()


def order(area: str = COUNTY, month: int = NOVEMBER) -> RunOrder:
    return orders.order_run(actor=maker(), area_code=area, month=month, at=AT)


def test_an_order_sent_twice_is_one_run() -> None:
    disabled()
    assert order().pk == order().pk
    assert jobs.run_all() == 1
    assert Run.objects.count() == 1
    assert RunOrder.objects.get().run == Run.objects.get()


def test_a_job_run_again_makes_no_second_run() -> None:
    disabled()
    one = order()
    first = orders.carry_out(actor=maker(), order_id=one.pk, at=AT)
    assert orders.carry_out(actor=maker(), order_id=one.pk, at=AT) == first
    assert Run.objects.count() == 1


def test_an_order_is_refused_before_anybody_waits() -> None:
    with pytest.raises(Refused, match="最晚可以测算"):
        order(month=NOVEMBER + 5)
    with pytest.raises(NotFound):
        orders.order_run(actor=make_user(Role.DESK_OFFICER, area=TOWN), area_code=COUNTY, month=NOVEMBER, at=AT)
    assert not RunOrder.objects.exists()
    assert not Job.objects.exists()


def test_a_failed_order_is_said_on_its_page_and_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    disabled()
    one = order()
    with monkeypatch.context() as broken:
        broken.setattr(orders, "plan_run", lambda *args: 1 // 0)
        jobs.run_all()
    client = Client()
    client.force_login(maker())
    page = client.get(f"/runs/orders/{one.pk}/").content.decode()
    assert "没有测算成" in page
    assert "没有完成" in client.get("/runs/").content.decode()
    client.post("/runs/start-run/", {"month": "2024-11"})
    jobs.run_all()
    assert client.get(f"/runs/orders/{one.pk}/").url == f"/runs/{Run.objects.get().pk}/"


def test_a_town_is_run_alone_and_the_county_pays_only_the_rest() -> None:
    here, there = disabled(), disabled(name="李建国")
    Person.objects.filter(pk=there.pk).update(area_id=OTHER_TOWN_VILLAGE)
    client = Client()
    client.force_login(maker())
    client.post("/runs/start-run/", {"month": "2024-11", "area": TOWN})
    jobs.run_all()
    town = Run.objects.get()
    assert set(RunLine.objects.filter(run=town).values_list("person_id", flat=True)) == {here.pk}
    pay(town)
    county = pay(start())
    assert list(Line.objects.filter(batch=county).values_list("person_id", flat=True)) == [there.pk]
    due = figures.due(COUNTY, Period(2024, AT.date()))
    assert sorted(due.values_list("person_id", "due_fen")) == [(here.pk, 401_500), (there.pk, 401_500)]


def test_a_town_compares_with_its_part_of_the_countys_last_run() -> None:
    here, there = disabled(), disabled(name="李建国")
    Person.objects.filter(pk=there.pk).update(area_id=OTHER_TOWN_VILLAGE)
    submit(start())
    town = start_run(actor=maker(), area_code=TOWN, month=DECEMBER, at=AT)
    rows = RunLine.objects.filter(run=town, month=DECEMBER)
    assert list(rows.values_list("person_id", "last_fen", "change")) == [(here.pk, 401_500, "SAME")]


def test_a_run_of_the_county_puts_aside_an_open_run_of_a_town_and_not_the_other_way() -> None:
    disabled()
    town = start_run(actor=maker(), area_code=TOWN, month=NOVEMBER, at=AT)
    county = start()
    start_run(actor=maker(), area_code=OTHER_TOWN, month=NOVEMBER, at=AT)
    assert list(Run.objects.filter(is_abandoned=True)) == [town]
    assert Run.objects.get(pk=county.pk).is_abandoned is False


def test_the_county_is_told_to_run_again_when_a_town_was_paid_meanwhile() -> None:
    disabled()
    county = start()
    submit(start_run(actor=maker(), area_code=TOWN, month=NOVEMBER, at=AT))
    with pytest.raises(Refused, match="请重新测算"):
        submit(county)


def test_an_area_that_is_none_is_refused_on_the_page() -> None:
    client = Client()
    client.force_login(maker())
    assert client.post("/runs/start-run/", {"month": "2024-11", "area": "x"}).status_code == 409
    assert client.post("/runs/start-run/", {"month": "2024-11", "area": "110000000000"}).status_code == 404
