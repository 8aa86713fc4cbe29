"""From the texts under law/ to one frozen Law: every file read, every problem told at once.

`national/` holds the state's files, `local/<area code>/` what a place adds. A place's layer is the national one, then
the
files of each area above it, then its own. Files named situations*.yaml are examples for `law-test`, not law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import yaml

from yushui.base.digest import sm3
from yushui.base.plain_yaml import read_yaml
from yushui.base.refusals import Problem, Refused
from yushui.policy.rules.benefit_files import STOPS, read_benefit
from yushui.policy.rules.claim_files import read_claim_files
from yushui.policy.rules.rate_files import read_rates, read_sources
from yushui.policy.rules.reading import Reader
from yushui.policy.rules.sanity import check_rule
from yushui.policy.types import ONE_OFF, PERIODIC, Law, Layer, Pair, Rates, Rule, Source

SHARED_FILES = ("sources.yaml", "overlap.yaml", "stops.yaml", "layer.yaml", "claims.yaml", "income.yaml")


@dataclass
class Folder:
    """The files of one layer as parsed: shared ones by name, benefits' by benefit and name."""

    area: str
    shared: dict[str, Any] = field(default_factory=dict)
    benefits: dict[str, dict[str, Any]] = field(default_factory=dict)

    def path(self, benefit: str = "", name: str = "") -> str:
        """The path as a person finds it under law/."""
        top = f"local/{self.area}" if self.area else "national"
        return "/".join(p for p in (top, benefit, name) if p)


def digest_of(texts: Mapping[str, str]) -> str:
    """SM3 over the sorted paths and texts."""
    joined = "".join(f"{path}\n{len(texts[path])}\n{texts[path]}\n" for path in sorted(texts))
    return sm3(joined.encode())


def parse_law(texts: Mapping[str, str]) -> Law:
    """The Law of these files. Raises Refused with every problem of every file."""
    return build_law(parse_documents(texts), digest_of(texts))


def parse_documents(texts: Mapping[str, str]) -> dict[str, Any]:
    """Each text as YAML. Raises Refused naming each file that is no YAML."""
    problems, documents = [], {}
    for path in sorted(texts):
        try:
            documents[path] = read_yaml(texts[path])
        except yaml.YAMLError as error:
            problems.append(Problem(f"不是正确的 YAML:{' '.join(str(error).split())}", path))
    if problems:
        raise Refused(*problems)
    return documents


def build_law(documents: Mapping[str, Any], digest: str) -> Law:
    """The Law of parsed files. Raises Refused with every problem."""
    problems: list[Problem] = []
    folders = sort_folders(documents, problems)
    national = folders.setdefault("", Folder(""))
    sources = read_source_list(national, problems)
    layers: dict[str, Layer] = {}
    for area in sorted(folders):
        chain = [folders[a] for a in sorted(folders) if area.startswith(a)]
        layers[area] = read_layer(chain, sources, problems)
    if problems:
        raise Refused(*dict.fromkeys(problems))
    return Law(digest=digest, layers=layers, sources=sources)


def sort_folders(documents: Mapping[str, Any], problems: list[Problem]) -> dict[str, Folder]:
    """Files by layer and benefit; a path that fits nowhere is a problem."""
    folders: dict[str, Folder] = {}
    for path, content in documents.items():
        parts = PurePosixPath(path).parts
        area = parts[1] if parts[0] == "local" and len(parts) > 2 else ""
        inner = parts[2:] if area else parts[1:]
        folder = folders.setdefault(area, Folder(area))
        if parts[0] not in {"national", "local"} or (area and not (area.isdigit() and len(area) in {2, 4, 6, 9, 12})):
            problems.append(Problem("应放在 national/ 或 local/<行政区划代码>/ 下", path))
        elif len(inner) == 1 and inner[0] in SHARED_FILES:
            folder.shared[inner[0]] = content
        elif (
            len(inner) == 2
            and inner[0] in PERIODIC + ONE_OFF
            and inner[1] in {"benefit.yaml", "rates.yaml", "claim.yaml"}
        ):
            folder.benefits.setdefault(inner[0], {})[inner[1]] = content
        else:
            problems.append(Problem("不认识的文件名或待遇名", path))
    return folders


def read_source_list(national: Folder, problems: list[Problem]) -> dict[str, Source]:
    file = Reader(national.shared.get("sources.yaml") or {}, national.path("", "sources.yaml"), problems)
    listed = file.inside("sources", {})
    found = {}
    for key in list(listed.content):
        one = listed.inside(key)
        found[str(key)] = Source(str(key), one.text("title"), one.text("address"), one.text("grade"))
        one.done()
    file.done()
    return found


def read_layer(chain: list[Folder], sources: Mapping[str, Source], problems: list[Problem]) -> Layer:
    """A place's law from the folders above it and its own."""
    own = chain[-1]
    settings = [read_settings(folder, problems) for folder in chain]
    stops = read_stops(chain[0], sources, problems)
    parts: dict[str, str] = {}
    for s in settings:
        parts |= s["parts"]
    rules = {}
    for benefit in PERIODIC:
        rule = read_rule(benefit, chain, sources, problems)
        if rule is not None:
            rules[benefit] = settle(rule, parts, stops, settings[-1]["received"])
    return Layer(
        area=own.area,
        name=settings[-1]["name"],
        rules=rules,
        overlap=read_overlap(chain, sources, problems),
        values=tuple(v for s in settings for v in s["values"]),
        claims=read_claim_files({f.path(): (f.shared, f.benefits) for f in chain}, sources, problems),
    )


def settle(rule: Rule, parts: Mapping[str, str], stops: Mapping[str, str], received: Mapping[date, date]) -> Rule:
    """The place's part-month rules where the benefit leaves them open, the articles of stops, the days notices came."""
    national = tuple(replace(r, printed=received.get(r.starts_on, r.printed)) for r in rule.rates)
    chosen = {p: (m if m != "ask" else parts.get(p, "ask")) for p, m in rule.parts.items()}
    return replace(rule, parts=chosen, articles={**stops, **rule.articles}, rates=national)


def read_settings(folder: Folder, problems: list[Problem]) -> dict[str, Any]:
    """`layer.yaml`: the place's name, its part-month rules, when notices reached it, its yearly values."""
    file = Reader(folder.shared.get("layer.yaml") or {}, folder.path("", "layer.yaml"), problems)
    name = file.text("name", "全国" if not folder.area else folder.area)
    file.text("note", "")
    parts = file.inside("parts", {})
    chosen = {}
    for part in ("start", "age", "sentence", "release"):
        if part in parts.content:
            one = parts.inside(part)
            chosen[part] = one.one_of("month", ("of", "after", "ask"))
            one.text("document")
            one.done()
    parts.done()
    received = {
        d: r for d, r in (file.take("received", {}) or {}).items() if isinstance(d, date) and isinstance(r, date)
    }
    values = []
    for value in file.each("values", ()):
        value.text("document")
        value.text("mark", "")
        values.append((value.text("name"), value.number("year"), value.number("fen")))
        value.done()
    file.done()
    return {"name": name, "parts": chosen, "received": received, "values": values}


def read_stops(national: Folder, sources: Mapping[str, Source], problems: list[Problem]) -> dict[str, str]:
    """Articles of what stops every benefit of a person."""
    file = Reader(national.shared.get("stops.yaml") or {}, national.path("", "stops.yaml"), problems)
    listed = file.inside("stops", {})
    found = {}
    for key in (*STOPS, "DIED", "ENDED"):
        if key in listed.content:
            one = listed.inside(key)
            found[key] = one.text("article")
            if one.number("days", 60) != 60:
                one.wrong("公告期限只认60日", "days")
            read_sources(one, "", sources)
            one.done()
    listed.done()
    file.done()
    return found


def read_rule(benefit: str, chain: list[Folder], sources: Mapping[str, Source], problems: list[Problem]) -> Rule | None:
    """A benefit in a layer: national file overlaid by local ones, national and local tables side by side."""
    merged: dict[str, Any] = {}
    tables: dict[bool, tuple[Rates, ...]] = {False: (), True: ()}
    combine, last = "higher", ""
    for folder in chain:
        files = folder.benefits.get(benefit, {})
        if "benefit.yaml" in files:
            last = folder.path(benefit, "benefit.yaml")
            merged |= dict(files["benefit.yaml"] or {}) if isinstance(files["benefit.yaml"], Mapping) else {}
        if "rates.yaml" in files:
            file = Reader(files["rates.yaml"], folder.path(benefit, "rates.yaml"), problems)
            blocks, combine = read_rates(file, folder.area, sources)
            tables[bool(folder.area)] += blocks
    if not merged:
        if tables[False] or tables[True]:
            problems.append(Problem("有标准,没有 benefit.yaml", chain[-1].path(benefit)))
        return None
    merged.setdefault("benefit", benefit)
    rule = read_benefit(Reader(merged, last, problems), chain[-1].area, sources, tables[False], tables[True], combine)
    own = replace(rule, rates=()) if chain[-1].area else rule  # the state's tables are checked once, in their own file
    problems += check_rule(own, chain[-1].path(benefit, "rates.yaml"))
    return replace(rule, benefit=benefit)


def read_overlap(
    chain: list[Folder], sources: Mapping[str, Source], problems: list[Problem]
) -> dict[tuple[str, str], Pair]:
    """The matrix of a layer. A place fills what the state leaves open; it may not undo what the state says."""
    found: dict[tuple[str, str], Pair] = {}
    for folder in chain:
        file = Reader(folder.shared.get("overlap.yaml") or {}, folder.path("", "overlap.yaml"), problems)
        file.text("note", "")
        for pair in file.each("pairs", ()):
            one = read_pair(pair, folder.area, sources)
            before = found.get(one.benefits) if one else None
            if one is None:
                continue
            if before and not before.layer and before.rule != one.rule:
                pair.wrong(f"国家已有规定({before.article}),本地不能另定", "benefits")
                continue
            found[one.benefits] = found[one.benefits[1], one.benefits[0]] = one
        file.done()
    return found


def read_pair(pair: Reader, layer: str, sources: Mapping[str, Source]) -> Pair | None:
    """`{benefits: [a, b], rule: both|higher|first, first: a, article: …}`."""
    benefits = pair.words("benefits")
    rule = pair.one_of("rule", ("both", "higher", "first"))
    first = pair.text("first", "")
    article = pair.text("article")
    read_sources(pair, layer, sources)
    pair.done()
    if len(benefits) != 2 or any(b not in PERIODIC for b in benefits):
        pair.wrong("应是两项定期待遇的代码", "benefits")
        return None
    if (rule == "first") != (first in benefits):
        pair.wrong("rule: first 要写明 first 是哪一项", "first")
    return Pair(benefits=(benefits[0], benefits[1]), rule=rule, first=first, article=article, layer=layer)
