"""The definitions of all indicators, read once from catalogue/indicators, and the row sources they may use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from yushui.activities import figures as activities
from yushui.base.figures import RowSource
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.benefits import figures as benefits
from yushui.indicators.rules import read_indicators
from yushui.indicators.types import Indicator, Shape
from yushui.payments import figures as payments
from yushui.people import figures as people
from yushui.places import figures as places
from yushui.policy.types import BENEFIT_NAMES

SOURCES: dict[str, RowSource] = {
    **places.SOURCES,
    **people.SOURCES,
    **activities.SOURCES,
    **payments.SOURCES,
    **benefits.SOURCES,
}


def shapes() -> dict[str, Shape]:
    """What each source offers to a definition."""
    return {
        name: Shape(frozenset(source.measures), frozenset(source.filters), bool(source.person), source.choices)
        for name, source in SOURCES.items()
    }


def load_indicators(folder: Path) -> dict[str, Indicator]:
    """All indicators of a folder by id, in the order of files and entries. Refused with every problem of every file."""
    files: dict[str, object] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            files[path.name] = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            problems.append(Problem(f"不是有效的 YAML:{str(error).splitlines()[0]}", where=path.name))
    found, more = read_indicators(files, shapes(), BENEFIT_NAMES)
    if problems or more:
        raise Refused(*problems, *more)
    return found


@lru_cache(maxsize=4)
def indicators_in(folder: Path) -> dict[str, Indicator]:
    """The indicators of a folder, read once."""
    return load_indicators(folder)


def indicators() -> dict[str, Indicator]:
    """The indicators of this installation by id."""
    return indicators_in(settings.CATALOGUE_DIR / "indicators")


def get_indicator(indicator_id: str) -> Indicator:
    """One indicator; NotFound when there is none of that id."""
    found = indicators().get(indicator_id)
    if found is None:
        raise NotFound
    return found
