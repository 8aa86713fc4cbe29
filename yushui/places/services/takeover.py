"""Taking over the units that a county kept before this system: many at once with posts, duties, the five things and
member units, judged by the same rules as single ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.refusals import Problem, Refused
from yushui.places.models import Area, GroupMember, Post, StationFact, Unit, UnitDuty, UnitKind
from yushui.places.permissions import check_change_places
from yushui.places.rules.posts import read_post
from yushui.places.rules.units import UnitFacts, read_unit
from yushui.places.services.units import KINDS, usual_duties_for
from yushui.places.types import STATION_NAMES, PostDraft, UnitDraft

UNIT_FIELDS = (
    "id", "revision", "name", "kind", "area", "parent", "phone", "address", "contact_name", "starts_on", "ends_on",
    "end_reason",
)  # fmt: skip
POST_FIELDS = (
    "unit", "title", "holder_name", "office", "user_id", "starts_on", "ends_on", "reason", "opened_by", "closed_by",
)  # fmt: skip
FIVE_FIELDS = ("unit", "key", "holds", "on", "note", "recorded_at", "recorded_name", "superseded_at")


@dataclass(frozen=True)
class PastPost:
    """A post from an old list, held on the days [starts_on, ends_on)."""

    title: str
    holder_name: str
    starts_on: date
    office: str = ""
    ends_on: date | None = None
    reason: str = ""
    user_id: int | None = None


@dataclass(frozen=True)
class PastUnit:
    """A unit from an old list. `parent` and `members` are names of units that stand before it in the list, or are
    registered; `has` are the five things that a station has, the others it has not."""

    draft: UnitDraft
    parent: str = ""
    posts: tuple[PastPost, ...] = ()
    has: tuple[str, ...] = ()
    five_on: date | None = None
    members: tuple[str, ...] = ()


@transaction.atomic
def take_over_units(*, actor: User, units: Sequence[PastUnit], at: datetime) -> dict[str, int]:
    """Take over many units; their ids by name. All or nothing: Refused names every unit at fault."""
    today = timezone.localtime(at).date()
    for code in sorted({unit.draft.area_code for unit in units}):
        check_change_places(actor, code)
    known = dict(Unit.objects.filter(name__in=names_told(units), ends_on=None).values_list("name", "pk"))
    problems: list[Problem] = []
    facts = judged(units, set(known), today, problems)
    if problems:
        raise Refused(*problems)
    first = next_id(Unit)
    ids = {**known, **{fact.name: pk for pk, fact in enumerate(facts, start=first)}}
    insert_rows(Unit, UNIT_FIELDS, [
        (
            ids[f.name], 1, f.name, f.kind, f.area_code, ids.get(unit.parent), f.phone, f.address, f.contact_name,
            f.starts_on, None, "",
        )
        for f, unit in zip(facts, units, strict=True)
    ])  # fmt: skip
    sync_ids(Unit)
    write_posts(units, ids)
    write_duties(facts, ids)
    write_stations(units, ids, actor, at)
    rows = [(ids[u.draft.name], ids[name], u.draft.starts_on, None, "") for u in units for name in u.members]
    days = [(group, unit, date.fromisoformat(on), None, "") for group, unit, on, _, _ in rows]
    insert_rows(GroupMember, ("group", "unit", "starts_on", "ends_on", "reason"), days)
    audit.record(
        actor=actor, action="places.units.taken_over", subject="places.unit", area_code=actor.area_code, at=at,
        units=len(units), posts=sum(len(unit.posts) for unit in units),
    )  # fmt: skip
    return ids


def names_told(units: Sequence[PastUnit]) -> set[str]:
    """Names of units that the list refers to."""
    return {unit.parent for unit in units} | {name for unit in units for name in unit.members}


def judged(units: Sequence[PastUnit], known: set[str], today: date, problems: list[Problem]) -> list[UnitFacts]:
    """The facts of every unit; what is wrong with any is added to the problems under its name."""
    areas = set(Area.objects.filter(code__in={u.draft.area_code for u in units}).values_list("code", flat=True))
    taken = set(Unit.objects.filter(area_id__in=areas).values_list("area_id", "kind", "name"))
    found: list[UnitFacts] = []
    listed: set[str] = set()
    for unit in units:
        at = unit.draft.name
        facts, wrong = read_unit(unit.draft, kinds=KINDS, today=today)
        for post in unit.posts:
            read_post(PostDraft(post.title, post.holder_name, post.office, post.starts_on.isoformat()), wrong)
            if post.ends_on is not None and post.ends_on <= post.starts_on:
                wrong.append(Problem(f"{post.holder_name}的卸任日期应晚于任职日期"))
        wrong += [Problem(f"没有单位 {name}") for name in (unit.parent, *unit.members) if name and name not in known]
        if unit.draft.area_code not in areas:
            wrong.append(Problem("没有这个区划"))
        if at in listed:
            wrong.append(Problem("在名单里写了两次"))
        if (key := (unit.draft.area_code, unit.draft.kind, at)) in taken:
            wrong.append(Problem("已经登记过"))
        if set(unit.has) - set(STATION_NAMES) or (unit.has and unit.draft.kind != UnitKind.STATION):
            wrong.append(Problem("“五有”不对"))
        if unit.members and facts is not None and facts.starts_on is None:
            wrong.append(Problem("有成员单位的应写成立日期"))
        taken.add(key)
        listed.add(at)
        known.add(at)
        problems += [Problem(one.what, where=" ".join(filter(None, (at, one.where)))) for one in wrong]
        found += [facts] if facts is not None and not wrong else []
    return found


def write_posts(units: Sequence[PastUnit], ids: dict[str, int]) -> None:
    """The posts of all units."""
    insert_rows(Post, POST_FIELDS, [
        (
            ids[unit.draft.name], p.title, p.holder_name, p.office, p.user_id, p.starts_on, p.ends_on, p.reason, None,
            None,
        )
        for unit in units for p in unit.posts
    ])  # fmt: skip


def write_duties(facts: Sequence[UnitFacts], ids: dict[str, int]) -> None:
    """Their own duties, or of member units those that are usual for the name."""
    rows: list[tuple[object, ...]] = []
    for fact in facts:
        usual = usual_duties_for(fact.name) if fact.kind == UnitKind.MEMBER and not fact.duties else None
        texts, source = (usual.duties, usual.source) if usual else (fact.duties, "")
        rows += [(ids[fact.name], text, source, place) for place, text in enumerate(texts, start=1)]
    insert_rows(UnitDuty, ("unit", "text", "source", "place"), rows)


def write_stations(units: Sequence[PastUnit], ids: dict[str, int], actor: User, at: datetime) -> None:
    """What the stations have of the five things, and what they lack."""
    rows = [
        (ids[u.draft.name], key, key in u.has, u.five_on, "", at, actor.get_full_name(), None)
        for u in units if u.five_on is not None
        for key in STATION_NAMES
    ]  # fmt: skip
    insert_rows(StationFact, FIVE_FIELDS, rows)
