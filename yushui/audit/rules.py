"""The chain's arithmetic: plain values in, hash out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from yushui.base.digest import sm3

FIRST = "0" * 64


def digest_of(
    *,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    action: str,
    subject: str,
    area_code: str,
    detail: str,
    previous: str,
) -> str:
    """SM3 over the hash before and the canonical content of an entry; 64 hex digits."""
    content = {
        "at": at.astimezone(UTC).isoformat(),
        "actor": [actor_id, actor_name],
        "action": action,
        "subject": subject,
        "area": area_code,
        "detail": detail,
        "previous": previous,
    }
    return sm3(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
