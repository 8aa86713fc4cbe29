"""Tables whose rows can only be added: triggers refuse UPDATE and DELETE (and TRUNCATE) on both databases.

A package protects its tables in a migration of its own, `0002_triggers`:

    operations = [migrations.RunPython(partial(protect, table="audit_entry"), partial(unprotect, table="audit_entry"))]

On SQLite a later change of the table's columns makes the table anew and loses its triggers: such a migration must end
with protect() again.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ACTS = ("UPDATE", "DELETE")


def protect(apps: Any, editor: BaseDatabaseSchemaEditor, table: str, acts: tuple[str, ...] = ACTS) -> None:
    """Refuse these acts on every row of the table from now on."""
    for statement in protecting(editor.connection.vendor, table, acts):
        editor.execute(statement, None)  # no parameters: a % in the text is a %


def unprotect(apps: Any, editor: BaseDatabaseSchemaEditor, table: str, acts: tuple[str, ...] = ACTS) -> None:
    """The way back of protect()."""
    for act in (*acts, "TRUNCATE") if editor.connection.vendor == "postgresql" else acts:
        place = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act.lower()}{place}")


def protecting(vendor: str, table: str, acts: tuple[str, ...]) -> list[str]:
    """The statements that protect a table; table names come from our own migrations, never from users."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for act in acts
        ]
    function = (
        "CREATE OR REPLACE FUNCTION yushui_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    rows = [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION yushui_append_only()"
        for act in acts
    ]
    whole = (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION yushui_append_only()"
    )
    return [function, *rows, whole]
