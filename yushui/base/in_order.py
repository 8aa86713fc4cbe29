"""Lists that are read in an order of their own (newest first, nearest day first) within an area: the database walks an
index in that order and stops after a page, however many rows there are.

The expressions here stand in indexes too. SQLite takes an index on an expression only when the query spells it the
same, without parameters; hence the numbers in their templates.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar, cast

from django.db.models import CharField, DateField, Func, Model, QuerySet, Value
from django.db.models.functions import Concat

from yushui.base.area_codes import CUTS, AreaLevel, code_range, level_of, prefix_of

Row = TypeVar("Row", bound=Model)


class Town(Func):
    """The first nine digits of an area's code: the town that it is or lies in."""

    template = f"SUBSTR(%(expressions)s, 1, {CUTS[AreaLevel.TOWN - 1]})"
    output_field: CharField[str, str] = CharField()


class DayOrLast(Func):
    """A day, or the end of time where there is none: so that rows without a day come last and an index can say so."""

    template = "COALESCE(%(expressions)s, '9999-12-31')"
    output_field: DateField[str, str] = DateField()


def in_area(rows: QuerySet[Row], area_code: str, column: str = "area_id", *, by_town: bool = False) -> QuerySet[Row]:
    """Rows of an area, for lists that are read in their own order.

    A village is one value of an index. So is a town, where the table has an index that begins with `Town` (`by_town`).
    Anything wider is a filter beside the index of the order: as a range on the area's index it would make the database
    gather and sort all rows of the area for each page.
    """
    level = level_of(area_code)
    if level == AreaLevel.VILLAGE:
        return rows.filter(**{column: area_code})
    if level == AreaLevel.TOWN and by_town:
        return cast("QuerySet[Row]", rows.annotate(town=Town(column)).filter(town=prefix_of(area_code)))
    low, high = code_range(area_code)
    if level == AreaLevel.TOWN:
        return rows.filter(**{f"{column}__gte": low, f"{column}__lt": high})
    found = rows.annotate(area_text=Concat(column, Value("")))
    return cast("QuerySet[Row]", found.filter(area_text__gte=low, area_text__lt=high))


def joined(rows: QuerySet[Row], *columns: str, without: Collection[str] = ()) -> QuerySet[Row]:
    """Rows with all columns of their own (but `without`), and of the rows they point to only these, e.g. `area__name`:
    a page shows a name of each, and whole rows of persons, areas and campaigns would cost more than its own."""
    own = (field.name for field in rows.model._meta.concrete_fields if field.name not in without)
    paths = {column.rpartition("__")[0] for column in columns}
    return rows.select_related(*paths).only(*own, *columns)
