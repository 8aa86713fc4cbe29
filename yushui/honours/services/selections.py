"""Verbs of selections: call, nominate, judge, show to the public, drop after an objection, decide, close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.audit import services as audit
from yushui.base import texts
from yushui.base.evidence import Sent, read_pieces
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.workdays import add_workdays
from yushui.honours.models import Nominee, Selection, UnitHonour
from yushui.honours.permissions import check_nominate, check_select
from yushui.honours.rules.selections import (
    problems_of_deciding,
    publicity_end,
    read_nominee,
    read_results,
    read_selection,
    read_unit_honour,
)
from yushui.honours.selectors.kinds import list_kinds
from yushui.honours.selectors.selections import get_nominee, get_selection, get_unit_honour
from yushui.honours.services.evidence import keep_pieces
from yushui.honours.types import STAGES, NomineeDraft, SelectionDraft, UnitHonourDraft
from yushui.honours.word import SelectionPaper, make_decision, make_notice
from yushui.places.models import Area
from yushui.places.selectors import get_unit


@transaction.atomic
def call_selection(*, actor: User, draft: SelectionDraft, at: datetime) -> Selection:
    """Publish a call; the same form sent twice is one. Refused with all problems."""
    check_select(actor)
    known = Selection.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    kinds = frozenset(kind.code for kind in list_kinds(actor=actor, group="SELECTION"))
    facts, problems = read_selection(draft, kinds=kinds)
    if facts is None or problems:
        raise Refused(*problems)
    area = facts.area_code or actor.area_code
    need_area(actor, area)
    columns = {k: v for k, v in vars(facts).items() if k not in {"kind", "area_code"}}
    selection = Selection.objects.create(
        **columns, kind_id=facts.kind, area_id=area, recorded_at=at, recorded_by=actor.pk,
        recorded_name=actor.get_full_name(),
    )  # fmt: skip
    audit.record(
        actor=actor, action="honours.selection.called", subject=selection, area_code=area, at=at, title=facts.title
    )
    return selection


@transaction.atomic
def nominate(*, actor: User, selection_id: int, draft: NomineeDraft, at: datetime) -> Nominee:
    """Nominate a person or a unit of the actor's area; the same form sent twice is one."""
    check_nominate(actor)
    selection = get_selection(actor=actor, selection_id=selection_id)
    known = Nominee.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    today = timezone.localtime(at).date()
    facts, problems = read_nominee(
        draft, stage=selection.stage, called_on=selection.called_on, ends_on=selection.ends_on, today=today
    )
    if facts is None or problems:
        raise Refused(*problems)
    area = facts.area_code or actor.area_code
    need_area(actor, area)
    if not Area.objects.filter(pk=area).exists():
        raise NotFound
    try:
        with transaction.atomic():
            nominee = Nominee.objects.create(
                selection=selection, area_id=area, name=facts.name, nominator=facts.nominator, deeds=facts.deeds,
                client_key=facts.client_key, recorded_at=at, recorded_by=actor.pk, recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        step = "同名的两个人,请在姓名后写上村或单位"
        raise Refused(Problem(f"{facts.name}已经推荐过", where="姓名或单位", next_step=step)) from error
    audit.record(actor=actor, action="honours.selection.nominated", subject=selection, area_code=area, at=at)
    return nominee


@transaction.atomic
def judge(
    *, actor: User, selection_id: int, results: Mapping[int, str], chosen: Sequence[int], revision: str, at: datetime
) -> Selection:
    """Enter scores or votes of all nominees and who is proposed. Only after nominations are over; again until shown."""
    check_select(actor)
    selection = get_selection(actor=actor, selection_id=selection_id, own=True)
    need_stage(selection, "CALL", "JUDGED")
    today = timezone.localtime(at).date()
    rows = Nominee.objects.filter(selection=selection, dropped_reason="").order_by("id")
    names = dict(rows.values_list("pk", "name"))
    values, problems = read_results(results, frozenset(chosen), names=names, way=selection.way, seats=selection.seats)
    if today < selection.ends_on:
        problems.insert(0, Problem(f"征集到 {selection.ends_on - timedelta(days=1)} 才截止", next_step="截止后再评议"))
    if problems:
        raise Refused(*problems)
    change_row(selection, revision, stage="JUDGED")
    for row in rows:
        row.result, row.chosen = values[row.pk], row.pk in set(chosen)
    Nominee.objects.bulk_update(rows, ["result", "chosen"])
    audit.record(
        actor=actor, action="honours.selection.judged", subject=selection, area_code=selection.area_id, at=at,
        count=len(set(chosen)),
    )  # fmt: skip
    return selection


def need_stage(selection: Selection, *stages: str) -> None:
    """An act fits only some stages."""
    if selection.stage not in stages:
        raise Refused(Problem(f"这次评选{STAGES[selection.stage]},不能办这一步", next_step="请刷新后查看"))


@transaction.atomic
def show_public(*, actor: User, selection_id: int, on: str, at: datetime) -> Selection:
    """Show the proposed to the public from a day on, for the working days of the call (调休 counted)."""
    check_select(actor)
    selection = get_selection(actor=actor, selection_id=selection_id, own=True)
    need_stage(selection, "JUDGED")
    problems: list[Problem] = []
    day = texts.read_day(on, "公示日期", problems)
    if day is not None and day < selection.ends_on:
        problems.append(Problem("公示早于征集截止", where="公示日期"))
    if problems or day is None:
        raise Refused(*problems)
    ends = publicity_end(day, selection.public_days, add_workdays)
    change_row(selection, str(selection.revision), stage="PUBLIC", public_on=day, public_ends_on=ends)
    audit.record(
        actor=actor, action="honours.selection.shown", subject=selection, area_code=selection.area_id, at=at, on=day,
        ends_on=ends,
    )  # fmt: skip
    return selection


@transaction.atomic
def drop_nominee(*, actor: User, nominee_id: int, reason: str, at: datetime) -> Nominee:
    """Take a nominee off, before the list is decided: an objection that held, or on own wish. The row stays."""
    check_select(actor)
    nominee = get_nominee(actor=actor, nominee_id=nominee_id)
    selection = get_selection(actor=actor, selection_id=nominee.selection_id, own=True)
    need_stage(selection, "CALL", "JUDGED", "PUBLIC")
    problems: list[Problem] = []
    why = texts.read_line(reason, "原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明原因", where="原因", next_step="例如:公示期异议经核实成立"))
    if nominee.dropped_reason:
        problems.append(Problem(f"{nominee.name}已经取消资格"))
    if problems:
        raise Refused(*problems)
    Nominee.objects.filter(pk=nominee.pk).update(dropped_reason=why, chosen=False)
    nominee.refresh_from_db()
    audit.record(
        actor=actor, action="honours.selection.dropped", subject=selection, area_code=nominee.area_id, at=at, reason=why
    )
    return nominee


@transaction.atomic
def decide(
    *, actor: User, selection_id: int, on: str, number: str, sent: Sequence[Sent] = (), at: datetime
) -> Selection:
    """Publish the list, once the publicity is over; the paper's scan may come along."""
    check_select(actor)
    selection = get_selection(actor=actor, selection_id=selection_id, own=True)
    problems: list[Problem] = []
    today = timezone.localtime(at).date()
    day = texts.read_day(on, "公布日期", problems, latest=today)
    words = texts.read_line(number, "文号", problems, longest=60)
    pieces = read_pieces(sent, problems)
    problems += problems_of_deciding(
        stage=selection.stage, public_ends_on=selection.public_ends_on, today=today, on=day or today
    )
    if not Nominee.objects.filter(selection=selection, chosen=True, dropped_reason="").exists():
        problems.append(Problem("没有拟表彰对象"))
    if problems or day is None:
        raise Refused(*problems)
    change_row(selection, str(selection.revision), stage="DECIDED", decided_on=day, number=words)
    keep_pieces(pieces, actor=actor, at=at, selection=selection)
    audit.record(
        actor=actor, action="honours.selection.decided", subject=selection, area_code=selection.area_id, at=at, on=day,
        number=words,
    )  # fmt: skip
    return selection


@transaction.atomic
def close_selection(*, actor: User, selection_id: int, reason: str, at: datetime) -> Selection:
    """Stop a selection before its list; it stays in the books with the reason."""
    check_select(actor)
    selection = get_selection(actor=actor, selection_id=selection_id, own=True)
    need_stage(selection, "CALL", "JUDGED", "PUBLIC")
    problems: list[Problem] = []
    why = texts.read_line(reason, "终止原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明终止原因", where="终止原因"))
    if problems:
        raise Refused(*problems)
    change_row(selection, str(selection.revision), stage="CLOSED", closed_reason=why)
    audit.record(
        actor=actor, action="honours.selection.closed", subject=selection, area_code=selection.area_id, at=at,
        reason=why,
    )  # fmt: skip
    return selection


def print_selection(*, actor: User, selection_id: int, at: datetime) -> tuple[str, bytes]:
    """The notice while it is shown, the decision once decided: (file name, .docx). Refused before there is a list."""
    selection = get_selection(actor=actor, selection_id=selection_id)
    need_stage(selection, "PUBLIC", "DECIDED")
    chosen = Nominee.objects.filter(selection=selection, chosen=True, dropped_reason="").order_by("id")
    names = tuple(chosen.values_list("name", "nominator"))
    decided = selection.stage == "DECIDED"
    day = selection.decided_on if decided else selection.public_on
    paper = SelectionPaper(
        title=selection.title, host=selection.host, names=names, on=day or timezone.localtime(at).date(),
        number=selection.number,
        until=selection.public_ends_on - timedelta(days=1) if selection.public_ends_on else None,
    )  # fmt: skip
    audit.record(actor=actor, action="honours.selection.printed", subject=selection, area_code=selection.area_id, at=at)
    name = f"{selection.title}{'表彰决定' if decided else '公示'}.docx"
    return name, make_decision(paper) if decided else make_notice(paper)


@transaction.atomic
def record_unit_honour(*, actor: User, draft: UnitHonourDraft, sent: Sequence[Sent] = (), at: datetime) -> UnitHonour:
    """Record an honour of a unit or of the actor's own area; the same form sent twice is one."""
    check_select(actor)
    known = UnitHonour.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    kinds = frozenset(kind.code for kind in list_kinds(actor=actor, group="UNIT"))
    facts, problems = read_unit_honour(draft, kinds=kinds, today=timezone.localtime(at).date())
    pieces = read_pieces(sent, problems)
    if facts is None or problems:
        raise Refused(*problems)
    unit = get_unit(actor=actor, unit_id=facts.unit_id) if facts.unit_id is not None else None
    columns = {k: v for k, v in vars(facts).items() if k not in {"kind", "unit_id"}}
    honour = UnitHonour.objects.create(
        **columns, kind_id=facts.kind, unit=unit, area_id=unit.area_id if unit else actor.area_code, recorded_at=at,
        recorded_by=actor.pk, recorded_name=actor.get_full_name(),
    )  # fmt: skip
    keep_pieces(pieces, actor=actor, at=at, honour=honour)
    audit.record(
        actor=actor, action="honours.unit_honour.recorded", subject=honour, area_code=honour.area_id, at=at,
        title=honour.title,
    )  # fmt: skip
    return honour


@transaction.atomic
def withdraw_unit_honour(*, actor: User, honour_id: int, reason: str, at: datetime) -> UnitHonour:
    """Take an honour off the books with the reason; the row stays."""
    check_select(actor)
    honour = get_unit_honour(actor=actor, honour_id=honour_id)
    problems: list[Problem] = []
    why = texts.read_line(reason, "撤回原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明撤回原因", where="撤回原因", next_step="例如:重复登记、称号被撤销"))
    if problems:
        raise Refused(*problems)
    UnitHonour.objects.filter(pk=honour.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_reason=why)
    honour.refresh_from_db()
    audit.record(
        actor=actor, action="honours.unit_honour.withdrawn", subject=honour, area_code=honour.area_id, at=at,
        reason=why,
    )  # fmt: skip
    return honour
