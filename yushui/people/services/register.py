"""Entering persons and correcting their basic facts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.audit import services as audit
from yushui.base import cipher
from yushui.base.area_codes import AreaLevel, lies_in
from yushui.base.refusals import Problem, Refused
from yushui.people import rules
from yushui.people.models import Person
from yushui.people.permissions import check_change_people, check_reveal_number
from yushui.people.selectors import get_for_change, get_person
from yushui.places.models import Area
from yushui.places.selectors import path_names

SECRET = {"id_number": "id_index", "phone": "phone_index"}
PLAIN = (
    "name", "sex", "born_on", "area_code", "ethnicity", "address", "living_address", "household_kind", "marriage",
    "schooling", "health", "political_status", "employment", "employer", "medical_scheme", "pension_scheme",
    "support_kind", "work_ability", "self_care", "is_lone_elder", "has_mental_illness", "archive_box", "note",
)  # fmt: skip
REVEALED = {"id_number": "身份证号", "phone": "联系电话", "account": "银行账号"}


@dataclass(frozen=True)
class PersonFacts:
    """The basic facts of a person as entered; one field per column of the register, numbers in full."""

    name: str
    sex: str
    born_on: date | None
    id_number: str
    area_code: str
    phone: str = ""
    ethnicity: str = ""
    address: str = ""
    living_address: str = ""
    household_kind: str = ""
    marriage: str = ""
    schooling: str = ""
    health: str = ""
    political_status: str = ""
    employment: str = ""
    employer: str = ""
    medical_scheme: str = ""
    pension_scheme: str = ""
    support_kind: str = ""
    work_ability: str = ""
    self_care: str = ""
    is_lone_elder: bool = False
    has_mental_illness: bool = False
    archive_box: str = ""
    note: str = ""


@transaction.atomic
def add_person(*, actor: User, facts: PersonFacts, at: datetime) -> Person:
    """Enter a person. Refuses with everything that is wrong at once; a number on file is said to be so."""
    check_change_people(actor)
    facts = tidy(facts)
    problems = problems_of(actor, facts, person_id=None, on=timezone.localtime(at).date())
    if problems:
        raise Refused(*problems)
    need_area(actor, facts.area_code)
    person = Person(created_at=at, changed_at=at)
    write(person, facts)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:  # somebody entered the same person in this very moment
        raise Refused(*taken(actor, facts.id_number, person_id=None)) from error
    audit.record(actor=actor, action="people.person.added", subject=person, area_code=person.area_id, at=at)
    return person


@transaction.atomic
def change_person(*, actor: User, person_id: int, facts: PersonFacts, reason: str = "", at: datetime) -> Person:
    """Correct the basic facts of a person; the log keeps old and new, of numbers only that they changed."""
    person = get_for_change(actor=actor, person_id=person_id)
    check_change_people(actor)
    facts = tidy(facts)
    problems = problems_of(actor, facts, person_id=person.pk, on=timezone.localtime(at).date())
    if problems:
        raise Refused(*problems)
    need_area(actor, facts.area_code)
    was = snapshot(person)
    write(person, facts)
    now = snapshot(person)
    changed = [name for name in now if now[name] != was[name]]
    if not changed:
        return person
    person.changed_at = at
    person.save()
    shown = [name for name in changed if name not in SECRET.values()]
    hidden = [label for label in SECRET if SECRET[label] in changed]
    audit.record(
        actor=actor, action="people.person.changed", subject=person, area_code=person.area_id, at=at,
        was={name: was[name] for name in shown}, now={name: now[name] for name in shown},
        numbers_changed=[REVEALED[name] for name in hidden], reason=reason.strip(),
    )  # fmt: skip
    return person


@transaction.atomic
def reveal_number(*, actor: User, person_id: int, which: str, purpose: str, at: datetime) -> str:
    """A personal number in full, on purpose only: who saw which number of whom and what for is logged."""
    person = get_person(actor=actor, person_id=person_id)
    check_reveal_number(actor)
    problems = []
    if which not in REVEALED:
        problems.append(Problem("没有这种号码"))
    if len(purpose.strip()) < 2:
        problems.append(Problem("请写明查看的用途", where="用途", next_step="例如“核对银行退回的账号”"))
    if problems:
        raise Refused(*problems)
    if which == "account":
        account = person.accounts.filter(superseded_at=None).first()
        number = account.number if account else ""
    else:
        number = str(getattr(person, which))
    audit.record(
        actor=actor, action="people.person.number_revealed", subject=person, area_code=person.area_id, at=at,
        which=REVEALED[which], purpose=purpose.strip()[:200],
    )  # fmt: skip
    return number


def tidy(facts: PersonFacts) -> PersonFacts:
    """Numbers in their plain form, text without spaces at the ends."""
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(facts).items()
    }
    values["id_number"] = rules.eighteen(rules.plain_number(facts.id_number))
    values["phone"] = rules.plain_account(facts.phone)
    return PersonFacts(**values)


def problems_of(actor: User, facts: PersonFacts, *, person_id: int | None, on: date) -> list[Problem]:
    """What is wrong with the facts themselves, with the village, and whether the number is on file already."""
    problems = list(
        rules.problems_of_person(
            name=facts.name, sex=facts.sex, born_on=facts.born_on, id_number=facts.id_number, phone=facts.phone, on=on
        )
    )
    area = Area.objects.filter(code=facts.area_code, ends_on=None).first()
    if area is None or not lies_in(facts.area_code, actor.area_code):
        problems.append(Problem("请选择本辖区的村(社区)", where="户籍村(社区)"))
    elif area.level < AreaLevel.TOWN:
        problems.append(Problem("应选到村(社区)或乡镇", where="户籍村(社区)"))
    return problems + taken(actor, facts.id_number, person_id=person_id)


def taken(actor: User, id_number: str, *, person_id: int | None) -> list[Problem]:
    """That a number is on file: with the town when the actor may see that person, else without any trace of where."""
    rows = Person.every.filter(id_index=cipher.blind(id_number, "id")).exclude(pk=person_id or 0)
    other = rows.select_related("merged_into").first()
    if not id_number or other is None:
        return []
    other = other.merged_into or other  # a number that was merged away stands for the kept entry
    if lies_in(other.area_id, actor.area_code):
        place = path_names([other.area_id])[other.area_id]
        step = f"请打开{other.name}的档案修改,不要重复登记"
        if other.pk == person_id:
            return [Problem("该身份证号属于并入本档案的旧档案", where="身份证号", next_step="请先拆回那次并档")]
        return [Problem(f"该身份证号已登记在{place}", where="身份证号", next_step=step)]
    return [Problem("该身份证号已在其他地区登记", where="身份证号", next_step="请联系上级办理迁移")]


def write(person: Person, facts: PersonFacts) -> None:
    """Set the columns of a person, with the search columns that follow from them."""
    values = asdict(facts)
    person.area_id = str(values.pop("area_code"))
    for name, value in values.items():
        setattr(person, name, value)
    person.name_key = rules.name_key(facts.name)
    person.id_index = cipher.blind(facts.id_number, "id")
    person.id_tail_index = cipher.blind(facts.id_number[-4:], "id_tail")
    person.phone_index = cipher.blind(facts.phone.replace("-", ""), "phone")


def snapshot(person: Person) -> dict[str, object]:
    """Columns to compare before and after; numbers by their blind index only."""
    values: dict[str, object] = {name: getattr(person, name) for name in PLAIN if name != "area_code"}
    return {**values, "area_code": person.area_id, **{index: getattr(person, index) for index in SECRET.values()}}
