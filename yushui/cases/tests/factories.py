"""A county with kinds of cases and the people of its offices, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.cases.models import Case
from yushui.cases.services.cases import open_case
from yushui.cases.services.kinds import load_case_kinds
from yushui.cases.services.steps import decide_case
from yushui.cases.types import ActDraft, CaseDraft
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_areas

AT = datetime(2026, 9, 7, 2, tzinfo=UTC)  # Monday, 10 o'clock in Yunchuan
TODAY = date(2026, 9, 7)
keys = count(1)


def key() -> str:
    """The key of a new form."""
    return f"case-form-{next(keys):06d}"


def later(days: int) -> datetime:
    """So many days after AT."""
    return AT + timedelta(days=days)


def make_county() -> None:
    """Areas and the catalogue's kinds."""
    make_areas()
    load_case_kinds(at=AT)


def clerk(area: str = TOWN, username: str = "", full_name: str = "周建平") -> User:
    return make_user(Role.TOWN_CLERK, area=area, full_name=full_name, username=username)


def other_clerk() -> User:
    return clerk(OTHER_TOWN, full_name="孙丽")


def desk() -> User:
    return make_user(Role.DESK_OFFICER, area=COUNTY, full_name="林晓燕")


def approver() -> User:
    return make_user(Role.APPROVER, area=COUNTY, full_name="罗文华")


def leader() -> User:
    return make_user(Role.LEADER, area=COUNTY, full_name="沈国栋")


def auditor() -> User:
    return make_user(Role.AUDITOR, area=COUNTY, full_name="杜明远")


def liaison() -> User:
    return make_user(Role.LIAISON, area=VILLAGE, full_name="陈秀兰")


def draft(**typed: object) -> CaseDraft:
    """A petition of a visitor whose name only is known, unless said otherwise."""
    values = {
        "kind": "PETITION_VISIT", "title": "反映优待金没有收到", "asker_name": "王德胜", "area_code": VILLAGE,
        "client_key": key(), **typed,
    }  # fmt: skip
    return CaseDraft(**values)


def petition(actor: User | None = None, at: datetime = AT, **typed: object) -> Case:
    return open_case(actor=actor or clerk(), draft=draft(**typed), at=at)


def decide(case: Case, outcome: str, actor: User | None = None, at: datetime = AT, **typed: object) -> Case:
    """Decide a case as it stands now."""
    case.refresh_from_db()
    values = {"words": "情况属实,予以办理", "client_key": key(), "revision": str(case.revision), **typed}
    return decide_case(actor=actor or clerk(), case_id=case.pk, draft=ActDraft(outcome=outcome, **values), at=at)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
