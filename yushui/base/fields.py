"""Model fields of the house."""

from __future__ import annotations

from typing import Any

from django.db import models

from yushui.base import cipher


class SealedField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted at rest. Reads and writes as plain str; cannot be searched (keep a blind index beside it)."""

    def bound_name(self) -> str:
        """What the value is bound to: table.column."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> str:
        return cipher.encrypt(str(value or ""), self.bound_name())

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str:
        return cipher.decrypt(value or "", self.bound_name())
