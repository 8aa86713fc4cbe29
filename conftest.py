"""What every test stands on: quick password hashing, a data folder of its own, the people of the office."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("YUSHUI_HOME", tempfile.mkdtemp(prefix="yushui-test-"))

import pytest  # noqa: E402

pytest_plugins = ["tests.browser", "tests.append_only"]


@pytest.fixture(autouse=True)
def quick_hashing(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
