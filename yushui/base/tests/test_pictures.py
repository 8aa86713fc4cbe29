"""Photos lose their place, keep their moment, and must be what they say."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image

from yushui.base.pictures import LONGEST_SIDE, MOST_BYTES, TAKEN_AT, tidy_photo
from yushui.base.refusals import Refused

EXIF, GPS = 0x8769, 0x8825


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), *, with_place: bool = False) -> bytes:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = Image.Exif()
    if with_place:
        exif[0x010F] = "PhoneMaker"
        exif[0x0112] = 6  # lies on its side
        exif.get_ifd(EXIF)[TAKEN_AT] = "2026:02:10 09:30:00"
        exif.get_ifd(GPS).update({1: "N", 2: (32.0, 23.0, 45.6), 3: "E", 4: (119.0, 24.0, 12.3)})
    out = BytesIO()
    image.save(out, kind, exif=exif, **({"comment": b"at 32.39,119.40"} if kind == "JPEG" else {}))
    return out.getvalue()


def test_place_and_camera_are_dropped_and_the_moment_is_kept() -> None:
    taken = picture(with_place=True)
    assert dict(Image.open(BytesIO(taken)).getexif().get_ifd(GPS))  # the example does hold a place
    kept = tidy_photo(taken, "照片")
    image = Image.open(BytesIO(kept))
    assert dict(image.getexif().get_ifd(GPS)) == {}
    assert dict(image.getexif().get_ifd(EXIF)) == {TAKEN_AT: "2026:02:10 09:30:00"}
    assert [tag for tag in image.getexif() if tag != EXIF] == []
    assert (b"PhoneMaker" in kept, b"119.40" in kept) == (False, False)


def test_the_place_is_kept_when_it_is_wanted() -> None:
    kept = tidy_photo(picture(with_place=True), "照片", keep_place=True)
    exif = Image.open(BytesIO(kept)).getexif()
    place = dict(exif.get_ifd(GPS))
    assert (place[1], [float(part) for part in place[2]]) == ("N", [32.0, 23.0, 45.6])
    assert b"PhoneMaker" not in kept


def test_a_photo_on_its_side_is_turned_upright() -> None:
    assert Image.open(BytesIO(tidy_photo(picture(with_place=True), "照片"))).size == (480, 640)


def test_a_large_photo_is_made_smaller() -> None:
    image = Image.open(BytesIO(tidy_photo(picture(size=(4000, 3000)), "照片")))
    assert (image.format, image.size) == ("JPEG", (LONGEST_SIDE, LONGEST_SIDE * 3 // 4))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_jpeg_png_and_webp_are_taken_whatever_they_are_called(kind: str) -> None:
    assert Image.open(BytesIO(tidy_photo(picture(kind), "照片.docx"))).format == "JPEG"


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert tidy_photo(picture(), "a") == tidy_photo(picture(), "b")


def bomb() -> bytes:
    """A PNG head that announces 40,000 × 40,000 pixels."""
    head = b"IHDR" + (40_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunk = (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IEND\xaeB`\x82"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "照片文件是空的"),
        (b"PK\x03\x04 a workbook called photo.jpg", "不是可以打开的 JPG、PNG 或 WebP 照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是可以打开的 JPG、PNG 或 WebP 照片"),
        (picture("GIF"), "不是可以打开的 JPG、PNG 或 WebP 照片"),
        (picture()[:300], "不是可以打开的 JPG、PNG 或 WebP 照片"),
        (picture("PNG")[:-40], "不是可以打开的 JPG、PNG 或 WebP 照片"),
        (bomb(), "不是可以打开的 JPG、PNG 或 WebP 照片"),
        (b"\xff" * (MOST_BYTES + 1), "照片超过 20 MB"),
    ],
    ids=["empty", "zip", "svg", "gif", "cut jpeg", "cut png", "bomb", "too large"],
)
def test_what_is_no_photo_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        tidy_photo(content, "照片")
    assert [problem.what for problem in refused.value.problems] == [said]
