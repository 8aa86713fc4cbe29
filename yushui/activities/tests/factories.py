"""A campaign of the example county, for tests."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Campaign, CampaignKind, CampaignTarget, Visit
from yushui.activities.services.campaign_kinds import load_campaign_kinds
from yushui.activities.services.campaigns import plan_campaign
from yushui.activities.services.visits import record_visit
from yushui.activities.types import CampaignDraft, VisitDraft
from yushui.people.tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, make_areas

AT = datetime(2026, 2, 10, 2, tzinfo=UTC)  # 10 o'clock in Yunchuan, a week before 春节
TODAY = date(2026, 2, 10)
SPRING = CampaignDraft(
    title="2026年春节慰问", kind="SPRING_FESTIVAL", area_code=TOWN, first_day="2026-01-28", last_day="2026-03-03",
    cash="500", goods="米 10kg、油 5L", kinds=("WAR_VETERAN",),
)  # fmt: skip


def make_kinds() -> None:
    """The kinds of campaigns of the catalogue."""
    if not CampaignKind.objects.exists():
        load_campaign_kinds(at=AT)


def make_clerk() -> User:
    make_areas()
    make_kinds()
    return make_user(Role.TOWN_CLERK, area=TOWN, full_name="赵书琴")


def make_liaison(village: str = VILLAGE, name: str = "周小兰", username: str = "") -> User:
    make_areas()
    return make_user(Role.LIAISON, area=village, full_name=name, username=username)


def make_other_liaison() -> User:
    return make_liaison(OTHER_VILLAGE, "吴建国")


def make_campaign(actor: User | None = None, draft: CampaignDraft = SPRING) -> Campaign:
    make_kinds()
    return plan_campaign(actor=actor or make_clerk(), draft=draft, at=AT)


def target_of(campaign: Campaign, name: str) -> CampaignTarget:
    return CampaignTarget.objects.get(campaign=campaign, person__name=name)


def draft_of(**typed: object) -> VisitDraft:
    """A visit at home with 500 yuan, unless said otherwise."""
    values = {"way": "HOME", "on": "2026-02-10", "cash": "500", "client_key": str(uuid.uuid4()), **typed}
    return VisitDraft(**values)


def visit(actor: User, campaign: Campaign | None, person_id: int, **typed: object) -> Visit:
    return record_visit(
        actor=actor, person_id=person_id, campaign_id=campaign and campaign.pk, draft=draft_of(**typed), at=AT
    )
