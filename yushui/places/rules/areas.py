"""Rules of areas: whether rows of codes and names make a tree. Plain values in, problems out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from yushui.base.area_codes import CUTS, ancestors_of, prefix_of
from yushui.base.refusals import Problem

AreaRow = tuple[str, str]  # code of 2, 4, 6, 9 or 12 digits, name


def parent_of(code: str, known: Collection[str]) -> str:
    """The nearest area above that exists; levels may be left out (a county may stand right under a province)."""
    return next((above for above in reversed(ancestors_of(code)) if above in known), "")


def full_name_of(code: str, names: Mapping[str, str]) -> str:
    """Names from the province down, without a gap: `江苏省扬州市邗江区汊河街道`."""
    return "".join(names[each] for each in (*ancestors_of(code), code) if each in names)


def problems_of_areas(rows: Sequence[AreaRow], known: Collection[str], *, length: int = 0) -> tuple[Problem, ...]:
    """Every row that cannot stand: no such form of code, no name, twice in the list, or nothing above it.

    With `length` (significant digits, 12 for villages) every code must be of that level.
    """
    problems: list[Problem] = []
    codes = {code.ljust(12, "0") for code, _ in rows if code.isdigit() and len(code) in CUTS}
    seen: set[str] = set()
    for place, (code, name) in enumerate(rows, start=1):
        where = f"第 {place} 行"
        if not code.isdigit() or len(code) not in CUTS:
            problems.append(Problem("区划代码应为 2、4、6、9 或 12 位数字", where=where))
            continue
        full = code.ljust(12, "0")
        if length and len(prefix_of(full)) != length:
            problems.append(Problem("村(社区)代码应为 12 位,最后 3 位不能是 000", where=where))
        if not name.strip():
            problems.append(Problem("没有名称", where=where))
        if full in seen:
            problems.append(Problem(f"区划代码 {full} 重复", where=where))
        seen.add(full)
        if ancestors_of(full) and not parent_of(full, known) and not parent_of(full, codes - {full}):
            problems.append(Problem("上级区划不存在", where=where, next_step="请先录入所在的乡镇(街道)"))
    return tuple(problems)
