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
MARKS = {"chromium": "browser", "own_house": "own_house"}  # a fixture, and the mark of the tests that ask for it


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests are known by what they ask for, so none can lack its mark."""
    for item in items:
        for fixture, mark in MARKS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@pytest.fixture(autouse=True)
def quick_hashing(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Counts kept by one test say nothing about the data of the next."""
    cache.clear()
