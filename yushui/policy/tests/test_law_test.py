"""`yushui law-test` from the outside: what it prints and how it exits."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from yushui.policy.tests.law_for_tests import LAW_DIR

GOOD = """
- name: 六级因公
  known_at: 2024-12-01
  person: {born: 1960-05-01}
  statuses:
    - {kind: DISABLED_SOLDIER, grade: 6, cause: DUTY, approved_on: 2003-04-10, starts_on: 2003-05-01}
  paid: [{benefit: disability_pension, month: 2024-08, fen: 382417}]
  expect:
    due: {disability_pension: {2024-07: 382417, 2024-08: 401500}}
    to_pay: {disability_pension: {2024-08: %s}}
"""


def run(capsys: pytest.CaptureFixture[str], *paths: Path) -> tuple[list[str], int]:
    """Lines printed and exit code."""
    code = 0
    try:
        call_command("law_test", *map(str, paths))
    except SystemExit as stop:
        code = int(str(stop.code))
    return capsys.readouterr().out.splitlines(), code


def test_all_examples_beside_the_law_pass(capsys: pytest.CaptureFixture[str]) -> None:
    lines, code = run(capsys, LAW_DIR)
    assert (code, len(lines)) == (0, 1)
    assert lines[0].endswith(" passed, 0 failed")


def test_difference_is_told_in_fen_when_an_example_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(GOOD % 19083 + GOOD % 1, encoding="utf-8")
    lines, code = run(capsys, file)
    assert code == 1
    assert lines[0].startswith(f"{file}: 六级因公: disability_pension 2024-08: expected 1 fen, got 19083 fen (")
    assert lines[1:] == ["1 passed, 1 failed"]


@pytest.mark.parametrize(
    "text",
    ["- name: [", "name: 一个", "- 3", "- {name: x, expect: {due: {disability_pension: {2024-13: 1}}}}",
     "- {name: x, statuses: [{kind: WAR_VETERAN, gradee: 1}], expect: {ask: [grade]}}", "- {name: x, expect: {}}",
     "- {name: x, claim: {benefit: nothing}, expect: {amount: 1}}", "- {name: x, layer: 3, expect: {ask: []}}",
     "- {name: x, events: [{what: DANCED, on: 2024-01-01}], expect: {ask: []}}"],
)  # fmt: skip
def test_odd_file_counts_as_failed_and_says_where(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(text, encoding="utf-8")
    lines, code = run(capsys, file)
    assert (code, lines[-1]) == (1, "0 passed, 1 failed")
    assert lines[0].startswith(f"{file}")


def test_missing_path_counts_as_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, code = run(capsys, tmp_path / "nowhere.yaml")
    assert (code, lines[-1]) == (1, "0 passed, 1 failed")
