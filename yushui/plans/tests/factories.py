"""A small county for examples of plans: units, a leading group, people of the office."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.services.kinds import load_kinds
from yushui.people.tests.factories import COUNTY, TOWN, make_areas
from yushui.places.models import Post, Unit
from yushui.plans.models import Meeting, Task
from yushui.plans.services.duties import load_duties
from yushui.plans.services.meetings import hold_meeting, plan_meeting
from yushui.plans.services.tasks import add_task
from yushui.plans.types import HeldDraft, MeetingDraft, TaskDraft

AT = datetime(2026, 7, 10, 2, tzinfo=UTC)  # 10 o'clock in Yunchuan
TODAY = date(2026, 7, 10)
NAMES = {
    "办公室": ("云川县双拥工作领导小组办公室", "OFFICE", COUNTY),
    "教育局": ("县教育局", "MEMBER", COUNTY),
    "交通局": ("县交通运输局", "MEMBER", COUNTY),
    "中队": ("武警云川中队", "GARRISON", COUNTY),
    "领导小组": ("云川县双拥工作领导小组", "LEADING_GROUP", COUNTY),
    "服务站": ("石桥镇退役军人服务站", "STATION", TOWN),
}


def key() -> str:
    return str(uuid.uuid4())


def make_units() -> dict[str, Unit]:
    """Units of the county and its town by short names, with the heads of the leading group."""
    found = {}
    for short, (name, kind, area) in NAMES.items():
        found[short], _ = Unit.objects.get_or_create(name=name, kind=kind, area_id=area)
    for title, holder in (("组长", "陈志远"), ("副组长", "林国强"), ("成员", "高敏")):
        Post.objects.get_or_create(
            unit=found["领导小组"], title=title, holder_name=holder, defaults={"starts_on": date(2020, 1, 1)}
        )
    return found


def make_office() -> dict[str, Unit]:
    """Areas, kinds, duties and units, as every example of plans begins; units by short names."""
    make_areas()
    load_kinds(at=AT)
    load_duties(at=AT)
    return make_units()


def desk() -> User:
    return make_user(Role.DESK_OFFICER, full_name="林晓燕")


def clerk() -> User:
    return make_user(Role.TOWN_CLERK, area=TOWN, full_name="周建平")


def member_of(unit: Unit, name: str = "高敏") -> User:
    """The liaison of a member unit, with the post that ties the account to the unit."""
    user = make_user(Role.MEMBER_UNIT, username=f"member-{unit.pk}", full_name=name)
    Post.objects.get_or_create(
        unit=unit, title="联络员", holder_name=name, defaults={"starts_on": date(2020, 1, 1), "user_id": user.pk}
    )
    return user


def make_task(actor: User | None = None, **typed: object) -> Task:
    values = {"title": "修好训练场道路", "due_on": "2026-07-31", "client_key": key(), **typed}
    return add_task(actor=actor or desk(), draft=TaskDraft(**values), at=AT)  # type: ignore[arg-type]


def notice(**typed: object) -> MeetingDraft:
    """A joint meeting on 8 July, unless said otherwise."""
    values = {
        "kind": "JOINT_MEETING", "on": "2026-07-08", "begins_at": "9:00", "place": "县人民武装部会议室",
        "agenda": "1. 通报上半年双拥工作\n2、研究八一活动", "client_key": key(), **typed,
    }  # fmt: skip
    return MeetingDraft(**values)  # type: ignore[arg-type]


def make_meeting(actor: User | None = None, **typed: object) -> Meeting:
    return plan_meeting(actor=actor or desk(), draft=notice(**typed), at=AT)


def held(meeting: Meeting, actor: User | None = None, **typed: object) -> Meeting:
    """The meeting held on its day, unless said otherwise."""
    values = {"on": meeting.on.isoformat(), "client_key": key(), **typed}
    return hold_meeting(
        actor=actor or desk(), meeting_id=meeting.pk, draft=HeldDraft(**values),  # type: ignore[arg-type]
        revision=str(meeting.revision), at=AT,
    )  # fmt: skip
