"""The officer's verbs: hand in a file, write it, take it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base import files, jobs
from yushui.base.area_codes import lies_in
from yushui.base.refusals import Problem, Refused
from yushui.rosters.models import ImportState, RosterImport
from yushui.rosters.selectors import get_import, scope_of

RIGHT, WHAT = "rosters.import", "导入名册"
CONSOLE = 0  # created_by of imports from the command line without a user


def check_may_import(actor: User | None, area_code: str) -> None:
    """The right, and the area inside the actor's own. The console (None) may everything."""
    if actor is None:
        return
    need_to_act(actor, RIGHT, WHAT)
    if not lies_in(area_code, scope_of(actor)):
        raise Refused(Problem("只能导入本人工作区域内的名册", next_step="请选择本人负责的县或乡镇"))


@transaction.atomic
def start_import(
    *, actor: User | None, content: bytes, file_name: str, area_code: str, at: datetime, in_background: bool = True
) -> RosterImport:
    """Take a file in and have it checked. Nothing of it is in the register yet."""
    check_may_import(actor, area_code)
    stored = files.store(content=content, name=file_name[:200], media_type="application/octet-stream", at=at)
    actor_id = actor.pk if actor else CONSOLE
    roster = RosterImport.objects.create(
        file=stored, file_name=file_name[-200:], area_code=area_code, state=ImportState.CHECKING, created_at=at,
        created_by=actor_id,
    )  # fmt: skip
    audit.record(
        actor=actor, action="rosters.import.started", subject=roster, area_code=area_code, at=at, digest=stored.digest
    )
    if in_background:
        jobs.enqueue(name="rosters.check", subject_id=roster.pk, actor_id=actor_id, at=at)
    return roster


@transaction.atomic
def commit_import(*, actor: User | None, import_id: int, at: datetime, in_background: bool = True) -> RosterImport:
    """Have the good rows written. Refuses when there is nothing to write or the import is past that step."""
    roster = get_import(actor=actor, import_id=import_id, lock=True)
    check_may_import(actor, roster.area_code)
    if roster.state != ImportState.CHECKED:
        step = "只有检查完成、尚未写入的名册可以写入"
        raise Refused(Problem(f"这份名册的状态是“{roster.get_state_display()}”", next_step=step))
    if not roster.new and not roster.changed:
        raise Refused(Problem("没有需要写入的行", next_step="请改正问题单元格后重新上传,或直接关闭"))
    roster.state, roster.message = ImportState.COMMITTING, ""
    roster.save(update_fields=["state", "message"])
    audit.record(actor=actor, action="rosters.import.confirmed", subject=roster, area_code=roster.area_code, at=at)
    if in_background:
        jobs.enqueue(name="rosters.commit", subject_id=roster.pk, actor_id=actor.pk if actor else CONSOLE, at=at)
    return roster
