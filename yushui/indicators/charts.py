"""Charts drawn on the server: Vega-Lite in; SVG for pages, whose marks are links, and PNG for Word out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import vl_convert

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
GREEN, INK, SOFT, LINE = "#2c5b4a", "#1e2621", "#5c665f", "#e4dfd3"
BASE = "https://vega.github.io/vega-datasets/"  # what the library puts before an address that begins with a slash
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)", re.IGNORECASE)


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its length, the words at its end, and the page it leads to."""

    label: str
    number: int
    words: str
    address: str = ""


def spec_of(bars: Sequence[Bar], width: int) -> dict[str, Any]:
    """Horizontal bars in the order given, each with its value at the end; no grid, no legend, nothing to decode."""
    most = max((bar.number for bar in bars), default=0) or 1
    rows = [{"label": b.label, "number": b.number, "words": b.words, "address": b.address} for b in bars]
    encoding: dict[str, Any] = {
        "y": {
            "field": "label", "type": "nominal", "sort": None, "title": None,
            "axis": {"domain": False, "ticks": False, "labelLimit": 220, "labelPadding": 8},
        },
        "x": {
            "field": "number", "type": "quantitative", "title": None, "axis": None,
            "scale": {"domain": [0, most * 1.18], "nice": False},
        },
        "description": {"field": "words", "type": "nominal"},
    }  # fmt: skip
    if any(bar.address for bar in bars):
        encoding["href"] = {"field": "address", "type": "nominal"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": {"step": 24},
        "padding": 4,
        "background": None,
        "data": {"values": rows},
        "encoding": encoding,
        "layer": [
            {"mark": {"type": "bar", "color": GREEN, "height": 14, "cornerRadiusEnd": 2}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": INK, "fontSize": 12},
                "encoding": {"text": {"field": "words", "type": "nominal"}},
            },
        ],
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelColor": SOFT, "labelFontSize": 12.5, "labelFont": FONT, "grid": False},
            "text": {"font": FONT},
        },
    }


def draw_svg(bars: Sequence[Bar], title: str, width: int = 420) -> str:
    """Bars as inline SVG. Refuses (ValueError) anything that would ask another host; holds no style attribute."""
    svg = str(vl_convert.vegalite_to_svg(spec_of(bars, width), vl_version="5.20")).replace(
        f'xlink:href="{BASE}', 'xlink:href="'
    )
    if OUTSIDE.search(svg) or "style=" in svg or "<script" in svg:
        raise ValueError("chart would break the content policy")
    named = f'<svg role="img" aria-label="{escape(title)}" '
    return svg.replace("<svg ", named, 1)


def draw_png(bars: Sequence[Bar], width: int = 420) -> bytes:
    """Bars as a picture for print: white ground, three points to a pixel."""
    spec = spec_of([Bar(b.label, b.number, b.words) for b in bars], width) | {"background": "white"}
    return bytes(vl_convert.vegalite_to_png(spec, vl_version="5.20", scale=3))


def escape(words: str) -> str:
    """Words inside an attribute."""
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
