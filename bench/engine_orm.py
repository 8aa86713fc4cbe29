"""The same rules as a loop over model rows with Decimal, the way case-management systems pay."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bench.engine_register import ARREARS, END, FIRST, KNOWN_NOW, KNOWN_THEN, rate_table
from yushui.policy.types import Law

FEN = Decimal("0.01")


def make_models() -> tuple[Any, Any, Any]:
    """Django on a SQLite file of its own."""
    import django  # noqa: PLC0415 this process is a Django of its own
    from django.conf import settings  # noqa: PLC0415

    path = os.path.join(tempfile.mkdtemp(), "loop.sqlite3")
    settings.configure(
        INSTALLED_APPS=[], DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()
    from django.db import connection, models  # noqa: PLC0415

    class Person(models.Model):
        class Meta:
            app_label = "loop"

    class Status(models.Model):
        person = models.ForeignKey(Person, models.CASCADE, related_name="statuses")
        kind, lo, hi, grade, cause, years, benefit = (models.IntegerField() for _ in range(7))

        class Meta:
            app_label = "loop"

    class Rate(models.Model):
        kind, grade, cause, per = (models.IntegerField() for _ in range(4))
        starts_on, known_on = models.DateField(), models.DateField()
        yuan = models.DecimalField(max_digits=14, decimal_places=2)

        class Meta:
            app_label = "loop"

    with connection.schema_editor() as editor:
        for model in (Person, Status, Rate):
            editor.create_model(model)
    return Person, Status, Rate


def fill(models: tuple[Any, Any, Any], law: Law, columns: dict[str, Any], persons: int) -> None:
    person, status, rate = models
    names = ("kind", "lo", "hi", "grade", "cause", "years", "benefit")
    person.objects.bulk_create((person(pk=n + 1) for n in range(persons)), batch_size=5000)
    rows = zip(columns["owner"].tolist(), *(columns[n].tolist() for n in names), strict=True)
    status.objects.bulk_create(
        (status(person_id=o + 1, **dict(zip(names, rest, strict=True))) for o, *rest in rows), batch_size=5000
    )
    for (kind, grade, cause), dated in rate_table(law).items():
        for starts, known, fen, per in dated:
            rate.objects.create(kind=kind, grade=grade, cause=cause, per=per, starts_on=starts, known_on=known,
                                yuan=Decimal(fen) / 100)  # fmt: skip


def run(models: tuple[Any, Any, Any]) -> dict[str, int]:
    """Person by person, month by month; timed by the caller."""
    person, _, rate = models
    rates: dict[tuple[int, int, int], list[Any]] = {}
    for r in rate.objects.all():
        rates.setdefault((r.kind, r.grade, r.cause), []).append(r)
    totals: dict[str, int] = {}
    days = {m: date(m // 12, m % 12 + 1, 1) for m in range(FIRST, END)}
    windows = (("now", KNOWN_NOW, FIRST, END), ("then", KNOWN_THEN, *ARREARS))
    for p in person.objects.order_by("id").prefetch_related("statuses").iterator(chunk_size=2000):
        statuses = list(p.statuses.all())
        for name, known, first, end in windows:
            for m in range(first, end):
                best: tuple[Decimal, int] | None = None
                for s in statuses:
                    if not s.lo <= m <= s.hi:
                        continue
                    known_rates = [
                        r for r in rates[s.kind, s.grade, s.cause] if r.starts_on <= days[m] and r.known_on <= known
                    ]
                    current = max(known_rates, key=lambda r: r.starts_on)
                    yuan = (current.yuan * s.years / current.per).quantize(FEN, ROUND_HALF_UP)
                    if best is None or (yuan, -s.benefit) > (best[0], -best[1]):
                        best = (yuan, s.benefit)
                if best:
                    slot = f"{name}:{best[1]}"
                    totals[slot] = totals.get(slot, 0) + int(best[0] * 100)
    return totals
