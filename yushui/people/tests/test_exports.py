"""A list with whole numbers leaves the house only when somebody else allowed it, and the log says who."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from yushui.accounts.tests.factories import COUNTY, make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.people.models import ExportRequest, ExportState
from yushui.people.tests.factories import make_person
from yushui.people.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    return signed_in(make_user(Role.DESK_OFFICER, area=COUNTY))


@pytest.fixture
def approver() -> Client:
    return signed_in(make_user(Role.APPROVER, area=COUNTY))


def asked(clerk: Client, purpose: str = "医保参保核对") -> ExportRequest:
    answer = clerk.post(reverse("export-people"), {"purpose": purpose, "in_full": "yes"})
    assert answer.status_code == 302
    return ExportRequest.objects.latest("pk")


def decide(client: Client, request: ExportRequest, answer: str, opinion: str = "") -> int:
    where = reverse("decide-export", args=[request.pk])
    return client.post(where, {"answer": answer, "opinion": opinion}).status_code


def take(client: Client, request: ExportRequest) -> tuple[int, bytes]:
    answer = client.post(reverse("take-export", args=[request.pk]))
    return answer.status_code, answer.content


def test_whole_numbers_leave_after_somebody_else_agreed(clerk: Client, approver: Client) -> None:
    person = make_person()
    request = asked(clerk)
    assert take(clerk, request)[0] == 409
    assert decide(clerk, request, "approve") == 409
    assert ExportRequest.objects.get().state == ExportState.ASKED
    assert decide(approver, request, "approve", "仅用于核对") == 302
    status, content = take(clerk, request)
    assert status == 200
    assert openpyxl.load_workbook(BytesIO(content)).active["F2"].value == person.id_number
    actions = list(Entry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["people.export.asked", "people.export.decided", "people.list.exported"]
    assert not Entry.objects.filter(detail__contains=person.id_number).exists()


def test_only_who_asked_may_take_it(clerk: Client, approver: Client) -> None:
    make_person()
    request = asked(clerk)
    decide(approver, request, "approve")
    other = signed_in(make_user(Role.DESK_OFFICER, area=COUNTY, username="another-desk"))
    assert take(other, request)[0] == 404
    assert take(approver, request)[0] == 409  # may decide, may not see numbers


def test_refusing_needs_a_reason_and_is_final(clerk: Client, approver: Client) -> None:
    make_person()
    request = asked(clerk)
    assert decide(approver, request, "refuse") == 422
    assert decide(approver, request, "refuse", "请按镇提出") == 302
    assert decide(approver, request, "approve") == 422
    assert take(clerk, request)[0] == 409


def test_an_approval_runs_out_after_seven_days(clerk: Client, approver: Client) -> None:
    make_person()
    request = asked(clerk)
    decide(approver, request, "approve")
    decided = ExportRequest.objects.get().decided_at
    ExportRequest.objects.update(decided_at=decided - timedelta(days=7, minutes=1))
    status, content = take(clerk, request)
    assert (status, "已超过 7 天" in content.decode()) == (409, True)


def test_who_may_not_see_numbers_cannot_ask_for_them(approver: Client) -> None:
    make_person()
    address = reverse("export-people")
    assert approver.post(address, {"purpose": "核对", "in_full": "yes"}).status_code == 409
    assert approver.post(address, {"purpose": "核对"}).status_code == 200


def test_one_who_holds_both_posts_cannot_agree_to_the_own_request() -> None:
    make_person()
    both = signed_in(make_user(Role.DESK_OFFICER, Role.APPROVER, area=COUNTY))
    request = asked(both)
    assert decide(both, request, "approve") == 422
    assert ExportRequest.objects.get().state == ExportState.ASKED
