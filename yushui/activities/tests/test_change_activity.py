"""An activity is corrected in place; of two people at one activity the second is told, and nothing is lost."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity, ActivityKind
from yushui.activities.selectors.entry import change_sheet, draft_of
from yushui.activities.services.activities import change_activity, record_activity, withdraw_activity
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT, make_clerk, make_liaison
from yushui.activities.types import ActivityDraft
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import OTHER_TOWN, TOWN, VILLAGE, make_areas
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(db: None, monkeypatch: pytest.MonkeyPatch) -> Activity:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    make_areas()
    load_kinds(at=AT)
    Unit.objects.create(name="石桥镇退役军人服务站", kind="STATION", area_id=TOWN)
    draft = ActivityDraft(
        kind="FARM_HELP", on="2026-02-01", area_code=VILLAGE, host="石桥镇退役军人服务站", partners="县人武部、某企业",
        heads="4", amount="200", measures=(("mu", "12.5"),), leaders="镇长 何清", volunteers="张三", hours="2",
        note="抢收", client_key=str(uuid.uuid4()),
    )  # fmt: skip
    return record_activity(actor=make_clerk(), draft=draft, at=AT)


def change(actor: User, activity: Activity, revision: int = 1, **typed: str) -> Activity:
    draft = replace(draft_of(activity, on=activity.on), **typed)
    return change_activity(actor=actor, activity_id=activity.pk, draft=draft, revision=str(revision), at=AT)


def test_a_correction_changes_what_was_typed_and_keeps_the_rest(activity: Activity) -> None:
    changed = change(make_clerk(), activity, heads="6", partners="某企业、县妇联", volunteers="", hours="")
    assert (changed.heads, changed.revision, changed.changed_name, changed.amount_fen) == (6, 2, "赵书琴", 20000)
    assert list(changed.partners.order_by("id").values_list("name", flat=True)) == ["某企业", "县妇联"]
    assert list(changed.people.values_list("name", flat=True)) == ["镇长 何清"]
    assert list(changed.measures.values_list("key", "value")) == [("mu", 125)]
    kept = json.loads(Entry.objects.get(action="activities.activity.changed").detail)
    assert (kept["was"]["heads"], kept["now"]["heads"], kept["was"]["partners"]) == (4, 6, ["县人武部", "某企业"])


def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost(activity: Activity) -> None:
    change(make_clerk(), activity, heads="6")
    with pytest.raises(Refused, match="刚被别人改过"):
        change(make_clerk(), activity, heads="9")
    activity.refresh_from_db()
    assert (activity.heads, activity.revision) == (6, 2)
    assert change(make_clerk(), activity, revision=2, heads="9").heads == 9


def test_the_page_shows_both_versions_and_the_next_save_decides(client: Client, activity: Activity) -> None:
    change(make_clerk(), activity, heads="6", note="帮助抢收")
    client.force_login(make_clerk())
    typed = {"kind": "FARM_HELP", "on": "2026-02-01", "area": VILLAGE, "heads": "9", "note": "抢收", "revision": "1",
             "host": "石桥镇退役军人服务站", "amount": "200"}  # fmt: skip
    answer = client.post(f"/activities/{activity.pk}/change-activity/", typed)
    page = answer.content.decode()
    assert (answer.status_code, "两份不一样的地方" in page) == (422, True)
    assert '<td data-label="现在的记录">6</td><td data-label="您填的">9</td>' in page
    assert '<td data-label="现在的记录">帮助抢收</td><td data-label="您填的">抢收</td>' in page
    assert ('name="revision" value="2"' in page, 'name="heads" inputmode="numeric" value="9"' in page) == (True, True)
    assert client.post(f"/activities/{activity.pk}/change-activity/", {**typed, "revision": "2"}).status_code == 302
    activity.refresh_from_db()
    assert activity.heads == 9


def test_who_may_correct(activity: Activity) -> None:
    with pytest.raises(Refused, match="您没有修改他人登记的活动的权限"):
        change(make_liaison(), activity)
    with pytest.raises(NotFound):
        change(make_user(Role.TOWN_CLERK, area=OTHER_TOWN), activity)
    with pytest.raises(NotFound):
        change(make_clerk(), activity, area_code=OTHER_TOWN)
    withdraw_activity(actor=make_clerk(), activity_id=activity.pk, reason="重复", at=AT)
    with pytest.raises(Refused, match="已经撤回"):
        change(make_clerk(), activity)


def test_a_record_of_a_retired_kind_can_still_be_corrected(activity: Activity) -> None:
    ActivityKind.objects.filter(pk="FARM_HELP").update(retired=True)
    assert change(make_clerk(), activity, heads="7").heads == 7


def test_faults_of_a_correction_are_told_at_once_and_change_nothing(activity: Activity) -> None:
    with pytest.raises(Refused) as refused:
        change(make_clerk(), activity, on="2026-13-01", heads="x", host="没有的单位")
    assert [problem.where for problem in refused.value.problems] == ["日期", "数量", "主办单位"]
    activity.refresh_from_db()
    assert activity.revision == 1


def test_the_form_of_a_correction_is_what_stands(activity: Activity) -> None:
    draft = change_sheet(actor=make_clerk(), activity_id=activity.pk).draft
    assert (draft.host, draft.partners, draft.measures, draft.leaders, draft.hours, draft.amount) == (
        "石桥镇退役军人服务站", "县人武部、某企业", (("mu", "12.5"),), "镇长 何清", "2", "200",
    )  # fmt: skip
