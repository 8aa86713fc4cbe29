"""Kinds of campaigns: the catalogue's, loaded into rows; a county adds, changes and retires its own by a form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import CampaignKind
from yushui.activities.rules.campaigns import read_campaign_kind
from yushui.activities.selectors.campaign_kinds import campaign_kinds_in_reach, get_own_campaign_kind
from yushui.activities.types import CampaignKindDraft
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, put_kind, read_catalogue, set_retired
from yushui.base.refusals import Problem, Refused

FILE = "campaign_kinds.yaml"


@transaction.atomic
def load_campaign_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the kinds of campaigns in line with the catalogue; how many it holds. Loading again changes nothing."""
    entries = read_catalogue(FILE, "kinds", title="走访行动种类", path=path)
    changed, retired = align_kinds(CampaignKind, entries, where=path.name if path else FILE)
    if changed or retired:
        audit.record(
            actor=None, action="activities.campaign_kinds.loaded", subject="activities.campaignkind", at=at,
            changed=len(changed), retired=retired,
        )  # fmt: skip
    return len(entries)


@transaction.atomic
def set_campaign_kind(*, actor: User, draft: CampaignKindDraft, code: str = "", at: datetime) -> CampaignKind:
    """Add a kind of the actor's area, or change one. Its days are only a proposal, so they may change at any time."""
    need_to_act(actor, "activities.set_kind", "设置走访行动种类")
    old = get_own_campaign_kind(actor=actor, code=code) if code else None
    facts, problems = read_campaign_kind(draft)
    others = campaign_kinds_in_reach(actor).filter(retired=False, name=draft.name.strip()).exclude(pk=code)
    if draft.name.strip() and others.exists():
        problems.append(Problem("已有同名的种类", where="名称", next_step="请直接用已有的,或换一个名称"))
    if facts is None or problems:
        raise Refused(*problems)
    custom = facts.custom
    columns = {
        "name": facts.name, "follows": custom.follows, "days_before": custom.days_before,
        "days_after": custom.days_after, "first": custom.first, "last": custom.last,
    }  # fmt: skip
    kind = put_kind(CampaignKind, old, actor.area_code, columns)
    audit.record(
        actor=actor, action="activities.campaign_kind.set", subject=kind, area_code=kind.area_code, at=at,
        was={"name": old.name} if old else None, now={"name": kind.name},
    )  # fmt: skip
    return kind


@transaction.atomic
def retire_campaign_kind(*, actor: User, code: str, retired: bool = True, at: datetime) -> CampaignKind:
    """Take an own kind out of the forms, or back in; its campaigns stay as they are."""
    need_to_act(actor, "activities.set_kind", "停用走访行动种类")
    kind = get_own_campaign_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        act = "retired" if retired else "restored"
        audit.record(
            actor=actor, action=f"activities.campaign_kind.{act}", subject=kind, area_code=kind.area_code, at=at
        )
    return kind
