"""Agreements between units (共建对子): how each stands, what the two did together, the ones that sleep."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Activity, ActivityPartner, PairActivity, PairEvidence, UnitPair
from yushui.activities.models.standing import NEVER, with_last
from yushui.activities.rules.pairs import state_of_pair
from yushui.activities.selectors.areas import narrowed
from yushui.activities.types import PAIR_STATES, SLEEPS_AFTER, PairDraft
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound


@dataclass(frozen=True)
class PairFilters:
    """What the list of agreements is narrowed to; `months` without a common activity are sleep."""

    state: str = ""
    area_code: str = ""
    text: str = ""
    months: int = SLEEPS_AFTER


@dataclass(frozen=True)
class PairRow:
    """An agreement as listed: how it stands, the day of the last common activity."""

    pair: UnitPair
    state: str
    last_on: date | None

    @property
    def state_name(self) -> str:
        """The state in words."""
        return PAIR_STATES[self.state]

    @property
    def last_day(self) -> date | None:
        """The last day of its term."""
        return self.pair.ends_on - timedelta(days=1) if self.pair.ends_on else None


@dataclass(frozen=True)
class PairBoard:
    """The agreements in the actor's area: rows that pass the filters, and how many stand in each state."""

    rows: tuple[PairRow, ...]
    counts: tuple[tuple[str, str, int], ...]  # state, words, how many
    total: int


def visible_pairs(actor: User) -> QuerySet[UnitPair]:
    """Agreements kept in the actor's area."""
    need(actor, "activities.view")
    return in_scope(UnitPair.objects.all(), actor, "area_id")


def pair_board(*, actor: User, filters: PairFilters, on: date) -> PairBoard:
    """All agreements of an area with their states; those that sleep longest, then those that run out, first."""
    low, high = code_range(narrowed(actor, filters.area_code))
    found = with_last(visible_pairs(actor).filter(area_id__gte=low, area_id__lt=high)).select_related("area")
    if filters.text:
        text = filters.text
        found = found.filter(
            Q(unit_name__contains=text) | Q(other_name__contains=text) | Q(subject__contains=text)
        )  # fmt: skip
    rows = [row_of(pair, on, filters.months) for pair in found.order_by("-starts_on", "-id")]
    counts = Counter(row.state for row in rows)
    order = list(PAIR_STATES)
    shown = [row for row in rows if row.state == filters.state] if filters.state else rows
    if filters.state == "SLEEPING":
        shown = sorted(shown, key=lambda row: (row.last_on or NEVER, row.pair.starts_on, row.pair.pk))
    return PairBoard(tuple(shown), tuple((code, PAIR_STATES[code], counts[code]) for code in order), len(rows))


def row_of(pair: UnitPair, on: date, months: int = SLEEPS_AFTER) -> PairRow:
    """An agreement that `with_last` brought, with its state."""
    last = pair.last_on  # type: ignore[attr-defined]
    last_on = None if last is None or last <= NEVER else last
    state = state_of_pair(
        starts_on=pair.starts_on, ends_on=pair.ends_on, ended_on=pair.ended_on, last_on=last_on, on=on, months=months
    )
    return PairRow(pair, state, last_on)


def get_pair(*, actor: User, pair_id: int) -> UnitPair:
    """One agreement in the actor's area with `last_on`; NotFound otherwise."""
    rows = with_last(visible_pairs(actor)).select_related("area", "unit", "other")
    found = rows.filter(pk=pair_id).first()
    if found is None:
        raise NotFound
    return found


def common_activities(pair: UnitPair) -> QuerySet[Activity]:
    """Living activities in which both units took part while the agreement held, and those linked by hand."""
    first, second = side_of(pair.unit_id, pair.unit_name), side_of(pair.other_id, pair.other_name)
    of_first = ActivityPartner.objects.filter(first).values("activity")
    of_second = ActivityPartner.objects.filter(second).values("activity")
    together = Q(pk__in=of_first) & Q(pk__in=of_second)
    if pair.unit_id is not None:
        together |= Q(host=pair.unit_id, pk__in=of_second)
    if pair.other_id is not None:
        together |= Q(host=pair.other_id, pk__in=of_first)
    within = Q(on__gte=pair.starts_on)
    if pair.ended_on is not None:
        within &= Q(on__lt=pair.ended_on)
    linked = Q(pk__in=PairActivity.objects.filter(pair=pair).values("activity"))
    return Activity.objects.filter((together & within) | linked, withdrawn_at=None)


def side_of(unit_id: int | None, name: str) -> Q:
    """Partners that are a unit, by number or (not of ours, or not yet at the time) by name."""
    return Q(name=name, unit=None) if unit_id is None else Q(unit=unit_id) | Q(name=name, unit=None)


@dataclass(frozen=True)
class PairSheet:
    """An agreement in full; `elsewhere` counts common activities outside the actor's area."""

    row: PairRow
    activities: tuple[Activity, ...]
    count: int
    elsewhere: int
    linked: frozenset[int]
    pieces: tuple[PairEvidence, ...]
    candidates: tuple[Activity, ...] = field(default=())  # that could be linked by hand

    @property
    def pair(self) -> UnitPair:
        """The agreement."""
        return self.row.pair


MOST_SHOWN = 50
MOST_CANDIDATES = 40


def pair_sheet(*, actor: User, pair_id: int, on: date) -> PairSheet:
    """One agreement with its common activities, newest first, its scans and renewals."""
    pair = get_pair(actor=actor, pair_id=pair_id)
    common = common_activities(pair)
    own = in_scope(common, actor, "area_id")
    count = own.count()
    shown = own.select_related("kind", "area", "host").order_by("-on", "-id")[:MOST_SHOWN]
    linked = frozenset(PairActivity.objects.filter(pair=pair).values_list("activity_id", flat=True))
    pieces = PairEvidence.objects.filter(pair=pair, withdrawn_at=None).select_related("file").order_by("id")
    return PairSheet(
        row_of(pair, on), tuple(shown), count, common.count() - count, linked, tuple(pieces),
        candidates_of(actor, pair, on),
    )  # fmt: skip


def candidates_of(actor: User, pair: UnitPair, on: date) -> tuple[Activity, ...]:
    """Activities of the last year in the agreement's area with one of the two units, that do not count yet."""
    rows = in_scope(Activity.objects.filter(withdrawn_at=None), actor, "area_id")
    rows = rows.filter(on__gt=max(pair.starts_on, on - timedelta(days=366)), on__lte=on)
    sides = Q(pk__in=ActivityPartner.objects.filter(side_of(pair.unit_id, pair.unit_name)).values("activity"))
    sides |= Q(pk__in=ActivityPartner.objects.filter(side_of(pair.other_id, pair.other_name)).values("activity"))
    ids = [unit for unit in (pair.unit_id, pair.other_id) if unit is not None]
    rows = rows.filter(sides | Q(host__in=ids)).exclude(pk__in=common_activities(pair).values("pk"))
    return tuple(rows.select_related("area").order_by("-on", "-id")[:MOST_CANDIDATES])


def pairs_of_activity(*, actor: User, activity: Activity) -> list[UnitPair]:
    """Agreements that an activity counts for: both units took part, or it was linked by hand."""
    partners = list(ActivityPartner.objects.filter(activity=activity).values_list("unit_id", "name"))
    ids = {unit for unit, _ in partners if unit is not None} | ({activity.host_id} if activity.host_id else set())
    names = {name for unit, name in partners if unit is None}
    first = Q(unit__in=ids) | Q(unit_name__in=names)
    second = Q(other__in=ids) | Q(other_name__in=names)
    held = Q(starts_on__lte=activity.on) & (Q(ended_on=None) | Q(ended_on__gt=activity.on))
    linked = Q(pk__in=PairActivity.objects.filter(activity=activity).values("pair"))
    return list(visible_pairs(actor).filter((first & second & held) | linked).order_by("id")[:10])


def pair_as_typed(pair: UnitPair) -> PairDraft:
    """An agreement as its form would have it."""
    last = pair.ends_on - timedelta(days=1) if pair.ends_on else None
    return PairDraft(
        unit=pair.unit_name, other=pair.other_name, subject=pair.subject, area_code=pair.area_id,
        starts_on=pair.starts_on.isoformat(), last_day=last.isoformat() if last else "", note=pair.note,
    )  # fmt: skip


def get_pair_piece(*, actor: User, piece_id: int) -> PairEvidence:
    """A scan of an agreement in the actor's area; NotFound otherwise."""
    need(actor, "activities.view")
    rows = in_scope(PairEvidence.objects.select_related("file", "pair"), actor, "pair__area_id")
    found = rows.filter(pk=piece_id).first()
    if found is None:
        raise NotFound
    return found
