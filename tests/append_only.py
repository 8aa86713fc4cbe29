"""Tests that commit end by emptying every table; append-only triggers must step aside for that, and only for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Without any trigger of ours inside the block; all of them back after it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            for name, _ in found:
                cursor.execute(f'DROP TRIGGER "{name}"')
            away, back = [], [sql for _, sql in found]
        else:
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            tables = [row[0] for row in cursor.fetchall()]
            away = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            back = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        for statement in away:
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in back:
                cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers() -> Iterator[None]:
    """Django's flush between committing tests goes past the triggers."""
    whole = BaseDatabaseOperations.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: Sequence[str]) -> None:
        with lifted(self.connection):
            whole(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = whole  # type: ignore[method-assign]
