"""The cause of a case (事由), and that nobody is helped twice for the same one."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from yushui.accounts.models import User
from yushui.base.refusals import Problem
from yushui.cases.models import Case, CaseKind, KindChoice
from yushui.cases.permissions import visible_cases
from yushui.people.models import Person


def find_cause(kind: CaseKind, key: str, problems: list[Problem]) -> KindChoice | None:
    """A cause of the kind, if one is named."""
    if not key:
        return None
    found = KindChoice.objects.filter(kind=kind, key=key, retired=False).first()
    if found is None:
        problems.append(Problem("没有这个事由,或已停用", where="事由", next_step="请重新选择"))
    return found


def asks_cause(kind: CaseKind) -> bool:
    """Whether a case of this kind goes nowhere without its cause: help is given once for each."""
    return kind.once_per_cause and KindChoice.objects.filter(kind=kind, retired=False).exists()


def problems_of_cause(
    actor: User, kind: CaseKind, person: Person | None, cause: KindChoice | None, *, on: date, but: Case | None = None
) -> list[Problem]:
    """The cause is missing where one is asked for, or the person was helped for it or asks for it already. The refusal
    leads to the earlier case when the actor may see it."""
    if cause is None:
        step = "同一事由只帮扶一次,要按事由核对"
        return [Problem("请选择事由", where="事由", next_step=step)] if asks_cause(kind) else []
    if not kind.once_per_cause or person is None:
        return []
    same = Case.objects.filter(kind=kind, person=person, cause=cause)
    same = same.exclude(pk=but.pk) if but is not None else same
    found = same.filter(result="SETTLED").order_by("-id").first() or same.filter(closed_on=None).first()
    if found is None:
        return []
    how = f"已于 {found.closed_on} 办结" if found.closed_on else "正在办理"
    seen = visible_cases(actor, on).filter(pk=found.pk).exists()
    return [
        Problem(
            f"同一事由不重复{kind.name}:{cause.name}{how}({found.number})", where="事由",
            next_step="情况确有变化的,请换事由,或在原件上“重新办理”",
            link=reverse("show-case", args=[found.pk]) if seen else "", link_words=f"看 {found.number}" if seen else "",
        )
    ]  # fmt: skip
