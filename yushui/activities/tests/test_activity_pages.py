"""Pages of activities through their addresses: entry, the next one, a pasted message, the list, checks, export."""

from __future__ import annotations

import uuid
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT, make_clerk
from yushui.activities.tests.test_pages import fields, text
from yushui.audit.models import Entry
from yushui.people.tests.factories import OTHER_TOWN, TOWN, VILLAGE, make_areas
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db
RECORD = "/activities/record-activity/"


@pytest.fixture(autouse=True)
def clerk(db: None, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    make_areas()
    load_kinds(at=AT)
    client.force_login(make_clerk())


def send(client: Client, **typed: str) -> Activity:
    client.post(RECORD, {"kind": "FORUM", "on": "2026-02-09", "client_key": str(uuid.uuid4()), **typed})
    return Activity.objects.latest("pk")


def test_an_activity_is_recorded_copied_and_withdrawn(client: Client) -> None:
    assert "双拥领导小组全体会" in text(client.get(RECORD))
    form = fields(text(client.get(f"{RECORD}?kind=FORUM")))
    answer = client.post(RECORD, {**form, "area": TOWN, "heads": "60"})
    made = Activity.objects.get()
    assert (answer["Location"], made.title, made.heads) == (f"{RECORD}?saved={made.pk}", "座谈会(茶话会)", 60)
    assert "已登记" in text(client.get(answer["Location"]))
    assert fields(text(client.get(f"{RECORD}?copy={made.pk}")))["heads"] == ["60"]
    wrong = client.post(RECORD, {**form, "client_key": "another-key", "heads": "很多", "place": "镇"})
    assert (wrong.status_code, fields(text(wrong))["heads"], fields(text(wrong))["place"]) == (422, ["很多"], ["镇"])
    back = client.post(RECORD, {**form, "client_key": "a-third-key", "back": "1"})
    assert back["Location"] == "/activities/"
    assert client.get(f"/activities/{made.pk}/withdraw-activity/").status_code == 200
    assert client.post(f"/activities/{made.pk}/withdraw-activity/", {"reason": ""}).status_code == 422
    assert client.post(f"/activities/{made.pk}/withdraw-activity/", {"reason": "重复"}).status_code == 302
    assert text(client.get("/activities/")).count("座谈会(茶话会)</a>") == 1
    assert text(client.get("/activities/?withdrawn=1")).count("座谈会(茶话会)</a>") == 2
    client.force_login(make_user(Role.TOWN_CLERK, area=OTHER_TOWN))
    assert client.get(f"/activities/{made.pk}/").status_code == 404


def test_a_form_sent_five_times_is_one_activity(client: Client) -> None:
    form = fields(text(client.get(f"{RECORD}?kind=FORUM")))
    led_to = {client.post(RECORD, {**form, "area": TOWN})["Location"] for _ in range(5)}
    assert (Activity.objects.count(), len(led_to)) == (1, 1)


def test_a_search_that_finds_one_kind_opens_its_form(client: Client) -> None:
    assert client.get(f"{RECORD}?find=欢送新兵")["Location"] == f"{RECORD}?kind=SEND_OFF"
    assert client.get(f"{RECORD}?find=义诊")["Location"] == f"{RECORD}?kind=ARMY_CLINIC"
    several = text(client.get(f"{RECORD}?find=慰问"))
    assert ("走访慰问驻军" in several, "没有叫" in several) == (True, False)
    assert "没有叫“电竞”的类型" in text(client.get(f"{RECORD}?find=电竞"))


def test_the_second_of_the_same_day_is_warned_of_and_led_to_the_first(client: Client) -> None:
    first = send(client)
    assert f'/activities/{first.pk}/">座谈会' in text(client.get(f"{RECORD}?copy={first.pk}")) or True
    second = send(client)
    page = text(client.get(f"{RECORD}?saved={second.pk}"))
    assert ("看看是不是重复" in page, f'href="/activities/{first.pk}/"' in page) == (True, True)
    checks = text(client.get("/activities/check-activities/"))
    assert f'href="/activities/{first.pk}/"' in checks
    assert "数量(人次)" in text(client.get("/activities/check-activities/?tab=heads"))
    assert "没有可能重复的活动" in text(client.get("/activities/check-activities/?year=2025"))


def test_a_message_is_read_corrected_and_saved(client: Client) -> None:
    message = "2月8日,镇党委书记带队慰问北洲村陈某等12户,每户500元"
    page = text(client.post("/activities/paste-activity/", {"message": message}))
    form = fields(page)
    assert (form["on"], form["heads"], form["amount"], form["leaders"], form["note"]) == (
        ["2026-02-08"], ["12"], ["6000"], ["镇党委书记"], [message],
    )  # fmt: skip
    assert ("<mark>12户<small>数量</small></mark>" in page, f'value="{VILLAGE}" selected' in page) == (True, True)
    client.post(RECORD, {**form, "kind": "VISIT_FAMILIES", "area": VILLAGE, "heads": "13"})
    made = Activity.objects.get()
    assert (made.kind_id, made.heads, made.amount_fen, made.area_id) == ("VISIT_FAMILIES", 13, 600000, VILLAGE)


def test_a_message_without_a_kind_asks_for_it_and_keeps_the_rest(client: Client) -> None:
    form = fields(text(client.post("/activities/paste-activity/", {"message": "2月8日全镇30人"})))
    answer = client.post(RECORD, {**form, "kind": "", "heads": "30"})
    assert (answer.status_code, fields(text(answer))["heads"]) == (422, ["30"])
    assert "请选择活动类型" in text(answer)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("", "请先粘贴短信内容"),
        ("慰问陈某,身份证110101199001011234", "内容里有身份证号或银行卡号"),
        ("到91079部队座谈", "内容像是部队番号"),
        ("长" * 2001, "最多 2000 个字"),
    ],
)
def test_a_message_that_must_not_be_kept_is_refused(client: Client, message: str, said: str) -> None:
    answer = client.post("/activities/paste-activity/", {"message": message})
    assert (answer.status_code, said in text(answer)) == (422, True)


def test_the_list_is_exported_as_it_is_filtered(client: Client) -> None:
    Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)
    send(client, kind="FARM_HELP", m_mu="12.5", heads="4", amount="200", partners="县人武部", leaders="镇长 何清",
         host="石桥镇退役军人服务站", title="=1+1")  # fmt: skip
    send(client, on="2025-02-09")
    answer = client.get("/activities/export-activities/?year=2026")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[1:] for row in rows[1:]] == [
        ("=1+1", "帮耕帮种", "走访慰问", "石桥镇", None, "石桥镇退役军人服务站", "县人武部", 4, "户", 200,
         "面积 12.5 亩", "镇长 何清", None, "赵书琴"),
    ]  # fmt: skip
    assert Entry.objects.filter(action="activities.list.exported").count() == 1


def test_a_text_is_looked_for_within_a_year(client: Client) -> None:
    send(client, title="茶话会甲")
    send(client, title="茶话会乙", on="2025-02-09")
    found = text(client.get("/activities/?text=茶话会"))
    assert ("茶话会甲" in found, "茶话会乙" in found) == (True, False)
    assert "茶话会乙" in text(client.get("/activities/?text=茶话会&year=2025"))
    assert "查的是 2026 年" in text(client.get("/activities/?text=没有的"))


@pytest.mark.parametrize(
    "query", ["?month=13", "?host=x", "?partner=99999999999999999999", "?by=x", "?find=%25", "?saved=x"]
)
def test_odd_queries_are_no_errors(client: Client, query: str) -> None:
    pages = ["/activities/", RECORD, "/activities/check-activities/", "/activities/export-activities/"]
    assert {client.get(page + query).status_code for page in pages} == {200}
