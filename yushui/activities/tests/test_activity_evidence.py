"""Evidence of activities: several at once, the same once, each fault with its file's name, withdrawn but not lost."""

from __future__ import annotations

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity, ActivityEvidence
from yushui.activities.services.activities import record_activity
from yushui.activities.services.evidence import add_activity_evidence
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT, make_clerk, make_liaison
from yushui.activities.types import ActivityDraft
from yushui.base.evidence import Sent
from yushui.base.pictures import EXIF_IFD, MOST_BYTES, TAKEN_AT
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import OTHER_TOWN, make_areas

pytestmark = pytest.mark.django_db
PDF = Sent(content=b"%PDF-1.4 minutes", name="纪要.pdf")


@pytest.fixture(autouse=True)
def kinds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    make_areas()
    load_kinds(at=AT)


def photo(colour: str = "red", name: str = "照片.jpg") -> Sent:
    """A picture with the moment and the place a phone writes into it."""
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[TAKEN_AT] = "2026:02:01 09:30:00"
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif)
    return Sent(content=out.getvalue(), name=name)


def record(*sent: Sent) -> Activity:
    draft = ActivityDraft(kind="FORUM", on="2026-02-01", client_key=str(uuid.uuid4()))
    return record_activity(actor=make_clerk(), draft=draft, sent=sent, at=AT)


def test_several_pieces_come_with_the_entry_and_the_moment_is_kept() -> None:
    made = record(photo(), PDF, Sent(link="https://news.example/a"))
    pieces = made.evidence.order_by("id")
    assert [(p.title, p.is_photo, p.link) for p in pieces] == [
        ("照片.jpg", True, ""), ("纪要.pdf", False, ""), ("news.example", False, "https://news.example/a"),
    ]  # fmt: skip
    assert pieces[0].taken_at is not None
    assert pieces[0].taken_at.astimezone().minute == 30


def test_the_same_file_twice_is_one_and_kept_once_on_disk() -> None:
    made, other = record(photo(), photo(name="同一张.jpg")), record(photo())
    assert (made.evidence.count(), other.evidence.count()) == (1, 1)
    assert made.evidence.get().file_id == other.evidence.get().file_id
    assert add_activity_evidence(actor=make_clerk(), activity_id=made.pk, sent=[photo(), photo("blue")], at=AT) == 1


def test_every_fault_names_its_file_and_nothing_is_kept() -> None:
    bad = [
        Sent(content=b"MZ", name="程序.exe"), Sent(content=b"hello", name="假的.pdf"), Sent(content=b"", name="空.jpg"),
        Sent(content=b"x" * (MOST_BYTES + 1), name="太大.pdf"), Sent(link="ftp://x"), photo(),
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        record(*bad)
    assert [(problem.where, problem.what) for problem in refused.value.problems] == [
        ("程序.exe", "不能收这种文件"), ("假的.pdf", "内容不是 PDF 文件"), ("空.jpg", "照片文件是空的"),
        ("太大.pdf", "文件超过 20 MB"), ("链接", "不是完整的网址"),
    ]  # fmt: skip
    assert (Activity.objects.count(), ActivityEvidence.objects.count()) == (0, 0)


def test_pieces_are_added_later_looked_at_and_taken_out(client: Client) -> None:
    made = record()
    client.force_login(make_clerk())
    sent = photo()
    upload = SimpleUploadedFile(sent.name, sent.content, "image/jpeg")
    answer = client.post(f"/activities/{made.pk}/evidence/", {"evidence": upload, "link": "https://news.example/a"})
    assert answer["Location"] == f"/activities/{made.pk}/"
    piece = made.evidence.earliest("id")
    shown = client.get(f"/activities/files/{piece.pk}/")
    with Image.open(BytesIO(shown.content)) as kept:
        assert (shown["Content-Type"], dict(kept.getexif().get_ifd(0x8825))) == ("image/jpeg", {})
    assert client.post(f"/activities/files/{piece.pk}/withdraw/").status_code == 302
    assert client.get(f"/activities/files/{piece.pk}/").status_code == 404
    assert ActivityEvidence.objects.count() == 2


def test_faults_keep_the_page_and_strangers_see_nothing(client: Client) -> None:
    made = record(photo())
    client.force_login(make_clerk())
    upload = SimpleUploadedFile("照片.jpg", b"no picture", "image/jpeg")
    answer = client.post(f"/activities/{made.pk}/evidence/", {"evidence": upload, "link": "https://news.example/a"})
    page = answer.content.decode()
    assert (answer.status_code, "不是可以打开的" in page, "https://news.example/a" in page) == (422, True, True)
    client.force_login(make_user(Role.TOWN_CLERK, area=OTHER_TOWN))
    assert client.get(f"/activities/files/{made.evidence.get().pk}/").status_code == 404
    with pytest.raises(NotFound):  # the liaison of a village does not see the town's
        add_activity_evidence(actor=make_liaison(), activity_id=made.pk, sent=[PDF], at=AT)
