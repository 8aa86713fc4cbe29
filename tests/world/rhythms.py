"""A rhythm of contact of the county's own: the one the demo county sets."""

from __future__ import annotations

from yushui.people.models import ContactRhythm


def build(*, county: str) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    return {"rhythm_code": ContactRhythm.objects.filter(area_code=county).latest("place").pk}
