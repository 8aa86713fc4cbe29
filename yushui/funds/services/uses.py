"""Verbs of uses (用途): loading the catalogue, adding and renaming the county's own, retiring."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.kinds import add_kind, align_kinds, kinds_for, read_catalogue
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line
from yushui.funds.models import UseKind

FILE = "fund_uses.yaml"


@transaction.atomic
def load_uses(*, at: datetime, path: Path | None = None) -> int:
    """Bring the uses in line with the catalogue; how many it holds."""
    entries = read_catalogue(FILE, "uses", title="资金用途", path=path)
    changed, retired = align_kinds(UseKind, entries, where=FILE)
    if changed or retired:
        audit.record(
            actor=None, action="funds.uses.loaded", subject="funds.usekind", at=at, changed=len(changed),
            retired=retired,
        )  # fmt: skip
    return len(entries)


@transaction.atomic
def add_use(*, actor: User, name: str, at: datetime) -> UseKind:
    """A use of the county's own; it stands in forms, lists and reports at once."""
    need_to_act(actor, "funds.set_use", "设置资金用途")
    problems: list[Problem] = []
    text = read_line(name, "用途名称", problems, longest=40)
    if not text:
        problems.append(Problem("没有填名称", where="用途名称", next_step="例如:军休活动"))
    elif kinds_for(UseKind, actor.area_code).filter(name=text).exists():
        problems.append(Problem("已有这个用途", where="用途名称", next_step="直接使用原有的,或换一个名称"))
    if problems:
        raise Refused(*problems)
    use = add_kind(UseKind, actor.area_code, name=text)
    audit.record(actor=actor, action="funds.use.added", subject=use, area_code=actor.area_code, at=at, what=text)
    return use


@transaction.atomic
def retire_use(*, actor: User, use_code: str, at: datetime) -> UseKind:
    """Take a use of one's own out of the forms, or bring it back; entries keep it."""
    need_to_act(actor, "funds.set_use", "设置资金用途")
    use = UseKind.objects.select_for_update().filter(pk=use_code, area_code=actor.area_code).first()
    if use is None:
        raise NotFound
    use.retired = not use.retired
    use.save(update_fields=["retired"])
    audit.record(
        actor=actor, action="funds.use.retired" if use.retired else "funds.use.revived", subject=use,
        area_code=actor.area_code, at=at, what=use.name,
    )  # fmt: skip
    return use
