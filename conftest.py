"""What every test stands on: quick password hashing, a real browser, a flush that knows our triggers."""

from __future__ import annotations

import os

import pytest
from django.core.cache import cache
from hypothesis import settings as examples

# No test is timed: the machines are noisy. On a build machine the same examples come every time.
examples.register_profile("house", deadline=None, derandomize="CI" in os.environ)
examples.load_profile("house")

pytest_plugins = ["tests.browser", "tests.append_only", "tests.own_house"]


@pytest.fixture(autouse=True)
def quick_hashing(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Counts kept by one test say nothing about the data of the next."""
    cache.clear()
