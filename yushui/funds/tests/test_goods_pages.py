"""Pages of goods as a hurried clerk uses them: wrong first, kept as typed, then right."""

from __future__ import annotations

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.funds.models import GoodsCount, GoodsMove
from yushui.funds.tests.factories import bring_in, lies, make_item, make_keeper, make_store, typed
from yushui.people.tests.factories import COUNTY, VILLAGE, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-01-20")


def test_stock_when_two_stores_shows_each_by_name_and_what_it_is_worth(client: Client) -> None:
    keeper = make_keeper()
    rice = make_item(keeper)
    bring_in(keeper, rice, make_store(keeper), 10)
    make_store(keeper, "村物资角")
    client.force_login(keeper)
    page = client.get("/goods/").content.decode()
    assert ['data-label="镇物资库">10<' in page, 'data-label="村物资角">0<' in page, "600.00" in page] == [True] * 3


def test_move_when_wrong_keeps_what_was_typed_and_asks_which_namesake(client: Client) -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    bring_in(keeper, rice, store, 10)
    first, second = make_person(name="陈大山"), make_person(name="陈大山")
    client.force_login(keeper)
    draft = typed(rice, store, "十袋", way="GIVEN", party="陈大山")
    answer = client.post("/goods/move-goods/", vars(draft))
    page = answer.content.decode()
    assert (answer.status_code, 'value="十袋"' in page, page.count('name="person_id"')) == (422, True, 2)
    sent = {**vars(draft), "pieces": "2", "person_id": str(second.pk)}
    assert client.post("/goods/move-goods/", sent)["Location"] == "/goods/"
    assert (GoodsMove.objects.latest("pk").person_id, lies(rice, store), first.pk != second.pk) == (second.pk, 8, True)


def test_count_when_a_reason_is_missing_keeps_the_numbers(client: Client) -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    bring_in(keeper, rice, store, 10)
    client.force_login(keeper)
    form = {
        "on": "2026-01-20",
        "client_key": "0123456789",
        "item": rice.pk,
        "expected": "10",
        "found": "9",
        "reason": "",
    }
    answer = client.post(f"/goods/places/{store.pk}/count/", form)
    assert (answer.status_code, 'value="9"' in answer.content.decode()) == (422, True)
    made = client.post(f"/goods/places/{store.pk}/count/", {**form, "reason": "破袋"})
    count = GoodsCount.objects.get()
    assert (made["Location"], lies(rice, store)) == (f"/goods/counts/{count.pk}/", 9)
    assert "破袋" in client.get(made["Location"]).content.decode()


def test_moves_when_a_leader_reads_them_hide_names_of_people(client: Client) -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    bring_in(keeper, rice, store, 10)
    make_person(name="陈大山")
    client.force_login(keeper)
    client.post("/goods/move-goods/", vars(typed(rice, store, 1, way="GIVEN", party="陈大山")))
    assert "陈大山" in client.get("/goods/moves/").content.decode()
    client.force_login(make_user(Role.LEADER, area=COUNTY))
    page = client.get("/goods/moves/").content.decode()
    assert ("陈大山" in page, "冲回</a>" in page) == (False, False)


def test_stock_when_a_liaison_asks_is_not_there(client: Client) -> None:
    client.force_login(make_user(Role.LIAISON, area=VILLAGE))
    assert [client.get(path).status_code for path in ("/goods/", "/goods/moves/", "/goods/move-goods/")] == [404] * 3
