"""The county of the examples, there before every test of plans."""

from __future__ import annotations

import pytest

from yushui.places.models import Unit
from yushui.plans.tests.factories import make_office


@pytest.fixture
def units(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Unit]:
    """The office on 10 July 2026; units by short names."""
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-10")
    return make_office()
