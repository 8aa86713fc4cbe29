"""Two entries held against each other: where they differ, and what of one the other lacks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from yushui.base.cipher import mask_id, mask_tail
from yushui.base.days import Span
from yushui.base.refusals import Problem
from yushui.people import rules, types
from yushui.people.models import BankAccount, Person, PersonEvent, Status
from yushui.people.types import MERGED_COLUMNS, StatusFacts
from yushui.places.selectors import path_names

FACTS = tuple(StatusFacts.__dataclass_fields__)
ACCOUNT = "account"
MOST_PLACES = 4  # of two identity numbers, the check digit among them


@dataclass(frozen=True)
class Difference:
    """A fact that the entry to be dropped states otherwise; `takes` when the kept one says nothing of it."""

    key: str
    label: str
    kept: str
    dropped: str
    takes: bool


def differences(kept: Person, dropped: Person) -> list[Difference]:
    """Facts in which two entries differ, in words; what the dropped one does not say is no difference."""
    found = []
    for key, (label, columns) in MERGED_COLUMNS.items():
        first = columns[0]
        own, other = getattr(kept, first), getattr(dropped, first)
        if own == other or other in (None, ""):
            continue
        words = words_of(kept, key), words_of(dropped, key)
        if key == "id_number":
            words = numbers_beside(kept.id_number, dropped.id_number)
        found.append(Difference(key, label, *words, own in (None, "")))
    own, other = account_of(kept), account_of(dropped)
    if other is not None and (own is None or account_facts(own) != account_facts(other)):
        found.append(Difference(ACCOUNT, "银行账户", account_words(own), account_words(other), own is None))
    return found


def numbers_beside(own: str, other: str) -> tuple[str, str]:
    """Two identity numbers, masked but for the few places in which they differ: a slip of the pen is seen, no more."""
    places = [n for n, (a, b) in enumerate(zip(own, other, strict=False)) if a != b]
    if len(own) != len(other) or len(places) > MOST_PLACES:
        return mask_id(own), mask_id(other)
    shown = "".join(a if n in places else b for n, (a, b) in enumerate(zip(own, mask_id(own), strict=True)))
    return shown, "".join(a if n in places else b for n, (a, b) in enumerate(zip(other, mask_id(other), strict=True)))


def words_of(person: Person, key: str) -> str:
    """A fact of an entry as the page shows it; numbers masked."""
    value: Any = getattr(person, MERGED_COLUMNS[key][1][0])
    if value in (None, ""):
        return ""
    match key:
        case "id_number":
            return mask_id(str(value))
        case "phone":
            return mask_tail(str(value))
        case "area":
            return str(path_names([value])[value])
        case "household":
            return f"户主{person.household.head_name}" if person.household else ""
        case "photo":
            return "有照片"
        case "sex":
            return types.SEX_NAMES.get(str(value), str(value))
    return rules.shown_value(key, value)


def account_of(person: Person) -> BankAccount | None:
    """The account in use."""
    return BankAccount.objects.filter(person=person, superseded_at=None).first()


def account_facts(account: BankAccount) -> tuple[object, ...]:
    """What makes two accounts the same."""
    return account.number_index, account.bank, account.holder_name, account.holder_relation, account.is_confirmed


def account_words(account: BankAccount | None) -> str:
    """Bank, holder and the last digits."""
    if account is None:
        return ""
    doubt = "" if account.is_confirmed else "(待核对)"
    return f"{account.bank} 尾号 {account.number[-4:]} {account.holder_name}{doubt}"


@dataclass(frozen=True)
class StatusPlan:
    """What becomes of the statuses of the dropped entry: those the kept one lacks, those of its own that gain a fact,
    and living ones of one kind that contradict each other, with the columns in which they do."""

    copied: tuple[Status, ...]
    filled: tuple[tuple[Status, StatusFacts], ...]
    clashes: tuple[tuple[Status, tuple[str, ...]], ...]


def plan_statuses(kept: Person, dropped: Person, on: date) -> StatusPlan:
    """Of two living statuses of one kind the blanks of the kept one are filled; one that has ended gives way to what
    the kept entry says of that time."""
    own = list(Status.objects.filter(person=kept, superseded_at=None).order_by("starts_on", "id"))
    copied: list[Status] = []
    filled: list[tuple[Status, StatusFacts]] = []
    clashes: list[tuple[Status, tuple[str, ...]]] = []
    for status in Status.objects.filter(person=dropped, superseded_at=None).order_by("starts_on", "id"):
        meets = [mine for mine in own if mine.kind == status.kind and meet(mine, status)]
        living = [mine for mine in meets if lives(mine, on)]
        if not meets:
            copied.append(status)
        elif living and lives(status, on) and not answered(status, living[0]):
            differ = contradictions(living[0], status)
            more = more_facts(living[0], status)
            if differ:
                clashes.append((status, differ))
            elif more is not None:
                filled.append((living[0], more))
    return StatusPlan(tuple(copied), tuple(filled), tuple(clashes))


def lives(status: Status, on: date) -> bool:
    """Whether a status still runs on a day."""
    return status.state not in types.OVER_STATES and (status.ends_on is None or status.ends_on > on)


def meet(one: Status, other: Status) -> bool:
    """Whether two statuses hold on a common day; a refused one never held."""
    if not (rules.ever_held(one.state, one.ends_on) and rules.ever_held(other.state, other.ends_on)):
        return False
    return Span(one.starts_on, one.ends_on).meets(Span(other.starts_on, other.ends_on))


def answered(asked: Status, mine: Status) -> bool:
    """Whether an application (受理) of the dropped entry is answered by what the kept one holds already."""
    return asked.state == "APPLIED" and mine.state != "APPLIED"


def contradictions(mine: Status, other: Status) -> tuple[str, ...]:
    """Columns of which both say something, and not the same."""
    pairs = ((name, getattr(mine, name), getattr(other, name)) for name in FACTS if name != "note")
    return tuple(name for name, own, theirs in pairs if own not in (None, "") and theirs not in (None, "", own))


def more_facts(mine: Status, other: Status) -> StatusFacts | None:
    """The kept status with its blanks filled; None when it gains nothing."""
    own = {name: getattr(mine, name) for name in FACTS}
    gains = {
        name: getattr(other, name)
        for name in FACTS
        if own[name] in (None, "") and getattr(other, name) not in (None, "") and name not in ("ends_on", "note")
    }
    return StatusFacts(**{**own, **gains}) if gains else None


def events_lacking(kept: Person, dropped: Person) -> list[PersonEvent]:
    """Events that only the dropped entry has; a confirmation counts once a year."""
    own = set(PersonEvent.objects.filter(person=kept, superseded_at=None).values_list("what", "on"))
    years = {on.year for what, on in own if what == "CONFIRMED"}
    rows = PersonEvent.objects.filter(person=dropped, superseded_at=None).order_by("on", "id")
    return [
        row for row in rows if (row.what, row.on) not in own and not (row.what == "CONFIRMED" and row.on.year in years)
    ]


def problems_of_merge(kept: Person, dropped: Person, taken: Collection[str], on: date) -> list[Problem]:
    """What the register says against making one entry of two, all at once."""
    problems = []
    if kept.died_on != dropped.died_on:
        said = "、".join(f"{who}:{each.died_on or '健在'}" for who, each in (("保留", kept), ("并入", dropped)))
        step = "请先核实,在健在的那份档案记录去世,或撤回错登的去世"
        problems.append(Problem(f"两份档案的去世登记不一致({said})", where="去世", next_step=step))
    for status, columns in plan_statuses(kept, dropped, on).clashes:
        kind = types.KIND_NAMES.get(status.kind, status.kind)
        names = "、".join(types.STATUS_COLUMN_NAMES[name] for name in columns)
        step = "请先在其中一份档案里更正这项身份,或结束它"
        problems.append(Problem(f"两份档案都有{kind}身份,但{names}不一致", where="身份", next_step=step))
    return problems + problems_of_facts(kept, dropped, taken, on)


def problems_of_facts(kept: Person, dropped: Person, taken: Collection[str], on: date) -> list[Problem]:
    """Whether number, birth date and sex fit together as chosen."""
    if not {"id_number", "born_on", "sex"} & set(taken):
        return []
    chosen = {key: getattr(dropped if key in taken else kept, key) for key in ("id_number", "born_on", "sex")}
    found = rules.problems_of_person(name=kept.name, phone="", on=on, **chosen)
    return [Problem(p.what, where=p.where, next_step="请让身份证号、出生日期、性别取同一份") for p in found]


def facts_of_entry(person: Person) -> list[object]:
    """Everything of an entry that a merge stands on, to tell whether it changed since."""
    statuses = Status.objects.filter(person=person, superseded_at=None).order_by("pk")
    events = PersonEvent.objects.filter(person=person, superseded_at=None).order_by("pk")
    account = account_of(person)
    columns = [name for _, names in MERGED_COLUMNS.values() for name in names]
    return [
        person.pk, person.died_on, *(getattr(person, name) for name in columns),
        *(tuple(asdict(StatusFacts(**{name: getattr(row, name) for name in FACTS})).values()) for row in statuses),
        *events.values_list("pk", flat=True), account.pk if account else None,
    ]  # fmt: skip
