"""Plaques: one per household, what may be done with one, moved with its family, coverage."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from yushui.base.refusals import NotFound, Refused
from yushui.honours.models import Card, Plaque, PlaqueEvent
from yushui.honours.rules.plaques import ground_of
from yushui.honours.selectors.plaques import PlaqueFilters, coverage, list_missing, list_plaques
from yushui.honours.services.cards import apply_card, step_card
from yushui.honours.services.plaques import act_on_plaque, hang_plaque, hang_plaques
from yushui.honours.tests.factories import AT, TODAY, make_clerk, make_desk, make_home, photo, plaque_draft
from yushui.honours.types import CardDraft
from yushui.people.models import Household, Person
from yushui.people.tests.factories import OTHER_TOWN_VILLAGE, OTHER_VILLAGE, VILLAGE, make_person, make_status

pytestmark = pytest.mark.django_db


def problems_of(call: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return [problem.what for problem in caught.value.problems]


def test_ground_when_a_household_has_several() -> None:
    assert ground_of(["VETERAN", "SURVIVOR_MARTYR"]) == "SURVIVOR"
    assert ground_of(["RURAL_VETERAN_60", "CONSCRIPT"]) == "SERVING"
    assert ground_of(["DISABLED_OFFICIAL", "MARTYR_CHILD"]) == ""


def test_plaque_is_hung_once_when_the_form_is_sent_twice_and_with_its_photo() -> None:
    clerk, person = make_clerk(), make_home()
    draft = plaque_draft()
    first = hang_plaque(actor=clerk, person_id=person.pk, draft=draft, sent=[photo()], at=AT)
    again = hang_plaque(actor=clerk, person_id=person.pk, draft=draft, sent=[photo()], at=AT)
    assert (first.pk, first.ground, first.evidence.count()) == (again.pk, "VETERAN", 1)
    assert [event.what for event in PlaqueEvent.objects.all()] == ["ISSUED"]


def test_second_plaque_of_a_household_is_refused_by_service_and_by_database() -> None:
    clerk, person = make_clerk(), make_home()
    wife = make_person(name="李秀英", sex="F", household=person.household)
    make_status(wife, kind="SURVIVOR_DUTY")
    hang_plaque(actor=clerk, person_id=person.pk, draft=plaque_draft(), at=AT)
    assert problems_of(lambda: hang_plaque(actor=clerk, person_id=wife.pk, draft=plaque_draft(), at=AT)) == [
        "这一户已经有光荣牌"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Plaque.objects.create(household=person.household, ground="VETERAN", hung_on=TODAY, state_on=TODAY)


def test_household_without_ground_is_refused_until_who_asked_is_written() -> None:
    clerk, person = make_clerk(), make_home(kind="")
    wrong = plaque_draft(on="2026-13-01")
    assert problems_of(lambda: hang_plaque(actor=clerk, person_id=person.pk, draft=wrong, at=AT)) == [
        "日期不对", "这一户没有三属、现役或退役军人的登记",
    ]  # fmt: skip
    draft = plaque_draft(reason="父亲申请,儿子 陈志远 现役")
    assert hang_plaque(actor=clerk, person_id=person.pk, draft=draft, at=AT).ground == "ASKED"


def test_person_without_household_becomes_head_of_one() -> None:
    clerk, person = make_clerk(), make_person()
    make_status(person, kind="CONSCRIPT")
    plaque = hang_plaque(actor=clerk, person_id=person.pk, draft=plaque_draft(), at=AT)
    assert (plaque.household.head_name, plaque.ground) == ("陈大山", "SERVING")
    assert Person.objects.get(pk=person.pk).household_id == plaque.household_id


def test_acts_follow_the_table_and_a_refusal_tells_everything() -> None:
    clerk, person = make_clerk(), make_home()
    plaque = hang_plaque(actor=clerk, person_id=person.pk, draft=plaque_draft(), at=AT)

    def act(**typed: str) -> Plaque:
        draft = plaque_draft(**{"on": "2026-08-01", **typed})
        row = Plaque.objects.get(pk=plaque.pk)
        return act_on_plaque(actor=clerk, plaque_id=plaque.pk, draft=draft, revision=str(row.revision), at=AT)

    assert problems_of(lambda: act(act="RESTORED", on="2026-09-30")) == [
        "光荣牌已悬挂,不能恢复", "日期在今天之后", "请写明原因",
    ]  # fmt: skip
    assert act(act="CANCELLED", reason="县局文件").state == "CANCELLED"
    assert problems_of(lambda: act(act="REPLACED", reason="褪色")) == ["光荣牌已取消,不能更换"]
    assert act(act="RESTORED", reason="县局文件", on="2026-08-20").state == "HUNG"
    assert str(Plaque.objects.get().hung_on) == "2026-08-20"


def test_replacing_is_refused_after_the_veteran_died() -> None:
    clerk, person = make_clerk(), make_home()
    plaque = hang_plaque(actor=clerk, person_id=person.pk, draft=plaque_draft(), at=AT)
    Person.objects.filter(pk=person.pk).update(died_on=TODAY)
    draft = plaque_draft(act="REPLACED", reason="褪色", on="2026-08-20")
    assert problems_of(lambda: act_on_plaque(actor=clerk, plaque_id=plaque.pk, draft=draft, revision="1", at=AT)) == [
        "退役军人或三属去世后不再更换"
    ]
    lost = plaque_draft(act="REISSUED", reason="遗失", on="2026-08-20")
    assert act_on_plaque(actor=clerk, plaque_id=plaque.pk, draft=lost, revision="1", at=AT).state == "HUNG"


def test_plaque_moves_with_its_family() -> None:
    clerk, person = make_clerk(), make_home()
    away = make_person(name="陈小山", area=OTHER_VILLAGE, household=person.household)
    plaque = hang_plaque(actor=clerk, person_id=person.pk, draft=plaque_draft(), at=AT)
    draft = plaque_draft(act="MOVED", on="2026-08-20", area_code=OTHER_VILLAGE, address="五组 1 号")
    act_on_plaque(actor=clerk, plaque_id=plaque.pk, draft=draft, revision="1", at=AT)
    person.refresh_from_db()
    home = Household.objects.get(pk=plaque.household_id)
    assert (person.area_id, person.address, home.area_id) == (OTHER_VILLAGE, "五组 1 号", OTHER_VILLAGE)
    assert Person.objects.get(pk=away.pk).address == ""
    here = list_plaques(actor=clerk, filters=PlaqueFilters(area_code=OTHER_VILLAGE))
    assert [row.pk for row in here] == [plaque.pk]
    assert list_plaques(actor=clerk, filters=PlaqueFilters(area_code=VILLAGE)).count() == 0
    far = plaque_draft(act="MOVED", on="2026-08-21", area_code=OTHER_TOWN_VILLAGE)
    with pytest.raises(NotFound):
        act_on_plaque(actor=clerk, plaque_id=plaque.pk, draft=far, revision="2", at=AT)


def test_second_of_two_clerks_is_told() -> None:
    clerk, person = make_clerk(), make_home()
    plaque = hang_plaque(actor=clerk, person_id=person.pk, draft=plaque_draft(), at=AT)
    first = plaque_draft(act="REPLACED", reason="褪色", on="2026-08-20")
    act_on_plaque(actor=clerk, plaque_id=plaque.pk, draft=first, revision="1", at=AT)
    second = plaque_draft(act="TAKEN_BACK", reason="迁出", on="2026-08-20")
    assert problems_of(
        lambda: act_on_plaque(actor=make_desk(), plaque_id=plaque.pk, draft=second, revision="1", at=AT)
    ) == ["这条记录刚被别人改过,您的修改没有保存"]
    assert Plaque.objects.get().state == "HUNG"


def test_village_is_hung_at_once_and_covered() -> None:
    clerk = make_clerk()
    homes = [make_home(name) for name in ("陈大山", "王德胜", "李长河")]
    make_home("无依据", kind="")
    far = make_home("孙远方", area=OTHER_TOWN_VILLAGE)
    assert [home.head_name for home in list_missing(actor=clerk, area_code="", on=TODAY)] == [
        "陈大山", "王德胜", "李长河",
    ]  # fmt: skip
    ids = [home.household_id for home in homes[:2] if home.household_id]
    assert hang_plaques(actor=clerk, household_ids=[*ids, ids[0]], on=TODAY, at=AT) == 2
    assert [(c.name, c.households, c.hung, c.percent) for c in coverage(actor=clerk, on=TODAY)] == [
        ("石桥镇 北洲村", 3, 2, 66)
    ]
    assert problems_of(lambda: hang_plaques(actor=clerk, household_ids=ids[:1], on=TODAY, at=AT)) == [
        "陈大山 户刚刚登记过"
    ]
    with pytest.raises(NotFound):
        hang_plaques(actor=clerk, household_ids=[far.household_id or 0], on=TODAY, at=AT)
    assert Plaque.objects.count() == 2


def test_card_is_one_per_person_and_follows_its_table() -> None:
    clerk, person = make_clerk(), make_home()
    card = apply_card(actor=clerk, person_id=person.pk, draft=CardDraft(kind="CARD_VETERAN", on="2026-08-01"), at=AT)
    again = CardDraft(kind="NO_SUCH", on="2026-10-01")
    assert problems_of(lambda: apply_card(actor=clerk, person_id=person.pk, draft=again, at=AT)) == [
        "请选择优待证种类", "日期在今天之后", "已有申请或在用的优待证",
    ]  # fmt: skip
    assert problems_of(
        lambda: step_card(
            actor=clerk, card_id=card.pk, draft=CardDraft(act="LOST", on="2026-07-01"), revision="1", at=AT
        )
    ) == ["优待证已申请,不能挂失", "早于上一步的日期 2026-08-01"]
    step_card(actor=clerk, card_id=card.pk, draft=CardDraft(act="ISSUED", on="2026-08-20"), revision="1", at=AT)
    assert (Card.objects.get().state, str(Card.objects.get().issued_on)) == ("ISSUED", "2026-08-20")
