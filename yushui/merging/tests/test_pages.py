"""The pages of merging, as two officers use them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.benefits.tests.factories import NOVEMBER, disabled, make_law, pay, start
from yushui.merging.models import Merge
from yushui.merging.tests.factories import ask, double_of, merge, pair
from yushui.payments.tests.factories import maker, reviewer
from yushui.people.models import Person
from yushui.people.tests.factories import OTHER_TOWN, OTHER_TOWN_VILLAGE, TOWN, VILLAGE, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2024-11-21")
    make_law()


def read(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_officer_finds_the_double_compares_asks_and_another_confirms(client: Client) -> None:
    kept, dropped = pair(address="柳湾村 8 号", note="旧名册带来")
    start_page = read(client, maker(), f"/people/{kept.pk}/")
    assert f"/people/{kept.pk}/double/" in start_page
    found = read(client, maker(), f"/people/{kept.pk}/double/")
    address = f"/people/{kept.pk}/merge/{dropped.pk}/"
    assert address in found
    assert address in client.post(f"/people/{kept.pk}/double/", {"q": dropped.id_number}).content.decode()
    shown = client.get(address).content.decode()
    assert "换过来:保留另一份" in shown
    for word in ("身份证号", "户籍地址", "银行账户"):
        assert f'<th scope="row">{word}</th>' in shown
    assert dropped.id_number not in shown
    chosen = {"fact-address": "kept", "fact-note": "dropped", "reason": ""}
    refused = client.post(address, chosen)
    assert refused.status_code == 422
    assert "请写明理由" in refused.content.decode()
    assert 'name="fact-address" value="kept" checked' in refused.content.decode()
    answer = client.post(address, {**chosen, "reason": "身份证号抄错"})
    row = Merge.objects.get()
    assert answer["Location"] == f"/merges/{row.pk}/"
    assert "确认并档" not in client.get(f"/merges/{row.pk}/").content.decode()
    assert f"/merges/{row.pk}/" in read(client, reviewer(), "/merges/")
    home = read(client, reviewer(), "/")
    assert "并档待确认" in home
    assert "确认并档" in read(client, reviewer(), f"/merges/{row.pk}/")
    client.post(f"/merges/{row.pk}/decide/", {"answer": "agree", "opinion": ""})
    kept.refresh_from_db()
    assert (kept.address, kept.note) == ("", "旧名册带来")
    assert "用了并入那份的:备注" in client.get(f"/merges/{row.pk}/").content.decode()


def test_the_page_of_the_dropped_entry_leads_to_the_kept_one(client: Client) -> None:
    kept, dropped = pair()
    merge(kept, dropped)
    client.force_login(maker())
    moved = client.get(f"/people/{dropped.pk}/", follow=True)
    assert moved.redirect_chain == [(f"/people/{kept.pk}/", 302)]
    assert "您打开的那份档案已于 2024-11-21 并入这一份" in moved.content.decode()
    assert "并入过 1 份重复档案" in moved.content.decode()
    for address in (f"/people/{dropped.pk}/change/", f"/people/{dropped.pk}/set-account/"):
        refused = client.get(address)
        assert (refused.status_code, "请打开保留的那份档案办理" in refused.content.decode()) == (409, True)
    assert "并档" in client.get(f"/people/{kept.pk}/?tab=changes").content.decode()


def test_both_histories_of_payment_and_the_double_months_are_shown(client: Client) -> None:
    kept, dropped = pair()
    pay(start(NOVEMBER))
    shown = read(client, maker(), f"/people/{kept.pk}/merge/{dropped.pk}/")
    assert "两份档案都发过的有 1 笔,合计 4,015.00 元" in shown
    merge(kept, dropped)
    payments = read(client, maker(), f"/people/{kept.pk}/payments/")
    assert payments.count("并入的档案名下") == 1
    assert payments.count("4,015.00") == 2
    told = read(client, maker(), f"/people/{dropped.pk}/due/")
    assert "重算与测算时不一致" not in told


def test_the_list_of_doubles_and_telling_apart(client: Client) -> None:
    kept, dropped = pair()
    make_person(name="陈志强", born_on=date(1981, 1, 1))
    address = f"/people/{kept.pk}/merge/{dropped.pk}/"
    assert address in read(client, maker(), "/merges/?tab=doubles")
    client.post(f"{address}apart/", {"reason": "是堂兄弟,住两个村"})
    assert address not in read(client, maker(), "/merges/?tab=doubles")
    assert "不是同一人" in read(client, maker(), "/merges/?tab=done")


def test_people_of_one_name_and_one_account_are_found(client: Client) -> None:
    kept = disabled()
    dropped = make_person(name=kept.name, born_on=date(1961, 5, 1))
    account = kept.accounts.get()
    dropped.accounts.create(
        bank=account.bank, holder_name=dropped.name, number=account.number, number_index=account.number_index,
        recorded_at=account.recorded_at,
    )  # fmt: skip
    shown = read(client, maker(), "/merges/?tab=doubles")
    assert "同名同账号" in shown
    assert f"/people/{kept.pk}/merge/{dropped.pk}/" in shown


def test_a_number_of_another_county_is_said_without_its_place(client: Client) -> None:
    kept = disabled()
    elsewhere = make_person(name="陈志强", area=OTHER_TOWN_VILLAGE)
    officer = make_user(Role.DESK_OFFICER, area=TOWN, username="town-desk")
    client.force_login(officer)
    address = f"/people/{kept.pk}/double/"
    shown = client.post(address, {"q": elsewhere.id_number}).content.decode()
    assert "登记在其他地区" in shown
    assert elsewhere.area.name not in shown
    assert "登记册里没有这个号码" in client.post(address, {"q": "990101199001010015"}).content.decode()
    assert "这个号码就是这份档案的" in client.post(address, {"q": kept.id_number}).content.decode()
    assert client.get(f"/people/{kept.pk}/merge/{elsewhere.pk}/").status_code == 404


def test_merges_of_another_area_do_not_exist(client: Client) -> None:
    kept, dropped = pair(area=VILLAGE)
    row = ask(kept, dropped)
    stranger = make_user(Role.REVIEWER, area=OTHER_TOWN, username="stranger")
    client.force_login(stranger)
    assert client.get(f"/merges/{row.pk}/").status_code == 404
    assert client.post(f"/merges/{row.pk}/decide/", {"answer": "agree"}).status_code == 404
    assert f"/merges/{row.pk}/" not in client.get("/merges/").content.decode()
    assert "并档待确认" not in client.get("/").content.decode()


def test_taking_back_on_the_page_keeps_what_was_typed_when_refused(client: Client) -> None:
    kept, dropped = pair(address="柳湾村 8 号")
    row = merge(kept, dropped, "address")
    Person.objects.filter(pk=kept.pk).update(address="搬到县城")
    client.force_login(reviewer())
    refused = client.post(f"/merges/{row.pk}/undo/", {"reason": "认错了人"})
    assert refused.status_code == 422
    assert "户籍地址在并档以后又改过" in refused.content.decode()
    assert 'value="认错了人"' in refused.content.decode()
    Person.objects.filter(pk=kept.pk).update(address="柳湾村 8 号")
    client.post(f"/merges/{row.pk}/undo/", {"reason": "认错了人"})
    assert Person.objects.count() == 2
    assert f"/people/{dropped.pk}/" in client.get(f"/people/{dropped.pk}/").content.decode()


def test_a_third_entry_is_offered_too(client: Client) -> None:
    kept, dropped = pair()
    third = double_of(kept)
    merge(kept, dropped)
    found = read(client, maker(), f"/people/{kept.pk}/double/")
    assert f"/merge/{third.pk}/" in found
    assert f"/merge/{dropped.pk}/" not in found
