"""Evidence (佐证): photos, scans, papers, links. Never compulsory, several at once, the same bytes one file.

A file is judged by its content, not by its name. Photos are tidied (base/pictures.py): the moment they were taken is
kept, the place is dropped unless it is wanted. A package that keeps evidence makes a table of its own from
`Evidence`, with a key to its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from PIL import Image

from yushui.base import files
from yushui.base.models import StoredFile
from yushui.base.pictures import EXIF_IFD, MOST_BYTES, TAKEN_AT, tidy_photo
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import download

MOST_FILES = 20
JPEG = "image/jpeg"
PHOTO_ENDS = {".jpg", ".jpeg", ".png", ".webp"}
# ending → media type and what a clerk calls it
PAPERS: dict[str, tuple[str, str]] = {
    ".pdf": ("application/pdf", "PDF"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
    ".doc": ("application/msword", "Word"),
    ".xls": ("application/vnd.ms-excel", "Excel"),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files of the old Word and Excel begin
ACCEPT = ",".join(sorted(PHOTO_ENDS) + sorted(PAPERS))  # for <input type="file" accept>


class Evidence(models.Model):
    """One piece: a file or a link. Withdrawn pieces stay, and are no longer shown."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    link = models.URLField(max_length=300, blank=True)
    title = models.CharField(max_length=120)  # the file's own name, or what the link leads to
    taken_at = models.DateTimeField(null=True)  # of a photo, from the camera
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)
    added_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_photo(self) -> bool:
        """Whether it can be drawn on a page."""
        return self.file is not None and self.file.media_type == JPEG


@dataclass(frozen=True)
class Sent:
    """A file as it came from the browser, or a link as typed; `keep_place` leaves in a photo where it was taken."""

    content: bytes = b""
    name: str = ""
    link: str = ""
    keep_place: bool = False


@dataclass(frozen=True)
class Piece:
    """A piece that may be kept: judged, and tidied when it is a photo."""

    title: str
    content: bytes = b""
    media_type: str = ""
    link: str = ""
    taken_at: datetime | None = None


def sent_with(data: MultiValueDict[str, str], sent: MultiValueDict[str, UploadedFile[Any]]) -> list[Sent]:
    """Everything in the fields `evidence` (files) and `link` (one to a line); the box `keep_place` is for all photos.
    No file is read beyond the limit."""
    keep = data.get("keep_place") == "1"
    found = [Sent(f.read(MOST_BYTES + 1), f.name or "文件", keep_place=keep) for f in sent.getlist("evidence")]
    lines = [line.strip() for text in data.getlist("link") for line in text.splitlines()]
    return found + [Sent(link=line) for line in lines if line]


def read_pieces(sent: Sequence[Sent], problems: list[Problem]) -> list[Piece]:
    """The pieces that may be kept; what is wrong with the others is added to `problems`, each with its file's name."""
    if len(sent) > MOST_FILES:
        problems.append(Problem(f"一次最多 {MOST_FILES} 个文件", where="佐证材料", next_step="请分几次添加"))
        return []
    pieces = []
    for each in sent:
        try:
            pieces.append(read_link(each.link) if each.link else read_file(each))
        except Refused as refused:
            problems.extend(refused.problems)
    return pieces


def pieces_or_refuse(sent: Sequence[Sent]) -> list[Piece]:
    """At least one piece. Raises Refused with everything that is wrong."""
    problems: list[Problem] = []
    pieces = read_pieces(sent, problems)
    if not sent:
        problems.append(Problem("没有选择文件,也没有填链接", where="佐证材料", next_step="请选择照片或扫描件"))
    if problems:
        raise Refused(*problems)
    return pieces


def read_link(link: str) -> Piece:
    """A web address; the title is its host."""
    parts = urlsplit(link)
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(link) > 300:
        raise Refused(Problem("不是完整的网址", where="链接", next_step="请从浏览器地址栏整条复制,以 http 开头"))
    return Piece(title=parts.netloc[:120], link=link)


def read_file(sent: Sent) -> Piece:
    """A photo or a paper. Refuses what is empty, too large, of another sort, or not what its name says."""
    name = PurePath(sent.name.replace("\\", "/")).name[-120:] or "文件"
    end = PurePath(name).suffix.lower()
    if end in PHOTO_ENDS:
        tidied = tidy_photo(sent.content, name, keep_place=sent.keep_place)
        return Piece(title=name, content=tidied, media_type=JPEG, taken_at=taken_at(tidied))
    if end not in PAPERS:
        step = "可以传照片(JPG、PNG、WebP)、PDF、Word、Excel"
        raise Refused(Problem("不能收这种文件", where=name, next_step=step))
    if not sent.content:
        raise Refused(Problem("文件是空的", where=name, next_step="请重新选择文件"))
    if len(sent.content) > MOST_BYTES:
        raise Refused(Problem(f"文件超过 {MOST_BYTES >> 20} MB", where=name, next_step="请压缩或拆分后再传"))
    media_type, word = PAPERS[end]
    if not is_what_it_says(sent.content, end):
        raise Refused(Problem(f"内容不是 {word} 文件", where=name, next_step="请用对应的软件打开确认后再传"))
    return Piece(title=name, content=sent.content, media_type=media_type)


def is_what_it_says(content: bytes, end: str) -> bool:
    """Whether the content is of the sort that the ending names."""
    if end == ".pdf":
        return content[:1024].lstrip().startswith(b"%PDF-")
    if end in {".doc", ".xls"}:
        return content.startswith(OLE)
    try:
        with ZipFile(BytesIO(content)) as packed:
            inside = packed.namelist()
    except (BadZipFile, ValueError, OSError):
        return False
    return any(n.startswith("word/" if end == ".docx" else "xl/") for n in inside)


def taken_at(photo: bytes) -> datetime | None:
    """When a tidied photo was taken, by the camera's clock in the house's time zone."""
    with Image.open(BytesIO(photo)) as picture:
        written = picture.getexif().get_ifd(EXIF_IFD).get(TAKEN_AT)
    try:
        return datetime.strptime(str(written), "%Y:%m:%d %H:%M:%S").replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        return None


def keep_piece(piece: Piece, *, actor: Any, at: datetime) -> dict[str, object]:
    """Store the bytes; the columns of the Evidence row to create. Call inside the transaction of the verb."""
    stored = piece.content and files.store(content=piece.content, name=piece.title, media_type=piece.media_type, at=at)
    return {
        "file": stored or None, "link": piece.link, "title": piece.title, "taken_at": piece.taken_at,
        "added_at": at, "added_by": actor.pk, "added_name": actor.get_full_name(),
    }  # fmt: skip


def respond(piece: Evidence) -> HttpResponse:
    """The bytes: a photo to look at, a paper to save. NotFound for a link or a withdrawn piece."""
    if piece.file is None or piece.withdrawn_at is not None:
        raise NotFound
    content = files.read(piece.file)
    if piece.is_photo:
        return HttpResponse(content, content_type=JPEG)
    return download(content, piece.title, piece.file.media_type)
