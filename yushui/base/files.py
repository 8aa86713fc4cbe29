"""Files by content: the same bytes are kept once, sealed on disk like personal numbers (a roster is full of them).

Nothing is overwritten; a row names what it needs by StoredFile.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from yushui.base import cipher
from yushui.base.digest import sm3
from yushui.base.models import StoredFile
from yushui.base.refusals import Problem, Refused


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return Path(settings.FILES_DIR) / digest[:2] / digest


def store(*, content: bytes, name: str, media_type: str, at: datetime) -> StoredFile:
    """Keep the bytes and return their row. Refuses empty files and files over the limit."""
    if not content:
        raise Refused(Problem("文件是空的", where=name, next_step="请检查后重新选择文件"))
    if len(content) > settings.UPLOAD_LIMIT:
        raise Refused(Problem(f"文件超过 {settings.UPLOAD_LIMIT >> 20} MB", where=name, next_step="请拆分后再传"))
    digest = sm3(content)
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("wb") as out:
            out.write(cipher.seal(content, digest))
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)  # a file is either whole or absent, also after a power cut
    row, _ = StoredFile.objects.get_or_create(
        digest=digest, defaults={"name": name[:200], "size": len(content), "media_type": media_type, "stored_at": at}
    )
    return row


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file. Raises InvalidTag when the file on disk was changed."""
    return cipher.unseal(path_of(stored.digest).read_bytes(), stored.digest)


@contextmanager
def opened(stored: StoredFile) -> Iterator[Path]:
    """A plain copy for as long as the block runs, for readers that need a path; only this user can read it."""
    with tempfile.NamedTemporaryFile(prefix="yushui-", dir=settings.HOME) as copy:
        copy.write(read(stored))
        copy.flush()
        yield Path(copy.name)
