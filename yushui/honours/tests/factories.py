"""People, households and forms of honours, for tests."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.evidence import Sent
from yushui.honours.services.kinds import load_honour_kinds
from yushui.honours.types import NewsDraft, PlaqueDraft
from yushui.people.models import Household, Person
from yushui.people.tests.factories import COUNTY, TOWN, VILLAGE, make_areas, make_person, make_status

AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
TODAY = date(2026, 9, 1)


def make_desk() -> User:
    make_areas()
    load_honour_kinds(at=AT)
    return make_user(Role.DESK_OFFICER, area=COUNTY, full_name="林晓燕")


def make_clerk() -> User:
    make_areas()
    load_honour_kinds(at=AT)
    return make_user(Role.TOWN_CLERK, area=TOWN, full_name="周建平")


def make_home(name: str = "陈大山", *, kind: str = "VETERAN", area: str = VILLAGE) -> Person:
    """A person with a status, head of a household of the village."""
    person = make_person(name=name, area=area)
    person.household = Household.objects.create(area_id=area, head_name=name, address="一组 3 号")
    person.relation_to_head = "户主"
    person.save()
    if kind:
        make_status(person, kind=kind)
    return person


def key() -> str:
    return str(uuid.uuid4())


def plaque_draft(**typed: str) -> PlaqueDraft:
    return PlaqueDraft(**{"on": "2026-07-28", "client_key": key(), **typed})


def news_draft(**typed: str) -> NewsDraft:
    values = {
        "kind": "MERIT_2", "soldier_name": "陈志远", "area_code": VILLAGE, "year": "2026", "received_on": "2026-08-20",
        "due_on": "2026-09-10", "client_key": key(),
    }  # fmt: skip
    return NewsDraft(**{**values, **typed})


def photo(name: str = "送喜报.png") -> Sent:
    out = BytesIO()
    Image.new("RGB", (80, 60), "red").save(out, "PNG")
    return Sent(out.getvalue(), name)
