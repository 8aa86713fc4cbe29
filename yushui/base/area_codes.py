"""Area codes (区划代码): twelve digits, 2 province + 2 city + 2 county + 3 town + 3 village, padded with zeros.

The code is the path: everything inside an area lies in one range of codes, so scope is a range on an index.
"""

from __future__ import annotations

from enum import IntEnum

CUTS = (2, 4, 6, 9, 12)
NATION = "0" * 12


class AreaLevel(IntEnum):
    """How deep an area lies."""

    NATION = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWN = 4
    VILLAGE = 5


def full_code(code: str) -> str:
    """`990101` → `990101000000`. Raises ValueError when it is not 2, 4, 6, 9 or 12 digits."""
    if not code.isdigit() or len(code) not in CUTS:
        raise ValueError("区划代码应为 2、4、6、9 或 12 位数字")
    return code.ljust(12, "0")


def prefix_of(code: str) -> str:
    """The significant part of a code: `990101000000` → `990101`; the nation's is empty."""
    code = code.ljust(12, "0")
    for cut in (0, *CUTS):
        if set(code[cut:]) <= {"0"}:
            return code[:cut]
    return code


def level_of(code: str) -> AreaLevel:
    """The level a code stands on."""
    return AreaLevel((0, *CUTS).index(len(prefix_of(code))))


def ancestors_of(code: str) -> list[str]:
    """Codes above, from the province down, without the code itself."""
    prefix = prefix_of(code)
    return [prefix[:cut].ljust(12, "0") for cut in CUTS if cut < len(prefix)]


def code_range(code: str) -> tuple[str, str]:
    """Half-open range of the codes inside an area: `990101` → (`990101`, `990102`). The nation's is everything."""
    prefix = prefix_of(code)
    if not prefix:
        return "0", ":"  # ":" follows "9"
    return prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)


def lies_in(code: str, outer: str) -> bool:
    """Whether an area is inside another, or is it."""
    return code.startswith(prefix_of(outer))
