"""Background work: packing a box."""

from __future__ import annotations

from yushui.archive.services import pack_export
from yushui.base import clock
from yushui.base.jobs import Progress, job


@job("archive.pack")
def pack_box(subject_id: int, actor_id: int, progress: Progress) -> None:
    """Pack a box that was allowed to be taken out."""
    count = pack_export(export_id=subject_id, progress=progress, at=clock.now())
    progress(count, count, f"已打包 {count} 个文件")
