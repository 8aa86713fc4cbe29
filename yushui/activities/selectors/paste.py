"""The names that a pasted message may hold, as far as the actor's work reaches."""

from __future__ import annotations

from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import KindMeasure
from yushui.activities.rules.paste import read_message
from yushui.activities.selectors.kinds import list_kinds
from yushui.activities.selectors.units import units_in_reach
from yushui.activities.types.paste import KindWords, Numbered, Reading, Vocabulary
from yushui.base.area_codes import code_range
from yushui.places.models import Area

MOST_NAMES = 6000


def vocabulary(*, actor: User) -> Vocabulary:
    """Kinds in use, areas inside the actor's own, units within reach."""
    kinds = list_kinds(actor=actor)
    numbers: dict[str, list[Numbered]] = {}
    for row in KindMeasure.objects.filter(kind__in=kinds, retired=False).order_by("place"):
        numbers.setdefault(row.kind_id, []).append(Numbered(row.key, row.name, row.unit, row.decimals))
    low, high = code_range(actor.area_code)
    areas = Area.objects.filter(code__gte=low, code__lt=high, ends_on=None).values_list("code", "name")
    units = units_in_reach(actor).values_list("name", flat=True)
    return Vocabulary(
        kinds=tuple(
            KindWords(
                kind.pk, tuple(w for w in (kind.name, *kind.words.split("、")) if len(w) > 1), kind.measure,
                tuple(numbers.get(kind.pk, ())),
            )
            for kind in kinds
        ),
        areas=tuple(areas[:MOST_NAMES]),
        units=tuple(units.order_by("id")[:MOST_NAMES]),
    )  # fmt: skip


def read_pasted(*, actor: User, message: str, on: date) -> Reading:
    """What a message says, in the names that the actor works with."""
    need(actor, "activities.record")
    return read_message(message, vocabulary(actor=actor), on)
