"""A campaign of last year is carried on: its rule makes the list anew, hand-added names are proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Campaign, CampaignTarget, Visit
from yushui.activities.selectors.sheets import plan_sheet
from yushui.activities.services.campaigns import plan_campaign, preview_campaign
from yushui.activities.services.targets import add_target, drop_gone
from yushui.activities.tests.factories import AT, SPRING, make_campaign, make_clerk, make_liaison, visit
from yushui.base.refusals import Refused
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN_VILLAGE, OTHER_VILLAGE, VILLAGE, make_person, make_status
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db
People = dict[str, Person]


def listed(campaign: Campaign) -> list[str]:
    rows = CampaignTarget.objects.filter(campaign=campaign, dropped_reason="")
    return sorted(rows.values_list("person__name", flat=True))


def chosen_by(**rule: object) -> list[str]:
    empty: dict[str, object] = {"kinds": (), "hardships": (), "least_age": ""}
    return listed(make_campaign(draft=replace(SPRING, **{**empty, **rule})))  # type: ignore[arg-type]


def test_carry_on_when_people_died_came_and_were_added_by_hand(people: People) -> None:
    clerk = make_clerk()
    last = make_campaign(clerk)
    friend, gone = make_person(name="赵老师"), make_person(name="钱医生")
    for person in (friend, gone):
        add_target(actor=clerk, campaign_id=last.pk, person_id=person.pk, reason="老村干部", at=AT)
    Person.objects.filter(pk__in=[people["陈大山"].pk, gone.pk]).update(died_on=date(2026, 6, 1))
    make_status(make_person(name="新对象"))
    sheet = plan_sheet(actor=clerk, kind="", like_id=last.pk, on=date(2026, 12, 1))
    draft = sheet.draft
    assert (draft.title, draft.first_day, draft.cash, draft.goods) == (
        "2027年春节慰问", "2027-01-17", "500", "米 10kg、油 5L",
    )  # fmt: skip
    preview = preview_campaign(actor=clerk, draft=draft, at=AT)
    assert preview.carried is not None
    assert (preview.carried.kept, preview.carried.new, preview.carried.gone) == (3, 1, 2)
    assert [person.name for person in preview.carried.by_hand] == ["赵老师"]
    assert listed(plan_campaign(actor=clerk, draft=draft, at=AT)) == ["吴长河", "新对象", "李秀英", "王德胜"]
    with_friend = plan_campaign(actor=clerk, draft=replace(draft, by_hand=(friend.pk, gone.pk)), at=AT)
    assert listed(with_friend) == ["吴长河", "新对象", "李秀英", "王德胜", "赵老师"]
    assert (with_friend.like_id, CampaignTarget.objects.get(campaign=with_friend, person=friend).by_hand) == (
        last.pk, True,
    )  # fmt: skip


def test_plan_when_the_same_form_comes_twice_makes_one(people: People) -> None:
    clerk, draft = make_clerk(), replace(SPRING, client_key="0123456789")
    assert plan_campaign(actor=clerk, draft=draft, at=AT) == plan_campaign(actor=clerk, draft=draft, at=AT)
    assert Campaign.objects.count() == 1


def test_rule_when_not_visited_since_leaves_out_who_was_met(people: People) -> None:
    visit(make_liaison(), None, people["陈大山"].pk, on="2026-02-01")
    visit(make_liaison(username="l2"), None, people["王德胜"].pk, on="2026-02-01", way="ABSENT", cash="")
    assert chosen_by(kinds=("WAR_VETERAN",), not_since="2026-01-15") == ["吴长河", "李秀英", "王德胜"]
    assert chosen_by(not_since="2026-02-02") == ["吴长河", "李秀英", "王德胜", "陈大山"]


def test_rule_when_birthdays_count_looks_at_the_days_of_the_campaign(people: People) -> None:
    assert chosen_by(birthday=True, first_day="2026-03-01", last_day="2026-05-01") == ["李秀英", "陈大山"]
    assert chosen_by(birthday=True, first_day="2025-12-20", last_day="2026-01-01") == ["吴长河", "王德胜"]


def test_rule_when_merits_and_villages_are_asked(people: People) -> None:
    soldier = make_person(name="立功兵", born_on=date(2003, 1, 1))
    make_status(soldier, kind="CONSCRIPT", merit="MERIT_3", starts_on=date(2024, 9, 1))
    assert chosen_by(merits=("MERIT_2", "MERIT_3")) == ["立功兵"]
    assert chosen_by(kinds=("WAR_VETERAN",), areas=(OTHER_VILLAGE,)) == ["吴长河"]


def test_rule_when_the_area_is_not_of_ours_or_the_day_lies_ahead_is_refused(people: People) -> None:
    with pytest.raises(Refused) as caught:
        make_campaign(draft=replace(SPRING, areas=(OTHER_TOWN_VILLAGE,), not_since="2026-12-01"))
    assert [problem.where for problem in caught.value.problems] == ["这天以来没走访", "走访对象"]


def test_list_when_units_are_asked_holds_them_beside_the_people(people: People) -> None:
    desk = make_user(Role.DESK_OFFICER, area=COUNTY)
    Unit.objects.create(name="武警云川中队", kind="GARRISON", area_id=COUNTY)
    Unit.objects.create(name="旧营房", kind="GARRISON", area_id=COUNTY, ends_on=date(2025, 1, 1))
    held = make_campaign(desk, replace(SPRING, area_code=COUNTY, kinds=(), unit_kinds=("GARRISON",)))
    assert ([row.unit.name for row in held.units.all()], listed(held), held.rule) == (["武警云川中队"], [], "驻军单位")


def test_drop_gone_when_people_died_or_moved_away_says_why(people: People) -> None:
    campaign = make_campaign()
    visit(make_liaison(), campaign, people["王德胜"].pk)
    Person.objects.filter(name="王德胜").update(died_on=date(2026, 2, 11))
    Person.objects.filter(name="陈大山").update(died_on=date(2026, 2, 1))
    Person.objects.filter(name="李秀英").update(area_id=OTHER_TOWN_VILLAGE)
    Person.objects.filter(name="吴长河").update(area_id=VILLAGE)  # within the town: stays on its list
    assert drop_gone(actor=make_user(Role.TOWN_CLERK, area=campaign.area_id), campaign_id=campaign.pk, at=AT) == 2
    dropped = CampaignTarget.objects.filter(campaign=campaign).exclude(dropped_reason="")
    assert dict(dropped.values_list("person__name", "dropped_reason")) == {"陈大山": "已去世", "李秀英": "户籍已迁出"}


def test_page_when_carried_on_proposes_and_keeps_what_was_ticked(
    people: People, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-12-01")
    clerk = make_clerk()
    last = make_campaign(clerk)
    friend = make_person(name="赵老师")
    add_target(actor=clerk, campaign_id=last.pk, person_id=friend.pk, reason="老村干部", at=AT)
    client.force_login(clerk)
    form = {
        "kind": "SPRING_FESTIVAL", "first_day": "2027-01-17", "last_day": "2027-02-20", "kinds": ["WAR_VETERAN"],
        "client_key": "0123456789",
    }  # fmt: skip
    page = client.post(f"/campaigns/plan-campaign/?like={last.pk}", {**form, "look": "1"}).content.decode()
    assert '还在名单上 <b class="number">4</b> 人' in page
    assert f'name="by_hand" value="{friend.pk}"' in page
    made = client.post(f"/campaigns/plan-campaign/?like={last.pk}", {**form, "by_hand": [friend.pk]})
    campaign = Campaign.objects.latest("pk")
    assert (made["Location"], "赵老师" in listed(campaign)) == (f"/campaigns/{campaign.pk}/", True)
    assert not Visit.objects.exists()
