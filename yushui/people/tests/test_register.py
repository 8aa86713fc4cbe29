"""Entering and correcting persons: all problems at once, one person per number, nothing personal in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.people.models import Person
from yushui.people.services.register import PersonFacts, add_person, change_person, reveal_number
from yushui.people.tests.factories import (
    OTHER_TOWN,
    OTHER_TOWN_VILLAGE,
    TOWN,
    VILLAGE,
    make_account,
    make_areas,
    make_person,
    number_for,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
BORN = date(1950, 5, 1)


@pytest.fixture
def clerk():
    make_areas()
    return make_user(Role.TOWN_CLERK, area=TOWN)


def facts(**changes: object) -> PersonFacts:
    plain = PersonFacts(name="陈大山", sex="M", born_on=BORN, id_number=number_for(BORN), area_code=VILLAGE)
    return replace(plain, **changes)


def places(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [p.where for p in refused.value.problems]


def test_add_person_fills_the_search_columns(clerk) -> None:
    person = add_person(actor=clerk, facts=facts(phone="0514-8765 4321"), at=NOW)
    stored = Person.objects.get(pk=person.pk)
    assert (stored.name_key, stored.area_id, stored.phone) == ("cds", VILLAGE, "0514-87654321")
    assert len(stored.id_index) == len(stored.id_tail_index) == len(stored.phone_index) == 32


def test_add_person_takes_a_number_typed_in_full_width_with_spaces(clerk) -> None:
    number = number_for(BORN)
    wide = "".join(chr(ord(each) + 0xFEE0) for each in number[:6]) + " " + number[6:].lower()
    assert add_person(actor=clerk, facts=facts(id_number=wide), at=NOW).id_number == number


def test_add_person_says_everything_at_once(clerk) -> None:
    bad = facts(name=" ", sex="F", born_on=date(1950, 5, 2), phone="12", area_code=OTHER_TOWN_VILLAGE)
    with pytest.raises(Refused) as refused:
        add_person(actor=clerk, facts=bad, at=NOW)
    assert places(refused) == ["姓名", "性别", "出生日期", "联系电话", "户籍村(社区)"]
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    "number,problem",
    [
        ("", "没有填写身份证号"),
        ("9901011950", "身份证号应为 18 位,这里是 10 位"),
        ("99010119500501A011", "身份证号只能有数字,最后一位可以是 X"),
        ("990101195013010011", "身份证号中的出生日期不存在"),
    ],
)
def test_add_person_refuses_a_number_that_cannot_be(clerk, number: str, problem: str) -> None:
    with pytest.raises(Refused) as refused:
        add_person(actor=clerk, facts=facts(id_number=number), at=NOW)
    assert refused.value.problems[0] == Problem(problem, where="身份证号")


def test_add_person_refuses_a_wrong_check_digit(clerk) -> None:
    number = number_for(BORN)
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    with pytest.raises(Refused) as refused:
        add_person(actor=clerk, facts=facts(id_number=wrong), at=NOW)
    assert refused.value.problems[0].what == "身份证号校验位不对,请核对是否抄错"


def test_add_person_twice_names_the_village(clerk) -> None:
    known = make_person(name="王小河")
    with pytest.raises(Refused) as refused:
        add_person(actor=clerk, facts=facts(id_number=known.id_number), at=NOW)
    assert refused.value.problems == (
        Problem("该身份证号已登记在石桥镇 北洲村", where="身份证号", next_step="请打开王小河的档案修改,不要重复登记"),
    )


def test_add_person_on_file_elsewhere_does_not_say_where(clerk) -> None:
    known = make_person(name="王小河", area=OTHER_TOWN_VILLAGE)
    with pytest.raises(Refused) as refused:
        add_person(actor=clerk, facts=facts(id_number=known.id_number), at=NOW)
    assert str(refused.value) == "身份证号:该身份证号已在其他地区登记(请联系上级办理迁移)"


def test_add_person_by_a_liaison_is_refused() -> None:
    make_areas()
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    with pytest.raises(Refused) as refused:
        add_person(actor=liaison, facts=facts(), at=NOW)
    assert refused.value.problems[0].next_step == "请由县局经办、乡镇(街道)经办办理"


def test_change_person_keeps_old_and_new_in_the_log_without_numbers(clerk) -> None:
    person = make_person(phone="13800000000")
    plain = facts(id_number=person.id_number, phone="13911112222", address="北洲村三组")
    change_person(actor=clerk, person_id=person.pk, facts=plain, reason="本人来电", at=NOW)
    entry = Entry.objects.get(action="people.person.changed")
    assert '"now": {"address": "北洲村三组"}, "numbers_changed": ["联系电话"]' in entry.detail
    assert person.id_number not in entry.detail
    assert "13911112222" not in entry.detail
    assert Person.objects.get(pk=person.pk).phone == "13911112222"


def test_change_person_without_a_change_writes_nothing(clerk) -> None:
    person = add_person(actor=clerk, facts=(entered := facts()), at=NOW)
    before = Entry.objects.count()
    change_person(actor=clerk, person_id=person.pk, facts=entered, at=NOW)
    assert Entry.objects.count() == before


def test_change_person_of_another_town_is_not_found(clerk) -> None:
    stranger = make_person(area=OTHER_TOWN_VILLAGE)
    with pytest.raises(NotFound):
        change_person(actor=clerk, person_id=stranger.pk, facts=facts(), at=NOW)


def test_change_person_into_another_town_is_refused(clerk) -> None:
    person = make_person()
    moved = facts(id_number=person.id_number, area_code=OTHER_TOWN)
    with pytest.raises(Refused) as refused:
        change_person(actor=clerk, person_id=person.pk, facts=moved, at=NOW)
    assert places(refused) == ["户籍村(社区)"]


def test_reveal_number_needs_a_purpose_and_leaves_a_trace(clerk) -> None:
    person = make_person()
    account = make_account(person)
    with pytest.raises(Refused) as refused:
        reveal_number(actor=clerk, person_id=person.pk, which="account", purpose=" ", at=NOW)
    assert places(refused) == ["用途"]
    seen = reveal_number(actor=clerk, person_id=person.pk, which="account", purpose="核对回单", at=NOW)
    assert seen == account.number
    entry = Entry.objects.get()
    assert entry.action == "people.person.number_revealed"
    assert entry.detail == '{"purpose": "核对回单", "which": "银行账号"}'


def test_reveal_number_by_a_liaison_is_refused() -> None:
    person = make_person()
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    with pytest.raises(Refused):
        reveal_number(actor=liaison, person_id=person.pk, which="id_number", purpose="核对", at=NOW)
    assert Entry.objects.count() == 0
