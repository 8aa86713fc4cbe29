"""The pages of runs and payments as a browser meets them: every step by its button, every figure a link that opens."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base import jobs
from yushui.benefits.models import Hold, LocalValue, Run
from yushui.benefits.tests.factories import AT, disabled, make_law, pay, start, submit
from yushui.payments.models import Batch, Line
from yushui.payments.tests.factories import answer_to, approver, maker, reviewer
from yushui.people.models import BankAccount

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2024-11-21")
    make_law()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_whole_path_by_buttons_with_three_people() -> None:
    good, bad = disabled(), disabled(name="李建国")
    desk = signed_in(maker())
    answer = desk.post("/runs/start-run/", {"month": "2024-11"}, follow=True)
    assert "正在测算" in answer.content.decode()
    jobs.run_all()
    answer = desk.get(answer.request["PATH_INFO"], follow=True)
    assert "2 人 8,030.00 元" in words_of(answer.content.decode())
    run = Run.objects.get()
    answer = desk.post(f"/runs/{run.pk}/submit-batch/", follow=True)
    batch = Batch.objects.get()
    assert "复核" in answer.content.decode()
    assert desk.post(f"/batches/{batch.pk}/review-batch/").status_code == 409
    signed_in(reviewer()).post(f"/batches/{batch.pk}/review-batch/")
    signed_in(approver()).post(f"/batches/{batch.pk}/approve-batch/")
    desk.post(f"/batches/{batch.pk}/make-bank-file/", {"profile": "rural_bank_csv"})
    batch.refresh_from_db()
    assert batch.state == "SENT"
    sent = desk.post(f"/batches/{batch.pk}/download-bank-file/")
    assert sent.content.decode("gbk").splitlines()[0].split(",")[3:5] == ["2", "8030.00"]
    returned = SimpleUploadedFile("回单.csv", answer_to(batch, failed={bad.pk: "账户已销户"}))
    answer = desk.post(f"/batches/{batch.pk}/take-return/", {"file": returned}, follow=True)
    assert "回单已导入,每一笔都有了结果。" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == "SETTLED"
    queue = words_of(desk.get("/failed-payments/").content.decode())
    assert "李建国" in queue
    assert "账户已销户" in queue
    assert good.name not in queue


@pytest.mark.parametrize(
    "show",
    ["", "differs", "new", "stopped", "changed", "arrears", "held", "asked", "overpaid", "noted", "to_pay", "last",
     "died", "no_account", "refused_account", "other_holder", "shared", "on_hold", "twin", "unconfirmed", "<x>"],
)  # fmt: skip
def test_every_figure_opens_its_lines(show: str) -> None:
    disabled()
    run = start()
    answer = signed_in(maker()).get(f"/runs/{run.pk}/lines/", {"show": show, "area": "990101"})
    assert answer.status_code == 200


def test_figures_on_the_preview_are_links_to_lists_that_are_not_empty() -> None:
    disabled()
    run = start()
    page = signed_in(maker()).get(f"/runs/{run.pk}/").content.decode()
    links = set(re.findall(rf'href="(/runs/{run.pk}/lines/\?show=\w+)"', page))
    assert f"/runs/{run.pk}/lines/?show=new" in links
    assert "陈志强" in signed_in(maker()).get(f"/runs/{run.pk}/lines/?show=new").content.decode()


def test_a_stale_run_is_refused_on_its_own_page() -> None:
    person = disabled()
    run = start()
    BankAccount.objects.filter(person=person).update(is_confirmed=False)
    answer = signed_in(maker()).post(f"/runs/{run.pk}/submit-batch/")
    assert answer.status_code == 409
    assert "请重新测算" in answer.content.decode()


def test_the_maker_is_told_on_the_page_who_must_review() -> None:
    disabled()
    both = make_user(Role.DESK_OFFICER, Role.REVIEWER, username="both", full_name="周明兼")
    reviewer()
    client = signed_in(both)
    client.post("/runs/start-run/", {"month": "2024-11"})
    jobs.run_all()
    client.post(f"/runs/{Run.objects.get().pk}/submit-batch/")
    answer = client.post(f"/batches/{Batch.objects.get().pk}/review-batch/")
    assert answer.status_code == 409
    assert "本批由您提交,不能再由您复核" in answer.content.decode()
    assert "林晓燕" in answer.content.decode()


def test_sending_back_keeps_the_page_when_no_reason_is_given() -> None:
    disabled()
    batch = submit(start())
    client = signed_in(reviewer())
    assert client.get(f"/batches/{batch.pk}/send-back-batch/").status_code == 200
    assert client.post(f"/batches/{batch.pk}/send-back-batch/", {"reason": ""}).status_code == 409
    assert client.post(f"/batches/{batch.pk}/send-back-batch/", {"reason": "请核对等级"}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "DRAFT"


def test_the_explanation_shows_law_amount_and_masked_number() -> None:
    person = disabled()
    run = start()
    page = signed_in(maker()).get(f"/people/{person.pk}/due/?run={run.pk}").content.decode()
    assert "4,015.00" in page
    assert person.id_number not in page
    assert person.id_number[-4:] in page
    assert "重算与测算时不一致" not in page


def test_the_explanation_says_so_when_the_stored_lines_differ() -> None:
    person = disabled()
    run = start()
    status = person.statuses.get()
    status.grade = 5
    status.save()  # the past was rewritten under the run, which no service does
    page = signed_in(maker()).get(f"/people/{person.pk}/due/?run={run.pk}").content.decode()
    assert "重算与测算时不一致" in page


def test_the_printed_sheet_carries_the_amount_in_words() -> None:
    person = disabled()
    start()
    page = signed_in(maker()).get(f"/people/{person.pk}/due/print/").content.decode()
    assert "肆仟零壹拾伍元" in page
    assert person.id_number not in page


@pytest.mark.parametrize(
    "asked", ["run=999999", "run=abc", "batch=1", "month=2024-13", "month=9999-99", "run=" + "9" * 30]
)
def test_an_odd_address_of_the_explanation_is_a_page_or_not_found(asked: str) -> None:
    person = disabled()
    start()
    assert signed_in(maker()).get(f"/people/{person.pk}/due/?{asked}").status_code in (200, 404)


def test_a_person_is_held_and_released_on_the_page() -> None:
    person = disabled()
    client = signed_in(maker())
    start()
    client.post(f"/people/{person.pk}/hold-person/", {"reason": "等待核查"})
    assert "等待核查" in client.get(f"/people/{person.pk}/due/").content.decode()
    client.post(f"/people/{person.pk}/release-person/")
    assert Hold.objects.filter(released_at=None).count() == 0


def test_a_local_value_is_entered_corrected_and_the_old_one_kept() -> None:
    client = signed_in(maker())
    wrong = client.post("/local-values/set-local-value/", {"name": "average_wage", "year": "2023", "fen": "7万"})
    assert wrong.status_code == 200
    assert "金额应为数字" in wrong.content.decode()
    for yuan in ("77400", "77401.50"):
        sent = {"name": "average_wage", "year": "2023", "fen": yuan, "document": "省统计公报"}
        assert client.post("/local-values/set-local-value/", sent).status_code == 302
    assert LocalValue.objects.filter(superseded_at=None).get().fen == 7_740_150
    assert LocalValue.objects.count() == 2
    assert Entry.objects.filter(action="benefits.value.set").count() == 2
    assert "已更正" in client.get("/local-values/?past=1").content.decode()


@pytest.mark.parametrize("month", ["", "2024-13", "x", "2030-01", "1999-01", "٢٠٢٤-١١"])
def test_a_month_that_cannot_be_run_is_refused_on_the_page(month: str) -> None:
    answer = signed_in(maker()).post("/runs/start-run/", {"month": month})
    assert answer.status_code == 409
    assert "月份" in answer.content.decode()


def test_rosters_print_and_download_and_full_numbers_need_a_purpose() -> None:
    person = disabled()
    batch = submit(start())
    client = signed_in(maker())
    for address in ("roster/", "print-roster/", "return-rows/", "roster/?area=990101001000&result=WAITING"):
        assert client.get(f"/batches/{batch.pk}/{address}").status_code == 200
    assert "石桥镇 北洲村" in client.get(f"/batches/{batch.pk}/print-roster/").content.decode()
    for purpose, in_full in (("", False), ("送财政局核拨", True)):
        answer = client.post(f"/batches/{batch.pk}/download-roster/", {"purpose": purpose})
        assert answer.content[:2] == b"PK"
        entry = Entry.objects.filter(action="payments.roster.downloaded").order_by("-id")[0]
        assert f'"in_full": {str(in_full).lower()}' in entry.detail
    assert person.id_number not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_recoveries_are_listed_and_recorded() -> None:
    client = signed_in(maker())
    assert client.get("/recoveries/").status_code == 200
    assert client.get("/recoveries/?closed=1").status_code == 200
    assert client.get("/recoveries/77/record-recovered/").status_code == 404


def test_batches_of_another_county_are_not_found() -> None:
    person = disabled()
    batch = submit(start())
    run = Run.objects.get()
    stranger = signed_in(make_user(Role.DESK_OFFICER, area="990102000000", username="stranger"))
    for address in (
        f"/batches/{batch.pk}/", f"/batches/{batch.pk}/roster/", f"/batches/{batch.pk}/make-bank-file/",
        f"/batches/{batch.pk}/take-return/", f"/runs/{run.pk}/", f"/runs/{run.pk}/lines/", f"/people/{person.pk}/due/",
    ):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
    for address in (f"/batches/{batch.pk}/download-bank-file/", f"/runs/{run.pk}/submit-batch/"):
        assert stranger.post(address).status_code == 404, address


def test_the_bank_may_send_nothing_at_all() -> None:
    disabled()
    batch = pay(start())
    assert signed_in(maker()).post(f"/batches/{batch.pk}/take-return/").status_code == 409


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), name=st.text("ab.é银行", max_size=20))
def test_any_upload_as_a_return_is_a_page_with_problems(content: bytes, name: str) -> None:
    batch = Batch.objects.filter(state="SENT").first() or sent_batch()
    upload = SimpleUploadedFile(f"回单{name}x", content)
    answer = signed_in(maker()).post(f"/batches/{batch.pk}/take-return/", {"file": upload})
    assert answer.status_code == 409
    assert Line.objects.filter(result="WAITING").count() == 1


def sent_batch() -> Batch:
    disabled()
    batch = submit(start())
    signed_in(reviewer()).post(f"/batches/{batch.pk}/review-batch/")
    signed_in(approver()).post(f"/batches/{batch.pk}/approve-batch/")
    signed_in(maker()).post(f"/batches/{batch.pk}/make-bank-file/", {"profile": "postal_bank_fixed"})
    batch.refresh_from_db()
    assert (batch.state, batch.created_at) == ("SENT", AT)
    return batch
