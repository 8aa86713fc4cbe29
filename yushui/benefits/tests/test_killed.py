"""kill -9 in the middle of a run, a submission, an approval, a return: nothing half-done, nothing paid twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_house import environment_of


def step(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One step in a process of its own, on a database of its own."""
    command = [sys.executable, "-m", "yushui.benefits.tests.killed_process", *words]
    return subprocess.run(command, env=environment_of(home), capture_output=True, text=True, check=False)  # noqa: S603


def state(home: Path) -> str:
    found = step(home, "state")
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.fixture
def home(own_house: Path) -> Path:
    """A house with thirty people in it."""
    assert step(own_house, "prepare").returncode == 0
    return own_house


@pytest.mark.slow
def test_a_killed_step_leaves_nothing_and_done_again_pays_once(home: Path) -> None:
    before = state(home)
    for name in ("run", "submit", "review", "approve", "send", "return"):
        killed = step(home, name, "kill")
        assert killed.returncode == -signal.SIGKILL, (name, killed.stderr)
        assert state(home) == before, name
        done = step(home, name)
        assert done.returncode == 0, (name, done.stderr)
        assert done.stdout != before, name
        before = done.stdout
    runs, run_lines, batch, steps, lines, paid, results, _, broken = eval(before)  # noqa: S307  our own repr
    assert (runs, batch, steps, lines, results, broken) == (1, "SETTLED", 5, 30, ["PAID"], 0)
    assert (run_lines, paid) == (30, 30 * 401_500)


@pytest.mark.slow
def test_a_run_of_a_killed_worker_is_taken_up_again_and_made_once(home: Path) -> None:
    assert step(home, "order").returncode == 0
    before = state(home)
    killed = step(home, "work", "kill")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert state(home) == before
    late = step(home, "work", "kill-late")
    assert late.returncode == -signal.SIGKILL, late.stderr
    made = state(home)
    assert (eval(made)[:2], made != before) == ((1, 30), True)  # noqa: S307  our own repr
    for _ in range(2):
        assert step(home, "work").returncode == 0
        assert state(home) == made
