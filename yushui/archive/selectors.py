"""The piles of files that the packages keep, what of them has a place, what is missing, boxes and exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.activities.models import Activity, ActivityEvidence, PairEvidence, Visit
from yushui.archive.models import ArchiveExport, Box, Item
from yushui.archive.permissions import visible_boxes, visible_exports
from yushui.base import jobs
from yushui.base.models import Job
from yushui.base.refusals import NotFound
from yushui.cases.models import CaseEvidence, ProjectEvidence
from yushui.funds.models import ApplicationEvidence, EntryEvidence
from yushui.honours.models import GoodNews, HonourEvidence, Selection, UnitHonour
from yushui.places.models import Paper, PaperEvidence
from yushui.plans.models import MeetingEvidence, TaskEvidence
from yushui.sites.models import Agreement, SiteEvidence


@dataclass(frozen=True)
class Pile:
    """Files of one sort: their table, and the paths to area, day and words of what they belong to."""

    title: str
    rows: Callable[[], QuerySet[Any]]
    area: str
    day: str
    words: str
    right: str
    page: str = ""  # name of the page that gives one its file
    file: str = "file"


def of_honours(owner: str) -> Callable[[], QuerySet[Any]]:
    """Pieces of one sort of owner."""
    return lambda: HonourEvidence.objects.filter(**{f"{owner}__isnull": False})


PILES: dict[str, Pile] = {
    "activities": Pile(
        "活动", ActivityEvidence.objects.all, "activity__area_id", "activity__on", "activity__title",
        "activities.view", "show-activity-file",
    ),
    "visits": Pile(
        "走访照片", Visit.objects.all, "area_id", "on", "campaign__title", "people.view", "show-visit-photo", "photo",
    ),
    "pairs": Pile(
        "共建协议", PairEvidence.objects.all, "pair__area_id", "pair__starts_on", "pair__unit_name", "activities.view",
        "show-pair-file",
    ),
    "meetings": Pile(
        "会议", MeetingEvidence.objects.all, "meeting__area_id", "meeting__on", "meeting__title", "plans.view",
        "show-meeting-file",
    ),
    "tasks": Pile(
        "任务", TaskEvidence.objects.all, "task__area_id", "added_at", "task__title", "plans.view", "show-task-file"
    ),
    "papers": Pile(
        "制度与文件", PaperEvidence.objects.all, "paper__area_id", "paper__issued_on", "paper__title", "places.view",
        "show-paper-file",
    ),
    "cases": Pile(
        "办件", lambda: CaseEvidence.objects.filter(case__kind__is_sensitive=False), "case__area_id", "case__opened_on",
        "case__kind__name", "cases.view", "show-case-file",
    ),
    "deeds": Pile(
        "年度实事", ProjectEvidence.objects.all, "project__area_id", "added_at", "project__title", "cases.view",
        "show-deed-file",
    ),
    "money": Pile(
        "经费凭证", EntryEvidence.objects.all, "entry__area_id", "entry__on", "entry__fund__name", "funds.view_money"
    ),
    "care": Pile(
        "关爱基金申请", ApplicationEvidence.objects.all, "application__area_id", "application__on",
        "application__project__name", "funds.view_money", "show-care-file",
    ),
    "plaques": Pile(
        "光荣牌", of_honours("plaque"), "plaque__household__area_id", "plaque__state_on",
        "plaque__household__head_name", "honours.view", "show-honour-file",
    ),
    "news": Pile(
        "喜报", of_honours("news"), "news__area_id", "news__received_on", "news__kind__name", "honours.view",
        "show-honour-file",
    ),
    "unit_honours": Pile(
        "单位荣誉", of_honours("honour"), "honour__area_id", "honour__on", "honour__title", "honours.view",
        "show-honour-file",
    ),
    "selections": Pile(
        "评选", of_honours("selection"), "selection__area_id", "selection__called_on", "selection__title",
        "honours.view", "show-honour-file",
    ),
    "sites": Pile(
        "阵地与门店", SiteEvidence.objects.all, "site__area_id", "added_at", "site__name", "sites.view",
        "show-site-file",
    ),
}  # fmt: skip


def piles_for(actor: User) -> dict[str, Pile]:
    """The piles whose package the actor may read."""
    need(actor, "archive.view")
    return {code: pile for code, pile in PILES.items() if may(actor, pile.right)}


def pieces_of(*, actor: User, code: str, year: int) -> QuerySet[Any]:
    """The files of a pile and year in the actor's area, oldest first; links have no file and no place."""
    pile = piles_for(actor).get(code)
    if pile is None:
        raise NotFound
    rows = in_scope(pile.rows(), actor, pile.area).filter(withdrawn_at=None, **{f"{pile.day}__year": year})
    return rows.exclude(**{pile.file: None}).order_by(pile.day, "id")


def unplaced(*, actor: User, code: str, year: int) -> QuerySet[Any]:
    """Those of them that lie in no box yet."""
    rows = pieces_of(actor=actor, code=code, year=year)
    return rows.exclude(pk__in=Item.objects.filter(pile=code).values("piece_id"))


@dataclass(frozen=True)
class PileLine:
    """A pile in a year: how many files, how many of them without a place."""

    code: str
    title: str
    files: int
    without: int


def overview(*, actor: User, year: int) -> list[PileLine]:
    """Every pile that has files in a year, or none yet."""
    return [
        PileLine(
            code, pile.title, pieces_of(actor=actor, code=code, year=year).count(),
            unplaced(actor=actor, code=code, year=year).count(),
        )
        for code, pile in piles_for(actor).items()
    ]  # fmt: skip


def list_boxes(*, actor: User, year: int) -> QuerySet[Box]:
    """The boxes of a year with the number of their items."""
    rows = visible_boxes(actor).filter(year=year).annotate(n=Count("items"))
    return rows.order_by("fonds", "catalogue", "number", "id")


def get_box(*, actor: User, box_id: int) -> Box:
    """One box of the actor's area whose pile the actor may read; NotFound otherwise."""
    found = visible_boxes(actor).select_related("area").filter(pk=box_id).first()
    if found is None or found.pile not in piles_for(actor):
        raise NotFound
    return found


def items_of(box: Box) -> QuerySet[Item]:
    """What lies in a box, in its order."""
    return Item.objects.filter(box=box).select_related("file").order_by("number")


@dataclass(frozen=True)
class Gap:
    """Something without the scan or photo that it usually has."""

    sort: str
    words: str
    page: str
    pk: int


def list_gaps(*, actor: User, year: int, most: int = 10) -> list[tuple[str, int, list[Gap]]]:
    """What lacks its scan, by sort: (sort, how many, the newest of them)."""
    need(actor, "archive.view")
    wanted: list[tuple[str, str, str, str, str, QuerySet[Any]]] = [
        ("制度与文件没有扫描件", "show-paper", "title", "area_id", "places.view",
         Paper.objects.filter(withdrawn_at=None, evidence=None, issued_on__year=year)),
        ("活动没有照片或材料", "show-activity", "title", "area_id", "activities.view",
         Activity.objects.filter(withdrawn_at=None, on__year=year, evidence=None)),
        ("喜报送达没有照片", "show-news", "words", "area_id", "honours.view",
         GoodNews.objects.filter(state="DELIVERED", delivered_on__year=year, evidence=None).annotate(
             words=Concat("soldier_name", Value(" "), "kind__name", output_field=CharField()))),
        ("评选没有表彰文件", "show-selection", "title", "area_id", "honours.view",
         Selection.objects.filter(stage="DECIDED", decided_on__year=year, evidence=None)),
        ("单位荣誉没有证书照片", "show-unit-honour", "title", "area_id", "honours.board",
         UnitHonour.objects.filter(withdrawn_at=None, on__year=year, evidence=None)),
    ]  # fmt: skip
    found = []
    for sort, page, words, area, right, rows in wanted:
        if may(actor, right):
            inside = in_scope(rows, actor, area)
            some = [Gap(sort, text, page, pk) for pk, text in inside.order_by("-pk").values_list("pk", words)[:most]]
            found.append((sort, inside.count(), some))
    if may(actor, "sites.view"):
        kept = SiteEvidence.objects.filter(site=OuterRef("site"), withdrawn_at=None)
        signed = Agreement.objects.filter(~Q(Exists(kept)), superseded_at=None, starts_on__year=year)
        inside = in_scope(signed, actor, "site__area_id")
        some = [
            Gap("", name, "show-site", pk)
            for pk, name in inside.order_by("-pk").values_list("site_id", "site__name")[:most]
        ]
        found.append(("优待协议没有扫描件", inside.count(), some))
    return found


def list_exports(*, actor: User) -> QuerySet[ArchiveExport]:
    """Requests, the newest first."""
    return visible_exports(actor).select_related("box")


def get_export(*, actor: User, export_id: int) -> ArchiveExport:
    """One request the actor may see; NotFound otherwise."""
    found = list_exports(actor=actor).filter(pk=export_id).first()
    if found is None:
        raise NotFound
    return found


def job_of(export: ArchiveExport) -> Job | None:
    """The packing of a request."""
    return jobs.latest(name="archive.pack", subject_id=export.pk)
