"""The flow of a kind of case as a picture: boxes from top to bottom; ways to the next box run straight down, others
bend at the right, those back in dashes. Plain SVG whose look comes from the style sheet; no attribute that the content
policy would drop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

WIDE, BOX, HIGH, GAP = 340, 250, 46, 26
LEFT = 8
LANE, LANES = 13, 6  # bends that run beside each other keep this distance; so many have room


@dataclass(frozen=True)
class Box:
    """A step: its name, what stands below it (who, how long), how it stands (done, now, or nothing), and the places of
    the boxes to which it can lead."""

    name: str
    below: str
    mark: str = ""
    leads: tuple[int, ...] = ()


def draw_flow(boxes: Sequence[Box], title: str, end: str = "办结", is_over: bool = False) -> str:
    """The picture as SVG text; `is_over` marks the end as reached."""
    rows = [*boxes, Box(end, "", "now" if is_over else "")]
    high = len(rows) * (HIGH + GAP) - GAP + 16
    parts = [
        f'<svg class="flow" viewBox="0 0 {WIDE} {high}" role="img" aria-label="{escape(title)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    ]
    for place, box in enumerate(rows):
        top = top_of(place)
        look = f" is-{box.mark}" if box.mark else ""
        radius = HIGH // 2 if place == len(rows) - 1 else 4
        parts.append(
            f'<rect class="box{look}" x="{LEFT}" y="{top}" width="{BOX}" height="{HIGH}" rx="{radius}"></rect>'
        )
        middle = top + (20 if box.below else 28)
        parts.append(f'<text class="name{look}" x="{LEFT + BOX // 2}" y="{middle}">{escape(box.name)}</text>')
        if box.below:
            parts.append(f'<text class="below" x="{LEFT + BOX // 2}" y="{top + 37}">{escape(box.below)}</text>')
    ways = [(place, to) for place, box in enumerate(rows) for to in box.leads]
    parts += [arrow(LEFT + BOX // 2, top_of(to) - GAP, top_of(to)) for place, to in ways if to == place + 1]
    parts += [bend(place, to, lane) for (place, to), lane in lanes_of([way for way in ways if way[1] != way[0] + 1])]
    return "".join([*parts, "</svg>"])


def lanes_of(ways: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], int]]:
    """Each way with its lane: short ones inside, none on top of another while there is room."""
    found: list[tuple[tuple[int, int], int]] = []
    for way in sorted(ways, key=lambda pair: (abs(pair[0] - pair[1]), pair)):
        low, high = min(way), max(way)
        taken = {lane for (a, b), lane in found if min(a, b) <= high and low <= max(a, b)}
        found.append((way, next((lane for lane in range(LANES) if lane not in taken), LANES - 1)))
    return found


def top_of(place: int) -> int:
    """Where a box begins."""
    return 8 + place * (HIGH + GAP)


def arrow(x: int, top: int, end: int) -> str:
    """From one box down to the next."""
    return f'<path class="way" d="M{x} {top}V{end - 1}M{x - 4} {end - 7}L{x} {end - 1}L{x + 4} {end - 7}"></path>'


def bend(place: int, to: int, lane: int) -> str:
    """At the right side from one box to another one, in dashes when it leads back."""
    x, is_back = LEFT + BOX, to < place
    begin, end = top_of(place) + (24 if is_back else 36) + lane, top_of(to) + (24 if is_back else 10) + lane
    look = "way back" if is_back else "way"
    return (
        f'<path class="{look}" d="M{x} {begin}H{x + (lane + 1) * LANE}V{end}H{x + 1}'
        f'M{x + 7} {end - 4}L{x + 1} {end}L{x + 7} {end + 4}"></path>'
    )
