"""What happened to a case is only ever added to."""

from functools import partial

from django.db import migrations

from yushui.base.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunPython(partial(protect, table="cases_casestep"), partial(unprotect, table="cases_casestep")),
    ]
