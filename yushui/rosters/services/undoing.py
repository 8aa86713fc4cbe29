"""Taking an import back as a whole: the register is as it was before, or nothing is done and every reason is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import cipher
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import RunLine
from yushui.payments.models import Line
from yushui.people.models import BankAccount, Person, Status
from yushui.people.services import bulk
from yushui.rosters.models import ImportState, KeptRow, PlannedRow, RosterImport, RowChange
from yushui.rosters.selectors import get_import, grouped
from yushui.rosters.services.imports import check_may_import
from yushui.rosters.services.writing import SEALED

OWN = (RowChange, KeptRow, PlannedRow, Status, BankAccount)
MOST_NAMED = 20


@transaction.atomic
def undo_import(*, actor: User | None, import_id: int, reason: str, at: datetime) -> RosterImport:
    """Take back everything an import wrote. Refused, with all reasons, when later work stands on it."""
    roster = get_import(actor=actor, import_id=import_id, lock=True)
    check_may_import(actor, roster.area_code)
    if roster.state != ImportState.COMMITTED:
        raise Refused(Problem(f"这份名册的状态是“{roster.get_state_display()}”,没有可撤销的内容"))
    if not reason.strip():
        raise Refused(Problem("没有填写撤销原因", where="撤销原因", next_step="请写明为什么撤销"))
    changes = list(RowChange.objects.filter(roster=roster).order_by("id"))
    problems = list(reasons_against(roster, changes))
    if problems:
        rest = [Problem(f"还有 {len(problems) - MOST_NAMED} 条同类原因")] if len(problems) > MOST_NAMED else []
        raise Refused(*problems[:MOST_NAMED], *rest)
    take_back(changes)
    roster.state, roster.undone_at, roster.undone_reason = ImportState.UNDONE, at, reason.strip()[:200]
    roster.save(update_fields=["state", "undone_at", "undone_reason"])
    audit.record(
        actor=actor, action="rosters.import.undone", subject=roster, area_code=roster.area_code, at=at,
        reason=roster.undone_reason, rows=len({change.row for change in changes}),
    )  # fmt: skip
    return roster


def added(changes: list[RowChange], target: str) -> list[int]:
    """Rows of a table that the import added."""
    return [change.target_id for change in changes if change.target == target and not change.field]


def closed(changes: list[RowChange], target: str) -> list[int]:
    """Rows of a table that the import closed."""
    return [int(change.was) for change in changes if change.target == target and not change.field and change.was]


def take_back(changes: list[RowChange]) -> None:
    """Statuses and accounts first, then the columns of persons, then the persons themselves."""
    for target in ("account", "status"):
        bulk.take_back(target=target, added=added(changes, target), closed=closed(changes, target))
    values: dict[int, dict[str, object]] = {}
    for change in reversed(changes):
        if change.target == "person" and change.field:
            values.setdefault(change.target_id, {})[change.field] = value_of(change, change.was)
    bulk.restore_people(values=list(values.items()))
    bulk.take_back(target="person", added=added(changes, "person"), closed=())


def value_of(change: RowChange, text: str) -> object:
    """A kept value as the column takes it."""
    if change.field in SEALED:
        return cipher.decrypt(text, RowChange._meta.db_table)
    field = Person._meta.get_field(change.field.removesuffix("_id") if change.field == "area_id" else change.field)
    value = json.loads(text)
    return field.to_python(value) if isinstance(field, models.DateField) else value


def reasons_against(roster: RosterImport, changes: list[RowChange]) -> Iterator[Problem]:
    """Everything that stands on the import: later versions, payments, runs, visits and other rows about its people."""
    yield from later_versions(changes)
    yield from later_values(changes)
    yield from rows_about(added(changes, "person"))
    touched = {change.person_id for change in changes if change.target in ("status", "account") and change.person_id}
    yield from later_money(roster, touched - set(added(changes, "person")))


def later_versions(changes: list[RowChange]) -> Iterator[Problem]:
    """Statuses and accounts that were changed again since."""
    for target, model, what in (("status", Status, "身份"), ("account", BankAccount, "银行账户")):
        manager: Any = model._default_manager
        for group in grouped(added(changes, target)):
            for name in manager.filter(pk__in=group).exclude(superseded_at=None).values_list("person__name", flat=True):
                yield Problem(f"{name}的{what}在导入之后又改过", next_step="请在个人档案中更正,不能整体撤销")


def later_values(changes: list[RowChange]) -> Iterator[Problem]:
    """Columns of persons that no longer hold what the import wrote."""
    wrote = {(c.target_id, c.field): c for c in changes if c.target == "person" and c.field}
    for group in grouped({person for person, _ in wrote}):
        for person in Person.every.filter(pk__in=group):
            if person.merged_into_id is not None:
                yield Problem(f"{person.name}的档案在导入之后已并档", next_step="请先拆回那次并档")
                continue
            for (person_id, name), change in wrote.items() if len(wrote) < 2000 else by_person(wrote, person.pk):
                if person_id == person.pk and getattr(person, name) != value_of(change, change.now):
                    yield Problem(f"{person.name}的资料在导入之后又改过", next_step="请在个人档案中更正,不能整体撤销")
                    break


def by_person(wrote: dict[tuple[int, str], RowChange], person_id: int) -> Iterator[tuple[tuple[int, str], RowChange]]:
    """The changes of one person."""
    names = [field.attname for field in Person._meta.concrete_fields]
    return (((person_id, name), wrote[person_id, name]) for name in names if (person_id, name) in wrote)


def rows_about(people: list[int]) -> Iterator[Problem]:
    """Rows of any package that name a person whom the import brought in."""
    for relation in Person._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        for group in grouped(people):
            rows = model._default_manager.filter(**{f"{name}__in": group})
            if model in (Status, BankAccount):
                rows = rows.exclude(source__startswith=RosterImport._meta.label_lower)
            elif model in OWN:
                continue
            for found in rows.values_list(f"{name}__name", flat=True).distinct()[:MOST_NAMED]:
                yield Problem(f"{found}导入后已有后续记录({WORDS.get(model._meta.label_lower, '其他业务')})",
                              next_step="这些记录依赖这次导入,不能整体撤销")  # fmt: skip


WORDS = {
    "payments.line": "发放",
    "payments.returnrow": "银行回单",
    "benefits.runline": "测算",
    "benefits.runquestion": "测算",
    "benefits.recovery": "追缴",
    "benefits.hold": "暂缓发放",
    "activities.visit": "走访",
    "activities.target": "走访名单",
    "people.personevent": "事项",
    "people.hardship": "困难情形",
    "people.responsiblecontact": "包联",
    "people.status": "身份",
    "people.bankaccount": "银行账户",
    "merging.merge": "并档",
}


def later_money(roster: RosterImport, people: set[int]) -> Iterator[Problem]:
    """Runs and payments of known persons made after the import changed their statuses or accounts."""
    for group in grouped(people):
        paid = Line.objects.filter(person_id__in=group, batch__created_at__gte=roster.committed_at)
        run = RunLine.objects.filter(person_id__in=group, run__known_at__gte=roster.committed_at)
        for word, rows in (("发放", paid), ("测算", run)):
            for name in rows.values_list("person__name", flat=True).distinct()[:MOST_NAMED]:
                yield Problem(f"{name}导入后已有{word}", next_step="金额已按导入的内容计算,不能整体撤销")
