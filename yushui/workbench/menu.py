"""The menu on the left: what a user may open, in the order of the work. A context processor."""

from __future__ import annotations

from django.http import HttpRequest


def menu(request: HttpRequest) -> dict[str, object]:
    return {"menu": []}
