"""Taking over the activities that a county kept before this system: many at once, checked like single ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import (
    Activity,
    ActivityKind,
    ActivityMeasure,
    ActivityPartner,
    ActivityPerson,
    KindMeasure,
)
from yushui.activities.rules.activities import Part, names_in
from yushui.activities.selectors.units import holders_by_name, units_in_reach
from yushui.activities.services.bulk import faults_of_texts, need_areas, refuse_faults
from yushui.activities.types import PART_NAMES
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, next_id, sync_ids

FIELDS = (
    "id", "kind", "area", "on", "ends_on", "title", "place", "host", "heads", "amount_fen", "note", "client_key",
    "recorded_at", "recorded_by", "recorded_name", "changed_at", "changed_name", "withdrawn_at", "withdrawn_reason",
    "revision",
)  # fmt: skip


@dataclass(frozen=True)
class PastActivity:
    """An activity from an old ledger; the amount in fen, numbers in their smallest unit. An empty title becomes the
    kind's name; partners are names parted by 、."""

    kind: str
    area_code: str
    on: date
    title: str = ""
    place: str = ""
    host_id: int | None = None
    partners: str = ""
    heads: int | None = None
    amount_fen: int | None = None
    note: str = ""
    measures: tuple[tuple[str, int], ...] = ()
    people: tuple[Part, ...] = ()


@transaction.atomic
def record_activities(*, actor: User, activities: Iterable[PastActivity], at: datetime) -> int:
    """Take over many activities; how many. All or nothing: Refused names the rows at fault, NotFound a foreign area."""
    need_to_act(actor, "activities.record", "登记活动")
    rows = list(activities)
    today = timezone.localtime(at).date()
    names = dict(ActivityKind.objects.values_list("code", "name"))
    keys = set(KindMeasure.objects.values_list("kind_id", "key"))
    refuse_faults([problems_of_past_activity(activity, names, keys, today) for activity in rows])
    need_areas(actor, {activity.area_code for activity in rows})
    first = next_id(Activity)
    insert_rows(
        Activity,
        FIELDS,
        (
            (
                pk, a.kind, a.area_code, a.on, None, a.title or names[a.kind], a.place, a.host_id, a.heads,
                a.amount_fen, a.note, None, at, actor.pk, actor.get_full_name(), None, "", None, "", 1,
            )
            for pk, a in enumerate(rows, start=first)
        ),
    )  # fmt: skip
    sync_ids(Activity)
    insert_parts(actor, rows, first)
    audit.record(
        actor=actor, action="activities.activities.taken_over", subject="activities.activity",
        area_code=actor.area_code, at=at, rows=len(rows),
    )  # fmt: skip
    return len(rows)


def insert_parts(actor: User, rows: list[PastActivity], first: int) -> None:
    """Numbers, partners and people of the rows, whose ids begin at `first`."""
    numbered = list(enumerate(rows, start=first))
    numbers = [(pk, key, value) for pk, a in numbered for key, value in a.measures]
    insert_rows(ActivityMeasure, ("activity", "key", "value"), numbers)
    partners = [(pk, name) for pk, a in numbered for name in names_in(a.partners)]
    units = units_in_reach(actor).filter(name__in={name for _, name in partners})
    known = dict(units.order_by("area_id", "-id").values_list("name", "pk"))
    insert_rows(ActivityPartner, ("activity", "unit", "name"), ((pk, known.get(name), name) for pk, name in partners))
    people = [(pk, a.on, part) for pk, a in numbered for part in a.people]
    held = holders_by_name(actor=actor, names=[part.name for _, _, part in people])
    insert_rows(
        ActivityPerson, ("activity", "post", "name", "role", "minutes"),
        ((pk, post_on(held.get(part.name, ()), on), part.name, part.role, part.minutes) for pk, on, part in people),
    )  # fmt: skip


def post_on(held: Sequence[tuple[int, date, date]], on: date) -> int | None:
    """The post held on a day; None when there is none, or more than one."""
    found = [post for post, first, end in held if first <= on < end]
    return found[0] if len(found) == 1 else None


def problems_of_past_activity(
    activity: PastActivity, names: dict[str, str], keys: set[tuple[str, str]], today: date
) -> str:
    """What is wrong with one activity, in words; empty when nothing is."""
    faults = []
    if activity.kind not in names:
        faults.append("没有这种活动类型")
    if activity.on > today:
        faults.append("日期在今天之后")
    if (activity.heads or 0) < 0 or (activity.amount_fen or 0) < 0 or any(value < 0 for _, value in activity.measures):
        faults.append("数量或金额是负数")
    if any((activity.kind, key) not in keys for key, _ in activity.measures):
        faults.append("这类活动没有这一栏数字")
    if any(part.role not in PART_NAMES for part in activity.people):
        faults.append("人员的角色不对")
    texts = [(activity.title, 120), (activity.place, 80), (activity.note, 500)]
    texts += [(name, 80) for name in names_in(activity.partners)] + [(part.name, 40) for part in activity.people]
    return "、".join([*faults, *faults_of_texts(texts)])
