"""What tests of rosters share: the county, an officer, and a file on its way through the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.people.tests.factories import COUNTY, make_areas
from yushui.rosters.models import RosterImport
from yushui.rosters.services.imports import commit_import, start_import
from yushui.rosters.services.preview import check_import
from yushui.rosters.services.writing import write_import

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


def quiet(done: int, total: int, message: str) -> None:
    """Progress nobody watches."""


def hand_in(actor: User | None, path: Path, area: str = COUNTY) -> RosterImport:
    """A file started and checked."""
    roster = start_import(
        actor=actor, content=path.read_bytes(), file_name=path.name, area_code=area, at=AT, in_background=False
    )
    return check_import(import_id=roster.pk, at=AT, progress=quiet)


def commit(actor: User | None, roster: RosterImport) -> RosterImport:
    """Its good rows written."""
    commit_import(actor=actor, import_id=roster.pk, at=AT, in_background=False)
    return write_import(actor=actor, import_id=roster.pk, at=AT, progress=quiet)


@pytest.fixture
def files(tmp_path: Path, settings: object) -> Path:
    """A folder for files, and a file store of its own."""
    settings.FILES_DIR = tmp_path / "store"  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def officer(db: None) -> User:
    """The county's desk officer; the county of all examples stands."""
    make_areas()
    return make_user(Role.DESK_OFFICER)


@pytest.fixture
def check(officer: User, files: Path) -> Callable[[Path], RosterImport]:
    """Hand a file in as the officer."""
    return lambda path: hand_in(officer, path)
