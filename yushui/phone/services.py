"""Taking one entry from a phone: the same services as the forms of the office, and each entry once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.activities.services.activities import record_activity
from yushui.activities.services.visits import record_visit
from yushui.activities.types import WAY_NAMES, ActivityDraft, Photo, VisitDraft
from yushui.base.evidence import Sent
from yushui.base.money import show_yuan
from yushui.base.once import USED
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_day, read_key, read_line
from yushui.cases.services import open_case
from yushui.cases.types import CaseDraft
from yushui.people.selectors.merged import in_force
from yushui.people.services.events import confirm_person
from yushui.phone.models import SentEntry
from yushui.phone.permissions import check_use_phone
from yushui.phone.types import CASE_KINDS, ENTRY_NAMES, ConfirmDraft, ReportDraft, Taken

NOBODY = Problem("请选择人员", where="人员", next_step="请从名单里选一位")


@dataclass(frozen=True)
class PhoneEntry:
    """One entry: its sort, its key made when it was written, who wrote it, whom it is about, and what was typed.

    `owner` is the id of the user who wrote it, as text; the plain forms leave it empty. Ids are None when the text
    was no number.
    """

    kind: str
    client_key: str
    owner: str
    person_id: int | None
    campaign_id: int | None
    draft: VisitDraft | ActivityDraft | ConfirmDraft | ReportDraft
    photo: Photo | None = None
    sent: Sequence[Sent] = ()


class WrongUser(Refused):
    """The entry was written by somebody else: it waits on the phone until that person signs in."""


@transaction.atomic
def take_entry(*, actor: User, entry: PhoneEntry, at: datetime) -> Taken:
    """Record one entry. The same key a second time records nothing and is accepted again.

    The key is written first and in the same transaction: of two that race, the second waits for the first; a refused
    entry leaves no trace, so it may be mended and sent with the same key. Raises Refused with all problems (WrongUser
    when somebody else wrote it), NotFound when it concerns something out of the actor's reach.
    """
    check_use_phone(actor)
    if entry.owner and entry.owner != str(actor.pk):
        raise WrongUser(Problem("这一条是别的账号写的", next_step="请由写的人登录后送出"))
    problems: list[Problem] = []
    key = read_key(entry.client_key, problems)
    if entry.kind not in ENTRY_NAMES:
        problems.append(Problem("没有这种登记", next_step="请重新打开这一页再填"))
    if problems:
        raise Refused(*problems)
    if SentEntry.objects.filter(client_key=key).exists():
        return taken_before(key, actor, entry)
    try:
        with transaction.atomic():
            SentEntry.objects.create(client_key=key, kind=entry.kind, user_id=actor.pk, sent_at=at)
    except IntegrityError:
        return taken_before(key, actor, entry)
    return Taken(record(actor, entry, at))


def taken_before(key: str, actor: User, entry: PhoneEntry) -> Taken:
    """The answer to an entry whose key is known: accepted again, unless the key belongs to something else."""
    known = SentEntry.objects.get(client_key=key)
    if (known.user_id, known.kind) != (actor.pk, entry.kind):
        raise Refused(USED)
    return Taken("已经收到过,没有重复登记", again=True)


def record(actor: User, entry: PhoneEntry, at: datetime) -> str:
    """Hand the entry to the service of its sort; what was recorded, in words."""
    draft = entry.draft
    if entry.person_id is not None:  # written down before the entry was merged (并档), sent after
        entry = replace(entry, person_id=in_force(entry.person_id))
    acts: dict[type, Callable[[], str]] = {
        VisitDraft: partial(record_visited, actor, entry, at),
        ActivityDraft: partial(record_held, actor, entry, at),
        ConfirmDraft: partial(record_confirmed, actor, entry, at),
        ReportDraft: partial(record_reported, actor, entry, at),
    }
    return acts[type(draft)]()


def record_visited(actor: User, entry: PhoneEntry, at: datetime) -> str:
    """A visit (走访)."""
    assert isinstance(entry.draft, VisitDraft)
    if entry.person_id is None:
        raise Refused(NOBODY)
    visit = record_visit(
        actor=actor, person_id=entry.person_id, campaign_id=entry.campaign_id, draft=entry.draft, photo=entry.photo,
        at=at,
    )  # fmt: skip
    money = f",慰问金 {show_yuan(visit.cash_fen)} 元" if visit.cash_fen else ""
    return f"已记下:{visit.person.name},{WAY_NAMES[visit.way]}{money}"


def record_held(actor: User, entry: PhoneEntry, at: datetime) -> str:
    """An activity (活动)."""
    assert isinstance(entry.draft, ActivityDraft)
    activity = record_activity(actor=actor, draft=entry.draft, sent=entry.sent, at=at)
    return f"已登记:{activity.title}"


def record_confirmed(actor: User, entry: PhoneEntry, at: datetime) -> str:
    """A yearly confirmation (年度确认)."""
    assert isinstance(entry.draft, ConfirmDraft)
    problems: list[Problem] = [NOBODY] if entry.person_id is None else []
    on = read_day(entry.draft.on, "日期", problems, latest=timezone.localtime(at).date())
    note = read_line(entry.draft.note, "说明", problems, longest=300)
    if not entry.draft.way:
        problems.append(Problem("请选择确认方式", where="方式"))
    if problems or on is None or entry.person_id is None:
        raise Refused(*problems)
    event = confirm_person(actor=actor, person_id=entry.person_id, way=entry.draft.way, on=on, note=note, at=at)
    return f"{event.person.name} {on.year} 年度已确认"


def record_reported(actor: User, entry: PhoneEntry, at: datetime) -> str:
    """A case (办件) opened from the village."""
    assert isinstance(entry.draft, ReportDraft)
    draft, problems = entry.draft, list[Problem]()
    on = read_day(draft.on, "日期", problems, latest=timezone.localtime(at).date())
    if draft.kind not in CASE_KINDS:
        problems.append(Problem("请选择是哪一类", where="类别"))
    if not draft.title.strip():
        problems.append(Problem("请写一句话说明是什么事", where="事情"))
    if problems or on is None:
        raise Refused(*problems)
    said = draft.text.strip() if on == timezone.localtime(at).date() else f"({on} 反映){draft.text.strip()}"
    open_case(
        actor=actor, at=at, cause_later=True,
        draft=CaseDraft(
            kind=draft.kind, title=draft.title, text=said, person_id=entry.person_id, area_code=actor.area_code,
            asker_name=draft.asker_name or ("" if entry.person_id else actor.get_full_name()),
            client_key=entry.client_key, channel="VILLAGE",
        ),
    )  # fmt: skip
    return f"已上报:{draft.title.strip()}"
