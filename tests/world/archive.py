"""A box of the village with a file in it, and a request to take it out."""

from __future__ import annotations

from datetime import datetime

from yushui.accounts.models import User
from yushui.archive.models import ArchiveExport, Box, Item
from yushui.archive.services import ask_archive_export, open_box
from yushui.archive.types import BoxDraft
from yushui.base.models import StoredFile


def build(*, village: str, photo: StoredFile, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk = User.objects.get(username="desk")
    draft = BoxDraft("0137", "3", str(at.year), "papers", "制度文件", "Y30", "2 号柜", "of-the-world")
    box = open_box(actor=desk, draft=draft, at=at)
    Box.objects.filter(pk=box.pk).update(area_id=village)
    Item.objects.create(box=box, number=1, pile="papers", piece_id=10**9, file=photo, title="制度.jpg", recorded_at=at)
    export = ask_archive_export(actor=desk, box_id=box.pk, purpose="移交县档案馆", at=at)
    ArchiveExport.objects.filter(pk=export.pk).update(
        packed=photo, state="APPROVED", decided_at=at, decided_name="罗文华"
    )
    return {"box_id": box.pk, "archive_export_id": export.pk}
