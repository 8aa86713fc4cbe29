"""Writing the log. Nothing else in the house writes it; triggers refuse update and delete on both databases."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models, transaction

from yushui.audit.models import Entry
from yushui.audit.rules import FIRST, digest_of
from yushui.base import clock

LOCK = 8_821_001  # PostgreSQL advisory lock that serialises the chain


class Actor(Protocol):
    """Who acts; a user, or the system itself as None."""

    pk: int

    def get_full_name(self) -> str: ...


def subject_of(row: models.Model) -> str:
    """`payments.batch:7`."""
    return f"{row._meta.label_lower}:{row.pk}"


@transaction.atomic
def record(
    *,
    actor: Actor | None,
    action: str,
    subject: models.Model | str,
    area_code: str = "",
    at: datetime | None = None,
    **detail: object,
) -> Entry:
    """Append one act, in the transaction of the act itself. `detail` (was=…, now=…) must hold no personal number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Entry.objects.order_by("-id").values_list("digest", flat=True).first()
    columns: dict[str, Any] = {
        "at": at or clock.now(),
        "actor_id": actor.pk if actor else None,
        "actor_name": actor.get_full_name() if actor else "系统",
        "action": action,
        "subject": subject if isinstance(subject, str) else subject_of(subject),
        "area_code": area_code,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
        "previous": last or FIRST,
    }
    return Entry.objects.create(**columns, digest=digest_of(**columns))
