"""Reading the log and verifying its chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yushui.audit.models import Entry
from yushui.audit.rules import FIRST, digest_of

COVERED = ("at", "actor_id", "actor_name", "action", "subject", "area_code", "detail", "previous")


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    entry_id: int
    why: str


def breaks() -> Iterator[Break]:
    """Every break from the first entry to the last; none means nothing was changed, removed or slipped in."""
    previous = FIRST
    for entry in Entry.objects.order_by("id").iterator(chunk_size=5000):
        if entry.previous != previous:
            yield Break(entry.pk, "前一条记录缺失或被替换")
        if digest_of(**{name: getattr(entry, name) for name in COVERED}) != entry.digest:
            yield Break(entry.pk, "记录内容被改动")
        previous = entry.digest
