"""People who stand by people: whom, since when, the log of contacts, the quarter, cards; who sees what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import PairContact, PairKind, PersonPair, Visit
from yushui.activities.selectors.person_pairs import HelpFilters, cards, help_sheet, list_helps
from yushui.activities.services.pair_kinds import load_pair_kinds, retire_pair_kind, set_pair_kind
from yushui.activities.services.person_pairs import (
    PastPair,
    add_person_pair,
    change_person_pair,
    end_person_pair,
    record_pair_contact,
    take_over_person_pairs,
    withdraw_pair_contact,
)
from yushui.activities.tests.factories import make_clerk, make_liaison, make_other_liaison
from yushui.activities.types import ContactDraft, PairKindDraft, PersonPairDraft
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.places.models import Unit

AT = datetime(2026, 8, 5, 2, tzinfo=UTC)
ON = date(2026, 8, 5)


@pytest.fixture
def clerk(people: dict[str, Person]) -> User:
    load_pair_kinds(at=AT)
    return make_clerk()


def draft_for(person: Person, **typed: str) -> PersonPairDraft:
    plain = PersonPairDraft(
        kind="CADRE", helper="高明远", helper_unit="县教育局", helper_phone="0000-880001", person_id=str(person.pk),
        starts_on="2026-01-05", needs="代办手续、陪同看病", client_key=f"help-{person.pk:05d}",
    )  # fmt: skip
    return replace(plain, **typed)


def make_help(clerk: User, person: Person, **typed: str) -> PersonPair:
    return add_person_pair(actor=clerk, draft=draft_for(person, **typed), at=AT)


def contact(actor: User, pair: PersonPair, on: str, way: str = "PHONE", **typed: str) -> PairContact:
    draft = ContactDraft(on=on, way=way, client_key=typed.pop("client_key", f"contact-{pair.pk}-{on}"), **typed)
    return record_pair_contact(actor=actor, help_id=pair.pk, draft=draft, at=AT)


def told(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.where for problem in refused.value.problems]


def test_a_pair_lies_in_the_village_of_the_person_and_is_entered_once(clerk: User, people: dict[str, Person]) -> None:
    first, second = (make_help(clerk, people["陈大山"]) for _ in range(2))
    assert (first.pk, first.area_id, PersonPair.objects.count()) == (second.pk, VILLAGE, 1)
    with pytest.raises(Refused, match="高明远已和这位对象结对"):
        make_help(clerk, people["陈大山"], client_key="help-again")


def test_the_phone_is_sealed_and_not_in_the_log(clerk: User, people: dict[str, Person]) -> None:
    make_help(clerk, people["陈大山"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT helper_phone FROM activities_personpair")
        assert "880001" not in str(cursor.fetchone()[0])
    assert "880001" not in str([vars(entry) for entry in Entry.objects.all()])


def test_everything_wrong_is_told_at_once(clerk: User, people: dict[str, Person]) -> None:
    draft = draft_for(
        people["陈大山"], helper=" ", helper_phone="打我手机", starts_on="2026-12-01", needs="身份证99010119500501001X"
    )
    with pytest.raises(Refused) as refused:
        add_person_pair(actor=clerk, draft=draft, at=AT)
    assert told(refused) == ["帮扶人", "帮扶人电话", "结对日期", "可以找他帮什么"]


def test_a_soldier_is_a_name_and_an_open_unit(clerk: User, people: dict[str, Person]) -> None:
    typed = PersonPairDraft(
        kind="SOLDIER_MOTHER", helper="李桂兰", helped="周远航", helped_unit="武警云川中队", area_code=TOWN,
        starts_on="2026-01-05", client_key="help-soldier", person_id=str(people["陈大山"].pk),
    )  # fmt: skip
    pair = add_person_pair(actor=clerk, draft=typed, at=AT)
    assert (pair.person_id, pair.helped_name, pair.area_id) == (None, "周远航", TOWN)
    with pytest.raises(Refused, match="番号"):
        add_person_pair(actor=clerk, draft=replace(typed, helped_unit="73016部队", client_key="help-soldier-2"), at=AT)


def test_a_person_of_another_town_or_who_died_is_not_helped(clerk: User, people: dict[str, Person]) -> None:
    with pytest.raises(NotFound):
        make_help(clerk, people["孙远方"])
    Person.objects.filter(pk=people["王德胜"].pk).update(died_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="已登记去世"):
        make_help(clerk, people["王德胜"])


def test_a_contact_sent_five_times_is_one(clerk: User, people: dict[str, Person]) -> None:
    pair = make_help(clerk, people["陈大山"])
    for _ in range(5):
        contact(clerk, pair, "2026-07-20")
    assert PairContact.objects.count() == 1


def test_contacts_lie_within_the_pair(clerk: User, people: dict[str, Person]) -> None:
    pair = make_help(clerk, people["陈大山"])
    for on, where in (("2026-01-04", ["联系日期"]), ("2026-08-06", ["联系日期"]), ("昨天", ["联系日期"])):
        with pytest.raises(Refused) as refused:
            contact(clerk, pair, on, client_key="contact-of-test")
        assert told(refused) == where
    with pytest.raises(Refused) as refused:
        contact(clerk, pair, "2026-01-04", way="PIGEON", note="x" * 301)
    assert told(refused) == ["联系方式", "联系日期", "联系情况"]


def make_visit(person: Person, on: date, way: str = "HOME") -> Visit:
    return Visit.objects.create(
        person=person, area_id=person.area_id, on=on, way=way, visitor_name="周小兰", client_key=f"visit-{on}-{way}",
        recorded_at=AT,
    )  # fmt: skip


def test_a_visit_is_logged_as_contact_once(clerk: User, people: dict[str, Person]) -> None:
    pair = make_help(clerk, people["陈大山"])
    visit = make_visit(people["陈大山"], date(2026, 7, 21))
    make_visit(people["陈大山"], date(2026, 7, 22), "ABSENT")
    assert help_sheet(actor=clerk, help_id=pair.pk, on=ON).visits == (visit,)
    logged = contact(clerk, pair, "", way="", visit_id=str(visit.pk), client_key="contact-of-visit")
    assert (logged.on, logged.way) == (date(2026, 7, 21), "HOME")
    assert help_sheet(actor=clerk, help_id=pair.pk, on=ON).visits == ()
    with pytest.raises(Refused, match="已记作联系"):
        contact(clerk, pair, "", visit_id=str(visit.pk), client_key="contact-of-visit-2")


def test_a_visit_to_somebody_else_is_no_contact(clerk: User, people: dict[str, Person]) -> None:
    pair = make_help(clerk, people["陈大山"])
    other = make_visit(people["李秀英"], date(2026, 7, 21))
    for visit_id in (str(other.pk), "7x", "999999"):
        with pytest.raises(NotFound):
            contact(clerk, pair, "", visit_id=visit_id, client_key="contact-of-visit")


def test_those_not_contacted_this_quarter(clerk: User, people: dict[str, Person]) -> None:
    june, july = make_help(clerk, people["陈大山"]), make_help(clerk, people["李秀英"])
    contact(clerk, june, "2026-06-30")
    contact(clerk, july, "2026-07-01")

    def quiet() -> list[PersonPair]:
        return list(list_helps(actor=clerk, filters=HelpFilters(state="QUIET"), on=ON))

    assert quiet() == [june]
    withdraw_pair_contact(actor=clerk, contact_id=PairContact.objects.get(pair=july).pk, at=AT)
    assert set(quiet()) == {june, july}
    assert not PairContact.objects.filter(withdrawn_at=None, pair=july).exists()


def test_a_liaison_logs_contacts_of_the_own_village_and_withdraws_own_ones(
    clerk: User, people: dict[str, Person]
) -> None:
    pair = make_help(clerk, people["陈大山"])
    liaison = make_liaison()
    own, of_clerk = contact(liaison, pair, "2026-07-02"), contact(clerk, pair, "2026-07-03")
    withdraw_pair_contact(actor=liaison, contact_id=own.pk, at=AT)
    with pytest.raises(Refused, match="撤回他人登记的联系"):
        withdraw_pair_contact(actor=liaison, contact_id=of_clerk.pk, at=AT)
    with pytest.raises(NotFound):
        contact(make_other_liaison(), pair, "2026-07-04")
    with pytest.raises(Refused, match="没有登记结对帮扶的权限"):
        make_help(liaison, people["李秀英"])


def test_an_ended_pair_is_closed_and_the_person_may_be_helped_anew(clerk: User, people: dict[str, Person]) -> None:
    pair = make_help(clerk, people["陈大山"])
    with pytest.raises(Refused) as refused:
        end_person_pair(actor=clerk, help_id=pair.pk, on="2026-01-05", reason="", revision="1", at=AT)
    assert told(refused) == ["结束日期", "结束原因"]
    end_person_pair(actor=clerk, help_id=pair.pk, on="2026-07-01", reason="调离", revision="1", at=AT)
    with pytest.raises(Refused, match="结对已经结束"):
        contact(clerk, pair, "2026-07-01")
    contact(clerk, pair, "2026-06-30")  # what was not written down yet
    again = make_help(clerk, people["陈大山"], client_key="help-anew", starts_on="2026-08-01")
    assert [row.pk for row in list_helps(actor=clerk, filters=HelpFilters(), on=ON)] == [again.pk]
    assert [row.pk for row in list_helps(actor=clerk, filters=HelpFilters(state="ENDED"), on=ON)] == [pair.pk]


def test_of_two_people_at_one_pair_the_second_is_told(clerk: User, people: dict[str, Person]) -> None:
    pair = make_help(clerk, people["陈大山"])
    change_person_pair(
        actor=clerk, help_id=pair.pk, draft=draft_for(people["陈大山"], needs="买药"), revision="1", at=AT
    )
    with pytest.raises(Refused, match="刚被别人改过"):
        change_person_pair(
            actor=clerk, help_id=pair.pk, draft=draft_for(people["陈大山"], needs="种地"), revision="1", at=AT
        )
    with pytest.raises(Refused, match="帮扶对象不能改"):
        change_person_pair(actor=clerk, help_id=pair.pk, draft=draft_for(people["李秀英"]), revision="2", at=AT)


def test_who_does_not_see_people_sees_masked_names_and_no_phone(
    clerk: User, people: dict[str, Person], client: Client
) -> None:
    pair = make_help(clerk, people["陈大山"])
    contact(clerk, pair, "2026-07-20", note="膝盖疼")
    client.force_login(make_user(Role.LEADER, area=COUNTY))
    page = client.get(f"/pairs/people/{pair.pk}/").content.decode()
    assert [word in page for word in ("陈大山", "880001", "膝盖疼", "高明远")] == [False, False, False, True]
    assert "陈大山" not in client.get("/pairs/people/?text=陈大山").content.decode().replace('value="陈大山"', "")
    assert client.get(f"/pairs/people/print-pair-cards/?pair={pair.pk}").status_code == 404
    client.force_login(clerk)
    page = client.get(f"/pairs/people/{pair.pk}/").content.decode()
    assert [word in page for word in ("陈大山", "880001", "膝盖疼")] == [True, True, True]


def test_a_card_says_whom_to_call_and_for_what(clerk: User, people: dict[str, Person], client: Client) -> None:
    Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN, phone="0000-886600")
    pair = make_help(clerk, people["陈大山"])
    make_help(clerk, people["李秀英"], helper="王芳")
    client.force_login(clerk)
    page = client.get(f"/pairs/people/print-pair-cards/?pair={pair.pk}").content.decode()
    for word in (
        "结对帮扶联系卡",
        "陈大山(北洲村)",
        "高明远",
        "县教育局",
        "0000-880001",
        "代办手续、陪同看病",
        "0000-886600",
    ):
        assert word in page
    assert "李秀英" not in page
    everybody = cards(actor=clerk, filters=HelpFilters(), help_id=None, on=ON)
    assert [card.pair.helper_name for card in everybody] == ["王芳", "高明远"]


def test_the_form_finds_the_person_first(clerk: User, people: dict[str, Person], client: Client) -> None:
    client.force_login(clerk)
    add = "/pairs/people/add-person-pair/"
    assert "请在上面选一种类型" in client.get(add).content.decode()
    found = client.get(add, {"kind": "CADRE", "find": "陈"}).content.decode()
    assert f"person={people['陈大山'].pk}" in found
    assert "孙远方" not in client.get(add, {"kind": "CADRE", "find": "孙"}).content.decode().replace('value="孙"', "")
    assert client.get(add, {"kind": "CADRE", "person": str(people["孙远方"].pk)}).status_code == 404
    typed = {"kind": "CADRE", "person_id": str(people["陈大山"].pk), "helper": "", "starts_on": "2026-01-05",
             "needs": "种地", "client_key": "help-of-form"}  # fmt: skip
    refused = client.post(add, typed)
    assert (refused.status_code, 'value="种地"' in refused.content.decode()) == (422, True)
    made = client.post(add, {**typed, "helper": "高明远"}, follow=True).content.decode()
    assert "高明远 — 陈大山" in made
    pair = PersonPair.objects.get()
    wrong = client.post(
        f"/pairs/people/{pair.pk}/record-pair-contact/", {"on": "2026-07-01", "client_key": "contact-1"}
    )
    assert (wrong.status_code, "请选择怎么联系的" in wrong.content.decode()) == (422, True)


def test_the_file_of_a_person_leads_to_their_pairs_and_back(
    clerk: User, people: dict[str, Person], client: Client
) -> None:
    client.force_login(clerk)
    person = next(iter(people.values()))
    listed = f"/pairs/people/?person={person.pk}"
    assert listed in client.get(f"/people/{person.pk}/").content.decode()
    page = client.get(listed).content.decode()
    assert f'href="/people/{person.pk}/"' in page
    assert f'href="/pairs/people/add-person-pair/?person={person.pk}"' in page


def test_a_county_adds_a_kind_by_form_and_retires_it_while_pairs_exist(clerk: User, people: dict[str, Person]) -> None:
    desk = make_user(Role.DESK_OFFICER, area=COUNTY)
    kind = set_pair_kind(actor=desk, draft=PairKindDraft("银行结对烈属", "联系人", "烈属"), at=AT)
    pair = make_help(clerk, people["陈大山"], kind=kind.pk)
    with pytest.raises(Refused, match="不能再改"):
        set_pair_kind(
            actor=desk, draft=PairKindDraft("银行结对烈属", "联系人", "烈属", of_register=False), code=kind.pk, at=AT
        )
    retire_pair_kind(actor=desk, code=kind.pk, at=AT)
    with pytest.raises(Refused, match="请选择结对类型"):
        make_help(clerk, people["李秀英"], kind=kind.pk)
    change_person_pair(
        actor=clerk, help_id=pair.pk, draft=draft_for(people["陈大山"], kind=kind.pk, needs="代办"), revision="1", at=AT
    )
    contact(clerk, pair, "2026-07-01")
    assert [row.pk for row in list_helps(actor=clerk, filters=HelpFilters(kind=kind.pk), on=ON)] == [pair.pk]


def test_kinds_of_the_catalogue_are_loaded_once_and_nobody_changes_them(clerk: User) -> None:
    assert load_pair_kinds(at=AT) == PairKind.objects.filter(area_code="").count()
    desk = make_user(Role.DESK_OFFICER, area=COUNTY)
    with pytest.raises(NotFound):
        set_pair_kind(actor=desk, draft=PairKindDraft("改名", "甲", "乙"), code="CADRE", at=AT)
    with pytest.raises(Refused) as refused:
        set_pair_kind(actor=desk, draft=PairKindDraft("干部结对优抚对象", "", ""), at=AT)
    assert told(refused) == ["帮扶人叫什么", "对象叫什么", "名称"]


def test_pairs_of_paper_are_taken_over_whole_or_not_at_all(clerk: User, people: dict[str, Person]) -> None:
    good = PastPair(draft_for(people["陈大山"]), ((date(2026, 2, 1), "PHONE", ""), (date(2025, 2, 1), "PHONE", "")))
    bad = PastPair(draft_for(people["李秀英"], helper=""))
    with pytest.raises(Refused) as refused:
        take_over_person_pairs(actor=clerk, pairs=[good, bad], at=AT)
    assert (told(refused), PersonPair.objects.count()) == (["第 2 行"], 0)
    assert take_over_person_pairs(actor=clerk, pairs=[good], at=AT) == 1
    assert list(PairContact.objects.values_list("on", flat=True)) == [date(2026, 2, 1)]
    other = make_user(Role.TOWN_CLERK, area=OTHER_TOWN)
    with pytest.raises(NotFound):
        take_over_person_pairs(actor=other, pairs=[PastPair(draft_for(people["李秀英"]))], at=AT)
