"""A point becomes a unit; a telephone number of who is not in the register; the account of a leader who receives."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import yushui.base.fields


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_aid_paid_by_fund"), ("places", "0004_legal_points")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="point_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases_of_point",
                to="places.unit",
            ),
        ),
        migrations.AddField(
            model_name="case", name="asker_phone", field=yushui.base.fields.SealedField(blank=True, default="")
        ),
        migrations.AddField(model_name="reception", name="host_user", field=models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="reception",
            index=models.Index(fields=["host_user", "case"], name="cases_recep_host_us_d18ae1_idx"),
        ),
    ]
