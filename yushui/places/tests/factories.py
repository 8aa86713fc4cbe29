"""Units of the example county, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.places import services
from yushui.places.models import Post, Unit
from yushui.places.tests.areas import COUNTY, TOWN, make_areas
from yushui.places.types import PostDraft, TransferDraft, UnitDraft

AT = datetime(2026, 11, 27, 2, tzinfo=UTC)
TODAY = date(2026, 11, 27)
MOVE = TransferDraft(on="2026-11-01", reason="人事变动", number="云双拥〔2026〕9号", client_key="transfer-1")


def make_desk() -> User:
    make_areas()
    return make_user(Role.DESK_OFFICER, full_name="林晓燕")


def make_clerk(area: str = TOWN) -> User:
    make_areas()
    return make_user(Role.TOWN_CLERK, area=area, full_name="周建平")


def make_unit(name: str = "县教育局", kind: str = "MEMBER", area: str = COUNTY, **typed: str) -> Unit:
    draft = UnitDraft(name=name, kind=kind, area_code=area, starts_on="2022-03-01")
    return services.add_unit(actor=make_desk(), draft=replace(draft, **typed), at=AT)


def make_group(name: str = "云川县双拥工作领导小组", area: str = COUNTY, **typed: str) -> Unit:
    return make_unit(name, "LEADING_GROUP", area, **typed)


def make_post(unit: Unit, title: str, name: str, office: str = "", since: str = "2022-03-01") -> Post:
    return services.appoint(actor=make_desk(), unit_id=unit.pk, draft=PostDraft(title, name, office, since), at=AT)
