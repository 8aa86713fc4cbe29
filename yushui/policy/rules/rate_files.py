"""Rate tables: dated blocks with unit, mark and reference. A value without them is refused; memory is never data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yushui.policy.rules.reading import Reader
from yushui.policy.types import Rates, Share, Source

UNITS = {"fen/year": 12, "fen/month": 1}
MARKS = ("read", "derived", "invented", "memory", "HOLE")
KEYS = (
    "grade", "cause", "kind", "household_kind", "period", "campaign", "relation", "place_of_service", "education",
    "merit",
    "mental_illness",
)  # fmt: skip
NUMBER_KEYS = ("grade", "mental_illness")


def read_rates(file: Reader, layer: str, sources: Mapping[str, Source]) -> tuple[tuple[Rates, ...], str]:
    """The blocks of a `rates.yaml` and how a local table stands to the national one (higher, instead, add)."""
    file.text("title")
    file.text("note", "")
    file.text("benefit", "")
    unit = file.one_of("unit", UNITS)
    keys = file.words("keys")
    combine = file.one_of("combine", ("higher", "instead", "add"), "higher")
    blocks = tuple(read_block(block, unit, keys, layer, sources) for block in file.each("values"))
    file.done()
    return blocks, combine


def read_block(block: Reader, unit: str, keys: tuple[str, ...], layer: str, sources: Mapping[str, Source]) -> Rates:
    """One dated block. `from` is the first of a month; a hole has no numbers, everything else has them all."""
    starts_on = block.day("from") or date.min
    if starts_on.day != 1:
        block.wrong("生效日期应是某月1日", "from")
    mark = block.one_of("mark", MARKS)
    keys = block.words("keys", keys)
    for key in keys:
        if key not in KEYS:
            block.wrong(f"不能用来分档的列 {key}", "keys")
    rates = Rates(
        starts_on=starts_on,
        printed=block.day("printed"),
        per=UNITS[block.one_of("unit", UNITS, unit)],
        keys=keys,
        rows=read_rows(block, keys, mark),
        layer=layer,
        mark=mark,
        source=",".join(read_sources(block, layer, sources)),
        document=block.text("document"),
        note=block.text("note", ""),
    )
    if layer and rates.document in {"", "HOLE"}:
        block.wrong("本地标准要写明文件名称和文号", "document")
    block.done()
    return rates


def read_sources(reader: Reader, layer: str, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """References by id; a national value must have at least one that sources.yaml knows."""
    names = reader.words("source", () if layer else None)
    if not names and not layer:
        reader.wrong("没有出处的数不能用", "source")
    for name in names:
        if name not in sources:
            reader.wrong(f"sources.yaml 里没有出处 {name}", "source")
    return names


def read_rows(block: Reader, keys: tuple[str, ...], mark: str) -> dict[tuple[str, ...], int | None]:
    """Rows nested by the keys, or `ALL` when there are none. Numbers read from memory are dropped to holes."""
    found: dict[tuple[str, ...], int | None] = {}
    raw = block.take("rows")
    if not keys and isinstance(raw, Mapping) and set(raw) == {"ALL"}:
        _put(block, found, (), raw["ALL"], mark)
        return found
    _descend(block, found, raw, (), keys, mark)
    if not found:
        block.wrong("没有一行", "rows")
    return found


def _descend(
    block: Reader,
    found: dict[tuple[str, ...], int | None],
    raw: Any,
    at: tuple[str, ...],
    keys: tuple[str, ...],
    mark: str,
) -> None:
    if len(at) == len(keys):
        _put(block, found, at, raw, mark)
        return
    if not isinstance(raw, Mapping):
        block.wrong(f"应按 {keys[len(at)]} 分列", "rows:" + ".".join(at))
        return
    for key, inner in raw.items():
        if keys[len(at)] in NUMBER_KEYS and not isinstance(key, int):
            block.wrong(f"{keys[len(at)]} 应是整数,不是 {key!r}", "rows")
            continue
        _descend(block, found, inner, (*at, str(key)), keys, mark)


def _put(block: Reader, found: dict[tuple[str, ...], int | None], at: tuple[str, ...], raw: Any, mark: str) -> None:
    where = "rows:" + ".".join(at)
    if raw is None:
        if mark != "HOLE":
            block.wrong("空数只能放在 mark: HOLE 的一组里", where)
        found[at] = None
    elif isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        if mark == "HOLE":
            block.wrong("mark: HOLE 的一组不能有数", where)
        found[at] = None if mark in {"memory", "HOLE"} else raw
    else:
        block.wrong(f"应是以分为单位的整数,不是 {raw!r}", where)


def read_share(share: Reader, layer: str, sources: Mapping[str, Source]) -> Share:
    """A share of a local value; its rows are percent."""
    unit = share.one_of("unit", UNITS)
    keys = share.words("keys", ())
    rounding = share.inside("rounding", {"to": 1, "mode": "half_up"})
    result = Share(
        of=share.text("of"),
        lag=share.number("lag", 1),
        changes_in=share.number("changes_in", 1, low=1),
        divide=share.number("divide", 1, low=1),
        per=UNITS[unit],
        to=rounding.number("to", 1, low=1),
        mode=rounding.one_of("mode", ("half_up", "up"), "half_up"),
        versions=tuple(read_block(block, unit, keys, layer, sources) for block in share.each("values")),
    )
    if result.changes_in > 12:
        share.wrong("应是 1 到 12 月", "changes_in")
    rounding.done()
    share.done()
    return result
