"""The log is append-only by the database itself."""

from functools import partial

from django.db import migrations

from yushui.base.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(partial(protect, table="audit_entry"), partial(unprotect, table="audit_entry")),
    ]
