"""Selections and honours of units in the actor's area; the board (光荣榜)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import ancestors_of
from yushui.base.refusals import NotFound
from yushui.honours.models import GoodNews, HonourKind, Nominee, Selection, UnitHonour


def reach(actor: User) -> Q:
    """Selections of the actor's area and of those above it: a town nominates for the county's."""
    return Q(area__in=ancestors_of(actor.area_code))


def list_selections(*, actor: User, year: int | None, stage: str) -> QuerySet[Selection]:
    """Selections that the actor takes part in, the newest first."""
    need(actor, "honours.view")
    rows = in_scope(Selection.objects.all(), actor, "area_id") | Selection.objects.filter(reach(actor))
    if year is not None:
        rows = rows.filter(called_on__gte=date(year, 1, 1), called_on__lt=date(year + 1, 1, 1))
    if stage:
        rows = rows.filter(stage=stage)
    return rows.select_related("kind", "area").annotate(n=Count("nominees")).order_by("-called_on", "-id")


def get_selection(*, actor: User, selection_id: int, own: bool = False) -> Selection:
    """One selection that the actor takes part in; with `own` only one of the actor's area. NotFound otherwise."""
    need(actor, "honours.view")
    rows = in_scope(Selection.objects.all(), actor, "area_id")
    if not own:
        rows = rows | Selection.objects.filter(reach(actor))
    found = rows.select_related("kind", "area").filter(pk=selection_id).first()
    if found is None:
        raise NotFound
    return found


def list_nominees(*, actor: User, selection: Selection) -> list[Nominee]:
    """The nominees; who only nominates sees those of the own area until the list is shown to the public."""
    rows = Nominee.objects.filter(selection=selection).select_related("area")
    if selection.stage in {"CALL", "JUDGED"}:
        rows = in_scope(rows, actor, "area_id")
    return list(rows.order_by("-chosen", "id"))


def get_nominee(*, actor: User, nominee_id: int) -> Nominee:
    """One nominee of the actor's area; NotFound otherwise."""
    need(actor, "honours.view")
    rows = in_scope(Nominee.objects.select_related("selection__kind"), actor, "area_id")
    found = rows.filter(pk=nominee_id).first()
    if found is None:
        raise NotFound
    return found


def list_unit_honours(*, actor: User, year: int | None) -> QuerySet[UnitHonour]:
    """Honours of units of the actor's area, the newest first."""
    need(actor, "honours.board")
    rows = in_scope(UnitHonour.objects.filter(withdrawn_at=None), actor, "area_id")
    if year is not None:
        rows = rows.filter(on__gte=date(year, 1, 1), on__lt=date(year + 1, 1, 1))
    return rows.select_related("kind", "unit", "area").order_by("-on", "-id")


def get_unit_honour(*, actor: User, honour_id: int) -> UnitHonour:
    """One honour of a unit in the actor's area; NotFound otherwise."""
    found = list_unit_honours(actor=actor, year=None).filter(pk=honour_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Board:
    """The board of a year: what was published, and how many merits of each grade; nobody is ranked."""

    units: list[UnitHonour]
    selections: list[tuple[Selection, list[str]]]
    merits: list[tuple[str, int]]


def open_board(*, actor: User, year: int) -> Board:
    """Honours of a year that were published: names of selections as in their lists, merits as numbers."""
    need(actor, "honours.board")
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    decided = in_scope(
        Selection.objects.filter(stage="DECIDED", decided_on__gte=first, decided_on__lt=end), actor, "area_id"
    )
    rows = list(decided.select_related("kind").order_by("-decided_on", "-id"))
    names: dict[int, list[str]] = {row.pk: [] for row in rows}
    chosen = Nominee.objects.filter(selection__in=rows, chosen=True, dropped_reason="").order_by("id")
    for selection, name in chosen.values_list("selection_id", "name"):
        names[selection].append(name)
    news = in_scope(
        GoodNews.objects.filter(state="DELIVERED", delivered_on__gte=first, delivered_on__lt=end), actor, "area_id"
    )
    counts = dict(news.order_by().values_list("kind_id").annotate(n=Count("id")))
    kinds = HonourKind.objects.filter(pk__in=counts).order_by("place", "code")
    return Board(
        list(list_unit_honours(actor=actor, year=year)[:200]), [(row, names[row.pk]) for row in rows],
        [(kind.name, counts[kind.pk]) for kind in kinds],
    )  # fmt: skip
