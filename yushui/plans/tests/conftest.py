"""The county of the examples, there before every test of plans."""

from __future__ import annotations

import pytest

from yushui.activities.services.kinds import load_kinds
from yushui.people.tests.factories import make_areas
from yushui.places.models import Unit
from yushui.plans.services.duties import load_duties
from yushui.plans.tests.factories import AT, make_units


@pytest.fixture
def units(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Unit]:
    """Areas, kinds, duties and units; by short names."""
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-10")
    make_areas()
    load_kinds(at=AT)
    load_duties(at=AT)
    return make_units()
