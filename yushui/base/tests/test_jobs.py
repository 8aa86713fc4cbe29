"""Background work: claimed once, taken up again when its worker dies, closed when it fails."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import close_old_connections, connection

from yushui.base import clock, jobs
from yushui.base.models import Job, JobState
from yushui.base.refusals import Problem, Refused

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
SEEN: list[int] = []


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    """Three kinds of work: one that counts, one that refuses, one that breaks."""

    def count_work(subject_id: int, actor_id: int, progress: jobs.Progress) -> None:
        progress(1, 2, "过半")
        SEEN.append(subject_id)
        progress(2, 2, "共 2 行")

    def refuse_work(subject_id: int, actor_id: int, progress: jobs.Progress) -> None:
        raise Refused(Problem("文件打不开", next_step="请另存为 xlsx"))

    def break_work(subject_id: int, actor_id: int, progress: jobs.Progress) -> None:
        raise ZeroDivisionError("990101195005011234")

    added = {"base.count": count_work, "base.refuse": refuse_work, "base.break": break_work}
    jobs.REGISTRY.update(added)
    SEEN.clear()
    yield
    for name in added:
        del jobs.REGISTRY[name]


def ask(name: str = "base.count", subject_id: int = 7) -> Job:
    return jobs.enqueue(name=name, subject_id=subject_id, actor_id=1, at=AT)


@pytest.mark.django_db(transaction=True)
def test_run_all_when_work_waits_runs_it_once_and_closes_it() -> None:
    row = ask()
    assert jobs.run_all() == 1
    row.refresh_from_db()
    assert (row.state, row.done, row.total, row.message, row.attempts) == (JobState.DONE, 2, 2, "共 2 行", 1)
    assert row.finished_at is not None
    assert SEEN == [7]
    assert jobs.run_all() == 0


@pytest.mark.django_db
def test_enqueue_when_the_same_waits_gives_that_one() -> None:
    assert ask().pk == ask().pk
    assert ask(subject_id=8).pk != ask().pk


@pytest.mark.django_db(transaction=True)
def test_run_when_work_refuses_says_why() -> None:
    row = ask("base.refuse")
    jobs.run_all()
    row.refresh_from_db()
    assert (row.state, row.message) == (JobState.FAILED, "文件打不开(请另存为 xlsx)")


@pytest.mark.django_db(transaction=True)
def test_run_when_work_breaks_names_the_kind_of_error_and_no_content() -> None:
    row = ask("base.break")
    jobs.run_all()
    row.refresh_from_db()
    assert row.state == JobState.FAILED
    assert row.message == f"程序出错(ZeroDivisionError),没有写入任何内容;请把编号 {row.pk} 告诉管理员"


@pytest.mark.django_db(transaction=True)
def test_claim_when_two_workers_reach_for_one_job() -> None:
    ask()
    start = threading.Barrier(2)
    won: list[int] = []

    def reach() -> None:
        try:
            start.wait()
            row = jobs.claim(AT)
            if row is not None:
                won.append(row.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=reach) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    close_old_connections()
    assert len(won) == 1
    assert Job.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_run_when_a_worker_was_killed_takes_its_work_up_again() -> None:
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)  # now no process has this number
    row = ask()
    Job.objects.update(
        state=JobState.RUNNING,
        worker=f"{socket.gethostname()}:{gone}",
        attempts=1,
        lease_until=clock.now() + jobs.LEASE,
    )
    assert jobs.run_all() == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == (JobState.DONE, 2)


@pytest.mark.django_db
def test_release_dead_when_the_lease_of_a_far_worker_ran_out() -> None:
    ask()
    Job.objects.update(state=JobState.RUNNING, worker="elsewhere:1", attempts=1, lease_until=AT)
    assert jobs.release_dead(AT) == 0  # to the last moment it is the worker's
    assert jobs.release_dead(AT + timedelta(seconds=1)) == 1
    assert Job.objects.get().state == JobState.QUEUED


@pytest.mark.django_db
def test_release_dead_when_it_died_three_times_gives_up() -> None:
    ask()
    Job.objects.update(state=JobState.RUNNING, worker="elsewhere:1", attempts=3, lease_until=AT)
    jobs.release_dead(AT + timedelta(seconds=1))
    assert Job.objects.get().state == JobState.FAILED


@pytest.mark.django_db
def test_release_dead_when_the_worker_lives_leaves_it_alone() -> None:
    ask()
    Job.objects.update(state=JobState.RUNNING, worker=jobs.me(), attempts=1, lease_until=AT + jobs.LEASE)
    assert jobs.release_dead(AT) == 0
    assert Job.objects.get().state == JobState.RUNNING
