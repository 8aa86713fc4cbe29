"""Making one entry of two (并档), and two of one again (拆回). One officer asks, another confirms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.activities.services import merging as activities
from yushui.audit import services as audit
from yushui.base.moves import Move, put_back
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.benefits.services import merging as benefits
from yushui.cases.services import merging as cases
from yushui.funds.services import merging as funds
from yushui.honours.services import merging as honours
from yushui.merging.models import Merge, MergeNote, MergePick
from yushui.merging.permissions import check_decide, check_propose
from yushui.merging.selectors import digest_of, get_merge, problems_of_pair, waiting_for, words_of_notes
from yushui.merging.types import State
from yushui.people.models import Person
from yushui.people.selectors import get_for_change
from yushui.people.selectors.compared import differences
from yushui.people.selectors.merged import get_entry
from yushui.people.services import merging as people


@transaction.atomic
def propose_merge(
    *, actor: User, kept_id: int, dropped_id: int, taken: Collection[str], reason: str, at: datetime
) -> Merge:
    """Ask that `dropped` become part of `kept`, which takes the facts named in `taken` from it. The same asked twice is
    one. Raises Refused with everything that stands against it."""
    check_propose(actor)
    kept, dropped = lock_pair(actor, kept_id, dropped_id)
    problems: list[Problem] = []
    why = read_reason(reason, problems)
    picks = {d.key for d in differences(kept, dropped) if d.key in taken}
    waiting = waiting_for([kept_id, dropped_id])
    if waiting is not None:
        known = waiting.asked_by, waiting.kept_id, waiting.dropped_id, {pick.key for pick in waiting.picks.all()}
        if known == (actor.pk, kept_id, dropped_id, picks):
            return waiting
        words = f"{waiting.asked_name}已于 {timezone.localtime(waiting.asked_at).date()} 提出并档,还没有确认"
        problems.append(Problem(words, next_step="请在“重复档案”的待确认里查看"))
    problems += problems_of_pair(kept, dropped, picks, timezone.localtime(at).date())
    if problems:
        raise Refused(*problems)
    merge = Merge.objects.create(
        kept=kept, dropped=dropped, kept_code=kept.area_id, dropped_code=dropped.area_id, state=State.ASKED,
        reason=why, seen=digest_of(kept, dropped), asked_at=at, asked_by=actor.pk, asked_name=actor.get_full_name(),
    )  # fmt: skip
    MergePick.objects.bulk_create(MergePick(merge=merge, key=key) for key in sorted(picks))
    log(merge, kept, actor=actor, at=at, reason=why)
    return merge


@transaction.atomic
def decide_merge(*, actor: User, merge_id: int, agrees: bool, opinion: str, at: datetime) -> Merge:
    """Confirm or refuse what another asked for; confirmed, it is carried out at once. Raises Refused with everything
    that stands against it, also when either entry changed since it was asked."""
    merge = get_merge(actor=actor, merge_id=merge_id, lock=True)
    check_decide(actor)
    need_state(merge, State.ASKED)
    if actor.pk == merge.asked_by:
        raise Refused(Problem("是您提出的,要由另一个人确认", next_step="请由另一位复核或审批人员办理"))
    problems: list[Problem] = []
    words = read_line(opinion, "意见", problems, longest=120)
    if not agrees and not words:
        problems.append(Problem("不同意要写明原因", where="意见"))
    if problems:
        raise Refused(*problems)
    merge.decided_at, merge.decided_by, merge.decided_name = at, actor.pk, actor.get_full_name()
    merge.opinion, merge.state = words, State.DONE if agrees else State.REFUSED
    if agrees:
        carry_out(merge, actor=actor, at=at)
    merge.save()
    if not agrees:
        log(merge, merge.kept, actor=actor, at=at, reason=words)
    return merge


def carry_out(merge: Merge, *, actor: User, at: datetime) -> None:
    """Everything that names the dropped entry goes to the kept one, each change noted. What is append-only (payments,
    runs, ledgers, moves of goods) stays and is read through the mark on the dropped entry."""
    kept, dropped = lock_pair(actor, merge.kept_id, merge.dropped_id)
    on = timezone.localtime(at).date()
    picks = set(merge.picks.values_list("key", flat=True))
    problems = problems_of_pair(kept, dropped, picks, on)
    if digest_of(kept, dropped) != merge.seen:
        problems.append(Problem("提出之后,两份档案有了变动", next_step="请退回,由经办重新核对后再提出"))
    if problems:
        raise Refused(*problems)
    words = f"申请人的另一份档案并入本人档案(并档 {merge.pk});步骤、时限不变"
    moves = [
        *funds.move_person(kept.pk, dropped.pk),
        *activities.move_person(kept.pk, dropped.pk, on),
        *cases.move_person(kept.pk, dropped.pk, words=words, at=at),
        *honours.move_person(kept.pk, dropped.pk),
        *benefits.move_person(kept.pk, dropped.pk, actor_id=actor.pk, at=at),
        *people.merge_entries(kept, dropped, picks, actor=actor, source=f"merging.merge:{merge.pk}", at=at),
    ]
    MergeNote.objects.bulk_create(
        MergeNote(merge=merge, table=m.table, row_id=m.row_id, column=m.column, was=m.was, now=m.now) for m in moves
    )
    log(merge, kept, actor=actor, at=at, reason=merge.reason, other=dropped.pk)
    log(merge, dropped, actor=actor, at=at, reason=merge.reason, other=kept.pk)


@transaction.atomic
def undo_merge(*, actor: User, merge_id: int, reason: str, at: datetime) -> Merge:
    """Take a merge back (拆回): every row is as it was before, or nothing is done and everything that changed since is
    named. What was recorded since stays with the kept entry."""
    merge = get_merge(actor=actor, merge_id=merge_id, lock=True)
    check_decide(actor)
    need_state(merge, State.DONE)
    kept = get_for_change(actor=actor, person_id=merge.kept_id)
    dropped = get_entry(actor=actor, person_id=merge.dropped_id)
    assert merge.decided_at is not None
    problems: list[Problem] = []
    why = read_reason(reason, problems)
    problems += benefits.reasons_against([kept.pk, dropped.pk])
    problems += benefits.reasons_against_split(kept.pk, merge.decided_at)
    stuck = take_back(merge, actor=actor, at=at)
    problems += [
        Problem(f"{words}在并档以后又改过", next_step="请先核对,不能整体拆回") for words in words_of_notes(stuck)
    ]
    if problems:
        raise Refused(*problems)
    closed = benefits.close_recoveries(kept.pk, merge.decided_at, reason="并档拆回,按新的测算办理", at=at)
    merge.state, merge.undone_at, merge.undone_by = State.UNDONE, at, actor.pk
    merge.undone_name, merge.undone_reason = actor.get_full_name(), why
    merge.save()
    log(merge, kept, actor=actor, at=at, reason=why, other=dropped.pk, recoveries=closed)
    log(merge, dropped, actor=actor, at=at, reason=why, other=kept.pk)
    return merge


def take_back(merge: Merge, *, actor: User, at: datetime) -> list[MergeNote]:
    """Undo the notes of a merge; those that no longer can be."""
    notes = list(MergeNote.objects.filter(merge=merge).order_by("id"))
    moves = {note: Move(note.table, note.row_id, note.column, note.was, note.now) for note in notes}
    own = [move for move in moves.values() if move.table.startswith("people.")]
    stuck = put_back(move for move in moves.values() if move not in own)
    stuck += people.split_entries(own, actor=actor, at=at)
    back = [move.row_id for move in moves.values() if move.table == "cases.case"]
    cases.note_open(back, words=f"并档 {merge.pk} 已拆回,申请人回到原来的档案;步骤、时限不变", at=at)
    return [note for note, move in moves.items() if move in stuck]


@transaction.atomic
def withdraw_merge(*, actor: User, merge_id: int, at: datetime) -> Merge:
    """Who asked takes it back before it is confirmed."""
    merge = get_merge(actor=actor, merge_id=merge_id, lock=True)
    check_propose(actor)
    need_state(merge, State.ASKED)
    if actor.pk != merge.asked_by:
        raise Refused(Problem("只有提出的人可以撤回", next_step=f"请由{merge.asked_name}办理"))
    merge.state = State.WITHDRAWN
    merge.save(update_fields=["state"])
    log(merge, merge.kept, actor=actor, at=at)
    return merge


@transaction.atomic
def tell_apart(*, actor: User, kept_id: int, dropped_id: int, reason: str, at: datetime) -> Merge:
    """Note that two entries that look alike are two people; the list of doubles no longer shows them."""
    check_propose(actor)
    kept, dropped = lock_pair(actor, kept_id, dropped_id)
    problems: list[Problem] = []
    why = read_reason(reason, problems)
    if waiting_for([kept_id, dropped_id]) is not None:
        problems.append(Problem("其中一份档案正在等并档确认", next_step="请先撤回或等办完"))
    if problems:
        raise Refused(*problems)
    merge = Merge.objects.create(
        kept=kept, dropped=dropped, kept_code=kept.area_id, dropped_code=dropped.area_id, state=State.APART,
        reason=why, seen="", asked_at=at, asked_by=actor.pk, asked_name=actor.get_full_name(),
    )  # fmt: skip
    log(merge, kept, actor=actor, at=at, reason=why, other=dropped.pk)
    return merge


def lock_pair(actor: User, kept_id: int, dropped_id: int) -> tuple[Person, Person]:
    """Both entries, locked in one order whoever asks; NotFound outside the actor's area, Refused when merged."""
    if kept_id == dropped_id:
        raise Refused(Problem("两边是同一份档案", next_step="请选另一份"))
    held = {pk: get_for_change(actor=actor, person_id=pk) for pk in sorted((kept_id, dropped_id))}
    return held[kept_id], held[dropped_id]


def need_state(merge: Merge, state: State) -> None:
    """The merge is still where the page showed it."""
    if merge.state != state:
        raise Refused(Problem(f"这次并档现在是“{merge.get_state_display()}”", next_step="请刷新页面核对"))


def read_reason(reason: str, problems: list[Problem]) -> str:
    """Why, in some words."""
    words = read_line(reason, "理由", problems, longest=200)
    if len(words) < 2:
        problems.append(Problem("请写明理由", where="理由", next_step="例如:身份证号抄错,与户口簿核对为同一人"))
    return words


def log(merge: Merge, person: Person, *, actor: User, at: datetime, **now: object) -> None:
    """A line of the log about one of the two entries."""
    audit.record(
        actor=actor, action=f"merging.merge.{str(merge.state).lower()}", subject=person, area_code=person.area_id,
        at=at, merge=merge.pk, **now,
    )  # fmt: skip
