"""Many rows at once: COPY on PostgreSQL, executemany on SQLite. Ten times faster than bulk_create, same constraints.

Rows are tuples of values as the database wants them (sealed fields already sealed, days as date).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection, models


def column_names(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    """Database columns of the named fields."""
    return [str(model._meta.get_field(name).column) for name in fields]  # type: ignore[union-attr]


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert all rows in the running transaction. Every field without a database default must be named."""
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(c) for c in column_names(model, fields))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # the driver's own errors (a double row) must come out as Django's, like those of any other statement
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        days = [n for n, name in enumerate(fields) if isinstance(model._meta.get_field(name), models.DateField)]
        values = (plain(row, days) for row in rows)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # type: ignore[arg-type]  # noqa: S608


def plain(row: Sequence[object], days: Sequence[int]) -> Sequence[object]:
    """SQLite keeps days and moments (columns `days`) as text, moments in UTC without zone, as Django writes them."""
    if not days:
        return row
    values = list(row)
    for place in days:
        value = values[place]
        if isinstance(value, datetime):
            values[place] = connection.ops.adapt_datetimefield_value(value)
        elif isinstance(value, date):
            values[place] = value.isoformat()
    return values


def next_id(model: type[models.Model]) -> int:
    """The first free id. Call inside the writing transaction (SQLite takes the write lock first; see settings)."""
    top = model._base_manager.aggregate(top=models.Max("pk"))["top"]
    return int(top or 0) + 1


def sync_ids(model: type[models.Model]) -> None:
    """After rows were inserted with ids of our own, PostgreSQL's sequence must follow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608


def refresh_statistics() -> None:
    """Tell the database how its tables are filled: after a bulk load it otherwise walks the wrong index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=2000")  # a sample is enough and takes a fraction of a second
        cursor.execute("ANALYZE")
