"""The demo county: the same seed and day give the same people and money, all numbers are invented and valid."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest
from django.db import transaction
from django.db.models import Sum

from yushui.accounts.models import User
from yushui.accounts.types import Role
from yushui.activities.models import Activity, Campaign, Visit
from yushui.audit.selectors import breaks
from yushui.base.days import month_at
from yushui.base.refusals import Refused
from yushui.benefits.services.runs import start_run
from yushui.payments.models import Batch, BatchState, Line
from yushui.people.models import Person, Status
from yushui.people.rules import passes_luhn, problem_of_number
from yushui.people.tests.factories import make_person
from yushui.people.types import ENTITLED_KINDS
from yushui.places.models import Area
from yushui.workbench.demo.build import build_county
from yushui.workbench.demo.kinds import heads_by_kind
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.numbers import Numbers
from yushui.workbench.demo.staff import FIXED, PASSWORD
from yushui.workbench.demo.towns import list_villages
from yushui.workbench.house import load_catalogues

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 2, tzinfo=UTC)


def build(seed: int = 7, people: int = 200) -> None:
    load_catalogues(at=AT)
    build_county(people=people, veterans=50, seed=seed, today=TODAY, at=AT, say=lambda _: None)


def test_numbers_are_invented_valid_and_handed_out_once() -> None:
    numbers = Numbers()
    identities = [numbers.identity(date(1960, 5, 1), sex) for sex in "MF" * 600]
    assert len(set(identities)) == 1200
    assert {number[:4] for number in identities} == {"9901"}
    assert {problem_of_number(number) for number in identities} == {None}
    assert [int(number[16]) % 2 for number in identities[:4]] == [1, 0, 1, 0]
    accounts = [numbers.account() for _ in range(500)]
    assert len(set(accounts)) == 500
    assert all(passes_luhn(number) for number in accounts)
    phones = [numbers.phone() for _ in range(500)]
    assert (len(set(phones)), {phone[:3] for phone in phones}, {len(phone) for phone in phones}) == (500, {"120"}, {11})


def test_the_county_has_two_hundred_villages_with_fixed_ones_where_everybody_expects_them() -> None:
    villages = {village.code: village.name for village in list_villages()}
    assert (len(villages), len(set(villages.values()))) == (200, 200)
    assert (villages["990101001001"], villages["990101001002"]) == ("北洲村", "柳湾村")


def test_every_kind_has_somebody_when_the_county_is_small() -> None:
    heads = heads_by_kind(12_000)
    assert (sum(heads.values()), set(heads), min(heads.values()) > 0) == (12_000, set(ENTITLED_KINDS), True)
    assert min(heads_by_kind(40).values()) == 1


def test_names_follow_the_seed() -> None:
    assert [invent_name(Random(1), "M", 1950) for _ in range(2)] == [invent_name(Random(1), "M", 1950)] * 2


@pytest.mark.django_db
@pytest.mark.slow
def test_a_county_is_built_whole_and_its_next_run_pays_only_what_is_new() -> None:
    build()
    assert Area.objects.get(pk="990101001001").full_name.endswith("云川县石桥镇北洲村")
    assert set(Status.objects.values_list("kind", flat=True)) >= set(ENTITLED_KINDS)
    fixed = User.objects.filter(username__in=[row[0] for row in FIXED])
    assert {Role(role) for role in fixed.values_list("held_roles__role", flat=True)} == set(Role)
    assert User.objects.get(username="desk").check_password(PASSWORD)
    assert Campaign.objects.filter(closed_at=None).count() == 1
    assert Visit.objects.count() > 50
    assert Activity.objects.count() > 300
    rewards = Batch.objects.filter(origin__startswith="/claims/").order_by("id")
    assert [batch.state for batch in rewards] == [BatchState.SETTLED] * 3 + [BatchState.SUBMITTED]
    batches = Batch.objects.exclude(pk__in=rewards).order_by("month")
    assert [batch.is_history for batch in batches] == [True] * 24 + [False]  # 23 months, and what doubles were paid
    assert sorted({batch.month for batch in batches}) == list(range(month_at("2024-11"), month_at("2026-11")))
    assert batches.last().state == BatchState.SENT
    for batch in (*batches, *rewards):
        assert batch.total_fen == batch.lines.aggregate(fen=Sum("fen"))["fen"]
    run = start_run(actor=User.objects.get(username="desk"), area_code="990101000000", month=month_at("2026-11"), at=AT)
    paid_in_full = run.lines.filter(cause="SETTLED", month__lt=month_at("2026-10")).count()
    assert paid_in_full == 0  # a month that is paid in full needs no line
    assert run.lines.filter(month=month_at("2026-11"), due_fen__gt=0).count() > 100
    assert list(breaks()) == []


@pytest.mark.django_db
@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_county() -> None:
    def taken() -> tuple[list[object], list[object]]:
        with transaction.atomic():
            build(people=60)
            people = [(p.name, p.id_number, p.area_id, p.died_on) for p in Person.objects.order_by("id")]
            lines = Line.objects.order_by("month", "person_id", "benefit")
            found = people, list(lines.values_list("person_id", "benefit", "month", "fen"))
            transaction.set_rollback(True)
        return found

    first = taken()
    assert len(first[1]) > 500
    assert taken() == first


@pytest.mark.django_db
def test_a_county_is_not_built_over_people_who_are_there() -> None:
    make_person()
    with pytest.raises(Refused, match="已经有人员"):
        build()
