"""Entries from a phone: each answered on its own, each recorded once, none under another name."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from yushui.accounts.models import User
from yushui.activities.models import Visit
from yushui.activities.tests.factories import make_liaison, make_other_liaison
from yushui.base.pictures import MOST_BYTES
from yushui.people.models import Person, PersonEvent
from yushui.people.tests.factories import make_person, make_status
from yushui.phone.models import SentEntry

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef0123456789abcdef"
SEND = "/phone/send-entries/"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")


@pytest.fixture
def liaison() -> User:
    return make_liaison()


@pytest.fixture
def person(liaison: User) -> Person:
    found = make_person(name="李秀英")
    make_status(found)
    return found


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def visit_of(person: Person, **typed: Any) -> dict[str, Any]:
    return {"kind_of_entry": "visit", "client_key": KEY, "person": str(person.pk), "way": "HOME", "on": "2026-02-10",
            "cash": "200", **typed}  # fmt: skip


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), "#2c5b4a").save(made, "JPEG")
    return made.getvalue()


def test_a_visit_with_photo_is_taken(liaison: User, person: Person) -> None:
    photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    answer = client_of(liaison).post(SEND, visit_of(person, owner=str(liaison.pk), photo=photo))
    assert (answer.status_code, answer.json()["words"]) == (200, "已记下:李秀英,上门,慰问金 200.00 元")
    assert Visit.objects.get().photo is not None


def test_the_same_entry_sent_five_times_is_one_visit(liaison: User, person: Person) -> None:
    client = client_of(liaison)
    answers = [client.post(SEND, visit_of(person)) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [answer.json()["again"] for answer in answers] == [False, True, True, True, True]
    assert Visit.objects.count() == 1


def test_the_same_confirmation_sent_twice_is_taken_twice(liaison: User, person: Person) -> None:
    sent = {"kind_of_entry": "confirm", "client_key": KEY, "person": person.pk, "way": "HOME", "on": "2026-02-09"}
    answers = [client_of(liaison).post(SEND, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert PersonEvent.objects.filter(what="CONFIRMED").count() == 1


def test_all_problems_come_at_once_and_nothing_stays(liaison: User, person: Person) -> None:
    answer = client_of(liaison).post(SEND, visit_of(person, way="", on="2026-02-11", cash="多"))
    assert answer.status_code == 422
    assert {problem["where"] for problem in answer.json()["problems"]} == {"走访方式", "走访日期", "慰问金"}
    assert SentEntry.objects.count() == 0


def test_a_refused_entry_may_be_mended_and_sent_with_its_key(liaison: User, person: Person) -> None:
    client = client_of(liaison)
    assert client.post(SEND, visit_of(person, way="")).status_code == 422
    assert client.post(SEND, visit_of(person)).status_code == 200


def test_an_entry_of_another_user_is_never_recorded(liaison: User, person: Person) -> None:
    answer = client_of(liaison).post(SEND, visit_of(person, owner=str(liaison.pk + 1)))
    assert (answer.status_code, Visit.objects.count(), SentEntry.objects.count()) == (409, 0, 0)


def test_a_key_of_another_user_tells_nothing(liaison: User, person: Person) -> None:
    client_of(liaison).post(SEND, visit_of(person))
    answer = client_of(make_other_liaison()).post(SEND, visit_of(person))
    assert answer.json()["problems"][0]["what"] == "这张表单已经用过"


def test_a_person_out_of_reach_is_refused_with_the_next_step(person: Person) -> None:
    answer = client_of(make_other_liaison()).post(SEND, visit_of(person))
    assert (answer.status_code, answer.json()["problems"][0]["what"]) == (422, "找不到这个人或这次行动")


def test_an_expired_session_is_sent_to_the_login(person: Person) -> None:
    answer = Client().post(SEND, visit_of(person))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("body", ["{", "[]", '{"way": 5}', '{"way": "\\u0000"}', "[" * 100_000])
def test_bad_json_is_answered_400(liaison: User, body: str) -> None:
    answer = client_of(liaison).post(SEND, body, content_type="application/json")
    assert (answer.status_code, answer.json()["problems"][0]["what"]) == (400, "送来的内容读不懂")


def test_good_json_is_taken(liaison: User, person: Person) -> None:
    body = json.dumps(visit_of(person, goods=["米 10kg", "油 5L"]))
    assert client_of(liaison).post(SEND, body, content_type="application/json").status_code == 200
    assert Visit.objects.get().goods == "米 10kg、油 5L"


def test_a_photo_too_large_is_refused(liaison: User, person: Person) -> None:
    photo = SimpleUploadedFile("a.jpg", picture() + b"\0" * MOST_BYTES, "image/jpeg")
    answer = client_of(liaison).post(SEND, visit_of(person, photo=photo))
    assert (answer.status_code, answer.json()["problems"][0]["what"]) == (422, "照片超过 20 MB")


def test_an_unknown_sort_and_a_missing_key_are_refused(liaison: User) -> None:
    answer = client_of(liaison).post(SEND, {"kind_of_entry": "wish"})
    assert [p["what"] for p in answer.json()["problems"]] == ["表单缺少编号", "没有这种登记"]


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/phone/visit/", {"way": "PHONE", "on": "2026-02-10"}),
        ("/phone/confirm/", {"way": "HOME", "on": "2026-02-10"}),
    ],
)
def test_the_forms_work_without_script(liaison: User, person: Person, address: str, sent: dict[str, str]) -> None:
    client = client_of(liaison)
    assert client.post(address, {**sent, "client_key": KEY, "person": person.pk, "way": ""}).status_code == 422
    answer = client.post(address, {**sent, "client_key": KEY, "person": person.pk})
    assert (answer.status_code, answer["Location"], SentEntry.objects.count()) == (302, "/phone/", 1)


def test_kept_pages_hold_no_hardship_and_no_number(liaison: User, person: Person) -> None:
    """What the browser keeps: names, villages, days, marks. The page of the person does show more, and is not kept."""
    number = person.id_number
    Person.objects.filter(pk=person.pk).update(address="北洲村一组 7 号")
    client = client_of(liaison)
    for path in ("", "people/", "visit/", "activity/", "confirm/", "case/", "queue/"):
        text = client.get(f"/phone/{path}").content.decode()
        assert "7 号" not in text
        assert number not in text
    answer = client.get(f"/phone/people/{person.pk}/")
    assert "7 号" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_the_worker_names_its_version_and_every_file_it_keeps(liaison: User) -> None:
    text = client_of(liaison).get("/service-worker.js").content.decode()
    kept = json.loads(text.split("\n", 1)[0].removeprefix("self.KEPT = ").rstrip(";"))
    assert "/phone/people/" in kept["pages"]
    assert len(kept["version"]) == 12
    assert len(kept["files"]) == 11
