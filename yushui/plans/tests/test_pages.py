"""Pages of plans by their forms: what was typed stays, strangers find nothing, papers are papers."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity
from yushui.people.tests.factories import OTHER_TOWN
from yushui.places.models import Post, Unit
from yushui.plans.models import Decision, Meeting, Plan, Task
from yushui.plans.tests.factories import clerk, desk, held, key, make_meeting, make_task, member_of

Units = dict[str, Unit]


def words_in(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def test_a_meeting_from_notice_to_task_by_the_forms(units: Units, client: Client) -> None:
    client.force_login(desk())
    form = client.get("/meetings/plan-meeting/?kind=JOINT_MEETING").content.decode()
    assert "武警云川中队" in form
    sent = {
        "kind": "JOINT_MEETING", "on": "2026-07-09", "begins_at": "9:00", "place": "县委", "agenda": "研究八一活动",
        "units": [str(units["中队"].pk)], "posts": [str(Post.objects.get(title="组长").pk)], "client_key": key(),
        "host": str(units["办公室"].pk), "note": "请准备书面材料",
    }  # fmt: skip
    wrong = client.post("/meetings/plan-meeting/", {**sent, "on": "7月9日"})
    assert wrong.status_code == 422
    assert "请准备书面材料" in wrong.content.decode()
    page = client.post("/meetings/plan-meeting/", sent)["Location"]
    notice = words_in(client.get(f"{page}print-notice/").content)
    assert "2026年7月9日（星期四）上午9:00。" in notice
    assert "组长 陈志远、武警云川中队。" in notice
    guests = dict(Meeting.objects.get().invitees.values_list("name", "pk"))
    noted = {
        "on": "2026-07-09", f"p_{guests['武警云川中队']}": "DEPUTY", f"c_{guests['武警云川中队']}": "王某",
        f"p_{guests['组长 陈志远']}": "PRESENT", "minutes": "会议研究了八一活动。", "client_key": key(),
        "revision": "1",
    }  # fmt: skip
    late = client.post(f"{page}hold-meeting/", {**noted, "on": "2026-07-20"})
    assert (late.status_code, "会议研究了八一活动。" in late.content.decode()) == (422, True)
    assert client.post(f"{page}hold-meeting/", noted)["Location"] == page
    assert Activity.objects.get().partners.get().name == "武警云川中队"
    decided = {"text": "修好训练场道路", "owner": str(units["交通局"].pk), "due_on": "2026-07-31", "client_key": key()}
    bad = client.post(f"{page}add-decision/", {**decided, "due_on": "月底"})
    assert (bad.status_code, "修好训练场道路" in bad.content.decode()) == (422, True)
    client.post(f"{page}add-decision/", decided)
    minutes = words_in(client.get(f"{page}print-minutes/").content)
    assert "修好训练场道路。（责任单位：县交通运输局；时限：2026年7月31日）" in minutes
    assert "派人代会：武警云川中队（王某）。" in minutes
    assert "已召开" in client.get(page).content.decode()


def test_decisions_only_noted_become_tasks_in_one_click(units: Units, client: Client) -> None:
    meeting = held(make_meeting())
    client.force_login(desk())
    page = f"/meetings/{meeting.pk}/"
    for text in ("甲", "乙"):
        client.post(f"{page}add-decision/", {"text": text, "only": "1", "client_key": key()})
    assert "2 项全部转为任务" in client.get(page).content.decode()
    client.post(f"{page}set-decision-tasks/", {"decision": str(Decision.objects.get(text="甲").pk)})
    assert list(Task.objects.values_list("title", flat=True)) == ["甲"]
    client.post(f"{page}set-decision-tasks/")
    assert set(Task.objects.values_list("title", flat=True)) == {"甲", "乙"}


def test_meetings_show_nothing_to_strangers_and_no_forms_to_readers(units: Units, client: Client) -> None:
    meeting = make_meeting()
    client.force_login(make_user(Role.TOWN_CLERK, area=OTHER_TOWN))
    assert client.get(f"/meetings/{meeting.pk}/").status_code == 404
    client.force_login(make_user(Role.LEADER))
    page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "登记召开" not in page.replace("待登记召开", "")
    assert client.get(f"/meetings/{meeting.pk}/hold-meeting/").status_code == 404
    assert client.post(f"/meetings/{meeting.pk}/cancel-meeting/", {"reason": "x"}).status_code == 409


def test_no_minutes_are_printed_before_the_meeting(units: Units, client: Client) -> None:
    client.force_login(desk())
    assert client.get(f"/meetings/{make_meeting().pk}/print-minutes/").status_code == 409


def test_a_photo_of_the_wrong_sort_is_refused_by_name(units: Units, client: Client) -> None:
    meeting = held(make_meeting())
    client.force_login(desk())
    sent = {"evidence": BytesIO(b"MZ\x90")}
    sent["evidence"].name = "签到表.exe"
    answer = client.post(f"/meetings/{meeting.pk}/add-meeting-evidence/", sent)
    assert (answer.status_code, "签到表.exe" in answer.content.decode()) == (422, True)
    client.post(f"/meetings/{meeting.pk}/add-meeting-evidence/", {"link": "https://news.example/2"})
    assert meeting.evidence.get().link == "https://news.example/2"


def test_a_plan_is_made_and_its_task_reported_and_judged_by_the_forms(units: Units, client: Client) -> None:
    client.force_login(desk())
    page = client.post("/plans/add-plan/", {"year": "2026", "basis": "EMPTY", "client_key": key()})["Location"]
    plan = Plan.objects.get()
    task_page = client.post(
        "/tasks/add-task/",
        {"title": "修路", "plan": str(plan.pk), "owner": str(units["交通局"].pk), "due_on": "2026-07-31",
         "weight": "KEY", "client_key": key()},
    )["Location"]  # fmt: skip
    assert "修路" in client.get(page).content.decode()
    client.force_login(member_of(units["交通局"]))
    client.post(f"{task_page}progress-task/", {"words": "已完工", "done": "1", "client_key": key()})
    client.force_login(desk())
    refused = client.post(f"{task_page}close-task/", {"verdict": "ACCEPTED", "words": "质量好", "revision": "1"})
    assert (refused.status_code, "质量好" in refused.content.decode()) == (422, True)
    client.post(f"{task_page}close-task/", {"verdict": "ACCEPTED", "score": "5", "revision": "1"})
    assert Task.objects.get().state == "DONE"
    assert client.get(f"{page}print-plan/").content.startswith(b"PK")


@pytest.mark.parametrize("path", ["/tasks/", "/tasks/supervision/", "/plans/", "/duties/", "/meetings/", "/plan-gaps/"])
def test_lists_open_whatever_is_asked_in_the_address(units: Units, client: Client, path: str) -> None:
    make_task()
    make_meeting()
    odd = {
        "page": "-1",
        "when": "never",
        "year": "99999",
        "area": "abc",
        "whose": "x",
        "kind": "x",
        "owes": "x",
        "by": "x",
    }
    for user in (desk(), clerk()):
        client.force_login(user)
        assert client.get(path, odd).status_code == 200
