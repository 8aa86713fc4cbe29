"""The staff home: what waits for whom; every number opens a list of that many people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import COUNTY, make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity, ActivityKind, Campaign, CampaignTarget
from yushui.activities.services.campaign_kinds import load_campaign_kinds
from yushui.activities.services.visits import record_visit
from yushui.activities.types import VisitDraft
from yushui.audit import services as audit
from yushui.base.days import month_of
from yushui.base.workdays import UNPUBLISHED
from yushui.payments.models import Batch, BatchState, BatchStep
from yushui.people.forms import filters_from
from yushui.people.models import Person, PersonEvent
from yushui.people.selectors import list_people
from yushui.people.tests.factories import make_account, make_areas, make_person, make_status
from yushui.rosters.models import ImportState, RosterImport
from yushui.workbench.selectors.badges import badges_for
from yushui.workbench.selectors.home import get_home
from yushui.workbench.types import Counter, Home, Task

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 1, tzinfo=UTC)
BEIZHOU, LIUWAN = "990101001001", "990101001002"


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def home(actor: User) -> Home:
    return get_home(actor=actor, on=ON)


def labels(actor: User) -> list[str]:
    return [task.label for task in home(actor).tasks]


def make_batch(state: BatchState, *signers: User, title: str = "2026年11月抚恤补助") -> Batch:
    """A batch that these users brought to a state, one step each."""
    batch = Batch.objects.create(
        title=title, area_code=COUNTY, month=month_of(ON), state=state, created_at=AT, created_by=signers[0].pk,
        line_count=12046, total_fen=1_500_900_000,
    )  # fmt: skip
    line = [BatchState.DRAFT, BatchState.SUBMITTED, BatchState.REVIEWED, BatchState.APPROVED, BatchState.SENT]
    for was, now, signer in zip(line, line[1:], signers, strict=False):
        BatchStep.objects.create(batch=batch, was=was, now=now, actor_id=signer.pk, actor_name=signer.full_name, at=AT)
    return batch


def test_tasks_when_a_batch_waits_for_review_only_the_reviewer_sees_it() -> None:
    make_areas()
    maker, reviewer, approver = make_user(Role.DESK_OFFICER), make_user(Role.REVIEWER), make_user(Role.APPROVER)
    batch = make_batch(BatchState.SUBMITTED, maker)
    task = home(reviewer).tasks[0]
    assert (task.label, task.url) == ("复核:2026年11月抚恤补助", f"/batches/{batch.pk}/")
    assert (task.extent, task.note) == ("12,046 笔", "2026年11月 · 1,500.9 万元")
    assert task.due_on == date(2026, 11, 30)  # a Monday, the last working day of the month
    assert labels(approver) == []
    assert "复核:2026年11月抚恤补助" not in labels(maker)


def test_tasks_when_the_reviewer_also_made_the_batch_offers_nothing() -> None:
    make_areas()
    both = make_user(Role.DESK_OFFICER, Role.REVIEWER)
    make_batch(BatchState.SUBMITTED, both)
    assert [label for label in labels(both) if label.startswith("复核")] == []


@pytest.mark.parametrize(
    "state, role, verb",
    [
        (BatchState.SUBMITTED, Role.REVIEWER, "复核"),
        (BatchState.REVIEWED, Role.APPROVER, "审批"),
        (BatchState.APPROVED, Role.DESK_OFFICER, "生成银行文件"),
        (BatchState.SENT, Role.DESK_OFFICER, "导入回单"),
    ],
)
def test_tasks_when_each_step_waits_for_its_post(state: BatchState, role: Role, verb: str) -> None:
    make_areas()
    signers = [make_user(r, username=f"signer-{r.lower()}") for r in (Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER)]
    make_batch(state, *signers)
    other = make_user(role, username="somebody-else")
    assert f"{verb}:2026年11月抚恤补助" in labels(other)


def test_tasks_when_the_batch_is_of_another_county_are_none() -> None:
    make_areas()
    make_batch(BatchState.SUBMITTED, make_user(Role.DESK_OFFICER))
    assert labels(make_user(Role.REVIEWER, area="990102000000")) == []


def test_tasks_when_this_month_is_not_calculated_remind_the_desk() -> None:
    make_areas()
    assert labels(make_user(Role.DESK_OFFICER)) == ["测算2026年11月待遇"]
    assert labels(make_user(Role.REVIEWER)) == []


def test_tasks_when_an_import_was_checked_waits_for_the_town_that_sent_it(tmp_path: Any, settings: Any) -> None:
    make_areas()
    roster = RosterImport(
        file_name="石桥镇花名册.xlsx", area_code="990101001000", state=ImportState.CHECKED, rows=40, new=3, changed=2,
        bad_cells=5, created_at=AT, created_by=1,
    )  # fmt: skip
    roster.file_id = make_file().pk
    roster.save()
    clerk, other = make_user(Role.TOWN_CLERK, area="990101001000"), make_user(Role.TOWN_CLERK, area="990101002000")
    task = home(clerk).tasks[0]
    assert (task.label, task.note) == ("确认导入:石桥镇花名册.xlsx", "新增 3,变更 2,有误 5 处")
    assert labels(other) == []


def make_file() -> Any:
    return RosterImport._meta.get_field("file").related_model.objects.create(
        digest="a" * 64, name="a", size=1, media_type="x", stored_at=AT
    )


def make_campaign(ends_on: date, people: list[Person], goer: User) -> Campaign:
    load_campaign_kinds(at=AT)
    campaign = Campaign.objects.create(
        title="2026年冬季走访", kind_id="OTHER", area_id=COUNTY, starts_on=date(2026, 11, 1), ends_on=ends_on, rule="",
        created_at=AT, created_by=goer.pk,
    )  # fmt: skip
    CampaignTarget.objects.bulk_create(
        CampaignTarget(
            campaign=campaign, person=person, area_id=person.area_id, reason="困难", user_id=goer.pk,
            user_name=goer.full_name,
        )
        for person in people
    )  # fmt: skip
    return campaign


def test_tasks_when_visits_are_left_count_down_to_the_last_day() -> None:
    make_areas()
    liaison = make_user(Role.LIAISON, area=BEIZHOU)
    people = [make_person(area=BEIZHOU) for _ in range(3)]
    make_campaign(ON + timedelta(days=3), people, liaison)
    task = home(liaison).tasks[0]
    assert (task.label, task.extent, task.note, task.due_words) == ("走访:2026年冬季走访", "3 人", "北洲村", "剩 3 天")
    assert (home(liaison).late, home(liaison).soon) == (0, 1)


def test_tasks_when_everybody_was_seen_are_done() -> None:
    make_areas()
    liaison = make_user(Role.LIAISON, area=BEIZHOU)
    person = make_person(area=BEIZHOU)
    campaign = make_campaign(ON, [person], liaison)
    assert home(liaison).late == 1
    draft = VisitDraft(way="HOME", on="2026-11-22", visitor_name="陈秀兰", client_key=str(uuid4()))
    record_visit(actor=liaison, person_id=person.pk, campaign_id=campaign.pk, draft=draft, at=AT)
    done = home(liaison)  # counted anew, because somebody did something
    assert (done.tasks, done.progress[0].percent) == ((), 100)


def test_progress_when_another_village_is_not_counted() -> None:
    make_areas()
    liaison = make_user(Role.LIAISON, area=BEIZHOU)
    make_campaign(ON, [make_person(area=BEIZHOU), make_person(area=LIUWAN)], liaison)
    assert home(liaison).progress[0].total == 1


@pytest.mark.parametrize(
    "days_left, words, late, soon",
    [
        (-2, "过了 2 天", True, False),
        (0, "今天", True, False),
        (7, "剩 7 天", False, True),
        (18, "12月10日", False, False),
    ],
)
def test_task_when_due(days_left: int, words: str, late: bool, soon: bool) -> None:
    task = Task("事", "/", due_on=ON + timedelta(days=days_left), days_left=days_left)
    assert (task.due_words, task.is_late, task.is_soon) == (words, late, soon)


def make_register() -> None:
    """One person for each number of the home page, and some who are in none."""
    make_areas()
    make_person(name="六十将满", born_on=date(1967, 1, 10), phone_index="x")
    make_person(name="五十五将满", born_on=date(1972, 1, 10), sex="F", phone_index="x")
    make_status(make_person(name="遗属十八", born_on=date(2008, 12, 1), phone_index="x"), kind="SURVIVOR_DUTY")
    make_status(make_person(name="遗属二十二", born_on=date(2004, 12, 1), phone_index="x"), kind="SURVIVOR_DUTY")
    make_person(name="生日", born_on=date(1980, 11, 25), phone_index="x")
    make_person(name="九十", born_on=date(1936, 11, 24), phone_index="x")
    make_person(name="没有电话", born_on=date(1980, 3, 3))
    dead = make_person(name="已去世", born_on=date(1940, 3, 3), died_on=date(2026, 10, 1), phone_index="x")
    make_status(dead, campaign="VIETNAM")
    confirmed = make_person(name="已确认", born_on=date(1950, 3, 3), phone_index="x")
    make_status(confirmed, campaign="VIETNAM")
    make_account(confirmed)
    PersonEvent.objects.create(person=confirmed, what="CONFIRMED", on=date(2026, 3, 1), recorded_at=AT)
    make_status(make_person(name="没有账户", born_on=date(1951, 3, 3), phone_index="x"), campaign="VIETNAM")
    make_status(make_person(name="要素不全", born_on=date(1952, 3, 3), phone_index="x"), campaign="")


def listed(actor: User, counter: Counter) -> int:
    """How many people stand in the list that a counter opens."""
    query = QueryDict(urlsplit(counter.url).query)
    return list_people(actor=actor, filters=filters_from(query, on=ON)).count()


def test_counters_when_opened_show_as_many_people_as_they_say() -> None:
    make_register()
    officer = make_user(Role.DESK_OFFICER)
    found = home(officer)
    *of_people, late_cases = found.counters
    assert (late_cases.label, late_cases.count) == ("辖区办件超期", 0)
    counters = [*of_people, *found.gaps, *found.turning]
    assert {one.label: one.count for one in counters} == {one.label: listed(officer, one) for one in counters}
    assert {one.label: one.count for one in counters} == {
        "疑似去世仍在发": 1,
        "今年未确认": 4,
        "三个月内满 60 周岁": 1,
        "七天内过生日": 2,
        "没有账户": 4,
        "身份要素不全": 3,
        "没有电话": 1,
        "遗属子女满 18 周岁": 1,
        "遗属子女满 22 周岁": 1,
        "女性满 55 周岁": 1,
        "满 60 周岁": 1,
    }


def test_counters_when_of_another_village_are_not_taken_from_the_first() -> None:
    make_register()
    make_person(name="柳湾", born_on=date(1967, 1, 10), area=LIUWAN)
    sixty = {
        code: home(make_user(Role.LIAISON, area=code)).counters[2].count for code in (BEIZHOU, LIUWAN, "990101002000")
    }
    assert sixty == {BEIZHOU: 1, LIUWAN: 1, "990101002000": 0}


def test_jubilees_when_a_round_birthday_is_within_the_week() -> None:
    make_register()
    assert [(one.name, one.age, one.on, one.place) for one in home(make_user(Role.DESK_OFFICER)).jubilees] == [
        ("九十", 90, date(2026, 11, 24), "石桥镇 北洲村")
    ]


def test_home_when_post_sees_no_people_has_no_numbers_of_people() -> None:
    make_register()
    for role in (Role.LEADER, Role.MEMBER_UNIT, Role.ADMINISTRATOR):
        found = home(make_user(role))
        assert (found.counters, found.gaps, found.turning, found.jubilees) == ((), (), (), ())


@pytest.mark.parametrize("role", list(Role))
def test_page_when_opened_by_each_role(role: Role, client: Client) -> None:
    make_register()
    client.force_login(make_user(role))
    assert client.get("/").status_code == 200


def test_page_when_everything_is_counted_asks_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    make_register()
    desk = make_user(Role.DESK_OFFICER)
    client.force_login(desk)
    audit.record(actor=desk, action="people.list.exported", subject="people.person", area_code=COUNTY, at=AT)
    client.get("/")
    with django_assert_max_num_queries(8):  # what was counted is kept until somebody does something
        client.get("/")


def test_payments_when_post_may_see_them_are_the_last_four() -> None:
    make_areas()
    reviewer = make_user(Role.REVIEWER)
    for month in range(6, 12):
        batch = make_batch(BatchState.SETTLED, reviewer, title=f"2026年{month}月抚恤补助")
        Batch.objects.filter(pk=batch.pk).update(month=month_of(date(2026, month, 1)))
    assert [one.label for one in home(reviewer).payments] == [f"2026年{month}月抚恤补助" for month in (11, 10, 9, 8)]
    assert home(make_user(Role.LIAISON)).payments == ()


def test_doings_when_post_looks_after_no_persons() -> None:
    make_areas()
    kind = ActivityKind.objects.create(code="MEETING", name="领导小组会议", chapter="组织领导", direction="JOINT")
    Activity.objects.create(kind=kind, area_id=COUNTY, on=ON, title="双拥工作领导小组全体会议", recorded_at=AT)
    assert [(one.title, one.kind, one.place) for one in home(make_user(Role.LEADER)).doings] == [
        ("双拥工作领导小组全体会议", "领导小组会议", "云川县")
    ]
    assert home(make_user(Role.DESK_OFFICER)).doings == ()


def test_badges_when_a_batch_waits_stand_in_the_menu_of_who_may_act(client: Client) -> None:
    make_areas()
    maker, reviewer = make_user(Role.DESK_OFFICER), make_user(Role.REVIEWER)
    make_batch(BatchState.SUBMITTED, maker)
    waiting = [
        {name: count for name, count in badges_for(user, ON).items() if count}
        for user in (reviewer, maker, make_user(Role.LEADER))
    ]
    assert waiting == [{"list-runs": 1}, {}, {}]
    client.force_login(reviewer)
    assert client.get("/").content.decode().count("每月发放 <i>1</i>") == 2  # the menu beside and the one that folds


def test_key_figures_when_leader_opens_the_home_are_the_figures_of_the_county() -> None:
    make_register()
    found = home(make_user(Role.LEADER))
    assert [(one.label, one.words) for one in found.sizes][:2] == [("优抚对象总数", "5 人"), ("退役军人", "0 人")]
    assert [(one.label, one.words, one.parts, one.is_short, one.note) for one in found.shares][:1] == [
        ("年度确认率", "20%", 2000, True, "差 4"),
    ]


def test_key_figures_when_post_works_with_persons_are_left_to_their_page() -> None:
    found = home(make_user(Role.DESK_OFFICER))
    assert (found.sizes, found.shares) == ((), ())


def test_due_day_of_a_year_without_a_notice_says_so() -> None:
    """2027 年的放假安排还没有公布: the last working day of a month is then only reckoned."""
    desk = make_user(Role.DESK_OFFICER)
    (known,) = [task for task in get_home(actor=desk, on=ON).tasks if task.label.startswith("测算")]
    (reckoned,) = [task for task in get_home(actor=desk, on=date(2027, 2, 1)).tasks if task.label.startswith("测算")]
    assert (known.caution, reckoned.caution) == ("", UNPUBLISHED)
    assert reckoned.due_on == date(2027, 2, 26)
