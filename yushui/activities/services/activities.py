"""Recording an activity, and withdrawing one."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import Activity
from yushui.activities.permissions import check_record_activity
from yushui.activities.rules.activities import read_activity
from yushui.activities.selectors.activities import get_activity, list_hosts, list_kinds
from yushui.activities.services.photos import keep, tidied
from yushui.activities.types import ActivityDraft, Photo
from yushui.audit import services as audit
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line
from yushui.places.models import Area


@transaction.atomic
def record_activity(*, actor: User, draft: ActivityDraft, photo: Photo | None = None, at: datetime) -> Activity:
    """Record one activity; a form sent twice (same client_key) gives the same one.

    Only kind and day are needed: the title is the kind's name, the area the actor's own. Raises Refused with all
    problems; NotFound when the area is not in the actor's own.
    """
    area_code = draft.area_code or actor.area_code
    check_record_activity(actor, area_code)
    known = Activity.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    kind_names = {kind.code: kind.name for kind in list_kinds()}
    facts, problems = read_activity(draft, kind_names=kind_names, today=timezone.localtime(at).date())
    picture = tidied(photo, problems)
    if facts is not None and facts.host_id is not None:
        problems += problems_of_host(actor, facts.host_id)
    if facts is None or problems:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    stored = keep(picture, name="活动照片.jpg", at=at)
    try:
        with transaction.atomic():
            activity = Activity.objects.create(
                kind_id=facts.kind, area_id=area_code, on=facts.on, title=facts.title, place=facts.place,
                host_id=facts.host_id, partners=facts.partners, heads=facts.heads, amount_fen=facts.amount_fen,
                note=facts.note, photo=stored, client_key=facts.client_key, recorded_at=at, recorded_by=actor.pk,
                recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Problem("这张表单已经用过", next_step="请重新打开这一页再填")) from error
    audit.record(
        actor=actor, action="activities.activity.recorded", subject=activity, area_code=area_code, at=at,
        now={"kind": facts.kind, "on": facts.on, "heads": facts.heads, "amount_fen": facts.amount_fen},
    )  # fmt: skip
    return activity


def problems_of_host(actor: User, host_id: int) -> list[Problem]:
    """The host must be a unit that the actor may choose."""
    if host_id in {unit.pk for unit in list_hosts(actor=actor)}:
        return []
    return [Problem("请从列表里选择主办单位", where="主办单位")]


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
    audit.record(
        actor=actor, action="activities.activity.withdrawn", subject=activity, area_code=activity.area_id, at=at,
        was={"kind": activity.kind_id, "on": activity.on}, reason=why,
    )  # fmt: skip
    activity.refresh_from_db()
    return activity
