"""Background work: checking a file, writing it."""

from __future__ import annotations

from yushui.base import clock
from yushui.base.jobs import Progress, job
from yushui.rosters.selectors import user_of
from yushui.rosters.services.preview import check_import
from yushui.rosters.services.writing import write_import


@job("rosters.check")
def check_roster(subject_id: int, actor_id: int, progress: Progress) -> None:
    """Check a file."""
    done = check_import(import_id=subject_id, at=clock.now(), progress=progress)
    progress(done.rows, done.rows, done.message or f"检查完成:{done.rows} 行,其中 {done.bad_rows} 行有问题")


@job("rosters.commit")
def write_roster(subject_id: int, actor_id: int, progress: Progress) -> None:
    """Write a file's good rows."""
    write_import(actor=user_of(actor_id), import_id=subject_id, at=clock.now(), progress=progress)
