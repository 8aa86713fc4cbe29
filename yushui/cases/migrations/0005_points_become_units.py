"""Points that cases named in a list become units of their county; no case loses its point."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def make_units(apps: Any, schema: Any) -> None:
    """A unit for each point named by cases of a county."""
    case, choice = apps.get_model("cases", "Case"), apps.get_model("cases", "KindChoice")
    unit, area = apps.get_model("places", "Unit"), apps.get_model("places", "Area")
    for pk, area_code, name in case.objects.exclude(point=None).values_list("pk", "area_id", "point__name"):
        county = area_code[:6] + "000000"
        home = county if area.objects.filter(pk=county).exists() else area_code
        found, _ = unit.objects.get_or_create(name=name, kind="LEGAL_POINT", area_id=home)
        case.objects.filter(pk=pk).update(point_unit=found)
    case.objects.exclude(point=None).update(point=None)
    choice.objects.filter(list="POINT").delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_points_phones_hosts")]

    operations = [migrations.RunPython(make_units, migrations.RunPython.noop)]
