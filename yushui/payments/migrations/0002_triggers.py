"""Rows of money are neither deleted nor rewritten: the database itself refuses, whoever asks (both databases)."""

from django.db import migrations

KEPT = ("payments_line", "payments_batchstep", "payments_reversal", "payments_returnrow", "payments_bankreturn")
FIXED = {
    "payments_line": ("person_id", "benefit", "month", "turn", "fen", "batch_id"),
    "payments_batchstep": ("batch_id", "was", "now", "actor_id", "at", "reason"),
    "payments_reversal": ("line_id", "fen", "on", "reason"),
    "payments_returnrow": ("bank_return_id", "number", "person_id", "fen", "outcome"),
}


def statements(vendor: str) -> list[str]:
    """The triggers in one database's words."""
    if vendor == "postgresql":
        made = [
            "CREATE OR REPLACE FUNCTION payments_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of money are kept: %', TG_TABLE_NAME; END $$"
        ]
        for table in KEPT:
            made.append(
                f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION payments_refuse()"
            )
        for table, columns in FIXED.items():
            changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns)
            made.append(
                f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW "
                f"WHEN ({changed}) EXECUTE FUNCTION payments_refuse()"
            )
        return made
    made = []
    for table in KEPT:
        made.append(
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of money are kept: {table}'); END"
        )
    for table, columns in FIXED.items():
        changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
        made.append(
            f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {changed} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of money are kept: {table}'); END"
        )
    return made


def set_triggers(apps, editor):
    for statement in statements(editor.connection.vendor):
        editor.execute(statement, None)


def drop_triggers(apps, editor):
    on = editor.connection.vendor == "postgresql"
    for table in KEPT:
        editor.execute(f"DROP TRIGGER {table}_kept" + (f" ON {table}" if on else ""))
    for table in FIXED:
        editor.execute(f"DROP TRIGGER {table}_fixed" + (f" ON {table}" if on else ""))


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(set_triggers, drop_triggers)]
