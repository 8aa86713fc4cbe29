"""Cases as an actor may see them: lists, one in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.area_codes import code_range
from yushui.base.in_order import DayOrLast, joined
from yushui.base.refusals import NotFound
from yushui.base.workdays import is_workday
from yushui.cases.models import Case, CaseAid, CaseEvidence, CaseStep, KindOutcome, KindPaper, Reception
from yushui.cases.permissions import EXTENDERS, holds, hosts, is_office, visible_cases, waits_for
from yushui.cases.rules.standing import Happened, Standing, living, stand
from yushui.cases.selectors.raising import Raised, raised_for
from yushui.cases.types.cases import UNDOABLE, Act, State
from yushui.cases.types.needs import NEED_KINDS
from yushui.places.permissions import my_unit_ids
from yushui.plans.models import Task
from yushui.plans.selectors.tasks import results_of, tasks_of_source

HIDDEN = "(仅办理人可见)"
SOON = 3  # days before its last day from which a case shows up as pressing


@dataclass(frozen=True)
class CaseFilters:
    """What a list is narrowed to."""

    tab: str = "todo"
    kind: str = ""
    area_code: str = ""
    text: str = ""
    year: int | None = None
    point_id: int | None = None


def list_cases(*, actor: User, filters: CaseFilters, on: date) -> QuerySet[Case]:
    """Cases of one tab: open ones by day due, ended and all newest first."""
    rows = visible_cases(actor, on, in_order=True).annotate(pressing=DayOrLast("due_on"))
    if filters.tab == "todo":
        rows = rows.filter(waits_for(actor, my_unit_ids(actor, on)), closed_on=None)
        rows = rows.filter(Q(holder_user=None) | Q(holder_user=actor.pk) | Q(asks_extension=True))
    elif filters.tab == "mine":
        rows = rows.filter(Q(opened_by=actor.pk) | Q(holder_user=actor.pk) | Q(hosts(actor)))
    elif filters.tab == "overdue":
        rows = rows.filter(closed_on=None, pressing__lt=on)
    elif filters.tab == "open":
        rows = rows.filter(closed_on=None)
    elif filters.tab == "done":
        rows = rows.filter(closed_on__isnull=False)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.area_code:
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if filters.point_id is not None:
        rows = rows.filter(point=filters.point_id)
    if filters.year is not None:
        rows = rows.filter(opened_on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    if filters.text:
        words = Q(title__contains=filters.text) | Q(asker_name__contains=filters.text)
        rows = rows.filter(Q(number__contains=filters.text) | (Q(clear=True) & words))
    named = ("kind__name", "step__name", "area__name", "person__died_on", "holder_unit__name")
    return in_order(joined(rows, *named, without=("asker_phone",)), filters.tab)


def in_order(rows: QuerySet[Any], tab: str) -> QuerySet[Any]:
    """The order of a tab, total in each."""
    if tab in {"todo", "open", "overdue"}:
        return rows.order_by("pressing", "id")
    if tab == "done":
        return rows.order_by("-closed_on", "-id")
    return rows.order_by("-opened_on", "-id")


def shown_title(case: Case) -> str:
    """What the matter is, or only its kind when names and texts are not open to who looks."""
    return case.title if getattr(case, "clear", False) else str(case.kind.name)


def shown_asker(case: Case) -> str:
    """Who asks, or that it is hidden."""
    return case.asker_name if getattr(case, "clear", False) else HIDDEN


def get_case(*, actor: User, case_id: int, on: date) -> Case:
    """One case that the actor may know of; NotFound otherwise."""
    rows = visible_cases(actor, on).select_related(
        "kind", "step", "area", "person", "holder_unit", "asker_unit", "cause", "point", "appeals"
    )
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise NotFound
    return found


def get_clear_case(*, actor: User, case_id: int, on: date) -> Case:
    """The same, with names and texts open; NotFound otherwise, as nothing else may be done with it."""
    case = get_case(actor=actor, case_id=case_id, on=on)
    if not case.clear:  # type: ignore[attr-defined]
        raise NotFound
    return case


def happened_in(case_id: int) -> list[Happened]:
    """What happened to a case, for the rules, in the order it was written."""
    names = (
        "id", "act", "on", "by", "to_step_id", "to_code", "to_role", "to_unit_id", "to_user", "to_user_name",
        "term_days", "term_count", "result", "rating", "undoes_id",
    )  # fmt: skip
    return [Happened(*row) for row in CaseStep.objects.filter(case=case_id).order_by("id").values_list(*names)]


def standing_of(case_id: int) -> Standing:
    """How a case stands by its rows."""
    return stand(happened_in(case_id), is_workday)


def last_undoable(case: Case, actor: User) -> Happened | None:
    """The actor's own last act, if it may still be taken back: nothing came after it, and nobody has taken the case."""
    rows = living(happened_in(case.pk))
    return rows[-1] if rows and rows[-1].act in UNDOABLE and rows[-1].by == actor.pk else None


@dataclass(frozen=True)
class Need:
    """A paper of the running step, and whether it is there."""

    paper: KindPaper
    is_there: bool


@dataclass(frozen=True)
class CaseSheet:
    """One case in full; for those to whom it is not clear the texts stay empty."""

    case: Case
    clear: bool
    steps: list[CaseStep]
    undone: set[int]
    outcomes: list[KindOutcome]
    papers: list[Need]
    aids: list[CaseAid]
    receptions: list[Reception]
    pieces: list[CaseEvidence]
    tasks: list[Task]
    repeats: list[Case]
    alike: list[Case]
    appeals: list[Case]
    may: frozenset[str]
    extended: int
    raised: Raised | None

    @property
    def settling(self) -> KindOutcome | None:
        """The outcome by which the running step settles the case."""
        return next((row for row in self.outcomes if row.result == "SETTLED"), None)

    @cached_property
    def results(self) -> list[str]:
        """What the units reported of a need whose tasks are all judged: the asker waits for the answer."""
        states = {task.state for task in self.tasks}
        judged = bool(states) and states <= {"DONE", "DROPPED"} and "DONE" in states
        return results_of(self.tasks) or ["已办成"] if self.is_need and judged and self.case.closed_on is None else []

    @property
    def is_need(self) -> bool:
        """Whether it stands in the 双清单."""
        return self.case.kind_id in NEED_KINDS


def case_sheet(*, actor: User, case_id: int, on: date) -> CaseSheet:
    """One case with all that happened to it, and what the actor may do now."""
    case = get_case(actor=actor, case_id=case_id, on=on)
    clear = bool(case.clear)  # type: ignore[attr-defined]
    rows = list(case.steps.select_related("step", "to_step", "outcome", "reason", "to_unit").order_by("-id"))
    acts = acts_for(actor, case, on) if clear else frozenset[str]()
    return CaseSheet(
        case=case,
        clear=clear,
        steps=rows,
        undone={row.undoes_id for row in rows if row.undoes_id is not None},
        outcomes=open_outcomes(case) if "DECIDED" in acts else [],
        papers=papers_of(case) if clear else [],
        aids=list(case.aids.filter(withdrawn_at=None).order_by("on", "id")) if clear else [],
        receptions=list(case.receptions.order_by("planned_on", "id")) if clear else [],
        pieces=list(case.evidence.filter(withdrawn_at=None).select_related("file").order_by("id")) if clear else [],
        tasks=tasks_of_source(actor=actor, source=f"cases.case:{case.pk}") if may(actor, "plans.view") else [],
        repeats=repeats_of(actor, case, on) if clear else [],
        alike=alike_open(actor, case, on) if clear else [],
        appeals=list(case.appealed_by.order_by("id")),
        may=acts,
        extended=extended_days(case.pk),
        raised=raised_for(actor=actor, case=case) if clear else None,
    )


def open_outcomes(case: Case) -> list[KindOutcome]:
    """How the running step can end."""
    rows = KindOutcome.objects.filter(step=case.step_id, retired=False).select_related("to")
    return list(rows.prefetch_related("reasons").order_by("place"))


def papers_of(case: Case) -> list[Need]:
    """The papers that the running step needs, and those that steps before it left open."""
    there = set(case.papers.values_list("paper_id", flat=True))
    return [
        Need(paper, paper.pk in there)
        for paper in papers_until(case)
        if paper.step_id == case.step_id or paper.pk not in there
    ]


def papers_missing(case: Case) -> list[KindPaper]:
    """Papers of the running step and those before it that are not there."""
    there = set(case.papers.values_list("paper_id", flat=True))
    return [paper for paper in papers_until(case) if paper.pk not in there]


def papers_until(case: Case) -> list[KindPaper]:
    """Papers of the running step and of those before it."""
    if case.step is None:
        return []
    rows = KindPaper.objects.filter(step__kind=case.kind_id, step__place__lte=case.step.place, retired=False)
    return list(rows.filter(step__retired=False).order_by("step__place", "place"))


def extended_days(case_id: int) -> int:
    """Days by which the running round was extended."""
    rows = living(happened_in(case_id))
    begun = max((n for n, row in enumerate(rows) if row.act in {Act.OPENED, Act.REOPENED}), default=0)
    return sum(row.term_days or 0 for row in rows[begun:] if row.act == Act.EXTENDED)


def repeats_of(actor: User, case: Case, on: date) -> list[Case]:
    """Other cases of the same person, kind and cause: how often the matter came, for who handles it."""
    if case.person_id is None:
        return []
    rows = visible_cases(actor, on).filter(person=case.person_id, kind=case.kind_id)
    rows = rows.filter(Q(cause=case.cause_id) | Q(cause=None))
    return list(rows.exclude(pk=case.pk).order_by("-opened_on", "-id")[:20])


def alike_open(actor: User, case: Case, on: date) -> list[Case]:
    """Other open cases of the same person and kind, whatever the cause: two entries may have been one person's."""
    if case.person_id is None or case.closed_on is not None:
        return []
    rows: QuerySet[Any] = visible_cases(actor, on)
    rows = rows.filter(clear=True, person=case.person_id, kind=case.kind_id, closed_on=None).exclude(pk=case.pk)
    return list(rows.order_by("id")[:20])


def acts_for(actor: User, case: Case, on: date) -> frozenset[str]:
    """What the actor may do with a case that is clear to them."""
    found: set[str] = set()
    if not may(actor, "cases.act"):
        return frozenset()
    mine = case.state != State.CLOSED and holds(actor, case, on)
    taken = case.holder_user not in {None, actor.pk}
    if mine and case.holder_user != actor.pk:
        found.add("TAKEN")
    if mine and not taken:
        found |= {"NOTED"}
        if case.state == State.PAUSED:
            found.add("RESUMED")
        else:
            found |= {"DECIDED", "TRANSFERRED", "PAUSED", "REPLIED", "RECEPTION"}
            if case.kind.extension_days and case.due_on and not case.asks_extension:
                found.add("ASKED")
            found |= {"AIDED"} if helps_now(case) else set()
            found |= {"ASSIGNED"} if case.kind.family == "NEED" and may(actor, "plans.change") else set()
    if case.state == State.OPEN and case.kind.extension_days and set(EXTENDERS) & actor.roles and case.due_on:
        found.add("EXTENDED")
    if may(actor, "cases.open") and (case.opened_by == actor.pk or is_office(actor, case)):
        found.add("CHANGED")
    if last_undoable(case, actor) is not None:
        found.add("TAKEN_BACK")
    if case.state == State.CLOSED and is_office(actor, case):
        found |= {"REOPENED"} | ({"REPLIED"} if case.replied_on is None else {"RATED"})
        if may_appeal(case, on):
            found.add("APPEAL")
    return frozenset(found)


def helps_now(case: Case) -> bool:
    """Whether help may be written down: at the step that hands it out, or at any when it is urgent (先救助)."""
    if not case.kind.gives_help or case.step_id is None:
        return False
    hands_out = KindOutcome.objects.filter(step=case.step_id, retired=False, result="SETTLED")
    return case.urgent or hands_out.exists()


def may_appeal(case: Case, on: date) -> bool:
    """Whether the asker may still ask for a review: within the days that the kind gives from the answer on."""
    if not case.kind.appeal_to or case.replied_on is None:
        return False
    return on <= case.replied_on + timedelta(days=case.kind.appeal_days)


def todo_count(*, actor: User, on: date) -> tuple[int, int]:
    """How many cases wait for the actor, and how many of them are overdue."""
    if not may(actor, "cases.act"):
        return 0, 0
    rows = list_cases(actor=actor, filters=CaseFilters(tab="todo"), on=on).order_by()
    waiting = rows.count()
    return waiting, rows.filter(due_on__lt=on).count() if waiting else 0


def count_overdue(*, actor: User, on: date) -> int:
    """How many cases of the actor's area are overdue, whoever has them."""
    return list_cases(actor=actor, filters=CaseFilters(tab="overdue"), on=on).order_by().count()


def next_due(*, actor: User, on: date) -> date | None:
    """The nearest day due among the cases that wait for the actor."""
    rows = list_cases(actor=actor, filters=CaseFilters(tab="todo"), on=on).exclude(due_on=None)
    return rows.order_by("due_on").values_list("due_on", flat=True).first()


def state_words(case: Case, on: date) -> tuple[str, str]:
    """How a case stands, in words, and the tone of its tag."""
    if case.state == State.CLOSED:
        return str(case.get_result_display() or "办结"), "" if case.result == "SETTLED" else "plain"
    if case.state == State.PAUSED:
        return "暂停计时", "info"
    if case.due_on is None:
        return "办理中", "plain"
    left = (case.due_on - on).days
    if left < 0:
        return f"超期 {-left} 天", "bad"
    if left <= SOON:
        return "今天到期" if left == 0 else f"还有 {left} 天", "due"
    return f"还有 {left} 天", "plain"


def get_case_file(*, actor: User, evidence_id: int, on: date) -> CaseEvidence:
    """One piece of a case whose texts are open to the actor; NotFound otherwise."""
    found = CaseEvidence.objects.select_related("file").filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    get_clear_case(actor=actor, case_id=found.case_id, on=on)
    return found


def open_cases_of(*, actor: User, user_id: int, on: date) -> list[Case]:
    """Open cases that a colleague has taken, in the actor's area."""
    rows = visible_cases(actor, on).filter(holder_user=user_id, closed_on=None)
    return list(rows.select_related("kind", "area").order_by("id"))


def holders_with_cases(*, actor: User, on: date) -> Iterable[tuple[int, str]]:
    """(id, name) of those who have taken open cases in the actor's area."""
    rows = visible_cases(actor, on).exclude(holder_user=None).filter(closed_on=None)
    return sorted({(int(pk), name) for pk, name in rows.values_list("holder_user", "holder_name") if pk is not None})
