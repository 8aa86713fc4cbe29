"""A house of one's own, for tests whose processes are killed: a data folder with an empty SQLite database.

Loaded by the root conftest; a test that asks for `own_house` carries the mark of that name. Whatever database the other
tests run on, these make their own, so one run of them is enough.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def environment_of(house: Path) -> dict[str, str]:
    """What a process of that house finds around it."""
    return {**os.environ, "YUSHUI_HOME": str(house), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}


@pytest.fixture(scope="session")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for all, for making the tables takes half a minute."""
    house = tmp_path_factory.mktemp("house")
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
    subprocess.run(command, env=environment_of(house), check=True, capture_output=True)
    return house


@pytest.fixture
def own_house(empty_house: Path, tmp_path: Path) -> Path:
    """A copy of the empty house."""
    return Path(shutil.copytree(empty_house, tmp_path / "house"))
