"""Running situations: many examples in one calculation where they share law and day, each difference as a line of
text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from yushui.base.days import month_of, show_month
from yushui.base.refusals import Refused
from yushui.policy.engine import compute
from yushui.policy.explain import ask_in_words, explain, reason_of
from yushui.policy.rules.claims import RULES, decide
from yushui.policy.rules.law_files import build_law
from yushui.policy.rules.situation_files import Months, Situation
from yushui.policy.types import PERIODIC, STATUS_COLUMNS, DueSpan, Facts, Law, Verdict

FIRST_TABLE = month_of(date(2009, 10, 1))
SHARED = ("overlap", "layer", "stops", "claims", "income")


@dataclass
class Group:
    """Situations that one calculation can answer: same law, same day, same local values."""

    law: Law
    members: list[Situation]


class Runner:
    """Holds the parsed law files, builds each law once."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self.documents = documents
        self.law = build_law(documents, "law-test")

    def run(self, situations: Iterable[Situation]) -> dict[int, list[str]]:
        """Differences of each situation by its place in the list; an empty list is a pass."""
        groups: dict[tuple[Any, ...], Group] = {}
        answers: dict[int, list[str]] = {}
        every = list(situations)
        for n, one in enumerate(every):
            answers[n] = [str(p) for p in one.problems]
            if one.problems:
                continue
            try:
                law = self.law_of(one)
            except Refused as refused:
                answers[n] = [f"{one.where}: {one.name}: layer: {p}" for p in refused.problems]
                if any(p in str(refused) for p in one.refused.values() if p) or "layer" in one.refused:
                    answers[n] = []  # a junk table that must be refused, and was
                continue
            if one.claim is not None and one.claim["benefit"] in RULES:
                answers[n] = check_claim(law, one)
                continue
            key = (id(law) if one.layer else 0, one.known_on, tuple(one.local))
            groups.setdefault(key, Group(law, [])).members.append(one)
        places = {id(one): n for n, one in enumerate(every)}
        for group in groups.values():
            for one, differences in run_group(group):
                answers[places[id(one)]] = differences
        return answers

    def law_of(self, one: Situation) -> Law:
        """The repository's law, or the same with the situation's own local layer on top."""
        if not one.layer:
            return self.law
        area = one.area or "99"
        documents = {path: c for path, c in self.documents.items() if lies_above(path, area)}
        one.area = area
        for path, content in layer_documents(one.layer).items():
            documents[f"local/{area}/{path}"] = content
        return build_law(documents, "situation")


def lies_above(path: str, area: str) -> bool:
    """Whether a law file is national or of an area that holds this one."""
    parts = path.split("/")
    return parts[0] != "local" or area.startswith(parts[1])


def layer_documents(layer: Any) -> dict[str, Any]:
    """A situation's layer as files: by path, by benefit and part, or one file that names its benefit."""
    layer = deepcopy(layer)
    if not isinstance(layer, Mapping):
        raise Refused("layer 应是键和值的表")
    if "benefit" in layer:
        return {f"{layer['benefit']}/{_part(layer)}.yaml": _filled(layer)}
    found: dict[str, Any] = {}
    for key, content in layer.items():
        name = str(key).removesuffix(".yaml").removeprefix("national/")
        if name in SHARED or "/" in name:
            found[f"{name}.yaml"] = _filled(content)
        elif isinstance(content, Mapping) and {str(k).removesuffix(".yaml") for k in content} <= {
            "benefit",
            "rates",
            "claim",
        }:
            for part, inner in content.items():
                if isinstance(inner, Mapping):
                    found[f"{name}/{str(part).removesuffix('.yaml')}.yaml"] = _filled(inner)
        elif isinstance(content, Mapping):
            found[f"{name}/{_part(content)}.yaml"] = _filled(content)
        else:
            found[f"{name}.yaml"] = content
    return found


def _part(content: Mapping[str, Any]) -> str:
    """Which file a content belongs to, by what is in it."""
    if "values" in content and "share" not in content:
        return "rates"
    return "claim" if {"conscript", "versions", "rows"} & set(content) else "benefit"


def _filled(content: Any) -> Any:
    """An example need not name a document for every value; the example itself is the reference."""
    if isinstance(content, dict):
        for block in content.get("values") or ():
            if isinstance(block, dict) and "rows" in block:
                for key, value in (("printed", "HOLE"), ("document", "本例"), ("mark", "invented")):
                    block.setdefault(key, value)
        if "values" in content and "unit" in content:
            content.setdefault("title", "本例")
        for pair in content.get("pairs") or ():
            if isinstance(pair, dict):
                pair.setdefault("article", "本例")
    return content


def run_group(group: Group) -> list[tuple[Situation, list[str]]]:
    """One calculation for all members, each read over its own months."""
    windows = [window_of(one) for one in group.members]
    spans = spans_of(group, windows)
    found = []
    for n, one in enumerate(group.members):
        own, if_granted = spans.get(n, []), spans.get(-n - 1, [])
        found.append((one, check(group.law, one, own, if_granted, windows[n])))
    return found


def spans_of(group: Group, windows: list[tuple[int, int]]) -> dict[int, list[DueSpan]]:
    """Spans by member. Someone still APPLIED is also tried as if granted, under a negative number."""
    persons: list[tuple[Any, ...]] = []
    statuses: list[tuple[Any, ...]] = []
    events: list[tuple[int, str, date]] = []
    area = group.members[0].area if group.members[0].local else ""
    for n, one in enumerate(group.members):
        tried = [(n, one.statuses)]
        if any(s["state"] == "APPLIED" for s in one.statuses):
            tried.append(
                (-n - 1, [{**s, "state": "RECEIVING"} if s["state"] == "APPLIED" else s for s in one.statuses])
            )
        for person_id, rows in tried:
            p = one.person
            persons.append((person_id, one.area, p["born_on"], p["died_on"], p["death_cause"], p["mental_illness"]))
            for status in rows:
                row = {**status, "status_id": len(statuses) + 1, "person_id": person_id}
                statuses.append(tuple(row.get(c) for c in STATUS_COLUMNS))
            events += [(person_id, what, day) for what, day in one.events]
    years = range(2000, 2041)
    local = [(area, name, y, fen) for name, year, fen in group.members[0].local for y in ([year] if year else years)]
    first, end = min(w[0] for w in windows), max(w[1] for w in windows)
    found: dict[int, list[DueSpan]] = {}
    facts = Facts.from_rows(persons, statuses, events, local)
    for span in compute(group.law, facts, first_month=first, end_month=end, known_on=group.members[0].known_on):
        found.setdefault(span.person_id, []).append(span)
    return found


def window_of(one: Situation) -> tuple[int, int]:
    """The months an example speaks of; if it names none, from its first status (or the first table) to the day
    known.
    """
    months = [m for table in (one.due, one.to_pay, one.paid) for rows in table.values() for m in rows]
    for rows in one.total.values():
        months += [m for year in rows for m in (year * 12, year * 12 + 11)]
    if months:
        return min(months), max(months) + 1
    starts = [month_of(s["starts_on"]) for s in one.statuses if s.get("starts_on")]
    end = max([month_of(one.known_on), *starts]) + 1
    return max(min(starts, default=FIRST_TABLE), FIRST_TABLE, end - 600), end


def check(
    law: Law, one: Situation, spans: list[DueSpan], if_granted: list[DueSpan], window: tuple[int, int]
) -> list[str]:
    """Differences between what is expected and what is due. What an application would be refused for or must be asked
    for is taken from the answer to it if it were granted."""
    spans, if_granted = ([s for s in every if s.first_month < window[1] and s.end_month > window[0]]
                         for every in (spans, if_granted))  # fmt: skip
    due = monthly(spans)
    differences = []
    for benefit, rows in one.due.items():
        for month, fen in rows.items():
            differences += compare(law, one, spans, benefit, month, fen, due.get(benefit, {}).get(month, 0))
    for benefit, rows in one.to_pay.items():
        for month, fen in rows.items():
            got = due.get(benefit, {}).get(month, 0) - one.paid.get(benefit, {}).get(month, 0)
            differences += compare(law, one, spans, benefit, month, fen, got)
    for benefit, rows in one.total.items():
        for year, fen in rows.items():
            got = sum(f for m, f in due.get(benefit, {}).items() if m // 12 == year)
            if got != fen:
                differences.append(f"{one.where}: {one.name}: {benefit} {year}: expected {fen} fen, got {got} fen")
    return differences + check_asked(one, spans + if_granted) + check_refused(law, one, spans + if_granted)


def monthly(spans: Iterable[DueSpan]) -> Months:
    """Granted fen by benefit and month."""
    due: Months = {}
    for span in spans:
        if span.verdict is Verdict.GRANT:
            months = due.setdefault(span.benefit, {})
            for month in range(span.first_month, span.end_month):
                months[month] = months.get(month, 0) + span.fen
    return due


def compare(law: Law, one: Situation, spans: list[DueSpan], benefit: str, month: int, fen: int, got: int) -> list[str]:
    if got == fen:
        return []
    own = [s for s in spans if s.benefit == benefit]
    lines = explain(law, own, month, month + 1, area_code=one.area)
    told = ";".join(line.text for line in lines) or "这个月没有这项待遇"
    where = f"{one.where}: {one.name}: {benefit} {show_month(month)}"
    return [f"{where}: expected {fen} fen, got {got} fen ({told})"]


def check_asked(one: Situation, spans: list[DueSpan]) -> list[str]:
    """Every key expected must be asked; an empty list means that the benefits spoken of ask nothing."""
    if one.ask is None:
        return []
    spoken = set(one.due) | set(one.to_pay) | set(one.total)
    asked = sorted({s.ask for s in spans if s.verdict is Verdict.ASK})
    if not one.ask:
        loose = sorted({s.ask for s in spans if s.verdict is Verdict.ASK and (not spoken or s.benefit in spoken)})
        return [f"{one.where}: {one.name}: ask: expected nothing, got {', '.join(loose)}"] if loose else []
    return [
        f"{one.where}: {one.name}: ask: expected {key}, got {', '.join(asked) or 'nothing'} ({ask_in_words(key)})"
        for key in one.ask
        if key not in asked
    ]


def check_refused(law: Law, one: Situation, spans: list[DueSpan]) -> list[str]:
    """Each benefit expected to be refused must be, for a reason that contains the word."""
    differences = []
    layer = law.layer_of(one.area)
    for benefit, word in one.refused.items():
        if benefit not in PERIODIC:
            differences.append(f"{one.where}: {one.name}: refused: 不认识的待遇 {benefit}")
            continue
        own = [s for s in spans if s.benefit == benefit]
        reasons = [reason_of(layer, s) for s in own if s.verdict is Verdict.REFUSE]
        if not any(word in reason for reason in reasons):
            got = ";".join(dict.fromkeys(reasons)) or "no refusal"
            differences.append(f"{one.where}: {one.name}: refused {benefit}: expected {word!r}, got {got}")
    return differences


def check_claim(law: Law, one: Situation) -> list[str]:
    """Differences of a one-off sum."""
    status = one.statuses[0] if one.statuses else {}
    own = {k: v for k, v in {**status, **one.person, "died": one.person["died_on"]}.items() if v not in (None, "")}
    entered: dict[str, Any] = {}
    for name, year, fen in one.local:
        entered[name] = fen if not year or name == "minimum_wage" else {**entered.get(name, {}), year: fen}
    claim = one.claim or {}
    decision = decide(law, claim["benefit"], {**entered, **own, **claim}, area_code=one.area)
    where = f"{one.where}: {one.name}: {claim['benefit']}"
    told = ";".join(text for text, _ in decision.steps) or decision.reason
    differences = []
    if one.amount is not None and one.amount != decision.fen:
        differences.append(f"{where}: expected {one.amount} fen, got {decision.fen} fen ({told})")
    missing = [k for k in one.ask or () if k not in decision.ask]
    if missing or (one.ask == [] and decision.ask):
        differences.append(f"{where}: ask: expected {missing or 'nothing'}, got {', '.join(decision.ask) or 'nothing'}")
    for word in one.refused.values():
        reason = f"{decision.reason} {' '.join(decision.articles)}"
        if decision.verdict is not Verdict.REFUSE or word not in reason:
            differences.append(
                f"{where}: refused: expected {word!r}, got {decision.verdict} ({reason.strip() or told})"
            )
    return differences
