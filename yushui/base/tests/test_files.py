"""Files by content."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from yushui.base import files
from yushui.base.models import StoredFile
from yushui.base.refusals import Refused

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


def keep(content: bytes, name: str = "名册.xlsx") -> StoredFile:
    return files.store(content=content, name=name, media_type="application/octet-stream", at=AT)


@pytest.mark.django_db
def test_store_when_read_again() -> None:
    assert files.read(keep(b"abc")) == b"abc"


@pytest.mark.django_db
def test_store_when_the_same_bytes_come_twice_keeps_one(tmp_path: Path) -> None:
    first, second = keep(b"abc", "一.xlsx"), keep(b"abc", "二.xlsx")
    assert (first.pk, second.name) == (second.pk, "一.xlsx")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [first.digest]


@pytest.mark.django_db
def test_store_refuses_when_empty() -> None:
    with pytest.raises(Refused) as refused:
        keep(b"")
    assert refused.value.problems[0].what == "文件是空的"


@pytest.mark.django_db
def test_store_refuses_when_too_large(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1 << 20
    with pytest.raises(Refused) as refused:
        keep(b"x" * ((1 << 20) + 1))
    assert refused.value.problems[0].what == "文件超过 1 MB"
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_store_when_read_from_disk_shows_nothing(tmp_path: Path) -> None:
    stored = keep("北洲村名册".encode())
    assert "北洲村".encode() not in files.path_of(stored.digest).read_bytes()


@pytest.mark.django_db
def test_read_refuses_when_the_file_was_changed() -> None:
    stored = keep(b"abc")
    path = files.path_of(stored.digest)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(InvalidTag):
        files.read(stored)


@pytest.mark.django_db
def test_opened_leaves_no_plain_copy() -> None:
    with files.opened(keep(b"abc")) as path:
        assert path.read_bytes() == b"abc"
    assert not path.exists()
