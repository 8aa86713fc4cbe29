"""Reading definitions: plain data in, indicators and all their problems out. Numbers in the words of officials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yushui.base import money
from yushui.base.refusals import Problem
from yushui.indicators.types import Condition, Indicator, Kind, Question, Shape, Value

REQUIRED = ("id", "title", "chapter", "unit", "definition", "serves")
KNOWN = {
    *REQUIRED,
    "source", "filter", "measure", "ratio", "target", "enter", "table", "fewer_is_better",
}  # fmt: skip
CHAPTERS = (
    "基本情况",
    "组织领导",
    "宣传教育",
    "优抚政策落实",
    "安置就业",
    "维权稳定",
    "走访慰问",
    "军民共建",
    "征兵",
)  # the order that the five reports share
RATIO_KEYS = {"source", "filter", "measure", "part", "met_by"}
QUESTION_KEYS = {"source", "filter", "measure"}
UNITS = (
    "人", "人次", "户", "次", "场", "个", "篇", "件", "课时", "笔", "元", "%", "村", "册", "所", "家", "处", "对", "项",
    "小时", "亩", "份", "座", "台", "张",
)  # fmt: skip
TENTHS = ("小时", "亩")  # kept in tenths, like the further numbers of activities in these units


def read_indicators(
    files: Mapping[str, object], shapes: Mapping[str, Shape], benefits: Iterable[str]
) -> tuple[dict[str, Indicator], list[Problem]]:
    """All indicators of the parsed files, by id, and every problem found with its place. A definition with a problem
    is left out; the caller decides whether to go on."""
    found: dict[str, Indicator] = {}
    problems: list[Problem] = []
    for path, entries in sorted(files.items()):
        if not isinstance(entries, list):
            problems.append(Problem("文件应是一张指标清单", where=path))
            continue
        for number, entry in enumerate(entries, start=1):
            where = f"{path} 第 {number} 项"
            if not isinstance(entry, dict):
                problems.append(Problem("不是一项指标", where=where))
                continue
            where = f"{path} {entry.get('id', f'第 {number} 项')}"
            wrong = problems_of(entry, shapes, frozenset(benefits))
            if entry.get("id") in found:
                wrong.append("编号重复")
            problems += [Problem(what, where=where) for what in wrong]
            if not wrong:
                found[entry["id"]] = make(entry)
    return found, problems


def problems_of(entry: Mapping[str, Any], shapes: Mapping[str, Shape], benefits: frozenset[str]) -> list[str]:
    """What is wrong with one definition, in words; empty when it holds."""
    wrong = [f"缺少 {key}" for key in REQUIRED if not entry.get(key)]
    wrong += [f"不认识的项 {key}" for key in sorted(set(entry) - KNOWN)]
    serves = entry.get("serves")
    if serves and not (isinstance(serves, dict) and serves.get("seed") and serves.get("words")):
        wrong.append("serves 应写明 seed 和 words")
    if entry.get("unit") and entry["unit"] not in UNITS:
        wrong.append(f"不认识的单位 {entry['unit']}")
    if entry.get("chapter") and entry["chapter"] not in CHAPTERS:
        wrong.append(f"没有这一章 {entry['chapter']}")
    ways = [key for key in ("source", "ratio", "table") if key in entry]
    if len(ways) != 1:
        wrong.append("source、ratio、table 应恰好有一个")
    elif ways == ["source"]:
        question = {key: entry[key] for key in QUESTION_KEYS if key in entry}
        wrong += problems_of_question(question, shapes)
        if "target" in entry:
            wrong.append("只有比率可以有目标值")
    elif ways == ["ratio"]:
        wrong += problems_of_ratio(entry["ratio"], shapes)
        if entry.get("unit") != "%":
            wrong.append("比率的单位应是 %")
    else:
        wrong += [f"没有这种待遇 {name}" for name in entry["table"] if name not in benefits]
    return wrong


def problems_of_ratio(ratio: object, shapes: Mapping[str, Shape]) -> list[str]:
    """A ratio has a whole, and either further tests or another source."""
    if not isinstance(ratio, dict):
        return ["ratio 应写明 source、measure 和 part 或 met_by"]
    wrong = [f"不认识的项 ratio.{key}" for key in sorted(set(ratio) - RATIO_KEYS)]
    wrong += problems_of_question({key: ratio[key] for key in QUESTION_KEYS if key in ratio}, shapes)
    if ("part" in ratio) == ("met_by" in ratio):
        wrong.append("part 和 met_by 应恰好有一个")
    source = str(ratio.get("source", ""))
    if "part" in ratio and source in shapes:
        wrong += problems_of_tests(ratio["part"], shapes[source])
    if "met_by" in ratio:
        wrong += problems_of_question({**ratio["met_by"], "measure": "rows"}, shapes)
        for name in (source, str(ratio["met_by"].get("source", ""))):
            if name in shapes and not shapes[name].has_person:
                wrong.append(f"{name} 没有人员,不能用 met_by")
    return wrong


def problems_of_question(question: Mapping[str, Any], shapes: Mapping[str, Shape]) -> list[str]:
    """The source must exist and offer the measure and the filters."""
    name = question.get("source", "")
    if name not in shapes:
        return [f"没有这个数据来源 {name}"]
    wrong = problems_of_tests(question.get("filter", {}), shapes[name])
    measure = question.get("measure", "rows")
    if measure not in shapes[name].measures:
        wrong.append(f"{name} 不提供计量 {measure}")
    return wrong


def problems_of_tests(tests: object, shape: Shape) -> list[str]:
    """Filters are names the source offers, each with a value, a list of values, or `{not: …}`."""
    if not isinstance(tests, dict):
        return ["筛选条件应是“名称: 值”"]
    wrong = [f"不提供筛选 {name}" for name in tests if name not in shape.filters]
    wrong += [f"筛选 {name} 没有值" for name, asked in tests.items() if asked is None or asked == []]
    for test in tests_of({name: asked for name, asked in tests.items() if asked is not None}):
        known = shape.choices.get(test.name)
        wrong += [f"筛选 {test.name} 没有 {value}" for value in test.values if known is not None and value not in known]
    return wrong


def make(entry: Mapping[str, Any]) -> Indicator:
    """A definition without problems as a record."""
    ratio = entry.get("ratio")
    kind = Kind.RATIO if ratio else Kind.TABLE if "table" in entry else Kind.COUNT
    return Indicator(
        id=entry["id"], title=entry["title"], chapter=entry["chapter"], unit=entry["unit"], kind=kind,
        definition=entry["definition"], seed=str(entry["serves"]["seed"]), words=entry["serves"]["words"],
        whole=None if kind is Kind.TABLE else question_of(ratio or entry),
        part=tests_of(ratio["part"]) if ratio and "part" in ratio else (),
        met_by=question_of(ratio["met_by"]) if ratio and "met_by" in ratio else None,
        target=entry.get("target"), enter=entry.get("enter", ""), benefits=tuple(entry.get("table", ())),
        fewer_is_better=bool(entry.get("fewer_is_better", False)),
    )  # fmt: skip


def question_of(entry: Mapping[str, Any]) -> Question:
    """Source, tests and measure of a definition."""
    return Question(entry["source"], tests_of(entry.get("filter", {})), entry.get("measure", "rows"))


def tests_of(tests: Mapping[str, Any]) -> tuple[Condition, ...]:
    """`{kind: [A, B], scheme: {not: ""}}` as tests."""
    made = []
    for name, asked in tests.items():
        negated = isinstance(asked, dict)
        values = asked["not"] if isinstance(asked, dict) else asked
        made.append(Condition(name, tuple(values) if isinstance(values, list) else (values,), negated))
    return tuple(made)


def share(part: int, whole: int) -> int | None:
    """Parts per ten thousand, rounded down: 100% is said only of all. None of nothing."""
    return None if whole == 0 else part * 10_000 // whole


def show_share(number: int) -> str:
    """9740 → `97.4%`, 10000 → `100%`, 9999 → `99.99%`."""
    text = f"{number / 100:.2f}".rstrip("0").rstrip(".")
    return f"{text}%"


def show_number(number: int | None, unit: str) -> str:
    """A value with its unit as a page shows it: `12,046 人`, `97.4%`, `4,015.00 元`."""
    if number is None:
        return "—"
    if unit == "%":
        return show_share(number)
    if unit.startswith("元"):
        return f"{money.show_yuan(number)} {unit}"
    if unit in TENTHS:
        return f"{trim(number * 10)} {unit}"
    return f"{number:,} {unit}"


def short_number(number: int | None, unit: str) -> str:
    """A value as it fits on a tile, without its unit: `12046`, `97.4%`, `4015`, from 100,000 on `12.3万`."""
    if number is None:
        return "—"
    if unit == "%":
        return show_share(number // 10 * 10)
    if unit.startswith("元"):
        number = number // 100  # whole yuan
    elif unit in TENTHS:
        return trim(number * 10)
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if abs(number) >= max(size, 10**5):
            return f"{trim(number * 10 // size * 10)}{word}"
    return str(number)


def write_number(number: int, unit: str) -> str:
    """A value as an official text writes it: no separators; money from 10,000 yuan on in 万元 with two decimals."""
    if unit == "%":
        return show_share(number)
    if unit == "元":
        if abs(number) >= 1_000_000:
            return f"{trim(money.half_up(number, 10_000))}万元"
        return f"{trim(number)}元"
    if unit.startswith("元"):
        return f"{trim(number)}{unit}"
    if unit in TENTHS:
        return f"{trim(number * 10)}{unit}"
    return f"{number}{'个村' if unit == '村' else unit}"


def trim(hundredths: int) -> str:
    """401550 → `4015.5`, 400000 → `4000`."""
    sign = "-" if hundredths < 0 else ""
    text = f"{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}".rstrip("0").rstrip(".")
    return sign + text


def write_change(now: int, before: int, unit: str, last: str = "上年") -> str:
    """`比上年增加12人`; a ratio changes by percentage points (百分点)."""
    if now == before:
        return f"与{last}持平"
    word = "增加" if now > before else "减少"
    if unit == "%":
        word = "提高" if now > before else "下降"
        return f"比{last}{word}{trim(abs(now - before))}个百分点"
    return f"比{last}{word}{write_number(abs(now - before), unit)}"


def same_answer(now: Value, number: int | None, row_count: int) -> bool:
    """Whether a filed figure still stands: the same number from as many rows."""
    return now.number == number and now.row_count == row_count
