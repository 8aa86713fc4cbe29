"""Files by content: the same bytes are kept once. Nothing is overwritten; a row names what it needs by StoredFile."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

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
        part.write_bytes(content)
        part.replace(path)  # a file is either whole or absent, also after a power cut
    row, _ = StoredFile.objects.get_or_create(
        digest=digest, defaults={"name": name[:200], "size": len(content), "media_type": media_type, "stored_at": at}
    )
    return row


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return path_of(stored.digest).read_bytes()
