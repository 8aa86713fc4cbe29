"""Agreements between units: entered, corrected, renewed, ended; activities linked by hand; scans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import PairActivity, PairEvidence, PairRenewal, UnitPair
from yushui.activities.permissions import check_pair
from yushui.activities.rules.pairs import PairFacts, read_end, read_pair, read_renewal
from yushui.activities.selectors.activities import get_activity
from yushui.activities.selectors.pairs import get_pair
from yushui.activities.selectors.units import units_of_names
from yushui.activities.types import PairDraft
from yushui.audit import services as audit
from yushui.base.evidence import Piece, Sent, keep_piece, read_pieces
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.places.models import Area


@transaction.atomic
def add_pair(*, actor: User, draft: PairDraft, sent: Sequence[Sent] = (), at: datetime) -> UnitPair:
    """Enter an agreement with its scans; a form sent twice is one agreement. Units that are not ours stay names."""
    area_code = draft.area_code or actor.area_code
    check_pair(actor, area_code)
    known = UnitPair.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    facts, problems = read_pair(draft, today=timezone.localtime(at).date())
    pieces = read_pieces(sent, problems)
    if facts is not None:
        problems += problems_of_double(actor, facts, area_code)
    if facts is None or problems:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    with once():
        pair = UnitPair.objects.create(
            **columns_of(actor, facts, area_code), client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    keep_scans(pair, pieces, actor=actor, at=at)
    audit.record(
        actor=actor, action="activities.pair.added", subject=pair, area_code=area_code, at=at, now=words_of(pair)
    )
    return pair


def problems_of_double(actor: User, facts: PairFacts, area_code: str, besides: int | None = None) -> list[Problem]:
    """The same two units have an agreement here that has not ended: it is renewed or corrected, not entered again."""
    both = (facts.unit, facts.other), (facts.other, facts.unit)
    for unit, other in both:
        rows = UnitPair.objects.filter(area=area_code, unit_name=unit, other_name=other, ended_on=None)
        if rows.exclude(pk=besides or 0).exists():
            step = "到期的请续签,内容有变的请修改;要另立一份的,先结束原来的"
            return [Problem("这两个单位已有一份共建协议", where="另一方单位", next_step=step)]
    return []


def columns_of(actor: User, facts: PairFacts, area_code: str) -> dict[str, object]:
    """The facts as columns; units of ours are tied to their row."""
    units = units_of_names(actor=actor, names=[facts.unit, facts.other])
    return {
        "unit_id": units.get(facts.unit), "unit_name": facts.unit, "other_id": units.get(facts.other),
        "other_name": facts.other, "subject": facts.subject, "area_id": area_code, "starts_on": facts.starts_on,
        "ends_on": facts.ends_on, "note": facts.note,
    }  # fmt: skip


def words_of(pair: UnitPair) -> dict[str, object]:
    """An agreement for the log."""
    names = ("unit_name", "other_name", "subject", "area_id", "starts_on", "ends_on", "note")
    return {name: getattr(pair, name) for name in names}


def keep_scans(pair: UnitPair, pieces: Sequence[Piece], *, actor: User, at: datetime) -> int:
    """Rows for the scans; the same bytes or link of one agreement are kept once."""
    kept = 0
    for piece in pieces:
        row = keep_piece(piece, actor=actor, at=at)
        same = {"file": row["file"]} if row["file"] else {"link": piece.link}
        if not PairEvidence.objects.filter(pair=pair, withdrawn_at=None, **same).exists():
            PairEvidence.objects.create(pair=pair, **row)
            kept += 1
    return kept


@transaction.atomic
def change_pair(
    *, actor: User, pair_id: int, draft: PairDraft, revision: str, sent: Sequence[Sent] = (), at: datetime
) -> UnitPair:
    """Correct an agreement or add scans; refused when somebody changed it since `revision` was shown."""
    pair = get_pair(actor=actor, pair_id=pair_id)
    check_pair(actor, pair.area_id)
    area_code = draft.area_code or pair.area_id
    check_pair(actor, area_code)
    facts, problems = read_pair(draft, today=timezone.localtime(at).date(), keyed=False)
    pieces = read_pieces(sent, problems)
    problems += problems_of_ended(pair)
    if facts is not None:
        problems += problems_of_double(actor, facts, area_code, besides=pair.pk)
    if facts is None or problems:
        raise Refused(*problems)
    was = words_of(pair)
    change_row(pair, revision, **columns_of(actor, facts, area_code))
    keep_scans(pair, pieces, actor=actor, at=at)
    now = words_of(pair)
    audit.record(
        actor=actor, action="activities.pair.changed", subject=pair, area_code=area_code, at=at,
        was={key: value for key, value in was.items() if now[key] != value},
        now={key: value for key, value in now.items() if was[key] != value},
    )  # fmt: skip
    return pair


def problems_of_ended(pair: UnitPair) -> list[Problem]:
    """An agreement that has ended stays as it is."""
    if pair.ended_on is None:
        return []
    return [Problem("这份协议已经结束", next_step="重新结对的,请另登记一份")]


@transaction.atomic
def renew_pair(*, actor: User, pair_id: int, last_day: str, note: str, revision: str, at: datetime) -> UnitPair:
    """Let an agreement run longer (续签); the old end stays on record."""
    pair = get_pair(actor=actor, pair_id=pair_id)
    check_pair(actor, pair.area_id)
    ends_on, words, problems = read_renewal(last_day, note, ends_on=pair.ends_on)
    problems += problems_of_ended(pair)
    if problems or ends_on is None or pair.ends_on is None:
        raise Refused(*problems)
    was = pair.ends_on
    change_row(pair, revision, ends_on=ends_on)
    PairRenewal.objects.create(
        pair=pair, was_ends_on=was, ends_on=ends_on, note=words, recorded_at=at, recorded_name=actor.get_full_name()
    )
    audit.record(
        actor=actor, action="activities.pair.renewed", subject=pair, area_code=pair.area_id, at=at,
        was={"ends_on": was}, now={"ends_on": ends_on},
    )  # fmt: skip
    return pair


@transaction.atomic
def end_pair(*, actor: User, pair_id: int, on: str, reason: str, revision: str, at: datetime) -> UnitPair:
    """End an agreement from a day on, with the reason."""
    pair = get_pair(actor=actor, pair_id=pair_id)
    check_pair(actor, pair.area_id)
    day, why, problems = read_end(on, reason, starts_on=pair.starts_on, today=timezone.localtime(at).date())
    problems += problems_of_ended(pair)
    if problems or day is None:
        raise Refused(*problems)
    change_row(pair, revision, ended_on=day, end_reason=why)
    audit.record(
        actor=actor, action="activities.pair.ended", subject=pair, area_code=pair.area_id, at=at,
        now={"ended_on": day}, reason=why,
    )  # fmt: skip
    return pair


@transaction.atomic
def link_activity(*, actor: User, pair_id: int, activity_id: int, linked: bool = True, at: datetime) -> UnitPair:
    """Count an activity for an agreement although its units do not say so, or (`linked=False`) no longer."""
    pair = get_pair(actor=actor, pair_id=pair_id)
    check_pair(actor, pair.area_id)
    activity = get_activity(actor=actor, activity_id=activity_id)
    problems = []
    if linked and activity.withdrawn_at is not None:
        problems.append(Problem("这条活动已经撤回", where="活动"))
    if linked and not holds_on(pair, activity.on):
        step = f"协议开始于 {pair.starts_on:%Y-%m-%d}"
        problems.append(Problem("活动不在协议期内", where="活动", next_step=step))
    if problems:
        raise Refused(*problems)
    rows = PairActivity.objects.filter(pair=pair, activity=activity)
    if rows.exists() == linked:
        return pair
    if linked:
        PairActivity.objects.create(pair=pair, activity=activity)
    else:
        rows.delete()
    audit.record(
        actor=actor, action=f"activities.pair.activity_{'linked' if linked else 'unlinked'}", subject=pair,
        area_code=pair.area_id, at=at, activity=activity.pk,
    )  # fmt: skip
    return pair


def holds_on(pair: UnitPair, day: date) -> bool:
    """Whether the agreement had begun and not been ended; a term that ran out does not forbid what was done."""
    return pair.starts_on <= day and (pair.ended_on is None or day < pair.ended_on)


@transaction.atomic
def take_over_pairs(*, actor: User, drafts: Sequence[PairDraft], at: datetime) -> list[UnitPair]:
    """Agreements that a county kept on paper before, checked like single ones; all or nothing, one entry in the log."""
    need_to_act(actor, "activities.pair", "登记共建与结对")
    today = timezone.localtime(at).date()
    rows, problems = [], []
    for number, draft in enumerate(drafts, start=1):
        area_code = draft.area_code or actor.area_code
        check_pair(actor, area_code)
        facts, found = read_pair(draft, today=today)
        problems += [Problem(str(problem), where=f"第 {number} 行") for problem in found]
        if facts is not None:
            rows.append((facts, area_code))
    if problems:
        raise Refused(*problems)
    units = units_of_names(actor=actor, names=[name for facts, _ in rows for name in (facts.unit, facts.other)])
    made = UnitPair.objects.bulk_create(
        UnitPair(
            unit_id=units.get(facts.unit), unit_name=facts.unit, other_id=units.get(facts.other),
            other_name=facts.other, subject=facts.subject, area_id=area_code, starts_on=facts.starts_on,
            ends_on=facts.ends_on, note=facts.note, client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )
        for facts, area_code in rows
    )  # fmt: skip
    audit.record(
        actor=actor, action="activities.pairs.taken_over", subject="activities.unitpair", area_code=actor.area_code,
        at=at, rows=len(made),
    )  # fmt: skip
    return made
