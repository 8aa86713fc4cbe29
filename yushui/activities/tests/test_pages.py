"""Pages through their addresses: what each role gets, what a form keeps, where a save leads."""

from __future__ import annotations

import uuid
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Campaign, CampaignTarget, Visit
from yushui.activities.services.targets import assign_by_village
from yushui.activities.tests.factories import (
    AT,
    make_campaign,
    make_clerk,
    make_liaison,
    make_other_liaison,
    target_of,
    visit,
)
from yushui.people.models import Person
from yushui.people.tests.factories import VILLAGE

People = dict[str, Person]


@pytest.fixture(autouse=True)
def tenth_of_february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")


@pytest.fixture
def campaign(people: People) -> Campaign:
    """Planned by the clerk, given to the liaisons of both villages."""
    found = make_campaign()
    make_liaison()
    make_other_liaison()
    assign_by_village(actor=make_clerk(), campaign_id=found.pk, at=AT)
    return found


def as_user(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


class Fields(HTMLParser):
    """What the form of a page holds: name → values of inputs and text areas as they stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "textarea":
            self.area = name
            self.values[name] = [""]
        elif tag == "input" and (found.get("type") not in {"radio", "checkbox"} or "checked" in found):
            self.values.setdefault(name, []).append(found.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def fields(html: str) -> dict[str, list[str]]:
    return Fields(html).values


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_my_visits_shows_my_village_only(client: Client, campaign: Campaign) -> None:
    page = text(as_user(client, make_liaison()).get("/my-visits/"))
    assert [name in page for name in ("陈大山", "李秀英", "王德胜", "吴长河")] == [True, True, True, False]


def test_the_visit_form_is_prefilled(client: Client, campaign: Campaign, people: People) -> None:
    address = f"/campaigns/{campaign.pk}/record-visit/{people['李秀英'].pk}/"
    page = text(as_user(client, make_liaison()).get(address))
    form = fields(page)
    assert (form["cash"], form["goods"], form["on"], form["note"], form.get("way")) == (
        ["500"], ["米 10kg", "油 5L"], ["2026-02-10"], [""], None,
    )  # fmt: skip
    assert uuid.UUID(form["client_key"][0])
    assert "北洲村 3 户中的第 1 户" in page
    assert "参战退役军人 · 70 岁 · 没有走访记录" in page


def test_saving_leads_to_the_next_and_the_last_to_the_round(client: Client, campaign: Campaign, people: People) -> None:
    as_user(client, make_liaison())
    walked = []
    address = f"/campaigns/{campaign.pk}/record-visit/{people['李秀英'].pk}/"
    while address != "/my-visits/":
        walked.append(int(address.rstrip("/").rsplit("/", 1)[1]))
        form = {**fields(text(client.get(address))), "way": "HOME"}
        answer = client.post(address, form)
        assert answer.status_code == 302
        address = answer["Location"]
    assert walked == [people[name].pk for name in ("李秀英", "王德胜", "陈大山")]
    assert list(Visit.objects.values_list("cash_fen", "goods")) == [(50000, "米 10kg、油 5L")] * 3
    assert "已记下:陈大山,上门,慰问金 500.00 元" in text(client.get("/my-visits/"))


def test_wrong_input_shows_all_problems_and_keeps_what_was_typed(
    client: Client, campaign: Campaign, people: People
) -> None:
    as_user(client, make_liaison())
    typed = {
        "way": "PHONE", "cash": "五百", "on": "2026-02-11", "goods": ["油 5L"], "more_goods": "棉被",
        "note": "在91079部队", "client_key": str(uuid.uuid4()), "visitor_name": "周小兰",
        "photo": SimpleUploadedFile("a.jpg", b"no photo"),
    }  # fmt: skip
    answer = client.post(f"/campaigns/{campaign.pk}/record-visit/{people['李秀英'].pk}/", typed)
    page = text(answer)
    assert answer.status_code == 422
    assert page.count("<li><b>") == 4  # day, cash, note, photo
    form = fields(page)
    assert [form[name] for name in ("way", "cash", "on", "goods", "more_goods", "note", "client_key")] == [
        ["PHONE"], ["五百"], ["2026-02-11"], ["油 5L"], ["棉被"], ["在91079部队"], [typed["client_key"]],
    ]  # fmt: skip
    assert "照片没有保留,请重新选择。" in page
    assert Visit.objects.count() == 0


def test_a_visit_sent_twice_is_one_and_leads_to_the_same_place(
    client: Client, campaign: Campaign, people: People
) -> None:
    as_user(client, make_liaison())
    address = f"/campaigns/{campaign.pk}/record-visit/{people['李秀英'].pk}/"
    form = {**fields(text(client.get(address))), "way": "HOME"}
    assert client.post(address, form)["Location"] == client.post(address, form)["Location"]
    assert Visit.objects.count() == 1


def test_the_liaison_of_another_village_gets_404(client: Client, campaign: Campaign, people: People) -> None:
    made = visit(make_liaison(), campaign, people["李秀英"].pk)
    as_user(client, make_other_liaison())
    addresses = [
        f"/campaigns/{campaign.pk}/record-visit/{people['李秀英'].pk}/",
        f"/people/{people['李秀英'].pk}/record-visit/",
        f"/visits/{made.pk}/withdraw-visit/",
        f"/visits/{made.pk}/photo/",
        f"/visits/?area={VILLAGE}",
        f"/not-visited/?area={VILLAGE}",
        f"/campaigns/{campaign.pk}/print-sheets/?area={VILLAGE}",
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 7
    assert client.post(addresses[0], {"way": "HOME"}).status_code == 404


def test_outside_campaigns_a_visit_leads_back_to_the_persons_visits(client: Client, people: People) -> None:
    person = people["陈大山"]
    as_user(client, make_liaison())
    form = {**fields(text(client.get(f"/people/{person.pk}/record-visit/"))), "way": "HOME", "cash": "200"}
    assert client.post(f"/people/{person.pk}/record-visit/", form)["Location"] == f"/visits/?person={person.pk}"
    assert Visit.objects.get().campaign is None


def test_leaders_see_counts_and_masked_names_but_no_notes(client: Client, campaign: Campaign, people: People) -> None:
    visit(make_liaison(), campaign, people["陈大山"].pk, note="膝盖旧伤")
    page = text(as_user(client, make_user(Role.LEADER)).get("/visits/"))
    assert ("陈**" in page, "陈大山" in page, "膝盖旧伤" in page) == (True, False, False)
    page = text(client.get(f"/campaigns/{campaign.pk}/"))
    assert ("25%" in page, "陈大山" in page) == (True, False)
    hidden = ["assign-targets", "print-sheets", "add-target"]
    assert [client.get(f"/campaigns/{campaign.pk}/{name}/").status_code for name in hidden] == [404] * 3
    assert client.get("/not-visited/").status_code == 404


def test_planning_looks_first_and_then_makes_the_list(client: Client, people: People) -> None:
    as_user(client, make_clerk())
    form = fields(text(client.get("/campaigns/plan-campaign/")))
    assert (form["title"], form["first_day"], form["last_day"]) == (["2026年春节慰问"], ["2026-01-28"], ["2026-03-03"])
    typed = {**form, "kind": "SPRING_FESTIVAL", "area": "990101001000", "kinds": ["WAR_VETERAN"], "cash": "300"}
    looked = client.post("/campaigns/plan-campaign/", {**typed, "look": "1"})
    assert (looked.status_code, Campaign.objects.count()) == (200, 0)
    assert "将列入 4 人" in text(looked)
    fragment = text(client.post("/campaigns/plan-campaign/", {**typed, "look": "1"}, headers={"HX-Request": "true"}))
    assert ("将列入 4 人" in fragment, "<html" in fragment) == (True, False)
    made = client.post("/campaigns/plan-campaign/", typed)
    assert made["Location"] == f"/campaigns/{Campaign.objects.get().pk}/"


def test_a_faulty_plan_keeps_what_was_typed(client: Client, people: People) -> None:
    as_user(client, make_clerk())
    typed = {"kind": "ARMY_DAY", "first_day": "", "last_day": "2026-08-10", "cash": "x", "hardships": ["ALONE"]}
    answer = client.post("/campaigns/plan-campaign/", typed)
    form = fields(text(answer))
    assert (answer.status_code, form["cash"], form["hardships"]) == (422, ["x"], ["ALONE"])


def test_an_earlier_campaign_is_planned_again_for_the_next_festival(client: Client, campaign: Campaign) -> None:
    as_user(client, make_clerk())
    form = fields(text(client.get(f"/campaigns/plan-campaign/?like={campaign.pk}&kind=ARMY_DAY")))
    assert (form["title"], form["kinds"], form["cash"], form["goods"]) == (
        ["2026年八一慰问"], ["WAR_VETERAN"], ["500"], ["米 10kg、油 5L"],
    )  # fmt: skip


def test_the_campaign_page_says_how_far_it_has_come(client: Client, campaign: Campaign, people: People) -> None:
    visit(make_liaison(), campaign, people["陈大山"].pk, goods=("米 10kg",))
    page = text(as_user(client, make_clerk()).get(f"/campaigns/{campaign.pk}/"))
    shown = ["<b>4</b><span>名单人数", "<b>1</b><span>已走访", "<b>3</b><span>未走访", "<b>25%</b>", "<b>500.00</b>"]
    assert [words in page for words in shown] == [True] * 5
    assert "style=" not in page


def test_sheets_hold_a_page_per_village_with_the_sum_in_words(client: Client, campaign: Campaign) -> None:
    page = text(as_user(client, make_clerk()).get(f"/campaigns/{campaign.pk}/print-sheets/"))
    assert page.count('<article class="sheet">') == 2
    assert ("合计(大写):壹仟伍佰元整" in page, "合计(大写):伍佰元整" in page) == (True, True)
    one = text(client.get(f"/campaigns/{campaign.pk}/print-sheets/?area={VILLAGE}"))
    assert (one.count('<article class="sheet">'), "吴长河" in one) == (1, False)


def test_the_list_is_assigned_by_hand_and_handed_over(client: Client, campaign: Campaign) -> None:
    clerk, liaison = make_clerk(), make_liaison()
    as_user(client, clerk)
    address = f"/campaigns/{campaign.pk}/assign-targets/"
    assert client.get(address).status_code == 200
    target = target_of(campaign, "陈大山")
    client.post(address, {"targets": [target.pk], "user": clerk.pk, "area": VILLAGE})
    target.refresh_from_db()
    assert target.user_name == "赵书琴"
    client.post(f"/campaigns/{campaign.pk}/hand-over-targets/", {"from_user": clerk.pk, "to_user": liaison.pk})
    target.refresh_from_db()
    assert target.user_name == "周小兰"
    refused = client.post(address, {"targets": ["x"], "user": "nobody"})
    assert refused.status_code == 409


def test_a_name_is_found_added_and_dropped(client: Client, campaign: Campaign, people: People) -> None:
    as_user(client, make_clerk())
    page = text(client.get(f"/campaigns/{campaign.pk}/add-target/?name=陈"))
    assert ("陈大山" in page, "已在名单" in page) == (True, True)
    target = target_of(campaign, "陈大山")
    refused = client.post(f"/targets/{target.pk}/drop-target/", {"reason": ""})
    assert refused.status_code == 422
    client.post(f"/targets/{target.pk}/drop-target/", {"reason": "长期在外"})
    client.post(f"/campaigns/{campaign.pk}/add-target/", {"person": people["陈大山"].pk, "reason": "回来过年"})
    assert list(CampaignTarget.objects.filter(pk=target.pk).values_list("reason", "dropped_reason")) == [
        ("回来过年", "")
    ]


def test_a_visit_is_withdrawn_on_its_page(client: Client, campaign: Campaign, people: People) -> None:
    made = visit(make_liaison(), campaign, people["陈大山"].pk)
    as_user(client, make_liaison())
    address = f"/visits/{made.pk}/withdraw-visit/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "记错了"}).status_code == 302
    assert "记错了" in text(client.get(address))


@pytest.mark.parametrize(
    "query",
    [
        "?page=-1",
        "?page=abc",
        "?year=20260",
        "?year=x",
        "?campaign=99999999999999999",
        "?area=12",
        "?person=é",
        "?kind=%00",
        "?like=%00",
    ],
)
def test_odd_queries_are_no_errors(client: Client, campaign: Campaign, query: str) -> None:
    as_user(client, make_clerk())
    pages = ["/visits/", "/activities/", "/campaigns/", "/not-visited/", "/activities/record-activity/", "/my-visits/"]
    assert {client.get(page + query).status_code for page in pages} <= {200, 400, 404}
