"""The lines of a run are evidence of what was calculated: the database refuses to delete or rewrite them."""

from django.db import migrations

TABLE = "benefits_runline"
FIXED = ("run_id", "person_id", "benefit", "month", "due_fen", "paid_fen", "cause")


def set_triggers(apps, editor):
    if editor.connection.vendor == "postgresql":
        changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in FIXED)
        editor.execute(
            "CREATE OR REPLACE FUNCTION benefits_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of a run are kept'; END $$",
            None,
        )
        for name, when in ((f"{TABLE}_kept", "DELETE"), (f"{TABLE}_fixed", "UPDATE")):
            condition = f"WHEN ({changed}) " if when == "UPDATE" else ""
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {TABLE} FOR EACH ROW {condition}"
                "EXECUTE FUNCTION benefits_refuse()",
                None,
            )
        return
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in FIXED)
    refuse = "BEGIN SELECT RAISE(ABORT, 'rows of a run are kept'); END"
    editor.execute(f"CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE} {refuse}", None)
    editor.execute(f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} WHEN {changed} {refuse}", None)


def drop_triggers(apps, editor):
    on = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    for name in ("kept", "fixed"):
        editor.execute(f"DROP TRIGGER {TABLE}_{name}{on}", None)


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]
    operations = [migrations.RunPython(set_triggers, drop_triggers)]
