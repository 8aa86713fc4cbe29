"""An activity needs a kind and a day; the rest comes from the last of its kind or stays empty."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity
from yushui.activities.selectors.activities import ActivityFilters, list_activities, usual_kinds, visible_activities
from yushui.activities.selectors.sheets import activity_sheet
from yushui.activities.services.activities import record_activity, withdraw_activity
from yushui.activities.services.bulk import PastActivity, PastVisit, record_activities, record_visits
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT, TODAY, make_campaign, make_clerk, make_liaison, make_other_liaison
from yushui.activities.types import ActivityDraft, Way
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, make_areas
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(db: None) -> None:
    make_areas()
    load_kinds(at=AT)


def record(actor: User, **typed: str) -> Activity:
    values = {"kind": "FORUM", "on": "2026-02-01", "client_key": str(uuid.uuid4()), **typed}
    return record_activity(actor=actor, draft=ActivityDraft(**values), at=AT)


def test_kind_and_day_are_enough() -> None:
    made = record(make_clerk())
    assert (made.title, made.area_id, made.on, made.heads, made.amount_fen, made.recorded_name) == (
        "座谈会(茶话会)", TOWN, date(2026, 2, 1), None, None, "赵书琴",
    )  # fmt: skip
    assert Entry.objects.filter(action="activities.activity.recorded").count() == 1


def test_the_same_form_sent_twice_is_one_activity() -> None:
    clerk = make_clerk()
    made = {record(clerk, client_key="one-form-sent-twice").pk for _ in range(2)}
    assert (len(made), Activity.objects.count()) == (1, 1)


def test_a_form_of_somebody_else_is_not_taken_for_ones_own() -> None:
    record(make_clerk(), client_key="one-form-sent-twice")
    with pytest.raises(Refused, match="这张表单已经用过"):
        record(make_liaison(), client_key="one-form-sent-twice")


def test_all_numbers_are_kept() -> None:
    made = record(make_clerk(), heads="1,200", amount="80,000", place="县礼堂", partners="县人武部")
    assert (made.heads, made.amount_fen, made.place, made.partners) == (1200, 8000000, "县礼堂", "县人武部")


def test_a_designation_is_questioned() -> None:
    with pytest.raises(Refused) as refused:
        record(make_clerk(), partners="91079部队", note="到第71集团军座谈")
    assert [problem.where for problem in refused.value.problems] == ["参加单位", "情况"]
    assert Activity.objects.count() == 0


def test_the_next_one_begins_like_the_last_and_a_copy_takes_all() -> None:
    clerk = make_clerk()
    host = Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)
    made = record(clerk, place="镇礼堂", host_id=str(host.pk), partners="县人武部", heads="80", title="八一座谈会")
    fresh = activity_sheet(actor=clerk, kind="FORUM", copy_id=None, on=TODAY).draft
    assert (fresh.place, fresh.host_id, fresh.partners, fresh.heads, fresh.title, fresh.on) == (
        "镇礼堂", str(host.pk), "县人武部", "", "座谈会(茶话会)", "2026-02-10",
    )  # fmt: skip
    copy = activity_sheet(actor=clerk, kind="", copy_id=made.pk, on=TODAY).draft
    assert (copy.kind, copy.heads, copy.title, copy.on) == ("FORUM", "80", "八一座谈会", "2026-02-10")


def test_a_host_outside_the_own_area_is_refused() -> None:
    foreign = Unit.objects.create(name="汊河镇服务站", kind="STATION", area_id=OTHER_TOWN)
    with pytest.raises(Refused, match="请从列表里选择主办单位"):
        record(make_clerk(), host_id=str(foreign.pk))


def test_recording_stays_in_the_own_area() -> None:
    with pytest.raises(NotFound):
        record(make_clerk(), area_code=OTHER_TOWN)
    assert record(make_clerk(), area_code=VILLAGE).area_id == VILLAGE
    with pytest.raises(Refused, match="您没有登记活动的权限"):
        record(make_user(Role.LEADER))


def test_activities_are_listed_by_kind_chapter_year_and_area() -> None:
    clerk, liaison = make_clerk(), make_liaison()
    record(clerk, title="甲")
    record(liaison, title="乙", kind="MEMORIAL", on="2025-04-05")
    record(make_other_liaison(), title="丙", kind="MEMORIAL", on="2025-04-04")

    def titles(actor: User = clerk, **narrowed: object) -> list[str]:
        return [row.title for row in list_activities(actor=actor, filters=ActivityFilters(**narrowed))]  # type: ignore[arg-type]

    assert titles() == ["甲", "乙", "丙"]
    assert titles(kind="MEMORIAL") == ["乙", "丙"]
    assert titles(chapter="VISITS") == ["甲"]
    assert titles(year=2025) == ["乙", "丙"]
    assert titles(area_code=OTHER_VILLAGE) == ["丙"]
    assert titles(liaison) == ["乙"]
    assert [kind.code for kind in usual_kinds(actor=liaison)] == ["MEMORIAL"]


def test_a_withdrawn_activity_counts_nowhere_and_stays() -> None:
    clerk = make_clerk()
    made = record(clerk)
    with pytest.raises(Refused, match="请写明撤回原因"):
        withdraw_activity(actor=clerk, activity_id=made.pk, reason="", at=AT)
    withdraw_activity(actor=clerk, activity_id=made.pk, reason="重复登记", at=AT)
    assert (list(visible_activities(clerk)), Activity.objects.count()) == ([], 1)
    with pytest.raises(Refused, match="已经撤回过"):
        withdraw_activity(actor=clerk, activity_id=made.pk, reason="再撤", at=AT)


def test_an_old_ledger_of_activities_is_taken_over() -> None:
    rows = [PastActivity(kind="FORUM", area_code=TOWN, on=date(2024, 8, 1), heads=n) for n in (30, 40)]
    assert record_activities(actor=make_clerk(), activities=rows, at=AT) == 2
    assert sorted(visible_activities(make_clerk()).values_list("title", "heads", "amount_fen")) == [
        ("座谈会(茶话会)", 30, None), ("座谈会(茶话会)", 40, None),
    ]  # fmt: skip


def test_an_old_ledger_with_faults_is_refused_whole_and_names_the_rows() -> None:
    rows = [
        PastActivity(kind="FORUM", area_code=TOWN, on=date(2024, 8, 1)),
        PastActivity(kind="PARTY", area_code=TOWN, on=date(2026, 8, 1)),
        PastActivity(kind="FORUM", area_code=TOWN, on=date(2024, 8, 1), partners="91079部队", heads=-1),
    ]
    with pytest.raises(Refused) as refused:
        record_activities(actor=make_clerk(), activities=rows, at=AT)
    assert [str(problem) for problem in refused.value.problems] == [
        "第 2 行:没有这种活动类型、日期在今天之后",
        "第 3 行:数量或金额是负数、内容像是部队番号、代号或兵力装备",
    ]
    assert Activity.objects.count() == 0
    with pytest.raises(NotFound):
        record_activities(actor=make_clerk(), activities=[PastActivity("FORUM", COUNTY, date(2024, 8, 1))], at=AT)


def test_an_old_ledger_of_visits_is_taken_over(people: dict[str, Person]) -> None:
    campaign, clerk = make_campaign(), make_clerk()
    rows = [
        PastVisit(people["陈大山"].pk, VILLAGE, date(2026, 2, 1), campaign_id=campaign.pk, cash_fen=50000, goods="米"),
        PastVisit(people["吴长河"].pk, OTHER_VILLAGE, date(2025, 7, 28), way=Way.PHONE),
    ]
    assert record_visits(actor=clerk, visits=rows, at=AT) == 2
    faulty = [
        PastVisit(people["陈大山"].pk, VILLAGE, date(2026, 1, 1), campaign_id=campaign.pk),
        PastVisit(people["陈大山"].pk, VILLAGE, date(2026, 2, 1), way=Way.ABSENT, cash_fen=1),
        PastVisit(people["陈大山"].pk, VILLAGE, date(2027, 2, 1), campaign_id=99, cash_fen=-1),
    ]
    with pytest.raises(Refused) as refused:
        record_visits(actor=clerk, visits=faulty, at=AT)
    assert [str(problem) for problem in refused.value.problems] == [
        "第 1 行:早于行动第一天",
        "第 2 行:没见到的不应有慰问金和慰问品",
        "第 3 行:日期在今天之后、没有这次行动、慰问金是负数",
    ]
