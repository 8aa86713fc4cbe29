"""What a merge changed is only ever added to: from it a merge is taken back."""

from functools import partial

from django.db import migrations

from yushui.base.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("merging", "0001_initial")]

    operations = [
        migrations.RunPython(
            partial(protect, table="merging_mergenote"), partial(unprotect, table="merging_mergenote")
        ),
    ]
