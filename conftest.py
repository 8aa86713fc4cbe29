"""What every test stands on: quick password hashing, a real browser, a flush that knows our triggers."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.browser", "tests.append_only"]


@pytest.fixture(autouse=True)
def quick_hashing(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
