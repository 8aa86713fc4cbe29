"""Recording an activity, changing one, and withdrawing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import Activity, ActivityKind, ActivityMeasure, ActivityPartner, ActivityPerson
from yushui.activities.permissions import check_change_activity, check_record_activity
from yushui.activities.rules.activities import ActivityFacts, Part, read_activity
from yushui.activities.selectors.activities import ActivityFilters, get_activity
from yushui.activities.selectors.exports import activities_workbook
from yushui.activities.selectors.kinds import extras_of, list_kinds
from yushui.activities.selectors.units import find_hosts, posts_of_names, units_of_names
from yushui.activities.services.evidence import keep_pieces
from yushui.activities.types import ActivityDraft
from yushui.audit import services as audit
from yushui.base.evidence import Sent, read_pieces
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_line
from yushui.places.models import Area, Unit

SAVED = ("kind_id", "on", "ends_on", "area_id", "title", "place", "host_id", "heads", "amount_fen", "note")


@transaction.atomic
def record_activity(*, actor: User, draft: ActivityDraft, sent: Sequence[Sent] = (), at: datetime) -> Activity:
    """Record one activity; a form sent twice (same client_key) gives the same one.

    Only kind and day are needed: the title is the kind's name, the area the actor's own. Raises Refused with all
    problems; NotFound when the area is not in the actor's own.
    """
    area_code = draft.area_code or actor.area_code
    check_record_activity(actor, area_code)
    known = Activity.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    names = {kind.code: kind.name for kind in list_kinds(actor=actor)}
    facts, problems = read_activity(
        draft, kind_names=names, extras=extras_of(draft.kind), today=timezone.localtime(at).date()
    )
    pieces = read_pieces(sent, problems)
    problems = [named(problem, draft.kind) for problem in problems]
    host = find_host(actor, draft, problems)
    if facts is None or problems:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    with once():
        activity = Activity.objects.create(
            **columns_of(facts, area_code, host), client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    save_parts(actor, activity, facts)
    keep_pieces(activity, pieces, actor=actor, at=at)
    audit.record(
        actor=actor, action="activities.activity.recorded", subject=activity, area_code=area_code, at=at,
        now={"kind": facts.kind, "on": facts.on, "heads": facts.heads, "amount_fen": facts.amount_fen},
    )  # fmt: skip
    return activity


@transaction.atomic
def change_activity(*, actor: User, activity_id: int, draft: ActivityDraft, revision: str, at: datetime) -> Activity:
    """Correct an activity that still is as the form showed it (`revision`). Raises Refused with all problems, and when
    somebody else has changed it meanwhile; the log keeps what stood before."""
    activity = get_activity(actor=actor, activity_id=activity_id)
    check_change_activity(actor, activity)
    area_code = draft.area_code or activity.area_id
    check_record_activity(actor, area_code)
    names = {kind.code: kind.name for kind in list_kinds(actor=actor)} | {activity.kind_id: activity.kind.name}
    today = timezone.localtime(at).date()
    facts, problems = read_activity(draft, kind_names=names, extras=extras_of(draft.kind), today=today, keyed=False)
    host = find_host(actor, draft, problems, kept=activity.host)
    if facts is None or problems:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    was = state_of(activity)
    change_row(
        activity, revision, **columns_of(facts, area_code, host), changed_at=at, changed_name=actor.get_full_name()
    )
    save_parts(actor, activity, facts)
    now = state_of(activity)
    audit.record(
        actor=actor, action="activities.activity.changed", subject=activity, area_code=area_code, at=at,
        was={key: value for key, value in was.items() if now[key] != value},
        now={key: value for key, value in now.items() if was[key] != value},
    )  # fmt: skip
    return activity


def named(problem: Problem, kind_code: str) -> Problem:
    """A form may be sent after its kind was retired; then the problem says so."""
    kind = ActivityKind.objects.filter(pk=kind_code, retired=True).first() if problem.where == "活动类型" else None
    return Problem(f"“{kind.name}”已停用", "活动类型", "请换一种类型,填好的内容不用重写") if kind else problem


def columns_of(facts: ActivityFacts, area_code: str, host: Unit | None) -> dict[str, object]:
    """The facts as columns of the row."""
    return {
        "kind_id": facts.kind, "area_id": area_code, "on": facts.on, "ends_on": facts.ends_on, "title": facts.title,
        "place": facts.place, "host_id": host.pk if host else None, "heads": facts.heads,
        "amount_fen": facts.amount_fen, "note": facts.note,
    }  # fmt: skip


def state_of(activity: Activity) -> dict[str, object]:
    """What stands in the rows of an activity, for the log."""
    return {
        **{name: getattr(activity, name) for name in SAVED},
        "measures": {m.key: m.value for m in ActivityMeasure.objects.filter(activity=activity).order_by("key")},
        "partners": [p.name for p in ActivityPartner.objects.filter(activity=activity).order_by("id")],
        "people": [p.name for p in ActivityPerson.objects.filter(activity=activity).order_by("id")],
    }


def save_parts(actor: User, activity: Activity, facts: ActivityFacts) -> None:
    """Numbers, partners and people of an activity as the form has them. Numbers that the form no longer asks for (a
    retired extra number) stay."""
    asked = {extra.key for extra in extras_of(activity.kind_id)}
    own = ActivityMeasure.objects.filter(activity=activity)
    own.filter(key__in=asked).exclude(key__in=dict(facts.measures)).delete()
    for key, value in facts.measures:
        ActivityMeasure.objects.update_or_create(activity=activity, key=key, defaults={"value": value})
    set_partners(actor, activity, facts.partners)
    set_people(actor, activity, facts.people, facts.on)


def set_partners(actor: User, activity: Activity, names: Sequence[str]) -> None:
    """The units that took part; known ones are tied to their row."""
    had = {row.name: row for row in ActivityPartner.objects.filter(activity=activity)}
    ActivityPartner.objects.filter(pk__in=[row.pk for name, row in had.items() if name not in names]).delete()
    new = [name for name in names if name not in had]
    units = units_of_names(actor=actor, names=new)
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=activity, name=name, unit_id=units.get(name)) for name in new
    )


def set_people(actor: User, activity: Activity, people: Sequence[Part], on: date) -> None:
    """Who led, spoke, volunteered; holders of our posts are tied to their post."""
    had = {(row.role, row.name): row for row in ActivityPerson.objects.filter(activity=activity)}
    wanted = {(part.role, part.name): part for part in people}
    gone = [row.pk for key, row in had.items() if key not in wanted or wanted[key].minutes != row.minutes]
    ActivityPerson.objects.filter(pk__in=gone).delete()
    new = [part for key, part in wanted.items() if key not in had or had[key].pk in gone]
    posts = posts_of_names(actor=actor, names=[part.name for part in new], area_code=activity.area_id, on=on)
    ActivityPerson.objects.bulk_create(
        ActivityPerson(
            activity=activity, role=part.role, name=part.name, minutes=part.minutes, post_id=posts.get(part.name)
        )
        for part in new
    )


def find_host(actor: User, draft: ActivityDraft, problems: list[Problem], kept: Unit | None = None) -> Unit | None:
    """The unit that hosts, typed by its whole name or chosen by number (what is typed counts first); it must be one
    that the actor may choose, or the one that stands there already."""
    text, number = draft.host.strip(), draft.host_id.strip()
    if not text and not number:
        return None
    if kept is not None and (text == kept.name if text else number == str(kept.pk)):
        return kept
    found = find_hosts(actor=actor, unit_id="" if text else number, name=text)
    if not found:
        step = "可从提示里选;外单位主办的,写在“参加单位”" if text else "可不填"
        problems.append(Problem("请从列表里选择主办单位", where="主办单位", next_step=step))
        return None
    return found[0]


@transaction.atomic
def export_activities(*, actor: User, filters: ActivityFilters, at: datetime) -> bytes:
    """The list as an Excel file; the log keeps who took how many rows."""
    content, rows = activities_workbook(actor=actor, filters=filters)
    audit.record(
        actor=actor, action="activities.list.exported", subject="activities.activity", area_code=actor.area_code, at=at,
        rows=rows,
    )  # fmt: skip
    return content


@transaction.atomic
def withdraw_activity(*, actor: User, activity_id: int, reason: str, at: datetime) -> Activity:
    """Take an activity out of all counts, with the reason; the row stays. Its recorder may, and who plans campaigns."""
    activity = get_activity(actor=actor, activity_id=activity_id)
    if activity.recorded_by != actor.pk:
        need_to_act(actor, "activities.plan_campaign", "撤回他人登记的活动")
    problems: list[Problem] = []
    why = read_line(reason, "撤回原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明撤回原因", where="撤回原因", next_step="例如:重复登记"))
    if activity.withdrawn_at is not None:
        problems.append(Problem("这条活动已经撤回过"))
    if problems:
        raise Refused(*problems)
    Activity.objects.filter(pk=activity.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_reason=why)
    activity.refresh_from_db()
    audit.record(
        actor=actor, action="activities.activity.withdrawn", subject=activity, area_code=activity.area_id, at=at,
        reason=why,
    )  # fmt: skip
    return activity
