"""What is missing in plans, meetings and duties: each count opens its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.plans.selectors.boards import TAB_NAMES, duty_line, tabs_for
from yushui.plans.selectors.counters import get_grid
from yushui.plans.selectors.meetings import open_gaps, visible_meetings
from yushui.plans.selectors.tasks import visible_tasks


@dataclass(frozen=True)
class Gap:
    """Something missing: how many, what, what to do, and where they are (URL name and query)."""

    count: int
    title: str
    step: str
    url_name: str
    query: str
    tone: str = "due"


def list_gaps(*, actor: User, on: date) -> list[Gap]:
    """Everything of plans, meetings and duties that nobody sees to, counted in the actor's area."""
    need(actor, "plans.view")
    tasks = visible_tasks(actor).filter(closed_on=None)
    meetings = visible_meetings(actor).filter(state="PLANNED", on__lt=on)
    found = [
        Gap(tasks.filter(owner=None).count(), "任务没有责任单位", "打开任务,点“修改”定责任单位", "list-tasks",
            "whose=none"),
        Gap(tasks.filter(due_on=None).count(), "任务没有时限", "打开任务,调整时限", "list-tasks", "when=undated"),
        Gap(tasks.filter(due_on__lt=on, state="OPEN").count(), "任务已超期,没有报过进展", "催办责任单位报进展",
            "list-tasks", "when=silent", "bad"),
        Gap(meetings.count(), "会议日期已过,没有登记召开", "登记召开,或写明原因取消", "list-meetings",
            "when=unrecorded"),
        Gap(open_gaps(actor).count(), "会议决定没有转任务,或没有责任单位", "打开会议,转为任务并定责任单位",
            "list-meetings", "when=gaps"),
    ]  # fmt: skip
    return [*found, *duty_gaps(actor, on)]


def duty_gaps(actor: User, on: date) -> list[Gap]:
    """Duties missed this year, by who owes them."""
    found = []
    for owes, _ in tabs_for(actor):
        grid = get_grid(actor=actor, owes=owes, year=on.year, on=on)
        missed = sum(duty_line(duty, grid).missed for duty in grid.duties)
        title = f"职责有欠账({TAB_NAMES[owes]})"
        found.append(Gap(missed, title, "补办后登记活动或文件", "list-duties", f"owes={owes}&by=ower", "bad"))
    return found
