"""Opening a case, asking for a review of one, correcting what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.base.evidence import Sent, read_pieces
from yushui.base.kinds import kinds_for
from yushui.base.once import USED
from yushui.base.refusals import Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_key, read_line
from yushui.cases.models import Case, CaseKind, KindChoice, KindStep
from yushui.cases.permissions import check_open_case, is_office
from yushui.cases.rules.cases import LONGEST, CaseFacts, read_case, read_phone
from yushui.cases.selectors.cases import get_clear_case, may_appeal
from yushui.cases.selectors.points import points_for
from yushui.cases.services.causes import find_cause, problems_of_cause
from yushui.cases.services.rows import arrival, day_of, keep_pieces, log, write
from yushui.cases.types.cases import Act, CaseDraft, State
from yushui.people.models import Person
from yushui.people.permissions import visible_people
from yushui.places.models import Area, Unit
from yushui.places.selectors import get_area, list_units

TRIES = 5
SAID = ("事项", "详细情况")  # what the history says in full


@dataclass(frozen=True)
class Place:
    """Whom and what a case concerns, found by what was typed."""

    kind: CaseKind
    person: Person | None
    unit: Unit | None
    asker: str
    area: Area
    cause: KindChoice | None
    point: Unit | None


@transaction.atomic
def open_case(
    *, actor: User, draft: CaseDraft, sent: Sequence[Sent] = (), at: datetime, cause_later: bool = False
) -> Case:
    """Open a case; the same draft sent twice (client_key) is one.

    The area is the draft's, else the person's, the unit's, the actor's. `cause_later`: who handles it names the cause
    (a village's report). Raises Refused with all problems, NotFound when person or area are not in the actor's own.
    """
    key = draft.client_key.strip()
    known = Case.objects.filter(client_key=key, opened_by=actor.pk).first() if key else None
    if known is not None:
        return known
    on = day_of(at)
    facts, problems = read_case(draft, today=on)
    place = find_place(actor, draft, on, problems)
    pieces = read_pieces(sent, problems)
    if place is not None:
        check_open_case(actor, place.area.pk)
        problems += problems_of_opening(place)
        if place.cause is not None or not (draft.cause or cause_later):
            problems += problems_of_cause(actor, place.kind, place.person, place.cause, on=on)
    if facts is None or place is None or problems:
        raise Refused(*problems)
    case = create_case(actor, facts, place, urgent=draft.urgent, at=at)
    kept = keep_pieces(case, pieces, actor=actor, at=at)
    log(case, "opened", actor=actor, at=at, channel=case.channel, files=kept)
    return case


def find_place(actor: User, draft: CaseDraft, on: date, problems: list[Problem]) -> Place | None:
    """Kind, asker, area, cause and point of a draft; None when one of the needed is not there."""
    kind = kinds_for(CaseKind, actor.area_code).filter(pk=draft.kind).first()
    if kind is None:
        problems.append(Problem("请选择办件类型", where="类型"))
    person = unit = None
    if draft.person_id is not None:
        person = visible_people(actor).select_related("area").filter(pk=draft.person_id).first()
        if person is None:
            problems.append(Problem("名册里没有这个人", where="申请人", next_step="请重新选择,或只写姓名"))
    if draft.unit_id is not None:
        unit = list_units(actor=actor, on=on).filter(pk=draft.unit_id).first()
        if unit is None:
            problems.append(Problem("没有这个单位,或单位已撤销", where="申请单位"))
    asker = person.name if person else unit.name if unit else draft.asker_name.strip()
    if not asker and not any(problem.where in {"申请人", "申请单位"} for problem in problems):
        what = "请选择申请单位" if kind and kind.asker == "UNIT" else "请从名册选人,或写申请人姓名"
        problems.append(Problem(what, where="申请人"))
    code = draft.area_code or (person.area_id if person else unit.area_id if unit else actor.area_code)
    area = get_area(actor=actor, code=code)
    if kind is None:
        return None
    cause = find_cause(kind, draft.cause, problems)
    point = find_point(actor, kind, draft.point_id, on, problems)
    return Place(kind, person, unit, asker, area, cause, point)


def find_point(actor: User, kind: CaseKind, unit_id: int | None, on: date, problems: list[Problem]) -> Unit | None:
    """The legal point that takes the case up, if one is named."""
    if unit_id is None:
        return None
    found = next((unit for unit in points_for(actor, kind, on) if unit.pk == unit_id), None)
    if found is None:
        problems.append(Problem("没有这个维权站点,或已撤销", where="维权站点", next_step="请重新选择"))
    return found


def problems_of_opening(place: Place) -> list[Problem]:
    """What the register says against it: the asker died."""
    problems = []
    person = place.person
    if person is not None and person.died_on is not None:
        step = "由家属提出的,请不选名册里的人,写家属姓名"
        problems.append(Problem(f"{person.name}已登记去世({person.died_on})", where="申请人", next_step=step))
    return problems


def create_case(
    actor: User, facts: CaseFacts, place: Place, *, urgent: bool, at: datetime, appeals: Case | None = None
) -> Case:
    """The row with its number and first step; a number taken meanwhile is tried again."""
    first = KindStep.objects.filter(kind=place.kind, retired=False).order_by("place").first()
    if first is None:
        raise Refused(Problem(f"“{place.kind.name}”还没有办理步骤", next_step="请县局经办先设置步骤"))
    goes = arrival(first, place.area.pk, point=place.point)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                case = Case.objects.create(
                    number=next_number(place.area.pk, facts.opened_on.year), kind=place.kind, title=facts.title,
                    text=facts.text, person=place.person, asker_name=place.asker, asker_unit=place.unit,
                    asker_phone=facts.asker_phone,
                    area=place.area, channel=facts.channel, heads=facts.heads, cause=place.cause, point=place.point,
                    urgent=urgent, appeals=appeals, opened_on=facts.opened_on, opened_at=at, opened_by=actor.pk,
                    opened_name=actor.get_full_name(), opened_code=actor.area_code, client_key=facts.client_key,
                    step=first, holder_code=goes["to_code"], holder_role=first.role,
                )  # fmt: skip
            break
        except IntegrityError:
            if Case.objects.filter(client_key=facts.client_key).exists():
                raise Refused(USED) from None
    else:
        raise Refused(Problem("编号没有取到", next_step="请再保存一次"))
    write(case, Act.OPENED, actor=actor, at=at, on=facts.opened_on, words="", **goes)
    return case


def next_number(area_code: str, year: int, ahead: int = 0) -> str:
    """`990101-2026-00012`: counted through a year in a county."""
    stem = f"{area_code[:6]}-{year}-"
    rows = Case.objects.filter(number__gte=f"{stem}00000", number__lte=f"{stem}99999")
    last = rows.order_by("-number").values_list("number", flat=True).first()
    return f"{stem}{(int(last[-5:]) if last else 0) + 1 + ahead:05d}"


@transaction.atomic
def appeal_case(*, actor: User, case_id: int, words: str, client_key: str, at: datetime) -> Case:
    """The asker does not accept the answer and asks for a review (复查、复核): a new case of the kind that hears it."""
    on = day_of(at)
    old = get_clear_case(actor=actor, case_id=case_id, on=on)
    need_to_act(actor, "cases.open", "登记复查申请")
    known = Case.objects.filter(client_key=client_key.strip(), opened_by=actor.pk).first() if client_key else None
    if known is not None:
        return known
    problems: list[Problem] = []
    text = read_line(words, "申请理由", problems, longest=LONGEST)
    key = read_key(client_key, problems)
    if not text:
        problems.append(Problem("请写申请理由", where="申请理由"))
    kind = CaseKind.objects.filter(pk=old.kind.appeal_to, retired=False).first()
    if old.state != State.CLOSED or kind is None or not may_appeal(old, on):
        problems.append(Problem(f"答复后 {old.kind.appeal_days} 天内可以申请,现在不能", where="申请理由"))
    if Case.objects.filter(appeals=old).exclude(result="WITHDRAWN").exists():
        problems.append(Problem("已经申请过", where="申请理由", next_step="请看已有的复查、复核件"))
    if problems or kind is None:
        raise Refused(*problems)
    facts = CaseFacts(old.title, text, "", old.channel, on, old.heads, key, old.asker_phone)
    place = Place(kind, old.person, old.asker_unit, old.asker_name, old.area, None, None)
    case = create_case(actor, facts, place, urgent=False, at=at, appeals=old)
    log(case, "appealed", actor=actor, at=at, of=old.number)
    return case


@transaction.atomic
def change_case(*, actor: User, case_id: int, draft: CaseDraft, revision: str, at: datetime) -> Case:
    """Correct title, text, cause and telephone of a case; what stood before goes into its history, but for the number.
    No number typed means that the old one stays."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    need_to_act(actor, "cases.open", "更正办件")
    if not (case.opened_by == actor.pk or is_office(actor, case)):
        raise Refused(Problem("只有登记人和办理单位可以更正", next_step="请在进展里写明"))
    problems: list[Problem] = []
    title = read_line(draft.title, "事项", problems, longest=80)
    text = read_line(draft.text, "详细情况", problems, longest=LONGEST)
    cause = find_cause(case.kind, draft.cause, problems)
    if case.cause is not None and (cause is None) == (not draft.cause) and cause != case.cause:
        problems += problems_of_cause(actor, case.kind, case.person, cause, on=on, but=case)
    phone = read_phone(draft.asker_phone, problems) or case.asker_phone
    if not title:
        problems.append(Problem("请写一句话说明是什么事", where="事项"))
    if problems:
        raise Refused(*problems)
    was = [
        ("事项", case.title, title), ("详细情况", case.text, text), ("事由", case.cause_id, cause and cause.pk),
        ("联系电话", case.asker_phone, phone),
    ]  # fmt: skip
    changed = [f"{name}原为“{old[:200]}”" if name in SAID else name for name, old, new in was if old != new]
    if changed:
        change_row(case, revision, title=title, text=text, cause=cause, asker_phone=phone)
        write(case, Act.CHANGED, actor=actor, at=at, words=";".join(changed)[:1000])
        log(case, "changed", actor=actor, at=at, fields=[name for name, old, new in was if old != new])
    return case
