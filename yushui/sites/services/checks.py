"""Verbs of upkeep: a check, and that what was found is mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import texts
from yushui.base.evidence import Sent, read_pieces
from yushui.base.refusals import Problem, Refused
from yushui.sites.models import Check
from yushui.sites.permissions import check_check
from yushui.sites.rules.places import read_check
from yushui.sites.selectors.places import get_check, get_site
from yushui.sites.services.places import keep_pieces
from yushui.sites.types import CheckDraft


@transaction.atomic
def check_site(*, actor: User, site_id: int, draft: CheckDraft, sent: Sequence[Sent] = (), at: datetime) -> Check:
    """Record an upkeep check; the same form sent twice is one."""
    check_check(actor)
    site = get_site(actor=actor, site_id=site_id)
    known = Check.objects.filter(client_key=draft.client_key.strip(), site=site).first()
    if known is not None:
        return known
    today = timezone.localtime(at).date()
    facts, problems = read_check(draft, today=today)
    pieces = read_pieces(sent, problems)
    if site.ends_on is not None:
        problems.append(Problem("已经停用,不用检查"))
    if facts is None or problems:
        raise Refused(*problems)
    check = Check.objects.create(
        site=site, **vars(facts), recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name()
    )
    keep_pieces(site, pieces, actor=actor, at=at)
    audit.record(
        actor=actor, action="sites.site.checked", subject=site, area_code=site.area_id, at=at, on=facts.on,
        result=facts.result,
    )  # fmt: skip
    return check


@transaction.atomic
def mend_site(*, actor: User, check_id: int, on: str, note: str, at: datetime) -> Check:
    """What a check found is mended: when and how. Mended once."""
    check_check(actor)
    check = get_check(actor=actor, check_id=check_id)
    problems: list[Problem] = []
    day = texts.read_day(on, "整改日期", problems, latest=timezone.localtime(at).date())
    words = texts.read_line(note, "整改情况", problems, longest=120)
    if not words:
        problems.append(Problem("请写明怎么整改的", where="整改情况", next_step="例如:标识牌已重新安装"))
    if check.result != "FOUND" or check.mended_on is not None:
        problems.append(Problem("没有待整改的问题", next_step="请刷新后查看"))
    if day is not None and day < check.on:
        problems.append(Problem(f"早于检查日期 {check.on}", where="整改日期"))
    if problems or day is None:
        raise Refused(*problems)
    Check.objects.filter(pk=check.pk, mended_on=None).update(mended_on=day, mended_note=words)
    check.refresh_from_db()
    audit.record(
        actor=actor, action="sites.site.mended", subject=check.site, area_code=check.site.area_id, at=at, on=day,
        note=words,
    )  # fmt: skip
    return check


@transaction.atomic
def check_sites(*, actor: User, site_ids: Sequence[int], on: str, checker: str, client_key: str, at: datetime) -> int:
    """Several sites were seen on one round and all were good; how many were recorded. The same form twice is one."""
    check_check(actor)
    if not site_ids:
        raise Refused(Problem("没有勾选", where="阵地", next_step="请勾上检查过、完好的"))
    stem = client_key.strip()[:22]
    keys = {pk: f"{stem}-{pk}" for pk in sorted(set(site_ids))}
    known = set(Check.objects.filter(client_key__in=keys.values()).values_list("client_key", flat=True))
    fresh = [(pk, key) for pk, key in keys.items() if key not in known]
    problems: dict[Problem, None] = {}
    for pk, key in fresh:
        try:
            check_site(actor=actor, site_id=pk, draft=CheckDraft(on, "GOOD", checker, "", key), at=at)
        except Refused as refused:
            problems |= dict.fromkeys(refused.problems)
    if problems:
        raise Refused(*problems)
    return len(fresh)
