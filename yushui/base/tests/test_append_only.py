"""Append-only tables: the statements for both databases, and that the way back undoes them."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from yushui.base.append_only import protect, protecting, unprotect
from yushui.base.models import StoredFile
from yushui.base.tests.test_bulk import AT


def keep() -> StoredFile:
    return StoredFile.objects.create(digest="a" * 64, name="a", size=1, media_type="x", stored_at=AT)


@pytest.mark.django_db(transaction=True)  # a schema editor of SQLite wants no transaction around it
def test_protect_when_delete_only_still_lets_rows_change() -> None:
    row = keep()
    with connection.schema_editor() as editor:
        protect(None, editor, "base_storedfile", ("DELETE",))
    StoredFile.objects.update(name="b")
    with pytest.raises(DatabaseError, match="base_storedfile is append-only"), transaction.atomic():
        row.delete()
    with connection.schema_editor() as editor:
        unprotect(None, editor, "base_storedfile", ("DELETE",))
    StoredFile.objects.all().delete()
    assert StoredFile.objects.count() == 0


def test_protecting_when_postgresql_also_refuses_truncate() -> None:
    statements = protecting("postgresql", "audit_entry", ("UPDATE", "DELETE"))
    assert [s.split(" ON ")[0] for s in statements[1:]] == [
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE",
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE",
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE",
    ]
