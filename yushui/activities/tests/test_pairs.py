"""Agreements between units: entered once, renewed, ended; what the two did together counts by itself; who sleeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity, ActivityPartner, PairRenewal, UnitPair
from yushui.activities.rules.pairs import months_before, quarter_start, read_pair, read_renewal, state_of_pair
from yushui.activities.selectors.pairs import PairFilters, common_activities, pair_board, pair_sheet, pairs_of_activity
from yushui.activities.services.activities import record_activity
from yushui.activities.services.kinds import load_kinds
from yushui.activities.services.pairs import add_pair, change_pair, end_pair, link_activity, renew_pair
from yushui.activities.tests.factories import make_clerk
from yushui.activities.types import ActivityDraft, PairDraft
from yushui.base.evidence import Sent
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_areas
from yushui.places.models import Unit

AT = datetime(2026, 8, 5, 2, tzinfo=UTC)
ON = date(2026, 8, 5)
DRAFT = PairDraft(
    unit="石桥镇退役军人服务站", other="武警云川中队", subject="清洁家园", area_code=TOWN, starts_on="2025-01-01",
    last_day="2027-12-31", client_key="pair-0001",
)  # fmt: skip


@pytest.fixture
def clerk(db: None) -> User:
    make_areas()
    load_kinds(at=AT)
    Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)
    Unit.objects.create(name="武警云川中队", kind="GARRISON", area_id=COUNTY)
    return make_clerk()


def hold(clerk: User, on: str, *, host: str = "石桥镇退役军人服务站", partners: str = "武警云川中队") -> Activity:
    draft = ActivityDraft(
        kind="HYGIENE_BUILDING", on=on, host=host, partners=partners, client_key=f"act-{on}-{len(partners)}"
    )
    return record_activity(actor=clerk, draft=draft, at=AT)


def told(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.where for problem in refused.value.problems]


def test_a_form_sent_twice_is_one_agreement_and_units_of_ours_are_tied(clerk: User) -> None:
    first, second = (add_pair(actor=clerk, draft=DRAFT, at=AT) for _ in range(2))
    assert (first.pk, UnitPair.objects.count()) == (second.pk, 1)
    assert (first.unit.kind, first.other.kind) == ("STATION", "GARRISON")
    assert (first.starts_on, first.ends_on) == (date(2025, 1, 1), date(2028, 1, 1))


def test_a_unit_that_is_not_ours_stays_a_name(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=replace(DRAFT, other="邻县消防救援大队"), at=AT)
    assert (pair.other_id, pair.other_name) == (None, "邻县消防救援大队")
    hold(clerk, "2026-06-01", partners="邻县消防救援大队")
    assert common_activities(pair).count() == 1


def test_everything_wrong_is_told_at_once(clerk: User) -> None:
    draft = PairDraft(unit="", other="73016部队", subject="", starts_on="不详", last_day="2026-13-01", client_key="x")
    with pytest.raises(Refused) as refused:
        add_pair(actor=clerk, draft=draft, sent=[Sent(b"MZ not a pdf", "协议.pdf")], at=AT)
    assert told(refused) == ["一方单位", "另一方单位", "共建内容", "开始日期", "到期日期", "", "协议.pdf"]
    assert UnitPair.objects.count() == 0


def test_the_same_two_units_are_not_entered_again_whichever_stands_first(clerk: User) -> None:
    add_pair(actor=clerk, draft=DRAFT, at=AT)
    turned = replace(DRAFT, unit=DRAFT.other, other=DRAFT.unit, client_key="pair-0002")
    with pytest.raises(Refused) as refused:
        add_pair(actor=clerk, draft=turned, at=AT)
    assert told(refused) == ["另一方单位"]


def test_activities_in_which_both_took_part_count_by_themselves(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    together = (
        hold(clerk, "2026-03-01"), hold(clerk, "2026-04-01", host="武警云川中队", partners="石桥镇退役军人服务站"),
        hold(clerk, "2026-05-01", host="", partners="武警云川中队、石桥镇退役军人服务站"),
    )  # fmt: skip
    apart = (
        hold(clerk, "2026-06-01", partners="县妇女联合会"),  # only one of the two
        hold(clerk, "2024-12-31"),  # before it began
    )
    found = [len(pairs_of_activity(actor=clerk, activity=each)) for each in (*together, *apart)]
    assert found == [1, 1, 1, 0, 0]
    gone = hold(clerk, "2026-07-01")
    Activity.objects.filter(pk=gone.pk).update(withdrawn_at=AT)
    sheet = pair_sheet(actor=clerk, pair_id=pair.pk, on=ON)
    assert [row.on for row in sheet.activities] == [date(2026, 5, 1), date(2026, 4, 1), date(2026, 3, 1)]
    assert sheet.row.last_on == date(2026, 5, 1)
    assert [row.on for row in sheet.candidates] == [date(2026, 6, 1)]


def test_an_activity_is_linked_by_hand_and_taken_out_again(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    activity = hold(clerk, "2026-06-01", partners="县妇女联合会")
    for _ in range(2):
        link_activity(actor=clerk, pair_id=pair.pk, activity_id=activity.pk, at=AT)
    assert pairs_of_activity(actor=clerk, activity=activity) == [pair]
    sheet = pair_sheet(actor=clerk, pair_id=pair.pk, on=ON)
    assert (sheet.count, sheet.linked, sheet.row.last_on) == (1, {activity.pk}, date(2026, 6, 1))
    link_activity(actor=clerk, pair_id=pair.pk, activity_id=activity.pk, linked=False, at=AT)
    assert pair_sheet(actor=clerk, pair_id=pair.pk, on=ON).count == 0


def test_an_activity_before_the_agreement_is_not_linked(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    early = hold(clerk, "2024-06-01", partners="县妇女联合会")
    with pytest.raises(Refused) as refused:
        link_activity(actor=clerk, pair_id=pair.pk, activity_id=early.pk, at=AT)
    assert told(refused) == ["活动"]


@pytest.mark.parametrize(
    ("ends_on", "ended_on", "last_on", "state"),
    [
        (None, None, date(2026, 7, 1), "LIVE"),
        (None, None, date(2026, 2, 4), "SLEEPING"),
        (None, None, date(2026, 2, 5), "LIVE"),  # six months to the day
        (None, None, None, "SLEEPING"),
        (date(2026, 9, 1), None, date(2026, 7, 1), "SOON"),
        (date(2026, 8, 5), None, date(2026, 7, 1), "EXPIRED"),
        (date(2026, 8, 6), date(2026, 8, 1), date(2026, 7, 1), "ENDED"),
    ],
)
def test_an_agreement_stands(ends_on: date | None, ended_on: date | None, last_on: date | None, state: str) -> None:
    found = state_of_pair(
        starts_on=date(2025, 1, 1), ends_on=ends_on, ended_on=ended_on, last_on=last_on, on=ON, months=6
    )
    assert found == state


def test_a_young_agreement_does_not_sleep_yet() -> None:
    state = state_of_pair(starts_on=date(2026, 7, 1), ends_on=None, ended_on=None, last_on=None, on=ON, months=6)
    assert state == "LIVE"


@pytest.mark.parametrize(
    ("on", "months", "wanted"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)), (date(2026, 3, 15), 3, date(2025, 12, 15)),
        (date(2024, 8, 30), 6, date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_months_before_a_day(on: date, months: int, wanted: date) -> None:
    assert months_before(on, months) == wanted


def test_the_quarter_begins() -> None:
    assert [quarter_start(date(2026, month, 9)).month for month in (1, 3, 4, 12)] == [1, 1, 4, 10]


def test_the_tab_of_those_that_sleep_lists_the_longest_asleep_first(clerk: User) -> None:
    for number, other in enumerate(("甲公司", "乙公司", "丙公司")):
        add_pair(actor=clerk, draft=replace(DRAFT, other=other, client_key=f"pair-100{number}"), at=AT)
    hold(clerk, "2026-07-01", partners="甲公司")
    hold(clerk, "2025-10-01", partners="乙公司")
    board = pair_board(actor=clerk, filters=PairFilters(state="SLEEPING"), on=ON)
    assert [row.pair.other_name for row in board.rows] == ["丙公司", "乙公司"]
    assert {code: n for code, _, n in board.counts}["LIVE"] == 1
    twelve = pair_board(actor=clerk, filters=PairFilters(state="SLEEPING", months=12), on=ON)
    assert [row.pair.other_name for row in twelve.rows] == ["丙公司"]


def test_a_renewal_keeps_the_old_end(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    renew_pair(actor=clerk, pair_id=pair.pk, last_day="2029-12-31", note="双方同意", revision="1", at=AT)
    kept = PairRenewal.objects.get()
    assert (kept.was_ends_on, kept.ends_on) == (date(2028, 1, 1), date(2030, 1, 1))
    with pytest.raises(Refused) as refused:
        renew_pair(actor=clerk, pair_id=pair.pk, last_day="2029-12-31", note="", revision="2", at=AT)
    assert told(refused) == ["到期日期"]


def test_an_agreement_without_end_needs_no_renewal() -> None:
    _, _, problems = read_renewal("2029-12-31", "", ends_on=None)
    assert [problem.what for problem in problems] == ["这份协议没有约定到期,不用续签"]


def test_an_end_needs_a_day_and_a_reason_and_then_all_is_closed(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    with pytest.raises(Refused) as refused:
        end_pair(actor=clerk, pair_id=pair.pk, on="2026-09-01", reason=" ", revision="1", at=AT)
    assert told(refused) == ["结束日期", "结束原因"]
    end_pair(actor=clerk, pair_id=pair.pk, on="2026-08-01", reason="单位调整", revision="1", at=AT)
    for act in (
        lambda: renew_pair(actor=clerk, pair_id=pair.pk, last_day="2030-01-01", note="", revision="2", at=AT),
        lambda: change_pair(actor=clerk, pair_id=pair.pk, draft=DRAFT, revision="2", at=AT),
        lambda: end_pair(actor=clerk, pair_id=pair.pk, on="2026-08-02", reason="再来", revision="2", at=AT),
    ):
        with pytest.raises(Refused):
            act()
    hold(clerk, "2026-08-03")  # after its end
    assert common_activities(UnitPair.objects.get()).count() == 0
    again = add_pair(actor=clerk, draft=replace(DRAFT, starts_on="2026-08-04", client_key="pair-0009"), at=AT)
    assert again.pk != pair.pk


def test_of_two_people_at_one_agreement_the_second_is_told(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    change_pair(actor=clerk, pair_id=pair.pk, draft=replace(DRAFT, subject="联防联治"), revision="1", at=AT)
    with pytest.raises(Refused, match="刚被别人改过"):
        change_pair(actor=clerk, pair_id=pair.pk, draft=replace(DRAFT, subject="植树"), revision="1", at=AT)
    assert UnitPair.objects.get().subject == "联防联治"


def test_people_of_another_town_do_not_find_it(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    other = make_user(Role.TOWN_CLERK, area=OTHER_TOWN)
    with pytest.raises(NotFound):
        renew_pair(actor=other, pair_id=pair.pk, last_day="2030-01-01", note="", revision="1", at=AT)
    with pytest.raises(NotFound):
        add_pair(actor=other, draft=replace(DRAFT, client_key="pair-0003"), at=AT)
    assert pair_board(actor=other, filters=PairFilters(), on=ON).rows == ()


def test_a_liaison_looks_and_does_not_enter(clerk: User) -> None:
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    with pytest.raises(Refused, match="没有登记共建与结对的权限"):
        add_pair(actor=liaison, draft=replace(DRAFT, area_code=VILLAGE), at=AT)


def test_the_pages_lead_from_the_form_to_the_agreement(clerk: User, client: Client) -> None:
    client.force_login(clerk)
    typed = {"unit": "石桥镇人民政府", "other": "", "subject": "慰问", "starts_on": "2026-01-01", "area": TOWN,
             "client_key": "pair-of-form"}  # fmt: skip
    refused = client.post("/pairs/add-pair/", typed)
    assert refused.status_code == 422
    assert "石桥镇人民政府" in refused.content.decode()
    made = client.post("/pairs/add-pair/", {**typed, "other": "武警云川中队"}, follow=True)
    assert "石桥镇人民政府 — 武警云川中队" in made.content.decode()
    pair = UnitPair.objects.get()
    bad = client.post(f"/pairs/{pair.pk}/end-pair/", {"ended_on": "", "reason": "调整", "revision": "1"})
    assert (bad.status_code, "日期不对" in bad.content.decode()) == (422, True)
    listed = client.get("/pairs/", {"state": "SLEEPING", "months": "9", "area": "x"}).content.decode()
    assert "石桥镇人民政府" in listed  # odd values mean the usual six months


def test_a_partner_typed_before_the_unit_was_registered_counts(clerk: User) -> None:
    pair = add_pair(actor=clerk, draft=DRAFT, at=AT)
    activity = hold(clerk, "2026-06-01")
    ActivityPartner.objects.filter(activity=activity).update(unit=None)
    assert common_activities(pair).count() == 1


def test_an_agreement_far_ahead_is_a_slip() -> None:
    facts, problems = read_pair(replace(DRAFT, starts_on="2036-01-01", last_day=""), today=ON)
    assert (facts, [problem.where for problem in problems]) == (None, ["开始日期"])
