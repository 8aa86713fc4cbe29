"""A user is never deleted: batches, visits and the log speak of them."""

from functools import partial

from django.db import migrations

from yushui.base.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(
            partial(protect, table="accounts_user", acts=("DELETE",)),
            partial(unprotect, table="accounts_user", acts=("DELETE",)),
        ),
    ]
