"""Photos of visits and activities: tidied first, then kept by content."""

from __future__ import annotations

from datetime import datetime

from yushui.activities.types import Photo
from yushui.base import files
from yushui.base.models import StoredFile
from yushui.base.pictures import tidy_photo
from yushui.base.refusals import Problem, Refused


def tidied(photo: Photo | None, problems: list[Problem]) -> bytes | None:
    """The photo as it will be kept; a file that is no photo adds its problem to the list."""
    if photo is None:
        return None
    try:
        return tidy_photo(photo.content, "照片")
    except Refused as refused:
        problems.extend(refused.problems)
        return None


def keep(content: bytes | None, *, name: str, at: datetime) -> StoredFile | None:
    """Store a tidied photo; the same picture sent twice is one file."""
    if content is None:
        return None
    return files.store(content=content, name=name, media_type="image/jpeg", at=at)
