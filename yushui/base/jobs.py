"""Background work: rows claimed by a conditional update, so no broker is needed (docs/adr/0006).

A package registers a job in its jobs.py:

    @job("rosters.check")
    def check_roster(subject_id: int, actor_id: int, progress: Progress) -> None: ...
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import close_old_connections, models

from yushui.base import clock
from yushui.base.models import Job, JobState
from yushui.base.refusals import Refused

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
Work = Callable[[int, int, Progress], None]
REGISTRY: dict[str, Work] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Register a function as background work under a dotted name."""

    def register(work: Work) -> Work:
        REGISTRY[name] = work
        return work

    return register


def enqueue(*, name: str, subject_id: int, actor_id: int, at: datetime) -> Job:
    """Ask for a piece of work on one row; while the same is queued or running, that one is returned instead."""
    waiting = Job.objects.filter(
        name=name, subject_id=subject_id, state__in=[JobState.QUEUED, JobState.RUNNING]
    ).first()
    return waiting or Job.objects.create(name=name, subject_id=subject_id, actor_id=actor_id, queued_at=at)


def latest(*, name: str, subject_id: int) -> Job | None:
    """The newest job of this name on this row."""
    return Job.objects.filter(name=name, subject_id=subject_id).order_by("-id").first()


def me() -> str:
    """This worker: host and process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def release_dead(at: datetime) -> int:
    """Give back the work of workers that died: lease run out, or a process of this host that is gone."""
    freed = 0
    for row in Job.objects.filter(state=JobState.RUNNING):
        host, _, pid = row.worker.partition(":")
        gone = (
            host == socket.gethostname()
            and pid.isdigit()
            and not os.path.exists(f"/proc/{pid}")
            and os.path.exists("/proc")
        )
        if gone or (row.lease_until and row.lease_until < at):
            state = JobState.FAILED if row.attempts >= MOST_ATTEMPTS else JobState.QUEUED
            freed += Job.objects.filter(pk=row.pk, state=JobState.RUNNING, worker=row.worker).update(
                state=state, worker=""
            )
    return freed


def claim(at: datetime) -> Job | None:
    """Take the oldest queued job, or None. The conditional update lets exactly one worker win."""
    for row in Job.objects.filter(state=JobState.QUEUED).order_by("queued_at")[:5]:
        won = Job.objects.filter(pk=row.pk, state=JobState.QUEUED).update(
            state=JobState.RUNNING, worker=me(), attempts=models.F("attempts") + 1, lease_until=at + LEASE
        )
        if won:
            row.refresh_from_db()
            return row
    return None


def run_next() -> bool:
    """Claim one job and run it to its end. False when nothing waits."""
    release_dead(clock.now())
    row = claim(clock.now())
    if row is None:
        return False
    stop = threading.Event()
    keeper = threading.Thread(target=keep_lease, args=(row.pk, stop), daemon=True)
    keeper.start()
    try:
        REGISTRY[row.name](row.subject_id, row.actor_id, partial(report, row.pk))
        finish(row.pk, JobState.DONE, None)
    except Refused as refused:
        finish(row.pk, JobState.FAILED, str(refused)[:300])
    except Exception as error:  # noqa: BLE001  the runner must outlive any job; the kind of error is kept, never its data
        log.error("job %s %s failed: %s", row.name, row.pk, type(error).__name__, exc_info=error)
        finish(
            row.pk, JobState.FAILED, f"程序出错({type(error).__name__}),没有写入任何内容;请把编号 {row.pk} 告诉管理员"
        )
    finally:
        stop.set()
        keeper.join()
    return True


def report(job_id: int, done: int, total: int, message: str) -> None:
    """Write progress; called by the work outside its own transaction."""
    Job.objects.filter(pk=job_id).update(done=done, total=total, message=message[:300])


def finish(job_id: int, state: JobState, message: str | None) -> None:
    """Close a job; a success keeps its last message."""
    row = Job.objects.filter(pk=job_id)
    row.update(state=state, finished_at=clock.now(), lease_until=None)
    if message is not None:
        row.update(message=message)


def keep_lease(job_id: int, stop: threading.Event) -> None:
    """Renew the lease every ten seconds until the work ends."""
    while not stop.wait(10):
        try:
            Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(lease_until=clock.now() + LEASE)
        except Exception as error:  # noqa: BLE001  a busy database only delays the renewal
            log.warning("lease of job %s not renewed: %s", job_id, type(error).__name__)
    close_old_connections()


def run_all() -> int:
    """Run until the queue is empty; how many ran. For tests, the demo and `yushui work --once`."""
    ran = 0
    while run_next():
        ran += 1
    return ran
