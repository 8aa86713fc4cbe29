"""Kinds of activities as an actor may choose them: the catalogue's, and those of the actor's area and above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import Activity, ActivityKind, KindMeasure
from yushui.activities.rules.activities import Extra
from yushui.activities.types import KindDraft, MeasureDraft
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import code_range
from yushui.base.kinds import get_added_in, is_added_in, kinds_for, reachable_kinds

MOST_USUAL = 8
LATELY = 300  # activities that say what somebody usually records


def list_kinds(*, actor: User) -> list[ActivityKind]:
    """The kinds in use in the actor's area, in the order of the catalogue, own kinds last."""
    return list(kinds_for(ActivityKind, actor.area_code))


def kinds_in_reach(actor: User) -> QuerySet[ActivityKind]:
    """Kinds that records of the actor's area may have, retired ones and those of areas below included."""
    return reachable_kinds(ActivityKind, actor.area_code)


def list_filter_kinds(*, actor: User) -> list[tuple[str, str]]:
    """(code, name) of the kinds to narrow a list to: retired ones too, because their records stay."""
    return until_next_act(f"filter-kinds:{actor.area_code}", lambda: find_filter_kinds(actor))


def find_filter_kinds(actor: User) -> list[tuple[str, str]]:
    """The same, read anew."""
    rows = kinds_in_reach(actor).values_list("code", "name", "retired")
    return [(code, f"{name}(已停用)" if retired else name) for code, name, retired in rows]


def chapters_of_kinds() -> dict[str, str]:
    """The chapter of every kind, retired ones too."""
    return dict(ActivityKind.objects.values_list("code", "chapter"))


def extras_of(kind_code: str) -> list[Extra]:
    """The further numbers that a kind asks for now."""
    rows = KindMeasure.objects.filter(kind=kind_code, retired=False).order_by("place", "key")
    return [Extra(row.key, row.name, row.unit, row.decimals) for row in rows]


def extras_by_kind(kind_codes: Iterable[str]) -> dict[str, dict[str, Extra]]:
    """All further numbers of some kinds, retired ones too: for showing what records hold."""
    found: dict[str, dict[str, Extra]] = {}
    for row in KindMeasure.objects.filter(kind__in=set(kind_codes)).order_by("kind", "place", "key"):
        found.setdefault(row.kind_id, {})[row.key] = Extra(row.key, row.name, row.unit, row.decimals)
    return found


def own_kinds() -> list[tuple[ActivityKind, list[Extra]]]:
    """Every kind that an area added, retired ones too because their records count, with its further numbers. For
    figures, which judge the right to an area themselves."""
    kinds = list(ActivityKind.objects.exclude(area_code="").order_by("place", "code"))
    extras = extras_by_kind([kind.pk for kind in kinds]) if kinds else {}
    return [(kind, list(extras.get(kind.pk, {}).values())) for kind in kinds]


def usual_kinds(*, actor: User) -> list[ActivityKind]:
    """The kinds the actor recorded most among the last few hundred: the first thing a clerk looks for."""
    mine = Activity.objects.filter(recorded_by=actor.pk, withdrawn_at=None).order_by("-id")
    counted = Counter(mine.values_list("kind_id", flat=True)[:LATELY])
    found = ActivityKind.objects.filter(retired=False).in_bulk(list(counted))
    return sorted(found.values(), key=lambda kind: (-counted[kind.pk], kind.pk))[:MOST_USUAL]


def find_kinds(*, actor: User, text: str) -> list[ActivityKind]:
    """Kinds in use whose name or other words hold every part typed; a whole name first."""
    parts = text.split()
    if not parts:
        return []
    kinds = list_kinds(actor=actor)
    hits = [kind for kind in kinds if all(part in f"{kind.name}、{kind.words}" for part in parts)]
    whole = [kind for kind in hits if text.strip() in {kind.name, *kind.words.split("、")}]
    return whole + [kind for kind in hits if kind not in whole]


@dataclass(frozen=True)
class KindRow:
    """A line of the page of kinds."""

    kind: ActivityKind
    measures: tuple[KindMeasure, ...]
    count: int  # living activities in the actor's area
    own: bool  # added here or below, so that the actor may change it


def list_kind_rows(*, actor: User) -> list[KindRow]:
    """Every kind with its numbers, for those who look after kinds."""
    need(actor, "activities.set_kind")
    low, high = code_range(actor.area_code)
    rows = Activity.objects.filter(withdrawn_at=None, area_id__gte=low, area_id__lt=high)
    counts = dict(rows.order_by().values_list("kind_id").annotate(n=Count("id")))
    kinds = kinds_in_reach(actor).prefetch_related("measures")
    return [
        KindRow(
            kind, tuple(sorted((m for m in kind.measures.all() if not m.retired), key=lambda m: m.place)),
            counts.get(kind.pk, 0), is_added_in(actor.area_code, kind),
        )
        for kind in kinds
    ]  # fmt: skip


def get_own_kind(*, actor: User, code: str) -> ActivityKind:
    """A kind that the actor may change; NotFound for others, the catalogue's included."""
    need(actor, "activities.set_kind")
    return get_added_in(actor.area_code, ActivityKind, code)


def kind_as_typed(*, actor: User, code: str) -> KindDraft:
    """An own kind as its form would have it."""
    kind = get_own_kind(actor=actor, code=code)
    rows = KindMeasure.objects.filter(kind=kind, retired=False).order_by("place", "key")
    return KindDraft(
        name=kind.name, chapter=kind.chapter, direction=kind.direction, measure=kind.measure, words=kind.words,
        wants_evidence=kind.wants_evidence,
        measures=tuple(MeasureDraft(row.key, row.name, row.unit, str(row.decimals)) for row in rows),
    )  # fmt: skip


def has_records(kind: ActivityKind) -> bool:
    """Whether any activity, a withdrawn one too, is of this kind."""
    return Activity.objects.filter(kind=kind).exists()


def used_keys(kind: ActivityKind) -> set[str]:
    """The extra numbers of a kind that records hold."""
    return set(Activity.objects.filter(kind=kind, measures__isnull=False).values_list("measures__key", flat=True))
