"""An activity needs a kind and a day; the rest comes from the last of its kind or stays empty."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity, ActivityKind
from yushui.activities.rules.activities import Part
from yushui.activities.selectors.activities import (
    ActivityFilters,
    doubles_of,
    list_activities,
    sums_by_kind,
    visible_activities,
)
from yushui.activities.selectors.doubts import list_doubles, list_without_heads
from yushui.activities.selectors.entry import activity_sheet
from yushui.activities.selectors.kinds import usual_kinds
from yushui.activities.services.activities import record_activity, withdraw_activity
from yushui.activities.services.activities_bulk import PastActivity, record_activities
from yushui.activities.services.bulk import PastVisit, record_visits
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


def record(actor: User, **typed: object) -> Activity:
    values: dict[str, object] = {"kind": "FORUM", "on": "2026-02-01", "client_key": str(uuid.uuid4()), **typed}
    return record_activity(actor=actor, draft=ActivityDraft(**values), at=AT)  # type: ignore[arg-type]


def partners(activity: Activity) -> list[tuple[str, int | None]]:
    return list(activity.partners.order_by("id").values_list("name", "unit"))


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
    made = record(make_clerk(), heads="1,200", amount="80,000", place="县礼堂", partners="县人武部,县妇联、县人武部")
    assert (made.heads, made.amount_fen, made.place, partners(made)) == (
        1200, 8000000, "县礼堂", [("县人武部", None), ("县妇联", None)],
    )  # fmt: skip


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


def test_a_kind_asks_for_its_own_numbers_and_keeps_them_exactly() -> None:
    typed = (("mu", "12.5"), ("other", ""))
    made = record(make_clerk(), kind="FARM_HELP", heads="4", measures=typed)
    assert list(made.measures.values_list("key", "value")) == [("mu", 125)]
    with pytest.raises(Refused) as refused:
        record(make_clerk(), kind="FARM_HELP", measures=(("mu", "12.55"), ("trees", "3")))
    assert [str(problem) for problem in refused.value.problems] == [
        "面积:最多 1 位小数(请四舍五入后再填)",
        "附加数字:这类活动没有这一栏(请重新打开这一页再填)",
    ]


def test_units_and_posts_that_are_known_are_tied_to_their_rows() -> None:
    bureau = Unit.objects.create(name="县教育局", kind="MEMBER", area_id=COUNTY)
    station = Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)
    post = station.posts.create(title="站长", holder_name="何清", starts_on=date(2024, 1, 1))
    made = record(
        make_clerk(), host="石桥镇退役军人服务站", partners="县教育局、某企业", leaders="站长 何清、镇党委书记",
        volunteers="张三、李四", hours="2.5",
    )  # fmt: skip
    assert (made.host_id, partners(made)) == (station.pk, [("县教育局", bureau.pk), ("某企业", None)])
    assert list(made.people.order_by("id").values_list("role", "name", "post", "minutes")) == [
        ("LEADER", "站长 何清", post.pk, None), ("LEADER", "镇党委书记", None, None),
        ("VOLUNTEER", "张三", None, 150), ("VOLUNTEER", "李四", None, 150),
    ]  # fmt: skip


def test_several_days_are_kept_with_the_first_day_not_covered() -> None:
    made = record(make_clerk(), on="2026-01-30", last_day="2026-02-01")
    assert (made.on, made.ends_on) == (date(2026, 1, 30), date(2026, 2, 2))
    with pytest.raises(Refused, match="最后一天应在第一天之后"):
        record(make_clerk(), on="2026-01-30", last_day="2026-01-29")


def test_wrong_days_unknown_units_and_a_retired_kind_are_told_at_once() -> None:
    ActivityKind.objects.filter(pk="FORUM").update(retired=True)
    with pytest.raises(Refused) as refused:
        record(make_clerk(), on="2026-02-30", host="没有这个单位", heads="-3")
    assert [(problem.where, problem.what) for problem in refused.value.problems] == [
        ("活动类型", "“座谈会(茶话会)”已停用"), ("日期", "日期不对"), ("数量", "应为整数"),
        ("主办单位", "请从列表里选择主办单位"),
    ]  # fmt: skip


def test_the_same_thing_recorded_twice_is_pointed_out_and_not_refused() -> None:
    clerk = make_clerk()
    first = record(clerk, place="镇礼堂", heads="40")
    again = record(clerk, place="镇礼堂")
    elsewhere = record(clerk, place="县礼堂", heads="5")
    assert (doubles_of(again), doubles_of(elsewhere)) == ([first], [])
    assert [[row.pk for row in group.rows] for group in list_doubles(actor=clerk, year=2026)] == [
        [first.pk, again.pk, elsewhere.pk]
    ]
    assert [row.pk for row in list_without_heads(actor=clerk, year=2026)] == [again.pk]
    assert list_doubles(actor=clerk, year=2025) == []


def test_the_list_narrows_by_month_host_partner_and_text() -> None:
    clerk = make_clerk()
    host = Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)
    record(clerk, title="甲", host=host.name, note="茶话会很热闹")
    record(clerk, title="乙", on="2026-01-05", partners=host.name, place="茶馆")
    record(clerk, title="丙", on="2025-02-01", note="茶")

    def titles(**narrowed: object) -> list[str]:
        filters = ActivityFilters(**narrowed)  # type: ignore[arg-type]
        return [row.title for row in list_activities(actor=clerk, filters=filters)]

    assert (titles(year=2026, month=1), titles(year=2026, month=12)) == (["乙"], [])
    assert (titles(host_id=host.pk), titles(partner_id=host.pk)) == (["甲"], ["乙"])
    assert titles(text="茶", year=2026) == ["甲", "乙"]


def test_sums_by_kind_hold_the_further_numbers() -> None:
    clerk = make_clerk()
    record(clerk, kind="FARM_HELP", heads="4", amount="200", measures=(("mu", "12.5"),))
    record(clerk, kind="FARM_HELP", heads="6", on="2026-01-02", measures=(("mu", "7.5"),))
    record(clerk)
    withdraw_activity(actor=clerk, activity_id=record(clerk, kind="FARM_HELP", heads="9").pk, reason="错", at=AT)
    sums = sums_by_kind(actor=clerk, filters=ActivityFilters(year=2026))
    assert [(s.kind.pk, s.count, s.heads, s.amount_fen, [n.text for n in s.numbers]) for s in sums] == [
        ("FORUM", 1, None, None, []), ("FARM_HELP", 2, 10, 20000, ["20"]),
    ]  # fmt: skip


def test_an_old_ledger_brings_numbers_partners_and_people() -> None:
    known = Unit.objects.create(name="县教育局", kind="MEMBER", area_id=COUNTY)
    row = PastActivity(
        "FARM_HELP", TOWN, date(2024, 6, 1), partners="县教育局、某企业", measures=(("mu", 105),),
        people=(Part("LEADER", "镇长 何清"),),
    )  # fmt: skip
    record_activities(actor=make_clerk(), activities=[row, row], at=AT)
    made = Activity.objects.latest("pk")
    assert (partners(made), made.measures.get().value, made.people.get().name) == (
        [("县教育局", known.pk), ("某企业", None)], 105, "镇长 何清",
    )  # fmt: skip
    with pytest.raises(Refused, match="这类活动没有这一栏数字"):
        record_activities(
            actor=make_clerk(), activities=[PastActivity("FORUM", TOWN, date(2024, 6, 1), measures=(("mu", 1),))], at=AT
        )
