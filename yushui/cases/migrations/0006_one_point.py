"""The list of points goes; what is left of the choices of a kind are its causes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_points_become_units")]

    operations = [
        migrations.RemoveField(model_name="case", name="point"),
        migrations.RenameField(model_name="case", old_name="point_unit", new_name="point"),
        migrations.RemoveConstraint(model_name="kindchoice", name="case_choice_by_key"),
        migrations.RemoveField(model_name="kindchoice", name="list"),
        migrations.AddConstraint(
            model_name="kindchoice",
            constraint=models.UniqueConstraint(fields=("kind", "key"), name="case_choice_by_key"),
        ),
    ]
