"""Data of one-off sums: the income series, the honours tables, local formulas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yushui.base.refusals import Problem
from yushui.policy.rules.rate_files import read_sources
from yushui.policy.rules.reading import Reader
from yushui.policy.types import PERIODIC, Source

Folders = Mapping[str, tuple[dict[str, Any], dict[str, dict[str, Any]]]]
CLAIMS = (
    "martyr_honour_grant", "death_gratuity", "death_continuation", "waiting_allowance", "discharge_grant",
    "merit_reward",
)  # fmt: skip


def read_claim_files(folders: Folders, sources: Mapping[str, Source], problems: list[Problem]) -> dict[str, Any]:
    """What a layer says of one-off sums: `income` by year, then one entry a benefit; the smaller area's file wins."""
    claims: dict[str, Any] = {"income": {}}
    for folder, (shared, benefits) in folders.items():
        if "income.yaml" in shared:
            file = Reader(shared["income.yaml"], f"{folder}/income.yaml", problems)
            claims["income"] |= read_income(file, sources)
        for benefit, files in benefits.items():
            if "claim.yaml" in files:
                file = Reader(files["claim.yaml"], f"{folder}/{benefit}/claim.yaml", problems)
                claims[benefit] = read_claim(benefit, file, folder, sources)
    return claims


def read_income(file: Reader, sources: Mapping[str, Source]) -> dict[int, int]:
    """Income of the year before counts in several sums. Years from memory are left out, so that they are asked for."""
    file.text("title")
    years = file.inside("years")
    found = {}
    for year in list(years.content):
        one = years.inside(year)
        fen, mark = one.number("fen", low=1), one.one_of("mark", ("read", "derived", "memory"))
        one.text("note", "")
        names = one.words("source")
        for name in names:
            if name not in sources:
                one.wrong(f"sources.yaml 里没有出处 {name}", "source")
        if mark != "memory" and not names:
            one.wrong("没有出处的数不能用", "source")
        if mark != "memory" and isinstance(year, int):
            found[year] = fen
        one.done()
    file.done()
    return found


def read_claim(benefit: str, file: Reader, folder: str, sources: Mapping[str, Source]) -> dict[str, Any]:
    """One sum's data, by its kind."""
    if benefit not in CLAIMS:
        file.wrong("这一项没有一次性计算的规则")
        return {}
    read: dict[str, Any] = {"title": file.text("title"), "document": file.text("document", "")}
    if benefit == "death_continuation":
        read["rules"] = [read_continuation(r, folder, sources) for r in file.each("rules")]
    elif benefit == "discharge_grant":
        read |= read_discharge(file)
    elif benefit == "merit_reward":
        read["rows"] = read_numbers(file.inside("rows"))
    else:
        read["versions"] = [read_version(v, folder, sources) for v in file.each("versions")]
    if folder != "national" and not read["document"] and benefit in {"discharge_grant", "merit_reward"}:
        file.wrong("本地办法要写明文件名称和文号", "document")
    file.done()
    return read


def read_numbers(reader: Reader) -> dict[str, int]:
    """A flat table of whole numbers."""
    return {str(key): reader.number(key) for key in list(reader.content)}


def read_version(version: Reader, folder: str, sources: Mapping[str, Source]) -> dict[str, Any]:
    """One dated version of a national formula."""
    read_sources(version, "" if folder == "national" else folder, sources)
    read: dict[str, Any] = {"from": version.day("from") or date.min, "article": version.text("article")}
    for key in ("multiple", "months_of_pay"):
        if key in version.content:
            read[key] = version.number(key, low=1)
    for key in ("incomes", "honours"):
        if key in version.content:
            read[key] = read_numbers(version.inside(key))
    if "of" in version.content:
        read["of"] = version.text("of")
    version.done()
    return read


def read_continuation(rule: Reader, folder: str, sources: Mapping[str, Source]) -> dict[str, Any]:
    """How many months of which benefit go on after death, for deaths in [from, until)."""
    read_sources(rule, "" if folder == "national" else folder, sources)
    read = {
        "benefit": rule.one_of("benefit", PERIODIC),
        "months": rule.number("months", low=1),
        "causes": rule.words("causes", ()),
        "article": rule.text("article"),
        "from": rule.day("from") or date.min,
        "until": rule.day("until", date.max) or date.max,
    }
    rule.done()
    return read


def read_discharge(file: Reader) -> dict[str, Any]:
    """A local formula for soldiers who find work themselves: per year, or a base with a step for each later year."""
    read: dict[str, Any] = {}
    for role in ("conscript", "sergeant"):
        one = file.inside(role)
        if "per_year" in one.content:
            read[role] = {"per_year": one.number("per_year")}
        else:
            read[role] = {k: one.number(k) for k in ("base", "base_years", "step_percent")}
        one.done()
    part = file.inside("part_year")
    read["part_year"] = {k: part.number(k) for k in ("under_six_months", "over_six_months")}
    six = part.take("six_months", "ask")
    if six != "ask" and not isinstance(six, int):
        part.wrong("应是百分数或 ask", "six_months")
    read["part_year"]["six_months"] = six
    part.done()
    return read
