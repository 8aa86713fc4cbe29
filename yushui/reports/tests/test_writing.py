"""Sentences appear with their facts and disappear without them; nothing is claimed that no figure holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from yushui.indicators.types import Indicator, Kind, Question, Value
from yushui.reports.rules.keeping import keep_document, kept_document
from yushui.reports.rules.outlines import make_outline, problems_of_outline, wanted_figures
from yushui.reports.rules.writing import Answers, count_word, write_document
from yushui.reports.types import Document, Frame, Paragraph, StandardRow

OPEN = Frame("990101000000", "云川县", "全县", 2026, date(2026, 6, 30))
CLOSED = Frame("990101000000", "云川县", "全县", 2025, date(2026, 6, 30))


def indicator(name: str, unit: str = "次", kind: Kind = Kind.COUNT, target: int | None = None) -> Indicator:
    return Indicator(
        name, f"指标{name}", "一", unit, kind, "某", "000", "某", whole=Question("people.statuses", (), "persons"),
        target=target,
    )  # fmt: skip


KNOWN = {
    "talks": indicator("talks"),
    "heads": indicator("heads", "人次"),
    "money": indicator("money", "元"),
    "rate": indicator("rate", "%", Kind.RATIO, 10000),
    "rise": indicator("rise", "元/月", Kind.TABLE),
}


def value(name: str, number: int | None, year: int = 2026, part: int = 0, whole: int = 0) -> Value:
    return Value(name, OPEN.area_code, year, OPEN.on, number, part, whole, 1)


def write(
    *sentences: Mapping[str, object], now: Mapping[str, int | None] | None = None, frame: Frame = OPEN,
    **more: object,
) -> Document:  # fmt: skip
    """A report of one section, and a second that collects next steps."""
    answers = more.pop("answers", None)
    section = {"id": "one", "title": "一节", "sentences": list(sentences), **more}
    entry = {
        "id": "o", "title": "{area}{year}年汇报", "levels": ["COUNTY"],
        "sections": [section, {"id": "next", "title": "下一步", "numbered": True, "collects": "next"}],
    }  # fmt: skip
    assert problems_of_outline(entry, KNOWN) == []
    values = {name: value(name, number) for name, number in (now or {}).items()}
    return write_document(make_outline(entry), frame, answers or Answers(KNOWN, values, {}))  # type: ignore[arg-type]


def told(document: Document) -> list[str]:
    """The paragraphs as plain text."""
    return [text(paragraph) for section in document.sections for paragraph in section.paragraphs]


def text(paragraph: Paragraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces)


def test_a_sentence_stands_when_its_figures_are_known() -> None:
    document = write({"text": "召开座谈会{talks},参加{heads}。"}, now={"talks": 3, "heads": 120})
    assert told(document) == ["召开座谈会3次，参加120人次。"]
    assert [(cite.indicator, cite.words) for cite in document.cites] == [("talks", "3次"), ("heads", "120人次")]
    assert document.missing == ()


@pytest.mark.parametrize("number, why", [(0, "本年没有记录"), (None, "没有可以统计的记录")])
def test_a_sentence_without_its_figure_is_left_out_and_listed_as_missing(number: int | None, why: str) -> None:
    document = write({"text": "召开座谈会{talks},参加{heads}。"}, now={"talks": number, "heads": 120})
    assert told(document) == []
    assert document.sections == ()
    assert [(m.section, m.title, m.why) for m in document.missing] == [("一节", "指标talks", why)]


def test_a_quiet_sentence_is_not_missed() -> None:
    assert write({"text": "召开{talks}。", "quiet": True}, now={"talks": 0}).missing == ()


def test_zero_is_said_only_where_the_outline_has_words_for_it() -> None:
    sentence = {"text": "发生{talks}。", "zero": "没有发生。"}
    assert told(write(sentence, now={"talks": 0})) == ["没有发生。"]
    assert told(write(sentence, now={"talks": 2})) == ["发生2次。"]
    assert told(write(sentence, now={"talks": None})) == []


def test_an_optional_part_is_dropped_alone() -> None:
    sentence = {"text": "召开{talks}[,参加{heads}][,{talks:change}]。"}
    assert told(write(sentence, now={"talks": 3, "heads": 0})) == ["召开3次。"]


def test_a_running_year_is_compared_with_the_same_span_of_the_last() -> None:
    answers = Answers(KNOWN, {"talks": value("talks", 5)}, {"talks": value("talks", 3, 2025)})
    sentence = {"text": "{span}召开{talks},{talks:change},{last}为{talks:before}。"}
    assert told(write(sentence, answers=answers)) == ["今年以来召开5次，比上年同期增加2次，上年同期为3次。"]
    assert told(write(sentence, answers=answers, frame=CLOSED)) == ["全年召开5次，比上年增加2次，上年为3次。"]


def test_items_that_are_zero_are_simply_not_said() -> None:
    sentence = {"lead": "其中:", "items": ["甲{talks}", "乙{heads}", "丙{money}"]}
    assert told(write(sentence, now={"talks": 1, "heads": 0, "money": 1_234_500})) == ["其中：甲1次、丙1.23万元。"]
    assert told(write(sentence, now={"talks": 0, "heads": 0, "money": None})) == []


SHORT = {"text": "比率为{rate},还差{rate:left}", "short": "rate", "next": "补齐{rate:left}"}


def test_what_fell_short_writes_itself_and_asks_for_a_next_step() -> None:
    values = {"rate": value("rate", 8750, part=7, whole=8), "talks": value("talks", 2)}
    document = write(
        SHORT, {"text": "有{talks}未办"}, numbered=True, none="{measured}项均达到。", answers=Answers(KNOWN, values, {})
    )
    assert told(document) == ["一是比率为87.5%，还差1人；二是有2次未办。", "补齐1人。"]
    assert [section.number for section in document.sections] == [1, 2]


def test_no_shortfall_is_claimed_only_of_what_was_measured() -> None:
    reached = Answers(KNOWN, {"rate": value("rate", 10000, part=8, whole=8)}, {})
    assert told(write(SHORT, numbered=True, none="{measured}项均达到。", answers=reached)) == ["1项均达到。"]
    unknown = Answers(KNOWN, {"rate": value("rate", None)}, {})
    assert told(write(SHORT, numbered=True, none="{measured}项均达到。", answers=unknown)) == []


def row(benefit: str, key: str, before: int | None, now: int) -> StandardRow:
    return StandardRow(benefit, f"待遇{benefit}", key, "年", before, now)


def test_growth_names_few_standards_and_gives_the_range_of_many() -> None:
    few = [row("a", "烈士遗属", 236600, 249500), row("a", "因公", 166600, 166600), row("b", "", None, 100)]
    many = [row("c", str(n), 10000, 10000 + n * 100) for n in range(1, 6)]
    document = write({"growth": "rise"}, answers=Answers(KNOWN, {}, {}, {"rise": [*few, *many]}))
    assert told(document) == [
        "本年提高的抚恤补助标准有：待遇a，烈士遗属由每年2366元提高到每年2495元；待遇c5档提高1.0%至5.0%。"
    ]
    assert {cite.aspect for cite in document.cites} == {"growth"}


def test_a_paragraph_by_hand_stands_after_the_figures_of_its_section() -> None:
    answers = Answers(KNOWN, {"talks": value("talks", 1)}, {}, {}, {"one": ["另建一处阵地。"]})
    document = write({"text": "召开{talks}。"}, answers=answers)
    assert [(text(p), p.by_hand) for p in document.sections[0].paragraphs] == [
        ("召开1次。", False), ("另建一处阵地。", True),
    ]  # fmt: skip


def test_a_kept_document_comes_back_as_it_was() -> None:
    values = {"rate": value("rate", 8750, part=7, whole=8), "talks": value("talks", 0)}
    document = write(SHORT, {"text": "召开{talks}。"}, answers=Answers(KNOWN, values, {}))
    assert kept_document(keep_document(document)) == document


def test_all_problems_of_an_outline_are_listed() -> None:
    entry = {
        "id": "o", "title": "某", "levels": ["MOON"],
        "sections": [
            {"id": "one", "sentences": [
                {"text": "有{nothing}和{talks:left}。", "short": "talks"},
                {"growth": "talks"},
                {"text": "某", "items": ["某"], "colour": 1},
            ]},
            {"id": "one"},
        ],
        "charts": [{"id": "c", "unit": "人", "section": "two", "indicators": ["talks", "nobody"]}],
    }  # fmt: skip
    assert problems_of_outline(entry, KNOWN) == [
        "没有这一级 MOON",
        "one 第 1 句: 没有这个指标 nothing",
        "one 第 1 句: talks 不是比率,没有 left",
        "one 第 1 句: talks 没有目标值",
        "one 第 2 句: talks 不是标准表",
        "one 第 3 句: 不认识的项 colour",
        "one 第 3 句: text、items、growth、own 应恰好有一个",
        "one: 编号重复",
        "图 c: 没有指标",
        "图 c: talks 的单位不是 人",
        "图 c: 没有这一节 two",
    ]


def test_wanted_figures_are_all_that_may_be_cited() -> None:
    sentence = {"text": "{when}{talks}[{heads:before}]", "next": "{money}"}
    section = {"id": "one", "title": "一", "sentences": [sentence]}
    outline = make_outline({"id": "o", "title": "某", "levels": ["COUNTY"], "sections": [section]})
    assert wanted_figures(outline) == {"talks", "heads", "money"}


@pytest.mark.parametrize("number, word", [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")])
def test_sections_are_counted_in_chinese(number: int, word: str) -> None:
    assert count_word(number) == word
