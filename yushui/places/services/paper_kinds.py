"""Kinds of papers in force: the catalogue's, and a county's own by a form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, put_kind, read_catalogue, set_retired
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.places.models import Paper, PaperKind
from yushui.places.selectors.paper_kinds import get_own_paper_kind, paper_kinds_in_reach
from yushui.places.types import INCLUSION_NAMES, PaperKindDraft

FILE = "paper_kinds.yaml"


@transaction.atomic
def load_paper_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the kinds of papers in line with the catalogue; how many it holds."""
    entries = read_catalogue(FILE, "kinds", title="文件种类", path=path)
    changed, retired = align_kinds(PaperKind, entries, where=FILE)
    if changed or retired:
        audit.record(
            actor=None, action="places.paper_kinds.loaded", subject="places.paperkind", at=at, changed=len(changed),
            retired=retired,
        )  # fmt: skip
    return len(entries)


@transaction.atomic
def set_paper_kind(*, actor: User, draft: PaperKindDraft, code: str = "", at: datetime) -> PaperKind:
    """Add a kind of the actor's area, or change an own one. What it counts for among the 五个纳入 stays once papers
    exist. `proves` is taken as it comes: what duties there are is known above (plans.services.proofs)."""
    need_to_act(actor, "places.set_kind", "设置文件种类")
    old = get_own_paper_kind(actor=actor, code=code) if code else None
    problems: list[Problem] = []
    name = read_line(draft.name, "名称", problems, longest=40)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:双拥工作考核办法"))
    if draft.inclusion and draft.inclusion not in INCLUSION_NAMES:
        problems.append(Problem("请从五个纳入里选", where="五个纳入"))
    if paper_kinds_in_reach(actor).filter(retired=False, name=name).exclude(pk=code).exists():
        problems.append(Problem("已有同名的种类", where="名称", next_step="请直接用已有的,或换一个名称"))
    if old is not None and old.inclusion != draft.inclusion and Paper.objects.filter(kind=old).exists():
        problems.append(Problem("已有文件,不能再改", where="五个纳入", next_step="可停用,另加一个"))
    if problems:
        raise Refused(*problems)
    columns = {"name": name, "inclusion": draft.inclusion, "proves": draft.proves}
    was = {key: getattr(old, key) for key in columns} if old else None
    kind = put_kind(PaperKind, old, actor.area_code, columns)
    audit.record(
        actor=actor, action="places.paper_kind.set", subject=kind, area_code=kind.area_code, at=at, was=was,
        now=columns,
    )  # fmt: skip
    return kind


@transaction.atomic
def retire_paper_kind(*, actor: User, code: str, retired: bool = True, at: datetime) -> PaperKind:
    """Take an own kind out of the forms, or back in; its papers stay in force."""
    need_to_act(actor, "places.set_kind", "停用文件种类")
    kind = get_own_paper_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        audit.record(
            actor=actor, action=f"places.paper_kind.{'retired' if retired else 'restored'}", subject=kind,
            area_code=kind.area_code, at=at, now={"name": kind.name},
        )  # fmt: skip
    return kind
