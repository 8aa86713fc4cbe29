"""The log: what it keeps, that it cannot be changed, and that a change made all the same is found."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.append_only import lifted
from yushui.audit import selectors
from yushui.audit.models import Entry
from yushui.audit.rules import FIRST
from yushui.audit.services import record

AT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
COUNTY, TOWN, OTHER = "990101000000", "990101001000", "990102000000"


def write(count: int = 3) -> list[Entry]:
    """Some entries of the county."""
    return [
        record(actor=None, action="people.person.changed", subject=f"people.person:{n}", area_code=COUNTY, at=AT, now=n)
        for n in range(1, count + 1)
    ]


@pytest.mark.django_db
def test_record_when_written_chains_to_the_one_before() -> None:
    first, second, _ = write()
    assert first.previous == FIRST
    assert second.previous == first.digest


@pytest.mark.django_db
def test_record_when_written_keeps_who_what_and_both_values() -> None:
    clerk = get_user_model().objects.create_user(username="lin", full_name="林晓燕")
    entry = record(
        actor=clerk, action="people.person.changed", subject=clerk, area_code=TOWN, at=AT, was={"a": 1}, now={"a": 2}
    )
    assert (entry.actor_id, entry.actor_name, entry.subject) == (clerk.pk, "林晓燕", f"accounts.user:{clerk.pk}")
    assert json.loads(entry.detail) == {"was": {"a": 1}, "now": {"a": 2}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor_name = 'x'", "DELETE FROM audit_entry", "UPDATE audit_entry SET at = at"],
)
def test_log_refuses_when_changed_by_sql(statement: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 3


@pytest.mark.django_db
def test_log_refuses_when_truncated() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no TRUNCATE
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")


@pytest.mark.django_db
def test_verify_when_nothing_was_touched() -> None:
    entries = write()
    assert selectors.verify() == selectors.Verified(entries=3, head=entries[-1].digest, breaks=())


@pytest.mark.django_db
def test_verify_when_empty() -> None:
    assert selectors.verify() == selectors.Verified(entries=0, head=FIRST, breaks=())


@pytest.mark.django_db
def test_verify_finds_the_row_when_content_was_changed_past_the_triggers() -> None:
    _, second, _ = write()
    with lifted(connection):
        Entry.objects.filter(pk=second.pk).update(actor_name="别人")
    assert selectors.verify().breaks == (selectors.Break(second.pk, "记录内容被改动"),)


@pytest.mark.django_db
def test_verify_finds_the_place_when_a_row_was_removed_past_the_triggers() -> None:
    _, second, third = write()
    with lifted(connection):
        Entry.objects.filter(pk=second.pk).delete()
    assert selectors.verify().breaks == (selectors.Break(third.pk, "前一条记录缺失或被替换"),)


@pytest.mark.django_db
def test_triggers_are_back_when_they_were_lifted() -> None:
    write()
    with lifted(connection):
        pass
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_verify_audit_prints_count_and_head_when_whole() -> None:
    head = write()[-1].digest
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().splitlines() == ["记录 3 条", f"链头 {head}", "链条完整"]


@pytest.mark.django_db
def test_verify_audit_exits_1_and_names_the_break_when_broken() -> None:
    _, second, _ = write()
    with lifted(connection):
        Entry.objects.filter(pk=second.pk).update(detail="{}")
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", "--json", stdout=out)
    assert stopped.value.code == 1
    assert json.loads(out.getvalue())["breaks"] == [{"entry": second.pk, "why": "记录内容被改动"}]


@pytest.mark.django_db
def test_list_entries_when_narrowed() -> None:
    here, _, _ = write()
    there = record(actor=None, action="people.person.added", subject="people.person:9", area_code=OTHER, at=AT)
    house = record(actor=None, action="policy.law.loaded", subject="policy.lawversion:1", at=AT)
    county = ("990101", "990102")
    assert list(selectors.list_entries(areas=county, subject="people.person:1")) == [here]
    assert there not in selectors.list_entries(areas=county)
    assert house in selectors.list_entries(areas=county)
    assert list(selectors.list_entries(areas=("0", ":"), action="people.person.a")) == [there]
    assert selectors.list_entries(areas=county, day=date(2026, 11, 22)).count() == 4
    assert selectors.list_entries(areas=county, day=date(2026, 11, 21)).count() == 0
