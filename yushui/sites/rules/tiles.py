"""What a tile map says of sites: how many there are below, and how far they reach. Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yushui.base.area_codes import prefix_of


@dataclass(frozen=True)
class Reach:
    """Of one area: how many, and in how many of the areas right below it there is at least one (of how many)."""

    code: str
    name: str
    count: int
    reached: int
    below: int

    @property
    def share(self) -> int | None:
        """Parts per ten thousand of the areas below, rounded down; None where there are none."""
        return self.reached * 10_000 // self.below if self.below else None

    @property
    def share_words(self) -> str:
        """`3 / 15`, or whether there is one at all where nothing lies below."""
        return f"{self.reached} / {self.below}" if self.below else "有" if self.count else "无"


def reach_of(
    children: Sequence[tuple[str, str]], below: Mapping[str, Sequence[str]], counts: Mapping[str, int]
) -> list[Reach]:
    """Each child (code, name) with its sums. `counts` are by the very area in which things stand."""
    found = []
    for code, name in children:
        inside = prefix_of(code)
        own = {area: n for area, n in counts.items() if n and area.startswith(inside)}
        places = below.get(code, ())
        reached = sum(any(area.startswith(prefix_of(place)) for area in own) for place in places)
        found.append(Reach(code, name, sum(own.values()), reached, len(places)))
    return found
