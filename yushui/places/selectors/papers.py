"""Reading papers in force: the list, one of them, what is missing of the five inclusions, what proves a duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.base.area_codes import code_range
from yushui.base.kinds import kinds_for
from yushui.base.refusals import NotFound
from yushui.places.models import Paper, PaperEvidence, PaperKind
from yushui.places.permissions import check_view_places
from yushui.places.types import INCLUSION_NAMES

SOON = timedelta(days=90)
PAPER_STATES = {"in_force": "有效", "soon": "90 天内到期", "expired": "已过期", "withdrawn": "已废止"}


@dataclass(frozen=True)
class PaperFilters:
    """What the list of papers is narrowed to; nothing set means everything that is in force."""

    kind: str = ""
    state: str = "in_force"
    year: int | None = None  # of issue
    unit_id: int | None = None
    area_code: str = ""
    words: str = ""


def list_paper_kinds(*, actor: User, kept: str = "") -> list[PaperKind]:
    """Kinds of papers in use in the actor's area; `kept` stands among them though it was retired."""
    check_view_places(actor)
    kinds = list(kinds_for(PaperKind, actor.area_code))
    return kinds if not kept or kept in {kind.pk for kind in kinds} else [*PaperKind.objects.filter(pk=kept), *kinds]


def list_papers(*, actor: User, filters: PaperFilters, on: date) -> QuerySet[Paper]:
    """Papers of the actor's area, newest first."""
    check_view_places(actor)
    rows = in_scope(Paper.objects.select_related("kind", "unit"), actor, "area_id")
    if filters.state == "withdrawn":
        rows = rows.exclude(withdrawn_at=None)
    else:
        rows = rows.filter(withdrawn_at=None)
    if filters.state == "in_force":
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    elif filters.state == "soon":
        rows = rows.filter(ends_on__gt=on, ends_on__lte=on + SOON)
    elif filters.state == "expired":
        rows = rows.filter(ends_on__lte=on)
    if filters.kind:
        rows = rows.filter(kind_id=filters.kind)
    if filters.year is not None:
        rows = rows.filter(issued_on__gte=date(filters.year, 1, 1), issued_on__lt=date(filters.year + 1, 1, 1))
    if filters.unit_id is not None:
        rows = rows.filter(unit_id=filters.unit_id)
    if filters.area_code:
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if filters.words:
        rows = rows.filter(Q(title__contains=filters.words) | Q(number__contains=filters.words))
    if filters.state == "soon":
        return rows.order_by("ends_on", "id")
    return rows.order_by("-issued_on", "-id")


def get_paper(*, actor: User, paper_id: int) -> Paper:
    """One paper of the actor's area with its scans; NotFound otherwise."""
    check_view_places(actor)
    rows = in_scope(Paper.objects.select_related("kind", "unit"), actor, "area_id")
    kept = Prefetch("evidence", PaperEvidence.objects.filter(withdrawn_at=None).select_related("file"))
    paper = rows.prefetch_related(kept, "proofs").filter(pk=paper_id).first()
    if paper is None:
        raise NotFound
    return paper


def get_paper_file(*, actor: User, piece_id: int) -> PaperEvidence:
    """A scan of a paper the actor may see; NotFound otherwise."""
    check_view_places(actor)
    rows = in_scope(PaperEvidence.objects.select_related("file", "paper"), actor, "paper__area_id")
    piece = rows.filter(pk=piece_id).first()
    if piece is None:
        raise NotFound
    return piece


@dataclass(frozen=True)
class Inclusion:
    """One of the 五个纳入 in a year: the papers that prove it."""

    key: str
    words: str
    papers: list[Paper]


def inclusions(*, actor: User, year: int, area_code: str = "") -> list[Inclusion]:
    """Which papers of one level prove each of the five inclusions in a year: those of the actor's own area, or of one
    inside it, without the ones below. An empty one is missing."""
    check_view_places(actor)
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    rows = in_scope(Paper.objects.select_related("kind", "unit"), actor, "area_id")
    rows = rows.filter(withdrawn_at=None, area_id=area_code or actor.area_code)
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gt=first), starts_on__lt=end).exclude(kind__inclusion="")
    found: dict[str, list[Paper]] = {key: [] for key in INCLUSION_NAMES}
    for paper in rows.order_by("-issued_on", "-id")[:200]:
        found[paper.kind.inclusion].append(paper)
    return [Inclusion(key, words, found[key]) for key, words in INCLUSION_NAMES.items()]


def count_soon(*, actor: User, on: date) -> int:
    """How many papers of the actor's area run out soon."""
    return list_papers(actor=actor, filters=PaperFilters(state="soon"), on=on).count()


def papers_proving(*, codes: Iterable[str], area_code: str, first: date, end: date) -> QuerySet[Paper]:
    """Papers of this area and below that prove one of the codes and hold on a day of [first, end)."""
    low, high = code_range(area_code)
    rows = Paper.objects.filter(withdrawn_at=None, proofs__code__in=list(codes), area_id__gte=low, area_id__lt=high)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=first), starts_on__lt=end).distinct()
