"""Campaigns: those an actor may see, how far each has come, what was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.accounts.types import RIGHTS
from yushui.activities.models import Campaign, CampaignTarget, Visit
from yushui.activities.rules.goods import count_items
from yushui.activities.selectors.areas import above_and_self, names_of
from yushui.activities.selectors.targets import SEALED, is_seen, is_tried, on_list, with_seen
from yushui.activities.types import VillageCoverage
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import code_range
from yushui.base.in_order import in_area
from yushui.base.refusals import NotFound

MOST_OFFERED = 60


def visible_campaigns(actor: User) -> QuerySet[Campaign]:
    """Campaigns of the actor's area, of areas inside it, and those of areas around it (a county's, for a village)."""
    need(actor, "activities.view")
    low, high = code_range(actor.area_code)
    return Campaign.objects.filter(
        Q(area_id__gte=low, area_id__lt=high) | Q(area_id__in=above_and_self(actor.area_code))
    )


def get_campaign(*, actor: User, campaign_id: int) -> Campaign:
    """One campaign that the actor may see; NotFound otherwise."""
    found = visible_campaigns(actor).select_related("area", "kind", "hands").filter(pk=campaign_id).first()
    if found is None:
        raise NotFound
    return found


def list_campaigns(
    *, actor: User, year: int | None = None, kind: str = "", is_open: bool = False
) -> QuerySet[Campaign]:
    """Campaigns newest first, by year of their first day, kind, and whether they still run."""
    rows = visible_campaigns(actor).select_related("area", "kind")
    if year is not None:
        rows = rows.filter(starts_on__gte=date(year, 1, 1), starts_on__lt=date(year + 1, 1, 1))
    if kind:
        rows = rows.filter(kind_id=kind)
    if is_open:
        rows = rows.filter(closed_at=None)
    return rows.order_by("-starts_on", "-id")


def list_filter_campaigns(*, actor: User) -> list[tuple[int, str]]:
    """(id, title with place) of the newest campaigns, to narrow a list to."""
    rows = list_campaigns(actor=actor).values_list("pk", "title", "area__name")[:MOST_OFFERED]
    return [(pk, f"{title}({place})") for pk, title, place in rows]


@dataclass(frozen=True)
class Standing:
    """How far a campaign has come in the actor's area: people listed, people seen, cash handed over in fen."""

    listed: int = 0
    seen: int = 0
    cash_fen: int = 0

    @property
    def left(self) -> int:
        """People not seen yet."""
        return self.listed - self.seen

    @property
    def percent(self) -> int:
        """Whole percent seen, rounded down, so that 100 means everybody."""
        return self.seen * 100 // self.listed if self.listed else 0


def standing_of(*, actor: User, campaign_ids: Iterable[int]) -> dict[int, Standing]:
    """The standing of several campaigns at once, in the actor's area."""
    ids = list(campaign_ids)
    name = f"standing:{actor.area_code}:{'-'.join(map(str, ids))}"
    return until_next_act(name, lambda: count_standing(actor, ids))


def count_standing(actor: User, ids: Sequence[int]) -> dict[int, Standing]:
    """The same, counted afresh."""
    targets = in_scope(with_seen(on_list(ids)), actor, "area_id")
    counted = (
        targets.order_by().values("campaign_id").annotate(listed=Count("id"), met=Count("id", filter=Q(seen=True)))
    )
    cash = in_scope(Visit.objects.filter(campaign_id__in=ids, withdrawn_at=None), actor, "area_id")
    sums = dict(cash.order_by().values_list("campaign_id").annotate(Sum("cash_fen")))
    found = {row["campaign_id"]: (row["listed"], row["met"]) for row in counted}
    return {key: Standing(*found.get(key, (0, 0)), cash_fen=sums.get(key, 0)) for key in ids}


def coverage_by_village(*, actor: User, campaign: Campaign) -> list[VillageCoverage]:
    """Per village of the actor's area: listed, seen, cash in fen, who goes. Villages in the order of their codes."""
    targets = in_scope(with_seen(on_list([campaign.pk])), actor, "area_id")
    rows = (
        targets.order_by()
        .values("area_id")
        .annotate(
            listed=Count("id"), met=Count("id", filter=Q(seen=True)), unassigned=Count("id", filter=Q(user_id=None))
        )
    )
    cash = in_scope(Visit.objects.filter(campaign=campaign, withdrawn_at=None), actor, "area_id")
    sums = dict(cash.order_by().values_list("area_id").annotate(Sum("cash_fen")))
    goers = goers_by_village(actor, campaign)
    names = names_of({row["area_id"] for row in rows} | set(sums))
    counted = {row["area_id"]: row for row in rows}
    return [
        VillageCoverage(
            area_code=code,
            name=names.get(code, code),
            listed=counted[code]["listed"] if code in counted else 0,
            seen=counted[code]["met"] if code in counted else 0,
            cash_fen=sums.get(code, 0),
            liaisons=tuple(goers.get(code, ())),
            unassigned=counted[code]["unassigned"] if code in counted else 0,
        )
        for code in sorted({*counted, *sums})
    ]


def goers_by_village(actor: User, campaign: Campaign) -> dict[str, list[str]]:
    """The names of those who go, by village."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = in_scope(on_list([campaign.pk]).exclude(user_id=None), actor, "area_id")
    for code, name in rows.order_by("area_id", "user_name").values_list("area_id", "user_name").distinct():
        found[code].append(name)
    return found


@dataclass(frozen=True)
class Given:
    """What living visits of a campaign amount to: visits by way, items handed over (the most given first)."""

    ways: dict[str, int]
    goods: tuple[tuple[str, int], ...]


def given_in(*, actor: User, campaign: Campaign) -> Given:
    """Ways and goods of a campaign in the actor's area, in one pass over its visits."""
    rows = in_area(Visit.objects.filter(campaign=campaign, withdrawn_at=None), actor.area_code)
    ways: dict[str, int] = defaultdict(int)
    lines: dict[str, int] = defaultdict(int)
    for way, line, visits in rows.order_by().values_list("way", "goods").annotate(n=Count("id")):
        ways[way] += visits
        lines[line] += visits
    return Given(dict(ways), tuple(count_items(lines.items())))


def list_goers(*, actor: User) -> list[User]:
    """Staff who may be sent on visits and work inside the actor's area: liaisons and clerks, by area and name."""
    rows = User.objects.filter(is_active=True, held_roles__role__in=RIGHTS["activities.visit"])
    return list(in_scope(rows, actor, "area_code").order_by("area_code", "full_name", "id").distinct())


def assigned_to(*, actor: User, campaign: Campaign) -> list[tuple[int, str, int]]:
    """Who has how many people on the list in the actor's area: (user id, name, people)."""
    rows = in_scope(on_list([campaign.pk]).exclude(user_id=None), actor, "area_id")
    counted = rows.order_by().values("user_id", "user_name").annotate(n=Count("id")).order_by("user_name", "user_id")
    return [(row["user_id"] or 0, row["user_name"], row["n"]) for row in counted]


@dataclass(frozen=True)
class MyVillage:
    """The people of one village that a goer has: those left, with `tried`, and those seen."""

    name: str
    left: tuple[CampaignTarget, ...]
    done: tuple[CampaignTarget, ...]

    @property
    def listed(self) -> int:
        """All people of the village on this goer's list."""
        return len(self.left) + len(self.done)


@dataclass(frozen=True)
class MyRound:
    """A campaign as one goer has it."""

    campaign: Campaign
    villages: tuple[MyVillage, ...]

    @property
    def listed(self) -> int:
        """All people on this goer's list."""
        return sum(village.listed for village in self.villages)

    @property
    def seen(self) -> int:
        """Those met already."""
        return sum(len(village.done) for village in self.villages)


def my_rounds(*, actor: User) -> list[MyRound]:
    """The open campaigns in which people are assigned to the actor, newest first; by village, in the list's order."""
    need(actor, "activities.visit")
    mine = CampaignTarget.objects.filter(user_id=actor.pk, dropped_reason="", campaign__closed_at=None)
    rows = in_scope(mine, actor, "area_id").annotate(tried=is_tried())
    met = set(rows.filter(is_seen()).values_list("id", flat=True))
    by_campaign: dict[Campaign, dict[str, list[CampaignTarget]]] = {}
    ordered = rows.order_by("-campaign__starts_on", "-campaign_id", "area_id", "id")
    for row in ordered.select_related("campaign__kind", "person", "area").defer(*SEALED):
        by_campaign.setdefault(row.campaign, {}).setdefault(row.area.name, []).append(row)
    return [
        MyRound(
            campaign,
            tuple(
                MyVillage(name, tuple(t for t in people if t.pk not in met), tuple(t for t in people if t.pk in met))
                for name, people in villages.items()
            ),
        )
        for campaign, villages in by_campaign.items()
    ]
