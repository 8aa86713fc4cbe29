"""What happened to a task is append-only by the database itself."""

from functools import partial

from django.db import migrations

from yushui.base.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.RunPython(partial(protect, table="plans_taskstep"), partial(unprotect, table="plans_taskstep")),
    ]
