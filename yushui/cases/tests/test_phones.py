"""A stranger who asks leaves a telephone number with the case: sealed, masked, shown on purpose and logged."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from yushui.accounts.models import User
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.cases.models import Case
from yushui.cases.services.phones import reveal_case_phone
from yushui.cases.tests.factories import AT, auditor, clerk, key, leader, make_county, petition
from yushui.people.tests.factories import VILLAGE

pytestmark = pytest.mark.django_db
PHONE = "13900001234"


@pytest.fixture(autouse=True)
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-07")
    make_county()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_number_is_kept_sealed_and_typed_as_a_hurried_clerk_types_it() -> None:
    case = petition(asker_phone=" 139 0000-1234 ")
    assert Case.objects.get(pk=case.pk).asker_phone == PHONE
    with connection.cursor() as cursor:
        cursor.execute("SELECT asker_phone FROM cases_case")
        assert "1234" not in cursor.fetchone()[0]
    with pytest.raises(Refused, match="7 至 12 位"):
        petition(asker_phone="没有电话")


def test_the_page_masks_it_and_shows_it_once_for_a_purpose_that_is_logged() -> None:
    case, client = petition(asker_phone=PHONE), signed_in(clerk())
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "*******1234" in page
    assert PHONE not in page
    address = f"/cases/{case.pk}/reveal-case-phone/"
    refused = client.post(address, {"purpose": " "})
    assert (refused.status_code, PHONE in refused.content.decode()) == (422, False)
    assert PHONE in client.post(address, {"purpose": "通知来取答复"}).content.decode()
    entry = Entry.objects.filter(action="cases.case.phone_revealed").get()
    assert "通知来取答复" in entry.detail
    assert not any(PHONE in (row.detail or "") for row in Entry.objects.all())


def test_who_does_not_handle_the_case_is_not_shown_it() -> None:
    case = petition(asker_phone=PHONE)
    for user in (leader(), auditor()):
        with pytest.raises((NotFound, Refused)):
            reveal_case_phone(actor=user, case_id=case.pk, purpose="看看", at=AT)
        assert signed_in(user).get(f"/cases/{case.pk}/reveal-case-phone/").status_code in {403, 404}


def test_a_number_comes_later_by_a_correction_and_its_history_says_no_digit() -> None:
    case, client = petition(asker_phone=PHONE), signed_in(clerk())
    form = {"title": case.title, "text": "", "cause": "", "asker_phone": "0990-7654321", "revision": case.revision}
    assert client.post(f"/cases/{case.pk}/change-case/", form).status_code == 302
    case.refresh_from_db()
    assert case.asker_phone == "09907654321"
    assert case.steps.latest("id").words == "联系电话"
    form = {**form, "asker_phone": "", "title": "改了标题", "revision": case.revision}
    client.post(f"/cases/{case.pk}/change-case/", form)
    case.refresh_from_db()
    assert (case.asker_phone, case.title) == ("09907654321", "改了标题")


def test_a_clerk_is_reminded_when_a_stranger_left_no_number() -> None:
    form = {
        "kind": "PETITION_VISIT",
        "title": "反映优待金",
        "asker_name": "王德胜",
        "area": VILLAGE,
        "channel": "VISIT",
    }
    client = signed_in(clerk())
    page = client.post("/cases/open-case/", {**form, "client_key": key()}, follow=True).content.decode()
    assert "没有留电话" in page
    typed = {**form, "client_key": key(), "asker_phone": PHONE}
    page = client.post("/cases/open-case/", typed, follow=True).content.decode()
    assert "没有留电话" not in page
