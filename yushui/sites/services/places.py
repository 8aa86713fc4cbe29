"""Verbs of sites: adding, changing, closing, agreements and their renewal, monthly numbers, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import texts
from yushui.base.evidence import Piece, Sent, keep_piece, pieces_or_refuse, read_pieces
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.places.models import Area
from yushui.places.selectors import get_unit
from yushui.sites.models import Agreement, Site, SiteEvidence, SiteNumber
from yushui.sites.permissions import check_check, check_record
from yushui.sites.rules.places import Number, SiteFacts, read_agreement, read_month, read_site
from yushui.sites.selectors.kinds import list_kinds, numbers_by_kind
from yushui.sites.selectors.places import get_piece, get_site
from yushui.sites.types import AgreementDraft, SiteDraft

SHOWN = ("kind_id", "name", "area_id", "address", "offer", "plate", "since")


@transaction.atomic
def add_site(*, actor: User, draft: SiteDraft, sent: Sequence[Sent] = (), at: datetime) -> Site:
    """Add a site; the same form sent twice is one. Refused with all problems; NotFound for a foreign area."""
    known = Site.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    facts, numbers, pieces = judged(actor, draft, sent, at)
    try:
        with transaction.atomic():
            site = Site.objects.create(
                **columns_of(facts), client_key=facts.client_key, recorded_at=at, recorded_by=actor.pk,
                recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(same_name(facts)) from error
    set_numbers(site, facts, numbers, actor, at)
    keep_pieces(site, pieces, actor=actor, at=at)
    audit.record(
        actor=actor, action="sites.site.added", subject=site, area_code=site.area_id, at=at, kind=site.kind_id,
        name=site.name,
    )  # fmt: skip
    return site


@transaction.atomic
def change_site(*, actor: User, site_id: int, draft: SiteDraft, revision: str, at: datetime) -> Site:
    """Correct a site; refused when somebody changed it since `revision` was shown."""
    site = get_site(actor=actor, site_id=site_id)
    check_record(actor, site.area_id)
    facts, numbers, _ = judged(actor, draft, (), at, kept=site)
    was = {name: getattr(site, name) for name in SHOWN}
    try:
        with transaction.atomic():
            change_row(site, revision, **columns_of(facts))
    except IntegrityError as error:
        raise Refused(same_name(facts)) from error
    set_numbers(site, facts, numbers, actor, at)
    now = {name: getattr(site, name) for name in SHOWN}
    audit.record(
        actor=actor, action="sites.site.changed", subject=site, area_code=site.area_id, at=at,
        was={n: v for n, v in was.items() if now[n] != v}, now={n: v for n, v in now.items() if was[n] != v},
    )  # fmt: skip
    return site


def judged(
    actor: User, draft: SiteDraft, sent: Sequence[Sent], at: datetime, kept: Site | None = None
) -> tuple[SiteFacts, list[Number], list[Piece]]:
    """The facts, the kind's numbers and the files of a form, or Refused with everything wrong with them."""
    check_record(actor, draft.area_code or actor.area_code)
    kinds = {kind.code for kind in list_kinds(actor=actor)} | ({kept.kind_id} if kept else set())
    numbers = numbers_by_kind([draft.kind]).get(draft.kind, [])
    today = timezone.localtime(at).date()
    facts, problems = read_site(draft, kinds=frozenset(kinds), numbers=numbers, today=today, keyed=kept is None)
    pieces = read_pieces(sent, problems)
    if facts is None or problems:
        raise Refused(*problems)
    if not Area.objects.filter(pk=facts.area_code).exists():
        raise NotFound
    if facts.unit_id is not None and get_unit(actor=actor, unit_id=facts.unit_id).kind == "GARRISON":
        step = "驻军的场所不登记为阵地,也不上图"
        raise Refused(Problem("所属单位是驻军单位", where="所属单位", next_step=step))
    return facts, numbers, pieces


def same_name(facts: SiteFacts) -> Problem:
    """Two standing sites of one kind in one place cannot have one name."""
    step = "请先查找;同一家有两处的,名称后面写上地点"
    return Problem(f"这个地方已有同类的“{facts.name}”", where="名称", next_step=step)


def columns_of(facts: SiteFacts) -> dict[str, object]:
    """The facts as columns of the row."""
    longitude, latitude = facts.point or (None, None)
    return {
        "kind_id": facts.kind, "name": facts.name, "area_id": facts.area_code, "unit_id": facts.unit_id,
        "address": facts.address, "contact_name": facts.contact_name, "phone": facts.phone, "since": facts.since,
        "offer": facts.offer, "plate": facts.plate, "note": facts.note, "longitude": longitude, "latitude": latitude,
    }  # fmt: skip


def set_numbers(site: Site, facts: SiteFacts, numbers: Sequence[Number], actor: User, at: datetime) -> None:
    """The numbers of a site as the form has them; an emptied one goes."""
    asked = [number.key for number in numbers if not number.monthly]
    given = dict(facts.numbers)
    SiteNumber.objects.filter(site=site, month=0, key__in=asked).exclude(key__in=given).delete()
    for key, value in given.items():
        SiteNumber.objects.update_or_create(
            site=site, key=key, month=0,
            defaults={"value": value, "recorded_at": at, "recorded_name": actor.get_full_name()},
        )  # fmt: skip


def keep_pieces(site: Site, pieces: Sequence[Piece], *, actor: User, at: datetime) -> int:
    """Rows for the pieces; what the site holds already is not kept twice."""
    kept = 0
    for piece in pieces:
        row = keep_piece(piece, actor=actor, at=at)
        same = {"file": row["file"]} if row["file"] else {"link": piece.link}
        if not SiteEvidence.objects.filter(site=site, withdrawn_at=None, **same).exists():
            SiteEvidence.objects.create(site=site, **row)
            kept += 1
    return kept


@transaction.atomic
def close_site(*, actor: User, site_id: int, on: str, reason: str, at: datetime) -> Site:
    """A site is closed, or an offer ended, from a day on; it stays in the books."""
    site = get_site(actor=actor, site_id=site_id)
    check_record(actor, site.area_id)
    problems: list[Problem] = []
    day = texts.read_day(on, "停用日期", problems, latest=timezone.localtime(at).date())
    why = texts.read_line(reason, "停用原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明停用原因", where="停用原因", next_step="例如:门店歇业、牌子收回"))
    if site.ends_on is not None:
        problems.append(Problem(f"已于 {site.ends_on} 停用"))
    if day is not None and site.since is not None and day <= site.since:
        problems.append(Problem("停用应在启用之后", where="停用日期"))
    if problems or day is None:
        raise Refused(*problems)
    Site.objects.filter(pk=site.pk, ends_on=None).update(ends_on=day, end_reason=why)
    site.refresh_from_db()
    audit.record(
        actor=actor, action="sites.site.closed", subject=site, area_code=site.area_id, at=at, on=day, reason=why
    )
    return site


@transaction.atomic
def sign_agreement(
    *, actor: User, site_id: int, draft: AgreementDraft, sent: Sequence[Sent] = (), at: datetime
) -> Agreement:
    """Sign or renew: the newest agreement is in force, those before stay in the books. The same form sent twice is
    one."""
    site = get_site(actor=actor, site_id=site_id)
    check_record(actor, site.area_id)
    known = Agreement.objects.filter(client_key=draft.client_key.strip(), site=site).first()
    if known is not None:
        return known
    last = Agreement.objects.filter(site=site, superseded_at=None).first()
    facts, problems = read_agreement(draft, last_end=last.ends_on if last else None)
    pieces = read_pieces(sent, problems)
    if not site.kind.signed:
        problems.append(Problem(f"{site.kind.name}不用签协议"))
    if site.ends_on is not None:
        problems.append(Problem("已经停用,不能签协议", next_step="恢复营业的,请重新登记"))
    if facts is None or problems:
        raise Refused(*problems)
    Agreement.objects.filter(site=site, superseded_at=None).update(superseded_at=at)
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(
                site=site, **vars(facts), recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name()
            )
    except IntegrityError as error:
        raise Refused(Problem("刚刚有人签过", next_step="请刷新后查看")) from error
    keep_pieces(site, pieces, actor=actor, at=at)
    audit.record(
        actor=actor, action="sites.agreement.renewed" if last else "sites.agreement.signed", subject=site,
        area_code=site.area_id, at=at, starts_on=facts.starts_on, ends_on=facts.ends_on,
    )  # fmt: skip
    return agreement


@transaction.atomic
def state_month(*, actor: User, site_id: int, month: str, typed: Mapping[str, str], at: datetime) -> Site:
    """The numbers of one month, e.g. tickets sold; given again they are corrected, the log keeps both."""
    check_check(actor)
    site = get_site(actor=actor, site_id=site_id)
    problems: list[Problem] = []
    number = read_month(month, problems, today=timezone.localtime(at).date())
    asked = [n for n in numbers_by_kind([site.kind_id]).get(site.kind_id, []) if n.monthly]
    values = {n.key: texts.read_count(typed.get(n.key, ""), n.name, problems, most=10**9) for n in asked}
    if not asked:
        problems.append(Problem(f"{site.kind.name}没有按月的数字"))
    elif not problems and all(value is None for value in values.values()):
        problems.append(Problem("请填写数字", where=asked[0].name, next_step="没有的月份填 0"))
    if problems or number is None:
        raise Refused(*problems)
    was = {}
    for key, value in values.items():
        if value is None:
            continue
        had = SiteNumber.objects.filter(site=site, key=key, month=number).first()
        was[key] = had.value if had else None
        SiteNumber.objects.update_or_create(
            site=site, key=key, month=number,
            defaults={"value": value, "recorded_at": at, "recorded_name": actor.get_full_name()},
        )  # fmt: skip
    audit.record(
        actor=actor, action="sites.month.stated", subject=site, area_code=site.area_id, at=at, month=month.strip(),
        was=was, now={k: v for k, v in values.items() if v is not None},
    )  # fmt: skip
    return site


@transaction.atomic
def add_site_evidence(*, actor: User, site_id: int, sent: Sequence[Sent], at: datetime) -> int:
    """Add photos or papers to a site; how many were new."""
    check_check(actor)
    site = get_site(actor=actor, site_id=site_id)
    pieces = pieces_or_refuse(sent)
    kept = keep_pieces(site, pieces, actor=actor, at=at)
    audit.record(actor=actor, action="sites.evidence.added", subject=site, area_code=site.area_id, at=at, count=kept)
    return kept


@transaction.atomic
def withdraw_site_file(*, actor: User, piece_id: int, at: datetime) -> SiteEvidence:
    """Take a piece out of sight; its bytes and the log stay."""
    piece = get_piece(actor=actor, piece_id=piece_id)
    check_record(actor, piece.site.area_id)
    if piece.withdrawn_at is None:
        SiteEvidence.objects.filter(pk=piece.pk).update(withdrawn_at=at)
        audit.record(
            actor=actor, action="sites.evidence.withdrawn", subject=piece.site, area_code=piece.site.area_id, at=at,
            file=piece.title,
        )  # fmt: skip
    return piece
