# ruff: noqa: E501  tables
"""`yushui import-roster`: the answer as JSON, exit codes, and a worker killed in the middle."""

from __future__ import annotations

import io
import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.own_house import ROOT, environment_of
from yushui.accounts.models import User
from yushui.people.models import Person
from yushui.rosters.tests import messy


def run(*words: str) -> dict[str, Any]:
    """The command's JSON."""
    out = io.StringIO()
    call_command("import_roster", *words, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def test_preview_answers_in_json_and_writes_nothing(officer: User, files: Path) -> None:
    roster = messy.mess(messy.make("disabled", 14))
    answer = run(str(messy.write_xlsx(roster, files / "a.xlsx")), "--area", "990101")
    assert {key: answer[key] for key in ("sheet", "rows", "good", "new", "changed", "same", "ignored_columns")} == {
        "sheet": "伤残人员导入模板", "rows": 14, "good": 8, "new": 8, "changed": 0, "same": 0, "ignored_columns": ["网格员"],
    }  # fmt: skip
    assert {cell["cell"] for cell in answer["bad"]} == set(roster.faults)
    assert Person.objects.count() == 0


def test_commit_writes_the_good_rows_and_a_second_time_nothing(officer: User, files: Path) -> None:
    path = str(messy.write_xls(messy.mess(messy.make("disabled", 14)), files / "a.xls"))
    first, second = run(path, "--commit"), run(path, "--commit")
    assert (first["new"], first["committed"], Person.objects.count()) == (8, True, 8)
    assert (second["new"], second["same"], second["committed"]) == (0, 8, False)


@pytest.mark.django_db
def test_house_without_people_takes_the_codes_on_trust(files: Path) -> None:
    answer = run(str(messy.write_xlsx(messy.make("war_veteran", 3), files / "a.xlsx")), "--commit")
    assert (answer["new"], answer["bad"], answer["committed"]) == (3, [], True)
    assert set(Person.objects.values_list("area_id", flat=True)) == {"990101001001", "990101001002"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.xls", b"<html></html>", "网页"), ("a.xlsx", b"PK\x03\x04", "损坏"), ("a.csv", b"\xff" * 9, "编码"), ("a.xlsx", b"", "空")],
)  # fmt: skip
def test_unreadable_file_is_answered_and_ends_with_two(
    officer: User, files: Path, name: str, content: bytes, words: str
) -> None:
    path = files / name
    path.write_bytes(content)
    out = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("import_roster", str(path), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert ended.value.returncode == 2
    assert words in answer["bad"][0]["problem"]
    assert answer["rows"] == 0


def test_missing_file_wrong_area_and_unknown_user_are_refused_in_words(officer: User, files: Path) -> None:
    path = str(messy.write_xlsx(messy.make("war_veteran", 1), files / "a.xlsx"))
    for words, told in (
        (["/nowhere.xlsx"], "打不开"),
        ([path, "--area", "12345"], "区划代码"),
        ([path, "--user", "nobody"], "没有这个用户"),
    ):
        with pytest.raises(CommandError, match=told):
            call_command("import_roster", *words, stdout=io.StringIO())


@pytest.mark.slow
def test_worker_killed_in_the_middle_of_writing_leaves_nothing_half_done(own_house: Path, tmp_path: Path) -> None:
    home, environment = own_house, environment_of(own_house)
    command = [sys.executable, str(ROOT / "manage.py")]
    path = messy.write_xlsx(messy.make("war_veteran", 1500), tmp_path / "a.xlsx")
    for wait in (0.0, 0.05, 0.2):
        kill_while_writing([*command, "import_roster", str(path), "--commit", "--json"], environment, home, wait)
        counts = count_rows(home)
        assert counts in ((0, 0, 0), (1500, 1500, 1500))
    done = subprocess.run(
        [*command, "import_roster", str(path), "--commit", "--json"], env=environment, check=True, capture_output=True
    )
    assert json.loads(done.stdout.splitlines()[0])["good"] == 1500
    assert count_rows(home) == (1500, 1500, 1500)


def kill_while_writing(command: list[str], environment: dict[str, str], home: Path, wait: float) -> None:
    """Start the command and kill it as it writes: once its import is being committed."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not is_committing(home):
        time.sleep(0.01)
    time.sleep(wait)
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


def is_committing(home: Path) -> bool:
    """Whether an import has come as far as writing."""
    with sqlite3.connect(home / "yushui.sqlite3", timeout=20) as database:
        found = database.execute("SELECT 1 FROM rosters_rosterimport WHERE state = 'COMMITTING'").fetchone()
    return found is not None


def count_rows(home: Path) -> tuple[int, ...]:
    """Persons, statuses, accounts."""
    with sqlite3.connect(home / "yushui.sqlite3", timeout=20) as database:
        return tuple(
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("people_person", "people_status", "people_bankaccount")
        )
