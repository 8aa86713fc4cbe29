"""Reading a message from a phone into the form of an activity, by plain rules.

"7月28日上午,镇党委书记带队慰问北洲村陈某等12户,每户500元" gives kind, day, area, leader, 12 户 and 6000 元. What is not
understood, or could be meant two ways, stays empty: the person at the form fills it in. No number appears that the
text does not hold (or that is the product of an amount a head and the heads).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from yushui.activities.rules.numerals import NUMBER, find_days, plain, show, value_of
from yushui.activities.types.activities import ActivityDraft
from yushui.activities.types.paste import KindWords, Mark, Numbered, Reading, Vocabulary

LONGEST = 2000
LONGEST_NOTE = 500
GAP = "[^。;!?\n]{0,14}?"
HEADS = "人次|人|名|位"
# What people write for the unit of a kind.
LIKE: dict[str, str] = {
    "人": HEADS, "人次": HEADS, "个(名)": "个|名", "户": "户|家", "家": "家|户", "课时": "课时|学时|节课|节",
    "册": "册|本|份", "场": "场次|场", "篇": "篇|条|则|件", "件": "件|起|例", "处": "处|块|个", "次": "次",
    "个岗位": "个岗位|个就业岗位|个工作岗位", "批次": "批次|批", "项": "项|个项目", "份": "份|张|册", "亩": "亩",
    "小时": "小时|个小时", "条": "条|幅", "期": "期|块", "棵": "棵|株", "米": "米", "所": "所",
    "项议题": "项议题|个议题",
}  # fmt: skip
MORE = "(?:余|多|来)?"
PEOPLE = {"人", "人次"}
# numbers that people write behind what is counted
BEHIND = {"个岗位": rf"岗位(?P<n>{NUMBER}){MORE}个", "项议题": rf"议题(?P<n>{NUMBER}){MORE}[项个]"}
SUMMED = re.compile(r"(?:共计|合计|总计|累计|总共|一共|共)[^,。;0-9]{0,8}$")
OF_THESE = re.compile(r"(?:其中|包括|含|应[到检参]|计划|预计|目标)[^,。;]{0,8}$")  # a part, or what was only meant
BRACKETS = re.compile(r"\([^()\n]*\)")
EACH = re.compile(
    rf"(?:每(?P<a>户|人|名|位|家)|(?P<b>户|人)均)[^,。;0-9{{}}]{{0,6}}?(?P<n>{NUMBER}){MORE}元"
    rf"|(?P<n2>{NUMBER}){MORE}元(?:/|每)(?P<c>户|人|名|位|家)"
)
YUAN = re.compile(rf"(?P<n>{NUMBER})(?P<wan>万)?{MORE}(?P<wan2>万)?元")
TITLE_HEAD = "省市州县区镇乡街道村社局党委政府人大政协武装部工总支纪宣传组织退役军人事务民常第一服站办公室学校"
TITLE = re.compile(
    rf"(?P<title>[{TITLE_HEAD}]{{0,12}}(?:副)?(?:书记|镇长|乡长|县长|区长|市长|局长|主任|部长|政委|站长|校长|院长|支书"
    r"|主席|中队长|大队长|指导员|教导员))"
    r"(?P<name>[\u4e00-\u9fff]{0,4}?)(?:同志)?(?:一行|等(?:人|领导|一行)?)?"
    r"(?P<verb>带队|率队|带领|率|主持|参加|出席|到会|陪同|走访|慰问|看望|到|赴|前往|深入|授课|主讲|宣讲|讲授|作报告|为|、)"
)
SPEAKS = {"授课", "主讲", "宣讲", "讲授", "作报告", "为"}
# who is visited does not lead, nor who is asked to come
NOT_LED = re.compile(r"(?:慰问|看望|走访)了?[^,。;]{0,3}$|[各请]$")
NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
WITH = re.compile(
    r"(?:联合|会同|协同|邀请|与|和|携手)(?P<names>[^,。;:!?\s]{2,60}?)"
    r"(?:共同|一起|一道|联合)?(?:开展|举办|举行|召开|组织|到|赴|走进|前往)"
)
PLACE_END = (
    "陵园|广场|礼堂|会议室|敬老院|光荣院|福利院|活动中心|文化中心|服务中心|服务站|纪念馆|纪念碑|展览馆|博物馆"
    "|体育馆|图书馆|基地|营区|公园|医院|学校|小学|中学|大学|操场|集市|大厅|会堂|影院|剧院|党校|村委会|居委会|烈士墓"
)
LABELLED = re.compile(r"(?:地点|地址):\s*(?P<p>[^,。;!?\s:]{2,30})")
PLACE = re.compile(rf"(?:在|于|到|赴|前往|来到|走进|深入)(?P<p>[^,。;:!?\s在于到赴]{{0,14}}?(?:{PLACE_END}))")
TO = re.compile(r"(?:慰问|走访|看望|到|赴|前往|来到|走进|在|深入|为|给|向)[^,。;]{0,6}$")
IN = re.compile(r"(?:在|于|地点:?|地址:?)$")
JOINED = re.compile(r"(?:联合|会同|协同|邀请|与|和|携手|、)[^,。;]{0,2}$")
BY = re.compile(r"[、和与及]|以及")


@dataclass
class Reader:
    """A message half read: fields so far, marks, and places that are taken."""

    text: str
    values: dict[str, str] = field(default_factory=dict)
    measures: list[tuple[str, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def put(self, name: str, value: str, start: int, end: int, label: str) -> None:
        """A field understood, and where it stood."""
        self.values[name] = value
        self.mark(start, end, label)

    def mark(self, start: int, end: int, label: str) -> None:
        """A piece of the text that was understood; of two that overlap the first stays."""
        if all(end <= m.start or m.end <= start for m in self.marks):
            self.marks.append(Mark(start, end, label))

    def is_free(self, start: int, end: int) -> bool:
        """Whether a piece is not yet read as something else."""
        return all(end <= m.start or m.end <= start for m in self.marks)


def read_message(message: str, words: Vocabulary, today: date) -> Reading:
    """The form as far as the message fills it. Any text will do; at most 2,000 signs of it are read."""
    reader = Reader(plain(message[:LONGEST]))
    kind = read_kind(reader, words)
    read_days(reader, today)
    read_area(reader, words)
    read_people(reader)
    read_units(reader, words)
    read_place(reader, words)
    read_amount(reader)
    if kind is not None:
        read_numbers(reader, kind)
    read_heads(reader, kind)
    note = " ".join(message[:LONGEST].split())
    draft = replace(
        ActivityDraft(note=note[:LONGEST_NOTE], measures=tuple(reader.measures)),
        **reader.values,  # type: ignore[arg-type]
    )
    return Reading(draft, tuple(sorted(reader.marks, key=lambda mark: mark.start)))


def read_kind(reader: Reader, words: Vocabulary) -> KindWords | None:
    """The kind whose word is longest; of two alike the one that stands first."""
    best: tuple[int, int, int, KindWords] | None = None
    for kind in words.kinds:
        for word in kind.words:
            match = find_word(word, reader.text)
            if match is None:
                continue
            rank = (len(word.replace("…", "")), -match.start(), match.end(), kind)
            if best is None or rank[:2] > best[:2]:
                best = rank
    if best is None:
        return None
    length, start, end, kind = best[0], -best[1], best[2], best[3]
    whole = end - start <= length  # a word with … would colour what stands between
    reader.put("kind", kind.code, start, end if whole else start + 2, "类型")
    return kind


def find_word(word: str, text: str) -> re.Match[str] | None:
    """The first place of a word; … in it stands for a few signs."""
    return re.search(GAP.join(re.escape(part) for part in word.split("…")), text) if word.strip("…") else None


def read_days(reader: Reader, today: date) -> None:
    """The day, and the last day of several."""
    found = find_days(reader.text, today)
    if found is not None:
        reader.put("on", found.first.isoformat(), found.start, found.end, "日期")
        if found.last is not None:
            reader.values["last_day"] = found.last.isoformat()


def read_area(reader: Reader, words: Vocabulary) -> None:
    """The deepest area named. Two villages are none: which of them, the person says."""
    hits = [(code, name) for code, name in words.areas if len(name) > 1 and name in reader.text]
    if not hits:
        return
    deepest = max(len(code.rstrip("0")) for code, _ in hits)
    at = [(code, name) for code, name in hits if len(code.rstrip("0")) == deepest]
    longest = max(len(name) for _, name in at)
    at = [(code, name) for code, name in at if len(name) == longest or not any(name in n for _, n in at if n != name)]
    if len({code for code, _ in at}) == 1:
        code, name = at[0]
        start = reader.text.index(name)
        reader.put("area_code", code, start, start + len(name), "区域")


def read_people(reader: Reader) -> None:
    """People named by their title: who led, who spoke."""
    found: dict[str, list[str]] = {"leaders": [], "speakers": []}
    for match in TITLE.finditer(reader.text):
        name = match["name"] if NAME.fullmatch(match["name"]) else ""
        if (match["name"] and not name) or NOT_LED.search(reader.text[: match.start()]):
            continue
        part = "speakers" if match["verb"] in SPEAKS else "leaders"
        found[part].append(f"{match['title']} {name}".strip())
        reader.mark(match.start("title"), match.end("name"), "主讲" if part == "speakers" else "带队领导")
    for part, names in found.items():
        if names:
            reader.values[part] = "、".join(dict.fromkeys(names))[:200]


def read_units(reader: Reader, words: Vocabulary) -> None:
    """Units known by name: the first that acts is the host; those it goes to or acts with took part. Behind 联合 and
    邀请, names not known here took part too."""
    partners: list[str] = []
    for start, end, name in known_units(reader.text, words.units):
        before = reader.text[max(start - 10, 0) : start]
        acts = "host" not in reader.values and not TO.search(before) and not JOINED.search(before)
        if acts:
            reader.put("host", name, start, end, "主办单位")
        elif not IN.search(before):  # what stands behind 在 is where it was
            partners.append(name)
            reader.mark(start, end, "参加单位")
    for match in WITH.finditer(reader.text):
        if reader.is_free(*match.span("names")):
            names = [name for name in BY.split(match["names"]) if 2 < len(name) <= 20]
            partners += names
            if names:
                reader.mark(*match.span("names"), "参加单位")
    if partners:
        reader.values["partners"] = "、".join(dict.fromkeys(partners))


def known_units(text: str, names: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Where units stand in the text, in order; a name inside a longer one is not counted."""
    hits = [(text.index(name), text.index(name) + len(name), name) for name in names if len(name) > 2 and name in text]
    return sorted(h for h in hits if not any(o != h and o[0] <= h[0] and h[1] <= o[1] and o[2] != h[2] for o in hits))


def read_place(reader: Reader, words: Vocabulary) -> None:
    """Where it was, when it is named as the place (地点:…) or ends like one (陵园, 礼堂, 会议室 …), and is not the area
    itself."""
    names = {name for _, name in words.areas}
    for match in (*LABELLED.finditer(reader.text), *PLACE.finditer(reader.text)):
        place = match["p"]
        if place not in names and len(place) > 1:
            reader.put("place", place, *match.span("p"), "地点")
            return


def counted(text: str, unit: str) -> Iterator[tuple[re.Match[str], Decimal]]:
    """Numbers in front of a unit, none that is an ordinal or 一 alone."""
    for match in re.finditer(rf"(?P<n>{NUMBER}){MORE}(?:个)?(?:{unit})", text):
        value, before = value_of(match["n"]), text[max(match.start() - 1, 0) : match.start()]
        is_part = before and (before in "第每.0123456789" or before in "〇零一二两三四五六七八九十百千万几数")
        if value is not None and not is_part and match["n"] != "一":
            yield match, value


def only_one(reader: Reader, unit: str) -> tuple[re.Match[str], Decimal] | None:
    """The one number of a unit; of several the one that sums up; None when in doubt. Those behind 其中 and 应到 are
    left out, and those in brackets when there is one outside."""
    hits = [(m, v) for m, v in counted(reader.text, unit) if reader.is_free(*m.span())]
    hits = [(m, v) for m, v in hits if not OF_THESE.search(reader.text[: m.start()][-14:])]
    inside = [bracket.span() for bracket in BRACKETS.finditer(reader.text)]
    hits = [(m, v) for m, v in hits if not any(a < m.start() < b for a, b in inside)] or hits
    summed = [(m, v) for m, v in hits if SUMMED.search(reader.text[: m.start()][-14:])]
    chosen = summed or hits
    return chosen[0] if chosen and len({v for _, v in chosen}) == 1 else None


def read_heads(reader: Reader, kind: KindWords | None) -> None:
    """What the kind counts; without a kind, or when it counts nothing of the sort, no number is taken."""
    if kind is None or not kind.measure:
        return
    unit = LIKE.get(kind.measure, re.escape(kind.measure))
    exact = only_one(reader, "人次") if kind.measure == "人次" else None  # 25人为老人理发38人次
    if found := exact or only_one(reader, unit):
        match, value = found
        if value == value.to_integral_value():
            reader.put("heads", show(value), match.start(), match.end(), "数量")
    elif (before := BEHIND.get(kind.measure)) and (match2 := re.search(before, reader.text)):
        value2 = value_of(match2["n"])
        if value2 is not None and value2 == value2.to_integral_value():
            reader.put("heads", show(value2), *match2.span(), "数量")


def read_numbers(reader: Reader, kind: KindWords) -> None:
    """The kind's further numbers: by name beside the number, else by a unit that only this one has."""
    for number in kind.numbers:
        if number.unit == "元":
            continue
        unit = LIKE.get(number.unit, re.escape(number.unit))
        match = beside(reader, number, unit)
        if match is None and is_plain(kind, number):
            found = only_one(reader, unit)
            match = found[0] if found else None
        if match is None:
            continue
        value = value_of(match["n"])
        if value is not None and -value.as_tuple().exponent <= number.decimals:  # type: ignore[operator]
            reader.measures.append((number.key, show(value)))
            reader.mark(*match.span(), number.name)


def is_plain(kind: KindWords, number: Numbered) -> bool:
    """Whether its unit alone tells it from the kind's other numbers; of people only when nothing else counts people."""
    if number.unit not in PEOPLE:
        return number.unit != kind.measure and is_single(kind, number)
    others = [kind.measure, *(other.unit for other in kind.numbers if other != number)]
    return not PEOPLE & set(others) and kind.measure not in {"篇", "份", "处"}


def is_single(kind: KindWords, number: Numbered) -> bool:
    """Whether no other number of the kind has the same unit."""
    return sum(other.unit == number.unit for other in kind.numbers) == 1


def beside(reader: Reader, number: Numbered, unit: str) -> re.Match[str] | None:
    """The number with its name before or behind it: 用人单位35家, 35家用人单位."""
    name = re.escape(number.name)
    if len(number.name) == 4:  # 达成就业意向, 取得焊工证书
        name = rf"{re.escape(number.name[:2])}[^,。;0-9]{{0,3}}{re.escape(number.name[2:])}"
    for pattern in (
        rf"{name}(?:约|近|共|达|了)?(?P<n>{NUMBER}){MORE}(?:{unit})",
        rf"(?P<n>{NUMBER}){MORE}(?:{unit}){name}",
    ):
        match = re.search(pattern, reader.text)
        if match is not None and reader.is_free(*match.span()):
            return match
    return None


def read_amount(reader: Reader) -> None:
    """Money: a sum that is named as such, else so much a head times the heads, else the one amount there is."""
    each = EACH.search(reader.text)
    taken = [each.span()] if each else []
    plain_sums = [
        (match, value)
        for match in YUAN.finditer(reader.text)
        if (value := yuan_of(match)) is not None and not any(a <= match.start() < b for a, b in taken)
    ]
    summed = [(m, v) for m, v in plain_sums if SUMMED.search(reader.text[: m.start()][-14:])]
    if len({v for _, v in summed}) == 1:
        put_amount(reader, summed[0][1], summed[0][0])
    elif each is not None:
        read_each(reader, each)
    elif len({v for _, v in plain_sums}) == 1:
        put_amount(reader, plain_sums[0][1], plain_sums[0][0])


def yuan_of(match: re.Match[str]) -> Decimal | None:
    """Yuan of a match; 1.5万余元, 5000元."""
    value = value_of(match["n"])
    return None if value is None else value * (10_000 if match["wan"] or match["wan2"] else 1)


def put_amount(reader: Reader, value: Decimal, match: re.Match[str]) -> None:
    """An amount of whole fen."""
    if value * 100 == (value * 100).to_integral_value():
        reader.put("amount", show(value), match.start(), match.end(), "金额")


def read_each(reader: Reader, each: re.Match[str]) -> None:
    """So much a household or head, times how many there were, when that is clear."""
    unit = each["a"] or each["b"] or each["c"]
    found = only_one(reader, "户|家" if unit in "户家" else HEADS)
    value = value_of(each["n"] or each["n2"])
    if found is None or value is None:
        return
    put_amount(reader, value * found[1], each)


def pieces_of(message: str, marks: tuple[Mark, ...]) -> list[tuple[str, str]]:
    """The message cut at its marks: (text, label), the label empty where nothing was understood."""
    pieces, at = [], 0
    for mark in marks:
        pieces += [(message[at : mark.start], ""), (message[mark.start : mark.end], mark.label)]
        at = mark.end
    return [piece for piece in [*pieces, (message[at:], "")] if piece[0]]
