"""The flow of a kind of case as a picture: boxes from top to bottom, the way back at the right. Plain SVG whose look
comes from the style sheet; no attribute that the content policy would drop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

WIDE, BOX, HIGH, GAP = 340, 250, 46, 26
LEFT = 8


@dataclass(frozen=True)
class Box:
    """A step: its name, what stands below it (who, how long), how it stands (done, now, or nothing), and the places
    of the boxes that it may be sent back to."""

    name: str
    below: str
    mark: str = ""
    back_to: tuple[int, ...] = ()
    jumps_to: tuple[int, ...] = ()


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
        if place:
            parts.append(arrow(LEFT + BOX // 2, top - GAP, top))
        parts += [bend(place, back, 24) for back in box.back_to]
        parts += [bend(place, on, 46) for on in box.jumps_to if on > place + 1]
    return "".join([*parts, "</svg>"])


def top_of(place: int) -> int:
    """Where a box begins."""
    return 8 + place * (HIGH + GAP)


def arrow(x: int, top: int, end: int) -> str:
    """From one box down to the next."""
    return f'<path class="way" d="M{x} {top}V{end - 1}M{x - 4} {end - 7}L{x} {end - 1}L{x + 4} {end - 7}"></path>'


def bend(place: int, to: int, out: int) -> str:
    """At the right side from one box to another one."""
    x, begin, end = LEFT + BOX, top_of(place) + 14, top_of(to) + 32
    return (
        f'<path class="way back" d="M{x} {begin}H{x + out}V{end}H{x + 1}'
        f'M{x + 7} {end - 4}L{x + 1} {end}L{x + 7} {end + 4}"></path>'
    )
