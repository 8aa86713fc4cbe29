from functools import partial

from django.db import migrations

from yushui.base.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("funds", "0003_money")]

    operations = [
        migrations.RunPython(partial(protect, table="funds_entry"), partial(unprotect, table="funds_entry")),
    ]
