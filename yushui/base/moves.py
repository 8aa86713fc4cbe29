"""Rows changed as part of an act that can be taken back exactly: each change is noted with what was and what is now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

GROUP = 500  # keys in one statement


@dataclass(frozen=True)
class Move:
    """One column of one row: what it was and what it became, as JSON text."""

    table: str  # app.model
    row_id: int
    column: str
    was: str
    now: str


def text_of(value: object) -> str:
    """A value as it is noted; moments in UTC, whatever zone they come in."""
    moment = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
    return json.dumps(moment, ensure_ascii=False, default=str)


def move_rows(rows: QuerySet[Any], **values: object) -> list[Move]:
    """Set columns of some rows; what changed, in the order of the rows. The caller owns the table."""
    model = rows.model
    held = list(rows.order_by("pk").values("pk", *values))
    ids = [row["pk"] for row in held]
    for start in range(0, len(ids), GROUP):
        model._base_manager.filter(pk__in=ids[start : start + GROUP]).update(**values)
    table = model._meta.label_lower
    return [
        Move(table, row["pk"], column, text_of(row[column]), text_of(value))
        for row in held
        for column, value in values.items()
        if row[column] != value
    ]


def put_back(moves: Iterable[Move]) -> list[Move]:
    """Put each column back to what it was, the last change first. Those no longer as they were left are returned and
    stay as they are: somebody changed them since."""
    stuck = []
    for move in reversed(list(moves)):
        model: Any = apps.get_model(move.table)
        rows = model._base_manager.filter(pk=move.row_id)
        if [text_of(value) for value in rows.values_list(move.column, flat=True)] != [move.now]:
            stuck.append(move)
            continue
        rows.update(**{move.column: value_of(model, move.column, move.was)})
    return stuck


def value_of(model: type[Model], column: str, text: str) -> Any:
    """A noted value as the column takes it."""
    value = json.loads(text)
    field: Any = model._meta.get_field(column)
    return None if value is None else field.to_python(value)
