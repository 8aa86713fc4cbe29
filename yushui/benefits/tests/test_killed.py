"""kill -9 in the middle of a run, a submission, an approval, a return: nothing half-done, nothing paid twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest


def step(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One step in a process of its own, on a database of its own."""
    environment = {**os.environ, "YUSHUI_HOME": str(home), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "yushui.benefits.tests.killed_process", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def state(home: Path) -> str:
    found = step(home, "state")
    assert found.returncode == 0, found.stderr
    return found.stdout


def prepare(home: Path) -> None:
    """A database with thirty people in it."""
    prepared = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "migrate", "-v0"],
        env={**os.environ, "YUSHUI_HOME": str(home), "DATABASE_URL": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert prepared.returncode == 0, prepared.stderr
    assert step(home, "prepare").returncode == 0


@pytest.mark.slow
def test_a_killed_step_leaves_nothing_and_done_again_pays_once(tmp_path: Path) -> None:
    prepare(tmp_path)
    before = state(tmp_path)
    for name in ("run", "submit", "review", "approve", "send", "return"):
        killed = step(tmp_path, name, "kill")
        assert killed.returncode == -signal.SIGKILL, (name, killed.stderr)
        assert state(tmp_path) == before, name
        done = step(tmp_path, name)
        assert done.returncode == 0, (name, done.stderr)
        assert done.stdout != before, name
        before = done.stdout
    runs, run_lines, batch, steps, lines, paid, results, _, broken = eval(before)  # noqa: S307  our own repr
    assert (runs, batch, steps, lines, results, broken) == (1, "SETTLED", 5, 30, ["PAID"], 0)
    assert (run_lines, paid) == (30, 30 * 401_500)


@pytest.mark.slow
def test_a_run_of_a_killed_worker_is_taken_up_again_and_made_once(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert step(tmp_path, "order").returncode == 0
    before = state(tmp_path)
    killed = step(tmp_path, "work", "kill")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert state(tmp_path) == before
    late = step(tmp_path, "work", "kill-late")
    assert late.returncode == -signal.SIGKILL, late.stderr
    made = state(tmp_path)
    assert (eval(made)[:2], made != before) == ((1, 30), True)  # noqa: S307  our own repr
    for _ in range(2):
        assert step(tmp_path, "work").returncode == 0
        assert state(tmp_path) == made
