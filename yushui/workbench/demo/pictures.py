"""Plain pictures that stand for photos and scans."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def picture_of(number: int) -> bytes:
    """A hall, or people in a row; each number another picture."""
    picture = Image.new("RGB", (640, 420), ("#c9d8cf", "#d8d2c0", "#c7d3de", "#dccfc4")[number % 4])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 300, 640, 420), fill="#8f8a78")
    pen.rectangle((20, 20, 60 + number * 9 % 560, 60), fill="#a33f35")
    for place in range(9):
        pen.ellipse((40 + place * 65, 210, 76 + place * 65, 246), fill="#5a4a3c")
        pen.rectangle((30 + place * 65, 246, 86 + place * 65, 330), fill=("#2a5a49", "#7a3b34")[place % 2])
    return jpeg(picture)


def scan_of(number: int) -> bytes:
    """A sheet of paper with lines and a seal; each number another sheet."""
    sheet = Image.new("RGB", (420, 594), "#fbfaf5")
    pen = ImageDraw.Draw(sheet)
    pen.line((40, 96, 380, 96), fill="#b7352b", width=3)
    for line in range(14):
        pen.line((50, 140 + line * 24, 250 + (number * 37 + line * 53) % 120, 140 + line * 24), fill="#6d6a61", width=3)
    pen.ellipse((270, 470, 360, 560), outline="#b7352b", width=4)
    return jpeg(sheet)


def jpeg(picture: Image.Image) -> bytes:
    """The picture as a file."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
