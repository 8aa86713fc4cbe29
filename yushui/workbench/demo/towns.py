"""Towns and villages of 云川县. 石桥镇, 北洲村 and 柳湾村 have fixed codes; other pages and tests speak of them."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = ("990000000000", "示例省")
CITY = ("990100000000", "示例市")
COUNTY = ("990101000000", "云川县")

# (name, number of villages): fifteen towns, two hundred villages and communities.
TOWNS = (
    ("石桥镇", 14), ("汊河镇", 16), ("城关街道", 12), ("清溪镇", 15), ("白鹭镇", 13), ("枫林镇", 12), ("云台镇", 14),
    ("双塔镇", 13), ("望江镇", 15), ("沙洲镇", 12), ("青坪乡", 14), ("竹山乡", 11), ("龙潭镇", 13), ("杨柳镇", 12),
    ("长岭镇", 14),
)  # fmt: skip
FIXED = {
    "990101001001": "北洲村", "990101001002": "柳湾村", "990101002001": "新河村",
}  # fmt: skip
FIRST = "东西南北上下大小新老前后高沙石竹松梅杏桃"
LAST = ("湾村", "塘村", "坪村", "岭村", "洲村", "桥村", "岗村", "坝村", "冲村", "畈村", "堰村")
COMMUNITIES = ("解放", "和平", "建设", "文昌", "人民", "胜利", "朝阳", "滨河", "凤凰", "翠湖", "光明", "学府")


# Where the towns lie, as the county arranged its tile map (方格图), from north to south.
LIE = (
    ("", "白鹭镇", "清溪镇", "云台镇", ""), ("沙洲镇", "石桥镇", "城关街道", "枫林镇", "青坪乡"),
    ("望江镇", "汊河镇", "双塔镇", "龙潭镇", "竹山乡"), ("", "", "杨柳镇", "长岭镇", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Village:
    """A village or community and how many people live there, in parts of the county's."""

    code: str
    name: str
    town: str
    weight: int


def list_towns() -> list[tuple[str, str]]:
    """(code, name) of the towns."""
    return [(f"990101{number:03d}000", name) for number, (name, _) in enumerate(TOWNS, start=1)]


def town_cells() -> dict[str, tuple[str, str]]:
    """code → (row, column) of the towns, as typed."""
    codes = {name: code for code, name in list_towns()}
    return {
        codes[name]: (str(row), str(column))
        for row, names in enumerate(LIE, start=1)
        for column, name in enumerate(names, start=1)
        if name
    }


def list_villages() -> list[Village]:
    """All villages, by code. Names are made of two rows of syllables and are unique in the county."""
    taken = set(FIXED.values())
    every = [first + last for first in FIRST for last in LAST]
    names = (every[turn * 97 % len(every)] for turn in range(len(every)))  # 97 shares no factor with 220
    villages = []
    for number, (town, count) in enumerate(TOWNS, start=1):
        for place in range(1, count + 1):
            code = f"990101{number:03d}{place:03d}"
            name = FIXED.get(code, "")
            if not name and town.endswith("街道"):
                name = f"{COMMUNITIES[place - 1]}社区"
            while not name or (code not in FIXED and name in taken):
                name = next(names)
            taken.add(name)
            villages.append(Village(code, name, town, 4 + (number * 5 + place * 3) % 7))
    return villages


def list_areas() -> list[tuple[str, str]]:
    """(code, name) of every area of the demo, from the province down."""
    return [PROVINCE, CITY, COUNTY, *list_towns(), *((village.code, village.name) for village in list_villages())]
