"""Verbs of money: opening a fund, money in and out, reversing. Entries are never changed.

The fund's row is locked before its balance is reckoned, so that of two payments at once the second sees the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.evidence import Piece, Sent, keep_piece, read_pieces
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_line, typed_yuan
from yushui.funds.models import Application, Donation, Entry, EntryEvidence, Fund, Overdraft
from yushui.funds.permissions.money import check_another, check_open_fund, check_spend
from yushui.funds.rules.money import EntryFacts, day_and_amount, problem_of_balance, read_entry, read_fund
from yushui.funds.selectors.money import get_entry, get_fund, granted_overdrafts, lowest_of, uses_for
from yushui.funds.types.money import EntryDraft, FundDraft
from yushui.people.models import Person
from yushui.people.selectors import get_person
from yushui.places.models import Area


@dataclass(frozen=True)
class Belongs:
    """What an entry belongs to beside its fund."""

    person: Person | None = None
    donation: Donation | None = None
    application: Application | None = None
    approved_by: int | None = None
    approved_name: str = ""


@transaction.atomic
def open_fund(*, actor: User, draft: FundDraft, at: datetime) -> Fund:
    """Open a fund; the same form sent twice is one fund. Raises Refused with all problems."""
    known = Fund.objects.filter(client_key=draft.client_key.strip(), opened_by=actor.pk).first()
    if known is not None:
        return known
    area_code = draft.area_code or actor.area_code
    check_open_fund(actor, area_code)
    area = Area.objects.filter(pk=area_code).first()
    if area is None:
        raise NotFound
    uses = {use.pk for use in uses_for(area_code)}
    facts, problems = read_fund(draft, uses=uses, today=timezone.localtime(at).date())
    if facts is not None and Fund.objects.filter(area=area, year=facts.year, name=facts.name).exists():
        problems.append(Problem(f"{area.name}已有同名的资金", where="名称", next_step="请打开原有的资金,或换一个名称"))
    if facts is None or problems:
        raise Refused(*problems)
    with once():
        fund = Fund.objects.create(
            name=facts.name, kind=facts.kind, source=facts.source, year=facts.year, use_id=facts.use or None,
            planned_fen=facts.planned_fen, area=area, note=facts.note, client_key=facts.client_key, opened_at=at,
            opened_by=actor.pk, opened_name=actor.get_full_name(),
        )  # fmt: skip
    audit.record(
        actor=actor, action="funds.fund.opened", subject=fund, area_code=area_code, at=at, what=fund.name,
        fen=fund.planned_fen,
    )  # fmt: skip
    return fund


@transaction.atomic
def change_fund(*, actor: User, fund_id: int, name: str, note: str, planned: str, revision: str, at: datetime) -> Fund:
    """Correct a fund's name, note or budget figure; refused when somebody changed it since `revision` was shown."""
    fund = get_fund(actor=actor, fund_id=fund_id)
    check_open_fund(actor, fund.area_id)
    draft = FundDraft(
        name=name, kind=fund.kind, source=fund.source, year=str(fund.year or ""), planned=planned, note=note,
        client_key=fund.client_key,
    )  # fmt: skip
    facts, problems = read_fund(draft, uses=(), today=timezone.localtime(at).date())
    twins = Fund.objects.filter(area=fund.area_id, year=fund.year, name=name.strip()).exclude(pk=fund.pk)
    if twins.exists():
        problems.append(Problem("已有同名的资金", where="名称", next_step="请换一个名称"))
    if facts is None or problems:
        raise Refused(*problems)
    was = {"name": fund.name, "fen": fund.planned_fen, "note": fund.note}
    change_row(fund, revision, name=facts.name, note=facts.note, planned_fen=facts.planned_fen)
    now = {"name": fund.name, "fen": fund.planned_fen, "note": fund.note}
    audit.record(
        actor=actor, action="funds.fund.changed", subject=fund, area_code=fund.area_id, at=at, was=was, now=now
    )
    return fund


@transaction.atomic
def close_fund(*, actor: User, fund_id: int, at: datetime) -> Fund:
    """A fund takes no more entries; only one with nothing left can be closed."""
    fund = get_fund(actor=actor, fund_id=fund_id, lock=True)
    check_open_fund(actor, fund.area_id)
    left = lowest_of(fund, timezone.localtime(at).date())
    if left:
        raise Refused(
            Problem(
                f"还有余额 {typed_yuan(abs(left))} 元" if left > 0 else f"还超支 {typed_yuan(abs(left))} 元",
                next_step="请先把余额登记为上缴或结转,或补登收入",
            )
        )
    Fund.objects.filter(pk=fund.pk, closed_at=None).update(closed_at=at)
    audit.record(actor=actor, action="funds.fund.closed", subject=fund, area_code=fund.area_id, at=at)
    fund.refresh_from_db()
    return fund


@transaction.atomic
def record_income(
    *, actor: User, fund_id: int, draft: EntryDraft, sent: Sequence[Sent] = (), at: datetime,
    donation: Donation | None = None,
) -> Entry:  # fmt: skip
    """Money that came in; the same form sent twice is one entry."""
    check_spend(actor)
    fund = get_fund(actor=actor, fund_id=fund_id, lock=True)
    if (known := known_entry(actor, draft)) is not None:
        return known
    today = timezone.localtime(at).date()
    facts, problems = read_entry(draft, side="IN", uses=(), today=today)
    pieces = read_pieces(sent, problems)
    problems += problems_of_fund(fund, facts)
    if facts is None or problems:
        raise Refused(*problems)
    return write_entry(actor, fund, "IN", facts, Belongs(donation=donation), pieces, None, at)


@transaction.atomic
def record_spending(
    *, actor: User, fund_id: int, draft: EntryDraft, sent: Sequence[Sent] = (), at: datetime,
    belongs: Belongs | None = None,
) -> Entry:  # fmt: skip
    """Money that went out; refused when the balance of any day from then on would fall below what is approved.

    A care fund gives only through an application or a case that another person decided (`belongs.approved_by`).
    """
    check_spend(actor)
    fund = get_fund(actor=actor, fund_id=fund_id, lock=True)
    if (known := known_entry(actor, draft)) is not None:
        return known
    today = timezone.localtime(at).date()
    uses = {use.pk for use in uses_for(fund.area_id)}
    usual = fund.use_id or ("HELP" if fund.kind == "CARE" else "")
    facts, problems = read_entry(draft, side="OUT", uses=uses, today=today, usual_use=usual)
    pieces = read_pieces(sent, problems)
    problems += problems_of_fund(fund, facts)
    if fund.kind == "CARE" and (belongs is None or belongs.approved_by is None):
        step = "请从关爱基金申请或困难帮扶办件里发放"
        problems.append(Problem("关爱基金的支出要有另一人审核", where="资金", next_step=step))
    asked = day_and_amount(draft)
    overdraft, short = overdraft_for(fund, *asked, today=today) if asked is not None else (None, None)
    if short is not None:
        problems.append(short)
    if facts is None or problems:
        raise Refused(*problems)
    return write_entry(actor, fund, "OUT", facts, belongs or Belongs(), pieces, overdraft, at)


def overdraft_for(fund: Fund, on: date, fen: int, *, today: date) -> tuple[Overdraft | None, Problem | None]:
    """The approval that a spending rests on when the fund runs below zero, and why it cannot be made."""
    lowest = lowest_of(fund, on)
    granted = granted_overdrafts(fund, today) if lowest < fen else []
    allowed = sum(each.fen for each in granted)
    short = problem_of_balance(fund=fund.name, lowest_fen=lowest, fen=fen, allowed_fen=allowed, on=on)
    return (granted[0] if granted else None), short


def known_entry(actor: User, draft: EntryDraft) -> Entry | None:
    """The entry that this form made before."""
    return Entry.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()


def problems_of_fund(fund: Fund, facts: EntryFacts | None) -> list[Problem]:
    """Why a fund takes no entry."""
    problems = []
    if fund.closed_at is not None:
        problems.append(Problem(f"{fund.name}已停用", where="资金", next_step="请选使用中的资金"))
    if facts is not None and fund.year is not None and abs(facts.on.year - fund.year) > 1:
        problems.append(
            Problem(f"与{fund.year}年预算相差一年以上", where="日期", next_step="请核对日期,或换一个年度的资金")
        )
    return problems


def write_entry(
    actor: User, fund: Fund, side: str, facts: EntryFacts, belongs: Belongs, pieces: Sequence[Piece],
    overdraft: Overdraft | None, at: datetime,
) -> Entry:  # fmt: skip
    """Store an entry with its vouchers and its line in the log."""
    with once():
        entry = Entry.objects.create(
            fund=fund, area_id=fund.area_id, side=side, fen=facts.fen if side == "IN" else -facts.fen, on=facts.on,
            use_id=facts.use or None, words=facts.words, payee=facts.payee, voucher=facts.voucher,
            origin=facts.origin, origin_words=facts.origin_words, person=belongs.person, donation=belongs.donation,
            application=belongs.application, overdraft=overdraft, approved_by=belongs.approved_by,
            approved_name=belongs.approved_name, client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    for piece in pieces:
        EntryEvidence.objects.create(entry=entry, **keep_piece(piece, actor=actor, at=at))
    audit.record(
        actor=actor, action=f"funds.entry.{'received' if side == 'IN' else 'spent'}", subject=entry,
        area_code=fund.area_id, at=at, fen=entry.fen, on=entry.on, what=fund.name,
    )  # fmt: skip
    return entry


def spend(
    *, actor: User, fund_id: int, fen: int, purpose: str, source: str, on: date, at: datetime, client_key: str,
    source_words: str = "", use: str = "", payee: str = "",
) -> Entry:  # fmt: skip
    """Money spent for a row of a package above: `source` is its text key, `source_words` how pages call it."""
    draft = draft_of(fen, purpose, source, on, client_key)
    draft = replace(draft, origin_words=source_words, use=use, payee=payee)
    return record_spending(actor=actor, fund_id=fund_id, draft=draft, at=at)


def pay_help(
    *, actor: User, fund_id: int, person_id: int | None, fen: int, purpose: str, source: str, approved_by: User,
    on: date, at: datetime, client_key: str, source_words: str = "", use: str = "HELP", payee: str = "",
) -> Entry:  # fmt: skip
    """Money given on a decision taken elsewhere, e.g. in a case; who decided is not who pays out. It goes to a person
    of the register, else to the `payee` named."""
    check_spend(actor)
    check_another(actor, approved_by.pk, "发放")
    person = get_person(actor=actor, person_id=person_id) if person_id is not None else None
    if person is not None and person.died_on is not None and on > person.died_on:
        step = "请由家属以自己的名义另行申请"
        raise Refused(Problem(f"{person.name}已于 {person.died_on} 去世", where="日期", next_step=step))
    draft = draft_of(fen, purpose, source, on, client_key)
    draft = replace(draft, origin_words=source_words, use=use, payee=payee or (holder_of(person) if person else ""))
    belongs = Belongs(person=person, approved_by=approved_by.pk, approved_name=approved_by.get_full_name())
    return record_spending(actor=actor, fund_id=fund_id, draft=draft, at=at, belongs=belongs)


def holder_of(person: Person) -> str:
    """In whose name the money goes: that of the account in use, else the person's own."""
    held = person.accounts.filter(superseded_at=None).values_list("holder_name", flat=True).first()
    return (held or person.name)[:60]


def draft_of(fen: int, purpose: str, source: str, on: date, client_key: str) -> EntryDraft:
    """What a program hands over, as if typed, so that one reader judges both."""
    return EntryDraft(on=on.isoformat(), amount=typed_yuan(fen), words=purpose, origin=source, client_key=client_key)


@transaction.atomic
def reverse_entry(*, actor: User, entry_id: int, reason: str, at: datetime) -> Entry:
    """Answer a mistake with a row that takes it back, today. Income is taken back only while it is still there."""
    check_spend(actor)
    seen = get_entry(actor=actor, entry_id=entry_id)
    if seen.application_id is not None:  # first the application, then the fund, as paying out does
        Application.objects.select_for_update().get(pk=seen.application_id)
    fund = get_fund(actor=actor, fund_id=seen.fund_id, lock=True)
    entry = get_entry(actor=actor, entry_id=entry_id)  # again, under the lock
    today = timezone.localtime(at).date()
    problems: list[Problem] = []
    why = read_line(reason, "冲销原因", problems, longest=100)
    if not why:
        problems.append(Problem("没有写冲销原因", where="冲销原因", next_step="例如:金额登记错误,另行登记"))
    if entry.reverses_id is not None:
        problems.append(Problem("这一笔本身是冲销,不能再冲销", next_step="请重新登记正确的一笔"))
    if Entry.objects.filter(reverses=entry).exists():
        problems.append(Problem("这一笔已经冲销过", next_step="请打开资金的收支明细核对"))
    problems += problems_of_fund(fund, None)
    if entry.side == "IN":
        allowed = sum(each.fen for each in granted_overdrafts(fund, today))
        short = problem_of_balance(
            fund=fund.name, lowest_fen=lowest_of(fund, today), fen=entry.fen, allowed_fen=allowed, on=today
        )
        problems += [short] if short else []
    if problems:
        raise Refused(*problems)
    row = Entry.objects.create(
        fund=fund, area_id=entry.area_id, side=entry.side, fen=-entry.fen, on=max(today, entry.on), use=entry.use,
        words=f"冲销:{why}", payee=entry.payee, voucher=entry.voucher, origin=entry.origin,
        origin_words=entry.origin_words, person=entry.person, donation=entry.donation, application=entry.application,
        reverses=entry, client_key=f"reverse-{entry.pk}", recorded_at=at, recorded_by=actor.pk,
        recorded_name=actor.get_full_name(),
    )  # fmt: skip
    if entry.application_id is not None:
        Application.objects.filter(pk=entry.application_id, state="PAID").update(state="GRANTED")
    audit.record(
        actor=actor, action="funds.entry.reversed", subject=entry, area_code=fund.area_id, at=at, fen=row.fen,
        reason=why,
    )  # fmt: skip
    return row
