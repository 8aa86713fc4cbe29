"""Opening the house: tables, areas, law, catalogue. Safe to call at every start; what is there is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from yushui.accounts.models import User
from yushui.activities.services.campaign_kinds import load_campaign_kinds
from yushui.activities.services.kinds import load_kinds
from yushui.activities.services.pair_kinds import load_pair_kinds
from yushui.base.bulk import refresh_statistics
from yushui.cases.services.kinds import load_case_kinds
from yushui.funds.services.uses import load_uses
from yushui.honours.services.kinds import load_honour_kinds
from yushui.people.services.rhythms import load_rhythms
from yushui.places import services as places
from yushui.places.models import Area
from yushui.plans.services.duties import load_duties
from yushui.policy.services import load_law
from yushui.sites.services.kinds import load_site_kinds

Say = Callable[[str], None]


def prepare_house(*, at: datetime, say: Say) -> None:
    """Bring tables, areas, law and catalogue up to the files of this release."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("数据表")
        call_command("migrate", verbosity=0, interactive=False)
    if not Area.objects.filter(pk="110000000000").exists():
        say("全国区划到乡镇")
        places.load_areas(at=at)
    elif connection.vendor == "sqlite":  # PostgreSQL does it by itself
        refresh_statistics()
    load_catalogues(at=at)


def load_catalogues(*, at: datetime) -> None:
    """Law and catalogues as the files of this release have them; nothing changes when they are loaded already."""
    load_kinds(at=at)
    load_rhythms(at=at)
    load_pair_kinds(at=at)
    load_campaign_kinds(at=at)
    places.load_paper_kinds(at=at)
    load_duties(at=at)
    load_uses(at=at)
    load_case_kinds(at=at)
    load_honour_kinds(at=at)
    load_site_kinds(at=at)
    load_law(actor=None, at=at)


def is_empty() -> bool:
    """Whether nobody has worked here yet."""
    return not User.objects.exists()
