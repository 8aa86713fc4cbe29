"""Who goes: by village, by hand, handed over; names added and taken off."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import CampaignTarget
from yushui.activities.selectors.campaigns import my_rounds
from yushui.activities.selectors.targets import list_not_visited
from yushui.activities.services import targets
from yushui.activities.tests.factories import (
    AT,
    make_campaign,
    make_clerk,
    make_liaison,
    make_other_liaison,
    target_of,
    visit,
)
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import Person
from yushui.people.tests.factories import OTHER_TOWN, make_person, make_status

People = dict[str, Person]


def goers() -> dict[str, str]:
    """Who goes to whom."""
    return dict(CampaignTarget.objects.values_list("person__name", "user_name"))


def test_by_village_each_liaison_gets_the_own_village(people: People) -> None:
    campaign = make_campaign()
    make_liaison()
    done = targets.assign_by_village(actor=make_clerk(), campaign_id=campaign.pk, at=AT)
    assert (done.people, done.villages_without) == (3, ("柳湾村",))
    assert goers() == {"陈大山": "周小兰", "李秀英": "周小兰", "王德胜": "周小兰", "吴长河": ""}


def test_two_liaisons_share_a_village_evenly(people: People) -> None:
    campaign = make_campaign()
    make_liaison(username="one", name="周小兰")
    make_liaison(username="two", name="钱二")
    targets.assign_by_village(actor=make_clerk(), campaign_id=campaign.pk, at=AT)
    assert sorted(name for name in goers().values() if name) == ["周小兰", "周小兰", "钱二"]


def test_assigning_again_moves_nobody(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    make_liaison()
    targets.assign_by_village(actor=clerk, campaign_id=campaign.pk, at=AT)
    make_liaison(username="later", name="后来的人")
    assert targets.assign_by_village(actor=clerk, campaign_id=campaign.pk, at=AT).people == 0


def test_by_hand_a_goer_must_reach_the_village(people: People) -> None:
    campaign, clerk, liaison = make_campaign(), make_clerk(), make_liaison()
    far = target_of(campaign, "吴长河")
    with pytest.raises(Refused, match="周小兰不管柳湾村"):
        targets.assign_targets(actor=clerk, campaign_id=campaign.pk, target_ids=[far.pk], user_id=liaison.pk, at=AT)
    targets.assign_targets(actor=clerk, campaign_id=campaign.pk, target_ids=[far.pk], user_id=clerk.pk, at=AT)
    assert goers()["吴长河"] == "赵书琴"


def test_by_hand_nobody_chosen_or_an_unknown_goer_is_refused(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    stranger = make_user(Role.LIAISON, area="990101002001")
    with pytest.raises(Refused, match="没有勾选"):
        targets.assign_targets(actor=clerk, campaign_id=campaign.pk, target_ids=[], user_id=clerk.pk, at=AT)
    with pytest.raises(Refused, match="请选择走访人"):
        targets.assign_targets(
            actor=clerk, campaign_id=campaign.pk, user_id=stranger.pk, at=AT,
            target_ids=[target_of(campaign, "陈大山").pk],
        )  # fmt: skip


def test_handing_over_moves_those_left_and_keeps_those_seen(people: People) -> None:
    campaign, clerk, leaver = make_campaign(), make_clerk(), make_liaison()
    heir = make_liaison(username="heir", name="新联络员")
    CampaignTarget.objects.filter(area_id=leaver.area_code).update(user_id=leaver.pk, user_name="周小兰")
    visit(leaver, campaign, people["陈大山"].pk)
    done = targets.hand_over_targets(
        actor=clerk, campaign_id=campaign.pk, from_user_id=leaver.pk, to_user_id=heir.pk, at=AT
    )
    assert done.people == 2
    assert goers() == {"陈大山": "周小兰", "李秀英": "新联络员", "王德胜": "新联络员", "吴长河": ""}
    assert Entry.objects.filter(action="activities.targets.assigned").count() == 1


def test_nothing_to_hand_over_is_refused(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    with pytest.raises(Refused, match="没有可以移交的"):
        targets.hand_over_targets(
            actor=clerk, campaign_id=campaign.pk, from_user_id=make_liaison().pk, to_user_id=clerk.pk, at=AT
        )


def test_a_name_is_added_by_hand_once(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    newcomer = make_person(name="赵新来")
    target = targets.add_target(actor=clerk, campaign_id=campaign.pk, person_id=newcomer.pk, reason="刚出院", at=AT)
    assert (target.reason, target.area_id) == ("刚出院", newcomer.area_id)
    with pytest.raises(Refused, match="已经在名单上"):
        targets.add_target(actor=clerk, campaign_id=campaign.pk, person_id=newcomer.pk, reason="", at=AT)


def test_the_dead_and_people_of_other_towns_are_not_added(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    dead = make_person(name="已故", died_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="已登记去世"):
        targets.add_target(actor=clerk, campaign_id=campaign.pk, person_id=dead.pk, reason="", at=AT)
    with pytest.raises(NotFound):
        targets.add_target(actor=clerk, campaign_id=campaign.pk, person_id=people["孙远方"].pk, reason="", at=AT)


def test_a_name_is_dropped_with_a_reason_and_may_come_back(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    target = target_of(campaign, "王德胜")
    with pytest.raises(Refused, match="请写明移出原因"):
        targets.drop_target(actor=clerk, target_id=target.pk, reason=" ", at=AT)
    targets.drop_target(actor=clerk, target_id=target.pk, reason="长期在外", at=AT)
    left = list_not_visited(actor=clerk, campaign_ids=[campaign.pk])
    assert [row.person.name for row in left] == ["李秀英", "陈大山", "吴长河"]
    targets.add_target(actor=clerk, campaign_id=campaign.pk, person_id=target.person_id, reason="回来了", at=AT)
    assert left.all().count() == 4


def test_whoever_was_visited_is_not_dropped(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    visit(clerk, campaign, people["王德胜"].pk)
    with pytest.raises(Refused, match="已经走访过"):
        targets.drop_target(actor=clerk, target_id=target_of(campaign, "王德胜").pk, reason="重复", at=AT)


def test_a_clerk_of_another_town_finds_no_target(people: People) -> None:
    target = target_of(make_campaign(), "王德胜")
    with pytest.raises(NotFound):
        targets.drop_target(
            actor=make_user(Role.TOWN_CLERK, area=OTHER_TOWN), target_id=target.pk, reason="重复", at=AT
        )


def test_my_rounds_show_those_left_and_those_seen(people: People) -> None:
    campaign, clerk, liaison = make_campaign(), make_clerk(), make_liaison()
    make_other_liaison()
    targets.assign_by_village(actor=clerk, campaign_id=campaign.pk, at=AT)
    visit(liaison, campaign, people["陈大山"].pk)
    visit(liaison, campaign, people["王德胜"].pk, way="ABSENT")
    (mine,) = my_rounds(actor=liaison)
    assert (mine.listed, mine.seen) == (3, 1)
    (village,) = mine.villages
    assert [(row.person.name, row.tried) for row in village.left] == [("李秀英", False), ("王德胜", True)]
    assert [row.person.name for row in village.done] == ["陈大山"]


def test_a_person_who_moved_stays_on_the_list_of_the_old_village(people: People) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    Person.objects.filter(pk=people["陈大山"].pk).update(area_id="990101001002")
    rows = list_not_visited(actor=clerk, campaign_ids=[campaign.pk], area_code="990101001001")
    assert [row.person.name for row in rows] == ["李秀英", "王德胜", "陈大山"]


def test_a_county_list_of_twelve_thousand_is_made_at_once(
    people: People, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        make_status(make_person(name=f"人{number:02d}"), kind="WAR_VETERAN")
    clerk = make_clerk()
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # however many people
        make_campaign(clerk)
    assert CampaignTarget.objects.count() == 34
