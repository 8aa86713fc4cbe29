"""The outlines of catalogue/reports, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from yushui.base.plain_yaml import read_yaml
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.indicators.selectors.catalogue import catalogue_indicators
from yushui.reports.rules.outlines import make_outline, problems_of_outline
from yushui.reports.types import Outline


def load_outlines(folder: Path) -> dict[str, Outline]:
    """All outlines of a folder by id. Refused with every problem of every file."""
    found: dict[str, Outline] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entry = read_yaml(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            problems.append(Problem(f"不是有效的 YAML:{str(error).splitlines()[0]}", where=path.name))
            continue
        wrong = problems_of_outline(entry, catalogue_indicators()) if isinstance(entry, dict) else ["文件应是一份提纲"]
        problems += [Problem(each, where=path.name) for each in wrong]
        if not wrong:
            found[entry["id"]] = make_outline(entry)
    if problems:
        raise Refused(*problems)
    return found


@lru_cache(maxsize=4)
def outlines_in(folder: Path) -> dict[str, Outline]:
    """The outlines of a folder, read once."""
    return load_outlines(folder)


def outlines() -> dict[str, Outline]:
    """The outlines of this installation by id."""
    return outlines_in(settings.CATALOGUE_DIR / "reports")


def get_outline(outline_id: str) -> Outline:
    """One outline; NotFound when there is none of that id."""
    found = outlines().get(outline_id)
    if found is None:
        raise NotFound
    return found
