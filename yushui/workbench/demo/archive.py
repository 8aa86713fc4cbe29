"""Boxes of two years: papers, photos and agreements in their places, this year's photos still waiting for theirs, and a
box that somebody asks to take out. What lacks its scan stands in the list of missing scans by itself."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.archive.services import ask_archive_export, fill_box, open_box
from yushui.archive.types import BoxDraft

FONDS = "0137"  # of the bureau
# years back, catalogue, pile, title, how long it is kept, where it stands
BOXES = (
    (1, "1", "papers", "{year} 年双拥制度与文件", "PERMANENT", "2 号柜一层"),
    (1, "3", "activities", "{year} 年活动照片(一)", "Y30", "2 号柜三层"),
    (0, "1", "papers", "{year} 年双拥制度与文件", "PERMANENT", "2 号柜一层"),
    (0, "2", "sites", "{year} 年优待协议和阵地照片", "Y10", "2 号柜二层"),
)


def fill_boxes(*, actor: User, today: date, at: datetime) -> None:
    """Open and fill the boxes, and ask for the first to be taken to the county's archive."""
    for place, (back, catalogue, pile, title, keep, shelf) in enumerate(BOXES):
        year = today.year - back
        draft = BoxDraft(
            FONDS, catalogue, str(year), pile, title.format(year=year), keep, shelf, f"demo-archive-box-{place}"
        )
        box = open_box(actor=actor, draft=draft, at=at)
        fill_box(actor=actor, box_id=box.pk, at=at)
        if place == 0:
            ask_archive_export(actor=actor, box_id=box.pk, purpose="移交县档案馆", at=at)
