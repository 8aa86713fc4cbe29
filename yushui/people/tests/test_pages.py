"""The pages of the register in the hands of those who may and those who may not."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base import clock
from yushui.people.models import BankAccount, Hardship, Person, PersonEvent, ResponsibleContact, Status
from yushui.people.tests.factories import (
    OTHER_TOWN_VILLAGE,
    OTHER_VILLAGE,
    TOWN,
    VILLAGE,
    make_account,
    make_areas,
    make_person,
    make_status,
    number_for,
)
from yushui.people.types import FILE_TABS

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def clerk() -> Client:
    make_areas()
    return signed_in(make_user(Role.TOWN_CLERK, area=TOWN))


def text_of(response) -> str:
    return response.content.decode()


def typed(**changes: str) -> dict[str, str]:
    born = date(1950, 5, 1)
    return {"name": "陈大山", "id_number": number_for(born), "area_code": VILLAGE} | changes


def test_list_people_shows_the_own_area_with_masked_numbers(clerk) -> None:
    mine, other = make_person(name="陈大山", phone="13800138000"), make_person(name="外乡人", area=OTHER_TOWN_VILLAGE)
    make_status(mine, kind="DISABLED_SOLDIER", grade=6, cause="DUTY")
    page = text_of(clerk.get(reverse("list-people")))
    assert "陈大山" in page
    assert "石桥镇 北洲村" in page
    assert "残疾军人 六级因公" in page
    assert "*******8000" in page
    assert other.name not in page
    assert mine.id_number not in page
    assert mine.id_number[6:14] not in page


def test_search_by_number_leaves_no_number_in_the_address(clerk) -> None:
    person = make_person(name="陈大山")
    make_person(name="王小河")
    answer = clerk.post(reverse("list-people"), {"text": person.id_number})
    assert answer.status_code == 302
    assert person.id_number not in answer.url
    page = text_of(clerk.get(answer.url))
    assert "陈大山" in page
    assert "王小河" not in page


def test_search_by_name_keeps_its_words_in_the_address(clerk) -> None:
    make_person(name="陈大山")
    answer = clerk.post(reverse("list-people"), {"text": "陈大", "area": VILLAGE, "kind": ""})
    assert answer.url == "/people/?text=%E9%99%88%E5%A4%A7&area=990101001001"
    assert "陈大山" in text_of(clerk.get(answer.url))


@pytest.mark.parametrize(
    "query",
    [
        "age_from=abc&age_to=999", "turning=7", "gap=x", "area=99x", "area=9901010010011", "state=NONE", "page=-1",
        "found_by=name:1", "found_by=:", "kind=DROP TABLE", "contact=99999999999999999999", "age_from=130&age_to=0",
        "birthday=week&confirm=missing&suspected_dead=yes&gap=no_account&turning=60", "text=%EF%BC%A1%01", "page=²",
        "age_from=٣", "kind=LOCAL_%01", "found_by=tail:%01", "text=%01",
        "life=dead&state=DIED", "text=%F4%8F%BF%BF", "text=%ED%9F%BF",
    ],
)  # fmt: skip
def test_list_people_takes_odd_addresses(clerk, query: str) -> None:
    make_person()
    assert clerk.get(f"{reverse('list-people')}?{query}").status_code == 200


@pytest.mark.parametrize("tab", [*FILE_TABS, "none"])
def test_show_person_opens_every_tab_without_full_numbers(clerk, tab: str) -> None:
    person = make_person(phone="13800138000")
    account = make_account(person)
    status = make_status(person, kind="DISABLED_SOLDIER", grade=6, cause="DUTY", approved_on=date(2003, 4, 10))
    clerk.post(reverse("add-hardship", args=[person.pk]), {"kind": "LIVING", "starts_on": "2024-01-01"})
    clerk.post(reverse("record-event", args=[person.pk]), {"what": "SENTENCED", "on": "2024-01-01"})
    page = clerk.get(reverse("show-person", args=[person.pk]), {"tab": tab})
    assert page.status_code == 200
    for number in (person.id_number, account.number, "13800138000"):
        assert number not in text_of(page)
    assert status.kind not in text_of(page)  # codes are said in words


def test_a_stranger_gets_404_everywhere(clerk) -> None:
    stranger = make_person(area=OTHER_TOWN_VILLAGE)
    status = make_status(stranger)
    hardship = Hardship.objects.create(
        person=stranger, kind="LIVING", starts_on=date(2024, 1, 1), recorded_at=status.recorded_at
    )
    names = (
        "show-person", "change-person", "add-status", "record-event", "confirm-person", "set-account", "add-hardship",
        "join-household", "reveal-number",
    )  # fmt: skip
    for name in names:
        assert clerk.get(reverse(name, args=[stranger.pk])).status_code == 404, name
    for name in names[1:]:
        assert clerk.post(reverse(name, args=[stranger.pk]), {}).status_code == 404, name
    assert clerk.get(reverse("change-status", args=[status.lineage])).status_code == 404
    assert clerk.get(reverse("end-status", args=[status.lineage])).status_code == 404
    assert clerk.get(reverse("end-hardship", args=[hardship.pk])).status_code == 404


def test_a_village_liaison_sees_the_village_only() -> None:
    make_person(name="北洲人")
    neighbour = make_person(name="柳湾人", area=OTHER_VILLAGE)
    liaison = signed_in(make_user(Role.LIAISON, area=VILLAGE))
    page = text_of(liaison.get(reverse("list-people")))
    assert "北洲人" in page
    assert "柳湾人" not in page
    assert "登记人员" not in page
    assert liaison.get(reverse("show-person", args=[neighbour.pk])).status_code == 404


def test_a_leader_may_not_open_the_register() -> None:
    make_person()
    leader = signed_in(make_user(Role.LEADER))
    assert leader.get(reverse("list-people")).status_code == 404


def test_add_person_leads_on_to_the_status(clerk) -> None:
    answer = clerk.post(reverse("add-person"), typed(phone="13800138000"))
    person = Person.objects.get()
    assert answer.url == reverse("add-status", args=[person.pk])
    assert (person.sex, person.born_on, person.area_id) == ("M", date(1950, 5, 1), VILLAGE)


def test_add_person_with_wrong_input_keeps_it_and_says_everything(clerk) -> None:
    page = clerk.post(
        reverse("add-person"),
        typed(name="", id_number="123", phone="1", born_on="1950-02-31", area_code="", address="北洲村三组"),
    )
    body = text_of(page)
    assert page.status_code == 200
    for words in ("没有填写姓名", "身份证号应为 18 位,这里是 3 位", "电话应为", "日期不存在", "没有填写户籍村(社区)"):
        assert words in body
    assert "共 6 处" in body  # the sex cannot be told from such a number
    assert 'value="北洲村三组"' in body
    assert Person.objects.count() == 0


def test_change_person_page_saves_and_returns_to_the_file(clerk) -> None:
    person = make_person(health="老毛病")
    page = text_of(clerk.get(reverse("change-person", args=[person.pk])))
    assert '<option value="老毛病" selected>' in page  # what an import brought in is not lost by opening the form
    answer = clerk.post(
        reverse("change-person", args=[person.pk]),
        typed(id_number=person.id_number, name="陈大川", health="老毛病", reason="户口簿"),
    )
    assert answer.url == reverse("show-person", args=[person.pk]) + "?tab=basic"
    person.refresh_from_db()
    assert (person.name, person.name_key, person.health) == ("陈大川", "cdc", "老毛病")


def test_add_status_shows_the_fields_of_its_kind(clerk) -> None:
    person = make_person()
    address = reverse("add-status", args=[person.pk])
    assert "伤残等级" not in text_of(clerk.get(address))
    assert "伤残等级" in text_of(clerk.get(address, {"kind": "DISABLED_SOLDIER"}))
    assert "参战(参试)类别" in text_of(clerk.get(address, {"kind": "WAR_VETERAN"}))
    sent = {"starts_on": "2003-05-01", "state": "RECEIVING", "grade": "6", "cause": "DUTY", "approved_on": "2003-04-10"}
    answer = clerk.post(f"{address}?kind=DISABLED_SOLDIER", sent)
    assert answer.status_code == 302
    status = Status.objects.get()
    assert (status.grade, status.cause, status.lineage) == (6, "DUTY", status.pk)


def test_add_status_with_wrong_input_says_everything(clerk) -> None:
    person = make_person()
    address = reverse("add-status", args=[person.pk]) + "?kind=DISABLED_SOLDIER"
    body = text_of(clerk.post(address, {"starts_on": "1900-01-01", "state": "X", "grade": "77", "cause": "ILLNESS"}))
    for words in ("早于出生日期", "没有“X”这一项", "伤残等级只有一级至十级", "没有填写批准日期"):
        assert words in body
    assert Status.objects.count() == 0


def test_change_status_page_keeps_columns_it_does_not_show(clerk) -> None:
    person = make_person()
    status = make_status(person, kind="MARTYR_CHILD", period="LIBERATION", starts_on=date(2012, 1, 1))
    address = reverse("change-status", args=[status.lineage])
    assert clerk.get(address).status_code == 200
    sent = {"starts_on": "2012-03-01", "state": "RECEIVING"}
    assert "没有填写原因" in text_of(clerk.post(address, sent))
    assert clerk.post(address, sent | {"reason": "抄错月份"}).status_code == 302
    now = Status.objects.get(superseded_at=None)
    assert (now.starts_on, now.period, now.lineage) == (date(2012, 3, 1), "LIBERATION", status.lineage)


def test_change_status_to_dead_is_refused(clerk) -> None:
    status = make_status(make_person(), kind="MARTYR_CHILD")
    sent = {"starts_on": "2010-01-01", "state": "DIED", "reason": "去世"}
    body = text_of(clerk.post(reverse("change-status", args=[status.lineage]), sent))
    assert "去世要记录去世事件" in body
    assert Status.objects.count() == 1


def test_end_status_page(clerk) -> None:
    status = make_status(make_person())
    address = reverse("end-status", args=[status.lineage])
    assert "没有填写原因" in text_of(clerk.post(address, {"state": "STOPPED", "ends_on": "2024-01-01"}))
    answer = clerk.post(address, {"state": "STOPPED", "ends_on": "2024-01-01", "reason": "进光荣院"})
    assert answer.status_code == 302
    assert Status.objects.get(superseded_at=None).ends_on == date(2024, 1, 1)


def test_record_death_and_withdraw_it(clerk) -> None:
    person = make_person()
    make_status(person)
    answer = clerk.post(
        reverse("record-event", args=[person.pk]), {"what": "DIED", "on": "2024-01-05", "detail": "ILLNESS"}
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.died_on == date(2024, 1, 5)
    body = text_of(clerk.get(reverse("show-person", args=[person.pk]), {"tab": "events"}))
    assert "病故" in body
    event = PersonEvent.objects.get()
    assert clerk.post(reverse("withdraw-event", args=[event.pk]), {"reason": ""}).status_code == 409
    assert clerk.post(reverse("withdraw-event", args=[event.pk]), {"reason": "误报"}).status_code == 302
    person.refresh_from_db()
    assert person.died_on is None


def test_confirm_person_by_the_liaison() -> None:
    person = make_person()
    liaison = signed_in(make_user(Role.LIAISON, area=VILLAGE))
    address = reverse("confirm-person", args=[person.pk])
    assert liaison.get(address).status_code == 200
    assert "请选择确认方式" in text_of(liaison.post(address, {"way": "X", "on": clock.today().isoformat()}))
    assert liaison.post(address, {"way": "HOME", "on": clock.today().isoformat()}).status_code == 302
    assert liaison.get(reverse("record-event", args=[person.pk])).status_code == 409


def test_set_account_asks_about_a_wrong_last_digit_and_another_name(clerk) -> None:
    person = make_person(name="陈大山")
    address = reverse("set-account", args=[person.pk])
    sent = {"bank": "云川农商行", "number": "6222 0000 0000 0000 001", "holder_name": "陈小山"}
    body = text_of(clerk.post(address, sent))
    assert "卡号最后一位对不上" in body
    assert "户名不是本人" in body
    assert BankAccount.objects.count() == 0
    assert "没有选代领人与本人的关系" in body
    sent |= {"holder_reason": "监护人代领", "holder_relation": "GUARDIAN", "is_checked": "on"}
    assert clerk.post(address, sent).status_code == 302
    account = BankAccount.objects.get()
    assert (account.number, account.holder_reason) == ("6222000000000000001", "监护人代领")
    assert account.number not in "".join(Entry.objects.values_list("detail", flat=True))


def test_set_account_again_keeps_the_old_one(clerk) -> None:
    person = make_person(name="陈大山")
    old = make_account(person)
    sent = {"bank": "邮储银行", "number": "60011122233", "holder_name": "陈大山"}
    clerk.post(reverse("set-account", args=[person.pk]), sent)
    old.refresh_from_db()
    assert old.superseded_at is not None
    assert BankAccount.objects.get(superseded_at=None).bank == "邮储银行"


def test_assign_contact_for_two_people_at_once(clerk) -> None:
    people = [make_person(name="陈大山"), make_person(name="王小河")]
    liaison = make_user(Role.LIAISON, area=VILLAGE, full_name="周明")
    stranger = make_person(area=OTHER_TOWN_VILLAGE)
    address = reverse("assign-contact")
    page = text_of(clerk.get(address, {"person": [people[0].pk, people[1].pk, stranger.pk, "x"]}))
    assert "共 2 人" in page
    sent = {"person": [p.pk for p in people], "on": "2026-01-01"}
    assert "没有填写包联人" in text_of(clerk.post(address, sent | {"user_id": ""}))
    assert clerk.post(address, sent | {"user_id": liaison.pk}).url == reverse("list-people")
    assert ResponsibleContact.objects.filter(ends_on=None, user_name="周明").count() == 2
    other = make_user(Role.LIAISON, area=VILLAGE, full_name="何静", username="hejing")
    clerk.post(address, {"person": [people[0].pk], "on": "2026-06-01", "user_id": other.pk})
    held = ResponsibleContact.objects.filter(person=people[0]).order_by("starts_on")
    assert [(c.user_name, c.ends_on) for c in held] == [("周明", date(2026, 6, 1)), ("何静", None)]


def test_hardship_found_and_left_behind(clerk) -> None:
    person = make_person()
    address = reverse("add-hardship", args=[person.pk])
    assert clerk.post(address, {"kind": "MEDICAL", "starts_on": "2025-01-01"}).status_code == 302
    assert "尚未解除" in text_of(clerk.post(address, {"kind": "MEDICAL", "starts_on": "2025-02-01"}))
    hardship = Hardship.objects.get()
    end = reverse("end-hardship", args=[hardship.pk])
    assert "早于发现日期" in text_of(clerk.post(end, {"ends_on": "2024-01-01"}))
    assert clerk.post(end, {"ends_on": "2025-06-01"}).status_code == 302


def test_household_is_made_with_its_head(clerk) -> None:
    head, wife = make_person(name="陈大山"), make_person(name="李桂英", sex="F")
    address = reverse("join-household", args=[wife.pk])
    assert "请选择与户主关系" in text_of(clerk.post(address, {"head_number": head.id_number}))
    assert clerk.post(address, {"head_number": head.id_number, "relation_to_head": "配偶"}).status_code == 302
    page = text_of(clerk.get(reverse("show-person", args=[head.pk]), {"tab": "household"}))
    assert "李桂英" in page
    assert clerk.post(reverse("leave-household", args=[wife.pk])).status_code == 302
    wife.refresh_from_db()
    assert wife.household is None


def test_reveal_number_shows_it_once_and_logs_the_purpose(clerk) -> None:
    person = make_person()
    address = reverse("reveal-number", args=[person.pk])
    assert person.id_number not in text_of(clerk.get(address, {"which": "id_number"}))
    assert "没有填写用途" in text_of(clerk.post(address, {"which": "id_number", "purpose": ""}))
    page = clerk.post(address, {"which": "id_number", "purpose": "核对户口簿"})
    assert person.id_number in text_of(page)
    assert "no-store" in page["Cache-Control"]
    assert person.id_number not in Entry.objects.get().detail


def test_export_people_needs_a_purpose_and_masks_numbers(clerk) -> None:
    person = make_person(name="=cmd()", phone="13800138000")
    address = reverse("export-people")
    assert clerk.post(address, {"purpose": ""}).status_code == 409
    answer = clerk.post(address + f"?area={VILLAGE}", {"purpose": "八一走访"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[2]]
    assert row[1] == "=cmd()"
    assert sheet["B2"].data_type == "s"  # text, never a formula
    assert row[5] == f"{person.id_number[:6]}********{person.id_number[-4:]}"
    entry = Entry.objects.filter(action="people.list.exported").last()
    assert '"in_full": false' in entry.detail
    assert person.id_number not in entry.detail


def test_no_page_of_the_file_holds_a_number_after_changes(clerk) -> None:
    clerk.post(reverse("add-person"), typed(phone="13800138000"))
    person = Person.objects.get()
    clerk.post(
        reverse("change-person", args=[person.pk]),
        typed(id_number=person.id_number, phone="13911112222", name="陈大川"),
    )
    body = text_of(clerk.get(reverse("show-person", args=[person.pk]), {"tab": "changes"}))
    assert "姓名:陈大山 → 陈大川" in body
    assert "联系电话已更换" in body
    assert re.findall(r"\d{11,}", re.sub(r"990101001001|csrfmiddlewaretoken.*?>", "", body)) == []


def test_list_units_says_so_when_there_are_none(clerk) -> None:
    assert "没有这样的单位" in text_of(clerk.get(reverse("list-units"), {"kind": "nonsense"}))
