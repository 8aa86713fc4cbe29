"""What a row would change: the row against what the register holds. Blank cells change nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from yushui.people.types import KIND_NAMES, REQUIRED_COLUMNS, STATE_NAMES
from yushui.rosters.rules.checks import Checker
from yushui.rosters.types import Outcome, Row

SEALED = ("id_number", "phone")
NEVER_COMPARED = ("id_number", "name", "sex", "born_on")
OPEN_STATES = ("APPLIED", "RECEIVING", "RECOGNISED", "SUSPENDED", "STOPPED")
NEEDED_WHEN_NEW = ("person.area",)


@dataclass(slots=True)
class StatusNow:
    """A present status of a person in the register."""

    row_id: int
    lineage: int
    values: dict[str, object]


@dataclass(slots=True)
class AccountNow:
    """The account in use."""

    row_id: int
    bank: str
    holder_name: str
    number_index: str
    tail: str = ""


@dataclass(slots=True)
class PersonNow:
    """What the register holds of a person whose number is in the file."""

    person_id: int
    is_inside: bool  # lies in the area of the import
    values: dict[str, object]  # plain columns
    phone_index: str
    died_on: date | None
    by_merged: bool = False  # found by the number of an entry that was merged into this one
    statuses: list[StatusNow] = field(default_factory=list)
    account: AccountNow | None = None


@dataclass(slots=True)
class Change:
    """One value that would change; personal numbers appear by their index only."""

    target: str  # person, status, account
    field: str
    was: object
    now: object


@dataclass(slots=True)
class Planned:
    """What one good row does. `person` holds the columns to write: all for a new person, the changed ones otherwise."""

    row: int
    outcome: Outcome
    name: str
    person_id: int | None
    person: dict[str, object]
    status: dict[str, object] | None = None  # a new status
    status_now: StatusNow | None = None  # the status that changes …
    status_changes: dict[str, object] = field(default_factory=dict)  # … and how
    account: dict[str, object] | None = None
    changes: list[Change] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    joins: int | None = None  # an earlier row of the file brings the same person


def plan_row(checker: Checker, row: Row, known: PersonNow | None, indexes: dict[str, str]) -> Planned | None:
    """What the row does, or None when the register shows it to be wrong. `indexes` are its blind indexes."""
    person, status, account = parts_of(row)
    if known is not None:
        check_against(checker, row, known)
    if known is None or not status_of(known, str(status.get("kind", ""))):
        check_complete(checker, row, known)
    if row.problems:
        return None
    planned = Planned(
        row.number, Outcome.SAME, str(person["name"]), known.person_id if known else None, {}, kept=row.kept
    )
    if known is None:
        planned.person, planned.outcome = person, Outcome.NEW
    else:
        plan_person(planned, person, known, indexes)
    plan_status(planned, status, known, checker)
    plan_account(planned, account, known, indexes)
    if planned.outcome is Outcome.SAME and (planned.changes or planned.status):
        planned.outcome = Outcome.CHANGED
    return planned


@cache
def target_of(key: str) -> tuple[str, str]:
    """person.born_on → (person, born_on); the keys are those of the catalogue."""
    target, _, name = key.partition(".")
    return target, name


def parts_of(row: Row) -> tuple[dict[str, object], dict[str, object], dict[str, object]]:
    """The row's values by the table they belong to."""
    parts: dict[str, dict[str, object]] = {"person": {}, "status": {}, "account": {}}
    for key, value in row.values.items():
        target, name = target_of(key)
        parts[target][name] = value
    return parts["person"], parts["status"], parts["account"]


def status_of(known: PersonNow | None, kind: str) -> StatusNow | None:
    """The latest present status of this kind."""
    held = [status for status in (known.statuses if known else ()) if status.values["kind"] == kind]
    return max(held, key=lambda status: str(status.values["starts_on"])) if held else None


def check_against(checker: Checker, row: Row, known: PersonNow) -> None:
    """What the register says against the row: other name, other place, died, ended."""
    if not known.is_inside:
        checker.blame(row, "person.id_number", "此身份证号已在其他地区登记;请先办理关系转移,再导入")
        return
    name = row.values.get("person.name")
    if name and name != known.values["name"]:
        text = f"登记册中此身份证号的姓名是“{known.values['name']}”;请核对姓名或号码"
        checker.blame(row, "person.name", text)
    if known.died_on is not None:
        checker.blame(row, "person.id_number", "登记册中此人已去世;请核对,如登记有误请先在个人档案中更正")
    held = status_of(known, str(row.values.get("status.kind", "")))
    if held and held.values["state"] not in OPEN_STATES:
        state = STATE_NAMES.get(str(held.values["state"]), "")
        checker.blame(row, "person.id_number", f"此人的该项身份已登记为“{state}”,不能由名册恢复;请在个人档案中办理")
    start = held.values.get("service_starts_on") if held else None
    end = row.values.get("status.service_ends_on")
    if (
        isinstance(start, date)
        and isinstance(end, date)
        and "status.service_starts_on" not in row.values
        and end <= start
    ):
        checker.blame(row, "status.service_ends_on", "退伍(结束)时间应晚于登记的入伍(开始)时间;请核对")


def check_complete(checker: Checker, row: Row, known: PersonNow | None) -> None:
    """Someone new, or new to this kind, needs every starred column and what the kind requires. What the register
    already holds of the person is not asked again."""
    held = known.values if known else {}
    labels = checker.head.texts
    for place in sorted(checker.head.required):
        key = checker.head.fields[place]
        name = key.partition(".")[2]
        if key in row.values or checker.is_blamed(row, key) or place != checker.columns.get(key):
            continue
        if key.startswith("person.") and held.get(name) not in (None, ""):
            continue
        if key.startswith("account.") and known and known.account:
            continue
        checker.blame(row, key, f"缺{labels[place].strip(' *★').replace(chr(10), '')[:30]};请补上")
    kind = str(row.values.get("status.kind", ""))
    needed = [f"status.{name}" for name in REQUIRED_COLUMNS.get(kind, ()) if name != "household_kind"]
    if checker.form.any_kind:
        needed = []  # a plain list registers people as 受理; the file of the person asks for the rest
    elif kind:
        needed += ["status.starts_on"]
        needed += ["person.household_kind"] if "household_kind" in REQUIRED_COLUMNS.get(kind, ()) else []
    else:
        needed += ["status.kind"]
    if known is None:
        needed += NEEDED_WHEN_NEW
    for key in needed:
        if key not in row.values and not checker.is_blamed(row, stand_in(checker, key)):
            checker.blame(row, stand_in(checker, key), f"缺{LABELS.get(key, '必填内容')};请补上")


def stand_in(checker: Checker, key: str) -> str:
    """The start of a status is written as the day of approval in most forms."""
    return "status.approved_on" if key == "status.starts_on" and key not in checker.columns else key


LABELS = {
    "status.kind": "身份类别",
    "status.starts_on": "批准日期",
    "status.approved_on": "批准日期",
    "status.grade": "伤残等级",
    "status.cause": "伤残性质",
    "status.relation": "与牺牲病故军人关系",
    "status.period": "属于时期",
    "status.campaign": "参战(参试)类别",
    "status.service_starts_on": "服义务兵役开始时间",
    "status.service_ends_on": "服义务兵役结束时间",
    "status.place_of_service": "服役地区",
    "status.education": "入伍时学历",
    "status.discharge_kind": "安置方式",
    "person.area": "户籍所在村(社区)或区划代码",
    "person.household_kind": "户籍类别",
}


def plan_person(planned: Planned, person: dict[str, object], known: PersonNow, indexes: dict[str, str]) -> None:
    """Columns of a known person that the row changes."""
    for name, value in person.items():
        if name in NEVER_COMPARED:
            continue
        if name == "phone":
            if indexes["phone"] != known.phone_index:
                planned.person[name] = value
                planned.changes.append(Change("person", name, known.phone_index, indexes["phone"]))
        elif known.values.get(name) != value:
            planned.person[name] = value
            planned.changes.append(Change("person", name, known.values.get(name), value))


def plan_status(planned: Planned, status: dict[str, object], known: PersonNow | None, checker: Checker) -> None:
    """The status of the form: new, changed, or as it was. A plain list registers 受理 from the day of the import."""
    kind = str(status.get("kind", ""))
    if not kind:
        return
    if "household_kind" in REQUIRED_COLUMNS.get(kind, ()):
        household = planned.person.get("household_kind") or (known.values.get("household_kind") if known else None)
        if household:
            status = {**status, "household_kind": household}
    held = status_of(known, kind)
    if held is None:
        start = status.get("starts_on")
        is_vague = checker.form.any_kind and (start is None or lacks(kind, status))
        status = {**status, "starts_on": start or checker.on}
        status["state"] = "APPLIED" if is_vague else status.get("state", "RECEIVING")
        planned.status = status
        if known is not None:
            planned.changes.append(Change("status", "kind", "", KIND_NAMES.get(kind, kind)))
        return
    planned.status_now = held
    for name, value in status.items():
        if name in ("kind", "starts_on") or held.values.get(name) == value:
            continue
        planned.status_changes[name] = value
        planned.changes.append(Change("status", name, held.values.get(name), value))


def lacks(kind: str, status: dict[str, object]) -> bool:
    """Whether a status of this kind would miss a required column."""
    return any(name not in status for name in REQUIRED_COLUMNS.get(kind, ()))


def plan_account(
    planned: Planned, account: dict[str, object], known: PersonNow | None, indexes: dict[str, str]
) -> None:
    """A new account, or the same with another bank or holder name. Without a number nothing is touched."""
    held = known.account if known else None
    number = account.get("number")
    if held is None:
        if number:
            planned.account = {"bank": "", "holder_name": planned.name, **account}
            if known is not None:
                planned.changes.append(Change("account", "number", "", indexes["account"]))
        return
    was = {"bank": held.bank, "holder_name": held.holder_name, "number": held.number_index}
    now = {**{name: account[name] for name in ("bank", "holder_name") if account.get(name)}}
    if number:
        now["number"] = indexes["account"]
    changed = {name: value for name, value in now.items() if was[name] != value}
    if changed:
        planned.account = {"bank": held.bank, "holder_name": held.holder_name, **account}
        planned.changes += [Change("account", name, was[name], value) for name, value in changed.items()]
