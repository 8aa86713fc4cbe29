"""Verbs of the archive: opening a box, filling it, asking to take it out, deciding, packing, taking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from yushui.accounts.models import User
from yushui.archive.models import ArchiveExport, Box, Item
from yushui.archive.permissions import check_approve, check_file
from yushui.archive.rules import MOST_IN_BOX, path_in_tree, read_box
from yushui.archive.selectors import PILES, get_box, get_export, items_of, piles_for, unplaced
from yushui.archive.types import EXPORT_STATES, BoxDraft
from yushui.audit import services as audit
from yushui.base import files, jobs
from yushui.base.jobs import Progress
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line

KEPT = timedelta(days=7)  # how long an approval may be used
HEADS = ("件号", "题名", "日期", "文件名", "大小(字节)", "校验值(SM3)", "位置")


@transaction.atomic
def open_box(*, actor: User, draft: BoxDraft, at: datetime) -> Box:
    """Open a box of the actor's area; it gets the next number of its fonds, catalogue and year. The same form sent
    twice is one."""
    check_file(actor)
    known = Box.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    this_year = timezone.localtime(at).date().year
    facts, problems = read_box(draft, piles=piles_for(actor), this_year=this_year)
    if facts is None or problems:
        raise Refused(*problems)
    alike = Box.objects.filter(
        area=actor.area_code, fonds=facts.fonds, catalogue=facts.catalogue, year=facts.year
    ).aggregate(last=Max("number"))
    try:
        with transaction.atomic():
            box = Box.objects.create(
                **vars(facts), area_id=actor.area_code, number=int(alike["last"] or 0) + 1, recorded_at=at,
                recorded_by=actor.pk, recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Problem("刚刚有人开了同号的盒", next_step="请再提交一次")) from error
    audit.record(actor=actor, action="archive.box.opened", subject=box, area_code=box.area_id, at=at, title=box.title)
    return box


def title_of(words: str, name: str) -> str:
    """What a file is called in its box: what it belongs to and its name, said once when the name begins with it."""
    return (name if name.startswith(words) else f"{words} {name}")[:200]


@transaction.atomic
def fill_box(*, actor: User, box_id: int, at: datetime) -> int:
    """Give a place in the box to the files of its pile and year that have none yet; how many."""
    check_file(actor)
    box = get_box(actor=actor, box_id=box_id)
    pile = PILES[box.pile]
    last = int(Item.objects.filter(box=box).aggregate(last=Max("number"))["last"] or 0)
    room = MOST_IN_BOX - last
    if room <= 0:
        raise Refused(Problem(f"这一盒已有 {MOST_IN_BOX} 件", next_step="请另开一盒"))
    title = "pk" if pile.file == "photo" else "title"
    rows = unplaced(actor=actor, code=box.pile, year=box.year)
    found = list(rows.values_list("pk", f"{pile.file}_id", title, pile.words, pile.day)[:room])
    if not found:
        raise Refused(Problem("没有待归档的文件", next_step="本年度这类文件都有位置了"))
    try:
        with transaction.atomic():
            Item.objects.bulk_create(
                Item(
                    box=box, number=number, pile=box.pile, piece_id=pk, file_id=file_id,
                    title=title_of(words or pile.title, name if title == "title" else "照片.jpg"),
                    on=timezone.localtime(day).date() if isinstance(day, datetime) else day, recorded_at=at,
                    recorded_name=actor.get_full_name(),
                )
                for number, (pk, file_id, name, words, day) in enumerate(found, start=last + 1)
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Problem("刚刚有人在归档", next_step="请刷新后查看")) from error
    audit.record(actor=actor, action="archive.box.filled", subject=box, area_code=box.area_id, at=at, count=len(found))
    return len(found)


@transaction.atomic
def ask_archive_export(*, actor: User, box_id: int, purpose: str, at: datetime) -> ArchiveExport:
    """Ask to take a box out of the house as files; somebody else decides."""
    check_file(actor)
    box = get_box(actor=actor, box_id=box_id)
    problems: list[Problem] = []
    words = read_line(purpose, "用途", problems, longest=200)
    if len(words) < 2:
        problems.append(Problem("请写明导出的用途", where="用途", next_step="例如“移交县档案馆”"))
    count = Item.objects.filter(box=box).count()
    if not count:
        problems.append(Problem("盒里还没有文件", next_step="请先归档"))
    if problems:
        raise Refused(*problems)
    export = ArchiveExport.objects.create(
        box=box, purpose=words, files=count, area_code=actor.area_code, asked_at=at, asked_by=actor.pk,
        asked_name=actor.get_full_name(),
    )  # fmt: skip
    audit.record(
        actor=actor, action="archive.export.asked", subject=export, area_code=box.area_id, at=at, rows=count,
        purpose=words,
    )  # fmt: skip
    return export


@transaction.atomic
def decide_archive_export(*, actor: User, export_id: int, approve: bool, opinion: str, at: datetime) -> ArchiveExport:
    """Allow or refuse what another asked for; decided once, never by who asked. Allowed, it is packed at once."""
    check_approve(actor)
    export = get_export(actor=actor, export_id=export_id)
    problems: list[Problem] = []
    words = read_line(opinion, "意见", problems, longest=120)
    if export.asked_by == actor.pk:
        problems.append(Problem("不能审批自己提出的导出申请", next_step="请另一位复核或审批人员办理"))
    if export.state != "ASKED":
        problems.append(Problem("这份申请已经有人办过", where=export.decided_name))
    if not approve and not words:
        problems.append(Problem("请写明不同意的原因", where="意见"))
    if problems:
        raise Refused(*problems)
    state = "APPROVED" if approve else "REFUSED"
    decided = {"state": state, "decided_at": at, "decided_by": actor.pk, "decided_name": actor.get_full_name()}
    if not ArchiveExport.objects.filter(pk=export.pk, state="ASKED").update(**decided, opinion=words):
        raise Refused(Problem("这份申请刚有人办过"))
    export.refresh_from_db()
    if approve:
        jobs.enqueue(name="archive.pack", subject_id=export.pk, actor_id=export.asked_by, at=at)
    audit.record(
        actor=actor, action="archive.export.decided", subject=export, area_code=export.area_code, at=at,
        now={"state": state}, opinion=words,
    )  # fmt: skip
    return export


def pack_export(*, export_id: int, progress: Progress, at: datetime) -> int:
    """Pack the folder tree with its index; how many files. Safe to run twice. Refused when it grows too large."""
    export = ArchiveExport.objects.select_related("box").get(pk=export_id)
    if export.state != "APPROVED":
        raise Refused(Problem(f"这份申请{EXPORT_STATES[export.state]},不能打包"))
    items = list(items_of(export.box))
    out = BytesIO()
    rows = []
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for done, item in enumerate(items, start=1):
            content = files.read(item.file)
            path = tree_path(export.box, item)
            packed.writestr(path, content)
            rows.append(
                (
                    item.number,
                    item.title,
                    str(item.on or ""),
                    path.rsplit("/", 1)[-1],
                    len(content),
                    item.file.digest,
                    path,
                )
            )
            if done % 20 == 0:
                progress(done, len(items), "正在打包")
        folder = tree_path(export.box, items[0]).rsplit("/", 1)[0]
        packed.writestr(f"{folder}/目录.xlsx", index_of(export, rows))
    name = f"档案{export.box.year}-{export.box.number:03d}.zip"
    stored = files.store(content=out.getvalue(), name=name, media_type="application/zip", at=at)
    ArchiveExport.objects.filter(pk=export.pk).update(packed=stored)
    return len(items)


def tree_path(box: Box, item: Item) -> str:
    """Where a file lies in the folder tree."""
    return path_in_tree(
        fonds=box.fonds, catalogue=box.catalogue, year=box.year, box=box.number, title=box.title, number=item.number,
        name=item.title,
    )  # fmt: skip


def index_of(export: ArchiveExport, rows: Sequence[tuple[object, ...]]) -> bytes:
    """The index (目录) of a box as a sheet; below it who took it out and what for."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("目录")
    head = book.add_format({"bold": True, "border": 1, "align": "center"})
    for column, width in enumerate((6, 40, 12, 36, 12, 40, 60)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, HEADS, head)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    words = (
        f"{export.asked_name} 申请,{export.decided_name} 同意,用途:{export.purpose}。可能含个人信息,用后按规定保管。"
    )
    sheet.write_string(len(rows) + 2, 0, words)
    book.close()
    return out.getvalue()


@transaction.atomic
def take_archive_export(*, actor: User, export_id: int, at: datetime) -> tuple[str, bytes]:
    """The packed file (name, bytes), for who asked, once it is allowed and packed, within seven days. NotFound for
    anybody else."""
    check_file(actor)
    export = get_export(actor=actor, export_id=export_id)
    if export.asked_by != actor.pk:
        raise NotFound
    if export.state != "APPROVED" or export.decided_at is None:
        raise Refused(Problem(f"这份申请{EXPORT_STATES[export.state]},不能下载"))
    if at - export.decided_at > KEPT:
        raise Refused(Problem("同意已超过 7 天", next_step="请重新提出申请"))
    if export.packed is None:
        raise Refused(Problem("还在打包", next_step="请稍候再下载"))
    get_box(actor=actor, box_id=export.box_id)
    ArchiveExport.objects.filter(pk=export.pk).update(taken_at=at)
    audit.record(
        actor=actor, action="archive.export.taken", subject=export, area_code=actor.area_code, at=at, rows=export.files,
        purpose=export.purpose, approver=export.decided_name,
    )  # fmt: skip
    return export.packed.name, files.read(export.packed)
