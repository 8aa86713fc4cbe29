"""Reading merges: lists, one in full, two entries side by side, pairs that may be one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.digest import sm3
from yushui.base.refusals import NotFound, Problem
from yushui.benefits.models import Recovery
from yushui.benefits.selectors.recoveries import hold_of, left_of
from yushui.benefits.services import merging as benefits
from yushui.cases.models import Case
from yushui.cases.permissions import visible_cases
from yushui.funds.services import merging as funds
from yushui.honours.services import merging as honours
from yushui.merging.models import Merge, MergeNote
from yushui.merging.permissions import visible_merges
from yushui.merging.types import State
from yushui.payments.models import Line, Reversal
from yushui.payments.selectors import paid_by_month
from yushui.people.models import Person
from yushui.people.rules import search_key
from yushui.people.selectors import PersonRow, list_people, rows_of
from yushui.people.selectors.compared import (
    ACCOUNT,
    Difference,
    account_of,
    account_words,
    differences,
    facts_of_entry,
    problems_of_merge,
)
from yushui.people.selectors.doubles import Pair, candidates_for, list_doubles
from yushui.people.selectors.merged import get_entry, number_is_known
from yushui.people.types import MERGED_COLUMNS, PeopleFilters
from yushui.policy.types import ONE_OFF

MOST_FOUND = 20


def list_merges(*, actor: User, waiting: bool) -> QuerySet[Merge]:
    """Merges that wait for confirmation, oldest first; or those settled, newest first."""
    rows = visible_merges(actor).select_related("kept__area", "dropped__area")
    if waiting:
        return rows.filter(state=State.ASKED).order_by("id")
    return rows.exclude(state=State.ASKED).order_by("-id")


def count_waiting(*, actor: User) -> int:
    """How many merges wait for the actor: not those the actor asked for."""
    if not may(actor, "merging.decide"):
        return 0
    return list_merges(actor=actor, waiting=True).exclude(asked_by=actor.pk).count()


def get_merge(*, actor: User, merge_id: int, lock: bool = False) -> Merge:
    """One merge of the actor's area; NotFound otherwise."""
    rows = visible_merges(actor)
    found = (rows.select_for_update() if lock else rows.select_related("kept", "dropped")).filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    return found


def open_pairs(*, actor: User) -> list[Pair]:
    """Pairs that look like one person, without those found to be two people and those that wait already."""
    known = visible_merges(actor).filter(state__in=(State.APART, State.ASKED))
    settled = {frozenset(pair) for pair in known.values_list("kept_id", "dropped_id")}
    return [pair for pair in list_doubles(actor=actor) if frozenset((pair[0].pk, pair[1].pk)) not in settled]


def find_other(*, actor: User, person: Person, words: str, on: date) -> tuple[list[PersonRow], list[Problem]]:
    """Entries that may be the same person: those that look alike, or those a search finds; with why there are none."""
    if not words:
        return rows_of(candidates_for(actor=actor, person=person), on=on, whole=True), []
    rows = list_people(actor=actor, filters=PeopleFilters(on=on, text=words, life="all")).exclude(pk=person.pk)
    found = rows_of(list(rows[:MOST_FOUND]), on=on, whole=True)
    if found:
        return found, []
    kind, number = search_key(words)
    if kind != "number":
        return [], [Problem("没有找到", where="查找", next_step="请换姓名或身份证号再找")]
    return [], problems_of_number(actor, person, number)


def problems_of_number(actor: User, person: Person, number: str) -> list[Problem]:
    """Why a whole number finds no other entry: nobody's, this one's, or somebody's elsewhere."""
    if list_people(actor=actor, filters=PeopleFilters(on=person.born_on, text=number, life="all")).exists():
        return [Problem("这个号码就是这份档案的,或已并入这份档案", where="查找")]
    if number_is_known(number):
        step = "请联系上级办理;先办关系转移,再并档"
        return [Problem("该身份证号登记在其他地区", where="查找", next_step=step)]
    return [Problem("登记册里没有这个号码", where="查找", next_step="请核对号码")]


def pair_of(*, actor: User, merge: Merge, on: date) -> Comparison:
    """The two entries of a merge that waits, with what was chosen."""
    taken = set(merge.picks.values_list("key", flat=True))
    return compare(actor=actor, kept_id=merge.kept_id, dropped_id=merge.dropped_id, on=on, taken=taken)


@dataclass(frozen=True)
class Side:
    """One of two entries: who it is, where its money goes, what runs."""

    person: Person
    line: PersonRow
    account: str
    paid_fen: int
    paid_since: int | None  # month
    recoveries: tuple[tuple[Recovery, int], ...]
    is_held: bool
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Comparison:
    """Two entries side by side, with what stands against making them one."""

    kept: Side
    dropped: Side
    differences: tuple[Difference, ...]
    taken: frozenset[str]
    problems: tuple[Problem, ...]
    double_fen: int  # paid to both for one month and benefit: the smaller of the two
    double_months: int
    same_cases: tuple[tuple[Case, Case], ...] = field(default=())


def compare(
    *, actor: User, kept_id: int, dropped_id: int, on: date, taken: Collection[str] | None = None
) -> Comparison:
    """Two entries of the actor's area; without `taken` the facts that the kept one lacks are taken."""
    kept = get_entry(actor=actor, person_id=kept_id)
    dropped = get_entry(actor=actor, person_id=dropped_id)
    differ = tuple(differences(kept, dropped))
    chosen = frozenset(d.key for d in differ if (d.takes if taken is None else d.key in taken))
    double = double_payments(kept.pk, dropped.pk)
    sides = side_of(actor, kept, on), side_of(actor, dropped, on)
    alike = tuple((mine, other) for mine in sides[0].cases for other in sides[1].cases if mine.kind_id == other.kind_id)
    return Comparison(
        *sides, differ, chosen, tuple(problems_of_pair(kept, dropped, chosen, on)), sum(double), len(double), alike
    )


def side_of(actor: User, person: Person, on: date) -> Side:
    """One entry for the comparison."""
    [line] = rows_of([person], on=on, whole=True)
    lines = Line.objects.filter(person=person, is_live=True).aggregate(fen=Sum("fen"), first=Min("month"))
    back = Reversal.objects.filter(line__person=person, line__is_live=True).aggregate(fen=Sum("fen"))["fen"] or 0
    recoveries = Recovery.objects.filter(person=person, closed_at=None).order_by("pk")
    cases: QuerySet[Any] = visible_cases(actor, on)
    cases = cases.filter(person=person, closed_on=None, clear=True).select_related("kind", "step")
    return Side(
        person, line, account_words(account_of(person)), (lines["fen"] or 0) - back, lines["first"],
        tuple((each, left_of(each)) for each in recoveries), hold_of(person.pk) is not None,
        tuple(cases.order_by("due_on", "id")),
    )  # fmt: skip


def double_payments(kept_id: int, dropped_id: int) -> list[int]:
    """Fen paid twice, month by month and benefit by benefit."""
    first = Line.objects.filter(person__in=(kept_id, dropped_id)).aggregate(a=Min("month"))["a"]
    if first is None:
        return []
    paid = paid_by_month(first_month=first, end_month=1 << 15, person_ids=[kept_id, dropped_id])
    both = ((fen, paid.get((dropped_id, benefit, month), 0)) for (who, benefit, month), fen in paid.items()
            if who == kept_id and benefit not in ONE_OFF)  # fmt: skip
    return [min(pair) for pair in both if min(pair) > 0]


def problems_of_pair(kept: Person, dropped: Person, taken: Collection[str], on: date) -> list[Problem]:
    """Everything that stands against making one entry of two, of every package."""
    return [
        *problems_of_merge(kept, dropped, taken, on),
        *funds.reasons_against(kept.pk, dropped.pk),
        *honours.reasons_against(kept, dropped, takes_household="household" in taken),
        *benefits.reasons_against([kept.pk, dropped.pk]),
    ]


def digest_of(kept: Person, dropped: Person) -> str:
    """What a merge stands on, to tell whether either entry changed since."""
    return sm3(repr([facts_of_entry(kept), facts_of_entry(dropped)]).encode())


def waiting_for(person_ids: Collection[int]) -> Merge | None:
    """A merge that waits and names one of them."""
    rows = Merge.objects.filter(Q(kept__in=person_ids) | Q(dropped__in=person_ids), state=State.ASKED)
    return rows.prefetch_related("picks").order_by("id").first()


def merges_of(*, actor: User, person_id: int) -> list[Merge]:
    """What was merged into a person, or taken apart again, for the file; nothing for those who may not see merges."""
    if not may(actor, "merging.view"):
        return []
    return list(visible_merges(actor).filter(Q(kept=person_id) | Q(dropped=person_id)).order_by("-id"))


def picked_labels(merge: Merge) -> list[str]:
    """The facts that were taken from the dropped entry."""
    keys = set(merge.picks.values_list("key", flat=True))
    labels = {**{key: label for key, (label, _) in MERGED_COLUMNS.items()}, ACCOUNT: "银行账户"}
    return [label for key, label in labels.items() if key in keys]


TABLE_NAMES = {
    "people.status": "身份", "people.personevent": "经历", "people.bankaccount": "银行账户",
    "people.hardship": "困难情形",
    "people.responsiblecontact": "包联", "people.person": "基本信息", "funds.application": "关爱基金申请",
    "activities.campaigntarget": "走访名单", "activities.personpair": "结对帮扶", "activities.visit": "走访记录",
    "cases.case": "办件", "honours.card": "优待证", "honours.goodnews": "立功喜报", "benefits.hold": "暂缓发放",
    "benefits.claim": "一次性待遇",
}  # fmt: skip


def moved_words(merge: Merge) -> list[tuple[str, int]]:
    """(what, how many rows) that the merge changed, by table."""
    rows = MergeNote.objects.filter(merge=merge).order_by().values_list("table", "row_id").distinct()
    counted = Counter(table for table, _ in rows)
    return [(name, counted[table]) for table, name in TABLE_NAMES.items() if counted[table]]


def words_of_notes(notes: Sequence[MergeNote]) -> list[str]:
    """Which things changed since, in words, each once."""
    labels = {column: label for label, columns in MERGED_COLUMNS.values() for column in columns}
    found = [
        labels.get(note.column, TABLE_NAMES["people.person"])
        if note.table == "people.person"
        else TABLE_NAMES.get(note.table, "其他记录")
        for note in notes
    ]
    return list(dict.fromkeys(found))
