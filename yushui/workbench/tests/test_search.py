"""One search: names, initials, numbers, villages; inside the actor's area; no whole number in an address."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.people.tests.factories import make_areas, make_person
from yushui.workbench.selectors.search import find, is_secret

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
TOWN, BEIZHOU, LIUWAN = "990101001000", "990101001001", "990101001002"


def names(actor: object, words: str) -> list[str]:
    return [person.name for person in find(actor=actor, words=words, on=ON).people]  # type: ignore[arg-type]


def test_find_when_by_beginning_of_name_initials_number_or_tail() -> None:
    make_areas()
    person = make_person(name="张秀芳", name_key="zxf", area=BEIZHOU)
    make_person(name="王建国", area=LIUWAN)
    officer = make_user(Role.DESK_OFFICER)
    tail = person.id_number[-4:]
    found = {words: names(officer, words) for words in ("张", "张秀", "张秀芳", person.name_key, person.id_number)}
    assert found == dict.fromkeys(found, ["张秀芳"])
    assert "张秀芳" in names(officer, tail)
    assert names(officer, "秀芳") == []
    assert names(officer, "") == []


def test_find_when_another_village_finds_nobody() -> None:
    make_areas()
    make_person(name="张秀芳", area=LIUWAN)
    assert names(make_user(Role.LIAISON, area=BEIZHOU), "张秀芳") == []
    assert names(make_user(Role.LIAISON, area=LIUWAN), "张秀芳") == ["张秀芳"]


def test_find_when_post_may_not_see_people_still_finds_villages() -> None:
    make_areas()
    make_person(name="北洲生", area=BEIZHOU)
    found = find(actor=make_user(Role.LEADER), words="北洲", on=ON)
    assert (found.people, [area.name for area in found.areas], found.areas[0].url) == ((), ["北洲村"], "")


def test_find_when_shown_masks_the_number_and_names_the_place() -> None:
    make_areas()
    make_person(name="张秀芳", name_key="zxf", area=BEIZHOU)
    person = find(actor=make_user(Role.DESK_OFFICER), words="张秀芳", on=ON).people[0]
    assert person.id_masked[6:-4] == "*" * 8
    assert person.place == "石桥镇 北洲村"


def test_is_secret_when_whole_numbers_only() -> None:
    words = ["990101195005011234", "13800001234", "1234", "张三", "zsf", ""]
    assert [is_secret(word) for word in words] == [True, True, False, False, False, False]


def test_page_when_a_name_is_posted_moves_it_into_an_address(client: Client) -> None:
    make_areas()
    make_person(name="张秀芳", name_key="zxf", area=BEIZHOU)
    make_person(name="张秀英", area=BEIZHOU)
    client.force_login(make_user(Role.DESK_OFFICER))
    answer = client.post("/search/", {"q": "张秀"}, follow=True)
    assert answer.redirect_chain == [("/search/?q=%E5%BC%A0%E7%A7%80", 302)]
    page = answer.content.decode()
    assert ["张秀芳" in page, "张秀英" in page] == [True, True]


def test_page_when_a_number_is_posted_opens_the_person_and_shows_the_number_nowhere(client: Client) -> None:
    make_areas()
    person = make_person(name="张秀芳", name_key="zxf", area=BEIZHOU)
    client.force_login(make_user(Role.DESK_OFFICER))
    answer = client.post("/search/", {"q": person.id_number})
    assert answer["Location"] == f"/people/{person.pk}/"
    nobody = client.post("/search/", {"q": "990101195005011234"})
    assert nobody.status_code == 200
    assert "没有找到" in nobody.content.decode()
    assert "990101195005011234" not in nobody.content.decode()


@pytest.mark.parametrize("words", ["", "%", "'; DROP TABLE", "<script>", "一" * 300, "９９", "  "])
def test_page_when_words_are_odd_answers_calmly(words: str, client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER))
    answer = client.post("/search/", {"q": words}, follow=True)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()[answer.content.decode().index("<main") :]


def test_page_when_words_hold_a_nul_is_refused_and_not_asked_of_the_database(client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER))
    answers = [
        client.post("/search/", {"q": "\x00"}),
        client.get("/search/?q=%00"),
        client.get("/audit/?%00=x"),
        client.get("/people/?text=%00"),
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 400]
    assert "没有写入任何内容" in answers[0].content.decode()
