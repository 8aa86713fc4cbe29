"""A rule makes a list from the register, in the actor's area, as the register stands that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Campaign, CampaignTarget
from yushui.activities.selectors import campaigns
from yushui.activities.services.campaigns import close_campaign, plan_campaign, preview_campaign
from yushui.activities.tests.factories import AT, SPRING, make_campaign, make_clerk, make_liaison, visit
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import Hardship, Person, Status
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_person, make_status

People = dict[str, Person]


def listed(campaign: Campaign) -> dict[str, str]:
    """Names on the list, with the reason, in the order of the list."""
    rows = CampaignTarget.objects.filter(campaign=campaign).order_by("id")
    return dict(rows.values_list("person__name", "reason"))


def chosen_by(**rule: object) -> dict[str, str]:
    empty = {"kinds": (), "hardships": (), "least_age": ""}
    return listed(make_campaign(draft=replace(SPRING, **{**empty, **rule})))


def test_a_kind_chooses_those_who_hold_it_by_village_and_name(people: People) -> None:
    assert listed(make_campaign()) == {
        "李秀英": "参战退役军人",
        "王德胜": "参战退役军人",
        "陈大山": "参战退役军人",
        "吴长河": "参战退役军人",
    }


def test_the_dead_the_moved_away_and_the_ended_are_not_chosen(people: People) -> None:
    Person.objects.filter(pk=people["陈大山"].pk).update(died_on=date(2025, 12, 1))
    Status.objects.filter(person=people["李秀英"]).update(ends_on=date(2026, 2, 1))
    Status.objects.filter(person=people["王德胜"]).update(superseded_at=AT)
    assert list(chosen_by(kinds=("WAR_VETERAN",))) == ["吴长河"]


def test_age_is_looked_for_among_entitled_people_only(people: People) -> None:
    make_status(make_person(name="老兵甲", born_on=date(1935, 1, 1)), kind="VETERAN")
    assert chosen_by(least_age="80") == {"陈大山": "85周岁"}


def test_any_condition_is_enough_or_all_must_hold(people: People) -> None:
    Hardship.objects.create(person=people["吴长河"], kind="ALONE", starts_on=date(2020, 1, 1), recorded_at=AT)
    past = Hardship(person=people["李秀英"], kind="ALONE", starts_on=date(2020, 1, 1), recorded_at=AT)
    past.ends_on = date(2025, 1, 1)
    past.save()
    rule = {"hardships": ("ALONE",), "least_age": "80"}
    assert chosen_by(**rule) == {"陈大山": "85周岁", "吴长河": "独居"}
    with pytest.raises(Refused, match="没有选到人"):
        chosen_by(**rule, every=True)
    assert chosen_by(kinds=("WAR_VETERAN",), hardships=("ALONE",), every=True) == {"吴长河": "参战退役军人、独居"}


def test_preview_says_what_planning_would_do_and_writes_nothing(people: People) -> None:
    preview = preview_campaign(actor=make_clerk(), draft=SPRING, at=AT)
    assert (preview.count, preview.villages, preview.cash_fen, preview.words) == (
        4, (("北洲村", 3), ("柳湾村", 1)), 200000, "参战退役军人",
    )  # fmt: skip
    assert (Campaign.objects.count(), CampaignTarget.objects.count()) == (0, 0)


def test_planning_is_one_act_in_the_log(people: People) -> None:
    campaign = make_campaign()
    entry = Entry.objects.get(action="activities.campaign.planned")
    assert (entry.subject, entry.area_code) == (f"activities.campaign:{campaign.pk}", TOWN)


def test_a_county_officer_plans_for_all_towns(people: People) -> None:
    officer = make_user(Role.DESK_OFFICER, area=COUNTY)
    campaign = make_campaign(officer, replace(SPRING, area_code=COUNTY))
    assert CampaignTarget.objects.filter(campaign=campaign).count() == 5


def test_another_town_does_not_exist_for_a_clerk(people: People) -> None:
    with pytest.raises(NotFound):
        make_campaign(draft=replace(SPRING, area_code=OTHER_TOWN))


def test_who_may_not_plan_is_told_who_may(people: People) -> None:
    with pytest.raises(Refused, match="请由县局经办、乡镇\\(街道\\)经办办理"):
        make_campaign(make_liaison(), replace(SPRING, area_code=VILLAGE))


def test_a_faulty_draft_makes_nothing(people: People) -> None:
    with pytest.raises(Refused) as refused:
        make_campaign(draft=replace(SPRING, cash="五百", kinds=()))
    assert [problem.where for problem in refused.value.problems] == ["每户慰问金", "走访对象"]
    assert Campaign.objects.count() == 0


def test_standing_counts_listed_seen_and_cash(people: People) -> None:
    clerk, campaign = make_clerk(), make_campaign()
    visit(clerk, campaign, people["陈大山"].pk)
    visit(clerk, campaign, people["李秀英"].pk, way="PHONE", cash="0")
    visit(clerk, campaign, people["吴长河"].pk, way="ABSENT")
    standing = campaigns.standing_of(actor=clerk, campaign_ids=[campaign.pk])[campaign.pk]
    assert (standing.listed, standing.seen, standing.left, standing.percent, standing.cash_fen) == (4, 2, 2, 50, 50000)


def test_coverage_by_village_adds_up(people: People) -> None:
    clerk, campaign = make_clerk(), make_campaign()
    visit(clerk, campaign, people["陈大山"].pk, goods=("米 10kg", "棉被"))
    visit(clerk, campaign, people["吴长河"].pk, goods=("米 10kg",))
    rows = campaigns.coverage_by_village(actor=clerk, campaign=campaign)
    assert [(row.name, row.listed, row.seen, row.percent, row.cash_fen, row.unassigned) for row in rows] == [
        ("北洲村", 3, 1, 33, 50000, 3),
        ("柳湾村", 1, 1, 100, 50000, 1),
    ]
    given = campaigns.given_in(actor=clerk, campaign=campaign)
    assert (given.ways, given.goods) == ({"HOME": 2}, (("米 10kg", 2), ("棉被", 1)))


def test_a_village_sees_its_own_part_of_a_county_campaign(people: People) -> None:
    officer = make_user(Role.DESK_OFFICER, area=COUNTY)
    campaign = make_campaign(officer, replace(SPRING, area_code=COUNTY))
    liaison = make_liaison()
    assert [row.name for row in campaigns.coverage_by_village(actor=liaison, campaign=campaign)] == ["北洲村"]
    assert [row.pk for row in campaigns.list_campaigns(actor=liaison)] == [campaign.pk]


def test_a_campaign_of_another_town_is_not_found(people: People) -> None:
    campaign = make_campaign()
    stranger = make_user(Role.TOWN_CLERK, area=OTHER_TOWN)
    with pytest.raises(NotFound):
        campaigns.get_campaign(actor=stranger, campaign_id=campaign.pk)


def test_a_closed_campaign_takes_no_visit_and_no_second_closing(people: People) -> None:
    clerk, campaign = make_clerk(), make_campaign()
    close_campaign(actor=clerk, campaign_id=campaign.pk, at=AT)
    for act in (
        lambda: visit(clerk, campaign, people["陈大山"].pk),
        lambda: close_campaign(actor=clerk, campaign_id=campaign.pk, at=AT),
    ):
        with pytest.raises(Refused, match="本次行动已结束"):
            act()


def test_a_town_cannot_close_the_county_campaign(people: People) -> None:
    campaign = make_campaign(make_user(Role.DESK_OFFICER, area=COUNTY), replace(SPRING, area_code=COUNTY))
    with pytest.raises(NotFound):
        close_campaign(actor=make_clerk(), campaign_id=campaign.pk, at=AT)


def test_campaigns_are_listed_newest_first_and_narrowed(people: People) -> None:
    clerk = make_clerk()
    spring = make_campaign()
    army = plan_campaign(
        actor=clerk, at=datetime(2026, 7, 1, tzinfo=UTC),
        draft=replace(SPRING, title="", kind="ARMY_DAY", first_day="2026-07-18", last_day="2026-08-10"),
    )  # fmt: skip
    assert [row.title for row in campaigns.list_campaigns(actor=clerk)] == ["2026年八一慰问", "2026年春节慰问"]
    assert list(campaigns.list_campaigns(actor=clerk, kind="SPRING_FESTIVAL")) == [spring]
    assert list(campaigns.list_campaigns(actor=clerk, year=2025)) == []
    close_campaign(actor=clerk, campaign_id=spring.pk, at=AT)
    assert list(campaigns.list_campaigns(actor=clerk, is_open=True)) == [army]
