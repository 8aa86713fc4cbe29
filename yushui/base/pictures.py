"""Photos as the house keeps them: judged by content, at most 1600 pixels, re-encoded as JPEG, without place or camera.

A phone writes the place, the device and a thumbnail into EXIF. Re-encoding leaves all of that behind; only the moment
of the picture is written back, because it is evidence of the day; the place too, where the one who sends it asks.
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from yushui.base.refusals import Problem, Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 80_000_000  # above any phone; a bomb would need far more
LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
TAKEN_AT = 0x9003  # DateTimeOriginal
CHANGED_AT = 0x0132  # DateTime
EXIF_IFD = 0x8769
GPS_IFD = 0x8825


def tidy_photo(content: bytes, name: str, *, keep_place: bool = False) -> bytes:
    """A JPEG fit to keep; with `keep_place` it says where it was taken. Refuses what is empty, too large, or not the
    JPEG, PNG or WebP it claims to be."""
    if not content:
        raise Refused(Problem("照片文件是空的", where=name, next_step="请重新选择照片"))
    if len(content) > MOST_BYTES:
        raise Refused(Problem(f"照片超过 {MOST_BYTES >> 20} MB", where=name, next_step="请换一张,或用手机压缩后再传"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return smaller_jpeg(content, name, keep_place=keep_place)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(not_a_photo(name)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:  # what Pillow raises on broken files
        raise Refused(not_a_photo(name)) from error


def not_a_photo(name: str) -> Problem:
    """The refusal of a file that is no picture, or a broken one."""
    return Problem("不是可以打开的 JPG、PNG 或 WebP 照片", where=name, next_step="请重新拍照或选择照片")


def smaller_jpeg(content: bytes, name: str, *, keep_place: bool = False) -> bytes:
    """Decode, turn upright, shrink, encode anew with nothing but the moment taken, and the place where it is wanted."""
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(Problem("照片尺寸过大", where=name, next_step="请换一张照片"))
        exif = picture.getexif()
        taken = exif.get_ifd(EXIF_IFD).get(TAKEN_AT) or exif.get(CHANGED_AT)
        place = dict(exif.get_ifd(GPS_IFD)) if keep_place else {}
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG decodes straight to a smaller size
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.info.clear()  # comments, profiles and XMP would be written back otherwise
    kept = Image.Exif()
    if isinstance(taken, str):
        kept.get_ifd(EXIF_IFD)[TAKEN_AT] = taken[:19]
    if place:
        kept.get_ifd(GPS_IFD).update(place)
    out = BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True, exif=kept)
    return out.getvalue()
