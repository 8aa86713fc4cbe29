"""The look is held by checks: no inline style or script in any template, every colour a token, nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
SHEETS = sorted(ROOT.rglob("static/**/*.css"))
SHEET = (ROOT / "base" / "static" / "base" / "yushui.css").read_text(encoding="utf-8")
INLINE = re.compile(r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", re.IGNORECASE)


def channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    red, green, blue = (channel(int(colour[n : n + 2], 16)) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", SHEET))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_template_holds_nothing_inline_and_nothing_from_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [INLINE.findall(text), OUTSIDE.findall(text)] == [[], []]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheet_asks_nothing_from_outside(path: Path) -> None:
    assert OUTSIDE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("ground", ["paper", "card", "band", "hover", "chosen"])
@pytest.mark.parametrize("ink", ["ink", "soft", "faint", "green", "green-deep", "danger", "due", "info"])
def test_ink_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(
    "ink, ground", [("due", "due-wash"), ("danger", "danger-wash"), ("info", "info-wash"), ("green-deep", "green-wash")]
)
def test_ink_can_be_read_on_its_own_wash(ink: str, ground: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


def test_edges_of_controls_can_be_seen() -> None:
    assert contrast(TOKENS["line-control"], "#ffffff") >= 3


def test_contrast_when_black_on_white() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
