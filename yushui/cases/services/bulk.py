"""Cases of the past, many at once: for taking over a ledger. The same rules as one by one, reckoned in memory; one
line in the log for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area, need_to_act
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.refusals import Problem, Refused
from yushui.base.workdays import is_workday
from yushui.cases.models import Case, CaseAid, CaseStep, KindChoice, KindOutcome, KindStep
from yushui.cases.permissions import office_code, role_of_office
from yushui.cases.rules.cases import read_case
from yushui.cases.rules.standing import Happened, Standing, stand
from yushui.cases.services.cases import next_number
from yushui.cases.services.rows import columns_of, day_of
from yushui.cases.types.cases import PAUSE_NAMES, Act, PastCase
from yushui.people.models import Person
from yushui.places.models import Unit

STEP_COLUMNS = (
    "id", "case", "act", "on", "step", "outcome", "words", "to_step", "to_code", "to_role", "to_unit", "to_user",
    "to_user_name", "term_days", "term_count", "result", "rating", "at", "by", "by_name", "unit_name", "reason",
    "undoes", "client_key",
)  # fmt: skip


@dataclass
class Book:
    """The kinds read once, and the rows gathered."""

    actor: User
    at: datetime
    first: dict[str, KindStep]
    outcomes: dict[tuple[int, str], KindOutcome]
    choices: dict[tuple[str, str], int]
    people: dict[int, tuple[str, str]]
    units: dict[int, str]
    next_step: int
    cases: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    aids: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def take_over_cases(*, actor: User, cases: Sequence[PastCase], at: datetime) -> int:
    """Write cases of the past with what happened to them: how many. Refused with every fault of every line."""
    need_to_act(actor, "cases.open", "补录办件")
    problems: list[Problem] = []
    book = open_book(actor, cases, at)
    numbers: dict[tuple[str, int], int] = {}
    first_id = next_id(Case)
    for place, past in enumerate(cases):
        take_over(book, past, first_id + place, numbers, problems)
    if problems:
        raise Refused(*problems)
    for model, rows in ((Case, book.cases), (CaseStep, book.steps), (CaseAid, book.aids)):
        if rows:
            names = list(rows[0])
            insert_rows(model, names, ([row[name] for name in names] for row in rows))
            sync_ids(model)
    audit.record(
        actor=actor, action="cases.case.taken_over", subject="cases.case", area_code=actor.area_code, at=at,
        rows=len(cases),
    )  # fmt: skip
    return len(cases)


def open_book(actor: User, cases: Sequence[PastCase], at: datetime) -> Book:
    """Everything that is read once for all lines."""
    first: dict[str, KindStep] = {}
    for step in KindStep.objects.filter(retired=False).order_by("kind", "-place"):
        first[step.kind_id] = step
    outcomes = {(o.step_id, o.key): o for o in KindOutcome.objects.filter(retired=False).select_related("to")}
    choices = {(c.kind_id, c.key): c.pk for c in KindChoice.objects.filter(retired=False)}
    ids = {past.draft.person_id for past in cases if past.draft.person_id is not None}
    people = {
        pk: (name, area) for pk, name, area in Person.objects.filter(pk__in=ids).values_list("id", "name", "area")
    }
    units = dict(Unit.objects.filter(pk__in={past.unit_id for past in cases}).values_list("id", "name"))
    return Book(actor, at, first, outcomes, choices, people, units, next_id(CaseStep))


def take_over(
    book: Book, past: PastCase, case_id: int, numbers: dict[tuple[str, int], int], problems: list[Problem]
) -> None:
    """One line: its case, its steps, its help."""
    draft, actor = past.draft, book.actor
    facts, wrong = read_case(draft, today=day_of(book.at))
    problems += wrong
    step = book.first.get(draft.kind)
    if step is None:
        problems.append(Problem("没有这种办件类型", where=draft.title))
    asker = book.units.get(past.unit_id or 0, draft.asker_name)
    name, home = book.people.get(draft.person_id or 0, (asker, draft.area_code))
    area = draft.area_code or home
    if facts is None or step is None:
        return
    need_area(actor, area)
    year = (area[:6], past.opened_on.year)
    numbers[year] = numbers.get(year, -1) + 1
    seen, standing = write_acts(book, past, case_id, area, step)
    book.cases.append(
        {
            "id": case_id, "number": next_number(area, past.opened_on.year, numbers[year]), "kind": draft.kind,
            "title": facts.title, "text": facts.text, "person": draft.person_id, "asker_name": name,
            "asker_phone": "", "asker_unit": past.unit_id, "area": area, "channel": facts.channel, "heads": facts.heads,
            "cause": book.choices.get((draft.kind, draft.cause)), "point": draft.point_id, "urgent": draft.urgent,
            "appeals": None,
            "opened_on": past.opened_on, "opened_at": moment(past.opened_on), "opened_by": actor.pk,
            "opened_name": actor.get_full_name(), "opened_code": actor.area_code, "client_key": facts.client_key,
            "revision": len(seen) + 1, **standing_columns(standing),
        }
    )  # fmt: skip
    for place, (means, what, fen, on) in enumerate(past.aids):
        book.aids.append(
            {
                "case": case_id, "means": means, "what": what, "fen": fen, "on": on,
                "source": "困难帮扶资金" if means == "CASH" else "", "entry": None, "withdrawn_at": None,
                "client_key": f"{facts.client_key[:30]}-{place}", "recorded_at": moment(on),
                "recorded_by": actor.pk, "recorded_name": actor.get_full_name(),
            }
        )  # fmt: skip


def write_acts(book: Book, past: PastCase, case_id: int, area: str, first: KindStep) -> tuple[list[Happened], Standing]:
    """The rows of what happened, each where the rules say it leads."""
    seen: list[Happened] = []
    standing = Standing()
    step: KindStep | None = first

    def note(act: Act, on: Any, words: str, **columns: Any) -> None:
        nonlocal standing
        seen.append(Happened(book.next_step, act, on, by=book.actor.pk, **columns))
        standing = stand(seen, is_workday)
        row = dict.fromkeys(STEP_COLUMNS)
        row |= {
            "id": book.next_step, "case": case_id, "act": str(act), "on": on, "step": step.pk if step else None,
            "words": words, "to_code": "", "to_role": "", "to_user_name": "", "term_count": "", "result": "",
            "at": moment(on), "by": book.actor.pk, "by_name": book.actor.get_full_name(),
            "unit_name": book.actor.unit_name,
        }  # fmt: skip
        row |= {name: value for name, value in columns.items() if name in STEP_COLUMNS}
        row |= {"to_step": columns.get("to_step"), "to_unit": columns.get("to_unit")}
        book.steps.append(row)
        book.next_step += 1

    note(Act.OPENED, past.opened_on, "", **goes_to(first, area), to_unit=past.draft.point_id)
    for act, on, words, more in past.acts:
        if act == Act.DECIDED and step is not None:
            outcome = book.outcomes[step.pk, more]
            goes: dict[str, Any] = goes_to(outcome.to, area) if outcome.to else {"result": outcome.result}
            if outcome.to and standing.holder_unit:
                goes["to_unit"] = standing.holder_unit
            note(act, on, words, **goes)
            book.steps[-1]["outcome"] = outcome.pk
            step = outcome.to
        elif act == Act.REOPENED:
            step = first
            note(act, on, words, **goes_to(first, area))
        elif act == Act.TRANSFERRED:
            goes = {"to_code": more, "to_role": role_of_office(more)}
            note(act, on, words, **goes)
        elif act == Act.ASSIGNED:
            note(act, on, words, to_unit=int(more), to_code=standing.holder_code)
        elif act == Act.PAUSED:
            note(act, on, f"{PAUSE_NAMES[more]}{':' + words if words else ''}")
        elif act == Act.EXTENDED:
            note(act, on, words, to_step=step.pk if step else None, term_days=int(more))
        elif act == Act.RATED:
            note(act, on, words, rating=int(more))
        else:
            note(act, on, words)
    return seen, standing


def goes_to(step: KindStep, area: str) -> dict[str, Any]:
    """Where a case goes that reaches a step, with the ids that the rules know."""
    return {
        "to_step": step.pk, "to_code": office_code(area, step.level), "to_role": step.role, "term_days": step.days,
        "term_count": step.count if step.days else "",
    }  # fmt: skip


def standing_columns(standing: Standing) -> dict[str, Any]:
    """A standing by the names of the fields."""
    return {name.removesuffix("_id"): value for name, value in columns_of(standing).items()}


def moment(on: Any) -> datetime:
    """Nine in the morning of a day."""
    return datetime.combine(on, time(9), tzinfo=timezone.get_default_timezone())
