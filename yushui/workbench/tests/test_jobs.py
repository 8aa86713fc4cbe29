"""Following background work: own, a colleague's, a stranger's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.models import Job, JobState
from yushui.base.refusals import NotFound
from yushui.workbench.selectors.jobs import get_job

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, tzinfo=UTC)
POLL = {"HX-Request": "true"}


def make_job(asker: User, **columns: object) -> Job:
    kept = {"name": "rosters.check", "subject_id": 1, "actor_id": asker.pk, "queued_at": AT, **columns}
    return Job.objects.create(**kept)


def may_follow(actor: User, job: Job) -> bool:
    try:
        return get_job(actor=actor, job_id=job.pk) == job
    except NotFound:
        return False


def test_get_job_when_own_colleague_or_stranger() -> None:
    clerk = make_user(Role.TOWN_CLERK, area="990101001000")
    job = make_job(clerk)
    followers = (
        clerk,
        make_user(Role.DESK_OFFICER),
        make_user(Role.APPROVER),
        make_user(Role.TOWN_CLERK, area="990101002000"),
        make_user(Role.DESK_OFFICER, area="990102000000"),
    )
    assert [may_follow(actor, job) for actor in followers] == [True, True, False, False, False]


def test_bar_when_running_polls_itself(client: Client) -> None:
    clerk = make_user(Role.TOWN_CLERK)
    job = make_job(clerk, state=JobState.RUNNING, done=420, total=1000, message="正在核对")
    client.force_login(clerk)
    answer = client.get(f"/jobs/{job.pk}/", headers=POLL)
    text = answer.content.decode()
    assert "HX-Refresh" not in answer
    assert [word in text for word in (f'hx-get="/jobs/{job.pk}/"', "420 / 1,000", "正在核对", 'value="420"')] == [
        True
    ] * 4
    assert "<html" not in text


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_bar_when_ended_reloads_the_page_and_stops_polling(state: JobState, client: Client) -> None:
    clerk = make_user(Role.TOWN_CLERK)
    job = make_job(clerk, state=state, finished_at=AT, message="共 2 行")
    client.force_login(clerk)
    answer = client.get(f"/jobs/{job.pk}/", headers=POLL)
    assert answer["HX-Refresh"] == "true"
    assert "hx-get" not in answer.content.decode()


def test_page_when_opened_by_hand_is_whole(client: Client) -> None:
    clerk = make_user(Role.TOWN_CLERK)
    client.force_login(clerk)
    assert "<html" in client.get(f"/jobs/{make_job(clerk).pk}/").content.decode()
    assert client.get("/jobs/999999/").status_code == 404
