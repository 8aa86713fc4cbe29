"""Moves of goods are append-only by the database itself."""

from functools import partial

from django.db import migrations

from yushui.base.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_goods")]

    operations = [
        migrations.RunPython(partial(protect, table="funds_goodsmove"), partial(unprotect, table="funds_goodsmove")),
    ]
