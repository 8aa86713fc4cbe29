"""Reading an outline: parsed YAML in, an outline and all its problems out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from yushui.base.area_codes import AreaLevel
from yushui.indicators.types import Indicator, Kind
from yushui.reports.types import ChartPlan, Outline, Section, Sentence

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z]+))?\}")
PLAIN = frozenset({"area", "region", "year", "when", "span", "last", "measured"})
ASPECTS = {"": set(Kind) - {Kind.TABLE}, "before": set(Kind) - {Kind.TABLE}, "change": set(Kind) - {Kind.TABLE}}
RATIO_ASPECTS = ("left", "part", "whole")
SENTENCE_KEYS = {"text", "lead", "items", "end", "zero", "quiet", "new_paragraph", "short", "next", "growth", "own"}


def problems_of_outline(entry: Mapping[str, Any], indicators: Mapping[str, Indicator]) -> list[str]:
    """Everything that is wrong with an outline, each with its place; empty when it holds."""
    wrong = [f"缺少 {key}" for key in ("id", "title", "levels", "sections") if not entry.get(key)]
    wrong += [f"没有这一级 {name}" for name in entry.get("levels", ()) if name not in AreaLevel.__members__]
    seen: set[str] = set()
    for section in entry.get("sections", ()):
        name = section.get("id", "?")
        if name in seen:
            wrong.append(f"{name}: 编号重复")
        seen.add(name)
        for number, sentence in enumerate(section.get("sentences", ()), start=1):
            wrong += [f"{name} 第 {number} 句: {each}" for each in problems_of_sentence(sentence, indicators)]
    for chart in entry.get("charts", ()):
        known = [indicators.get(each) for each in chart.get("indicators", ())]
        wrong += [f"图 {chart.get('id')}: 没有指标" for each in known if each is None]
        odd = [each.id for each in known if each and each.unit != chart.get("unit")]
        wrong += [f"图 {chart.get('id')}: {each} 的单位不是 {chart.get('unit')}" for each in odd]

        if chart.get("section") not in seen:
            wrong.append(f"图 {chart.get('id')}: 没有这一节 {chart.get('section')}")
    return wrong


def problems_of_sentence(sentence: Mapping[str, Any], indicators: Mapping[str, Indicator]) -> list[str]:
    """A sentence has text, items, growth or own kinds; every placeholder names a figure and an aspect it has."""
    wrong = [f"不认识的项 {key}" for key in sorted(set(sentence) - SENTENCE_KEYS)]
    if sum(bool(sentence.get(key)) for key in ("text", "items", "growth", "own")) != 1:
        wrong.append("text、items、growth、own 应恰好有一个")
    texts = [sentence.get("text", ""), sentence.get("next", ""), sentence.get("lead", ""), *sentence.get("items", ())]
    for name, aspect in (found for text in texts for found in PLACEHOLDER.findall(text)):
        if name in PLAIN and not aspect:
            continue
        indicator = indicators.get(name)
        if indicator is None:
            wrong.append(f"没有这个指标 {name}")
        elif aspect in RATIO_ASPECTS and indicator.kind is not Kind.RATIO:
            wrong.append(f"{name} 不是比率,没有 {aspect}")
        elif aspect not in RATIO_ASPECTS and indicator.kind not in ASPECTS.get(aspect, ()):
            wrong.append(f"{name} 没有 {aspect}")
    short = indicators.get(sentence["short"]) if sentence.get("short") else None
    if sentence.get("short") and (short is None or short.target is None):
        wrong.append(f"{sentence['short']} 没有目标值")
    growth = sentence.get("growth")
    if growth and (growth not in indicators or indicators[growth].kind is not Kind.TABLE):
        wrong.append(f"{growth} 不是标准表")
    return wrong


def make_outline(entry: Mapping[str, Any]) -> Outline:
    """An outline without problems as a record."""
    return Outline(
        id=entry["id"],
        title=entry["title"],
        levels=tuple(entry["levels"]),
        sections=tuple(make_section(each) for each in entry["sections"]),
        charts=tuple(
            ChartPlan(c["id"], c["title"], c["section"], c["unit"], tuple(c["indicators"]))
            for c in entry.get("charts", ())
        ),
    )


def make_section(entry: Mapping[str, Any]) -> Section:
    """One section."""
    return Section(
        id=entry["id"],
        title=entry["title"],
        sentences=tuple(make_sentence(each) for each in entry.get("sentences", ())),
        numbered=bool(entry.get("numbered", False)),
        none=entry.get("none", ""),
        collects_next=entry.get("collects") == "next",
    )


def make_sentence(entry: Mapping[str, Any]) -> Sentence:
    """One sentence."""
    return Sentence(
        text=entry.get("text", ""), lead=entry.get("lead", ""), items=tuple(entry.get("items", ())),
        end=entry.get("end", "。"), zero=entry.get("zero", ""), quiet=bool(entry.get("quiet", False)),
        new_paragraph=bool(entry.get("new_paragraph", False)), short=entry.get("short", ""),
        next_step=entry.get("next", ""), growth=entry.get("growth", ""),
        own=entry.get("own", ""),
    )  # fmt: skip


def with_own_kinds(outline: Outline, own: Iterable[Indicator]) -> Outline:
    """The outline with a sentence's `own` filled in: an item for each figure of a county's own kinds that its section
    tells of and that stands on rows of that package. Without any the sentence is left out."""
    every = list(own)

    def filled(section: Section, sentence: Sentence) -> list[Sentence]:
        if not sentence.own:
            return [sentence]
        told = [
            each for each in every
            if each.chapter == section.title and each.whole and each.whole.source.startswith(f"{sentence.own}.")
        ]  # fmt: skip
        items = tuple(f"{each.title.replace(':', '')}{{{each.id}}}" for each in told)
        return [replace(sentence, items=items)] if items else []

    sections = tuple(
        replace(section, sentences=tuple(full for each in section.sentences for full in filled(section, each)))
        for section in outline.sections
    )
    return replace(outline, sections=sections)


def wanted_figures(outline: Outline) -> frozenset[str]:
    """The ids of all indicators with rows that an outline may cite."""
    found: set[str] = set()
    for section in outline.sections:
        for sentence in section.sentences:
            texts = (sentence.text, sentence.next_step, sentence.lead, *sentence.items)
            found |= {name for text in texts for name, _ in PLACEHOLDER.findall(text)}
            found |= {sentence.short} - {""}
    for chart in outline.charts:
        found |= set(chart.indicators)
    return frozenset(found - PLAIN)
