"""Many rows at once: same values, same constraints as one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from yushui.base import bulk
from yushui.base.models import StoredFile

FIELDS = ("digest", "name", "size", "media_type", "stored_at")
AT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)


def row(number: int) -> tuple[object, ...]:
    return (f"{number:064x}", f"文件 {number}\t带制表\n换行\\反斜杠", number, "text/csv", AT)


@pytest.mark.django_db
def test_insert_rows_when_many_reads_back_the_same() -> None:
    bulk.insert_rows(StoredFile, FIELDS, (row(n) for n in range(500)))
    assert list(StoredFile.objects.order_by("size").values_list(*FIELDS)) == [row(n) for n in range(500)]


@pytest.mark.django_db
def test_insert_rows_when_one_is_double_keeps_none() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert_rows(StoredFile, FIELDS, [row(1), row(2), row(1)])
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_next_id_when_ids_are_our_own_and_the_next_row_is_not() -> None:
    first = bulk.next_id(StoredFile)
    bulk.insert_rows(StoredFile, ("id", *FIELDS), [(first, *row(1)), (first + 1, *row(2))])
    bulk.sync_ids(StoredFile)
    assert StoredFile.objects.create(**dict(zip(FIELDS, row(3), strict=True))).pk == first + 2
    assert bulk.next_id(StoredFile) == first + 3
