"""House rules that the linters cannot see. Each check says its reason."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "yushui"
SOURCES = sorted(p for p in CODE.rglob("*.py") if "migrations" not in p.parts and "tests" not in p.parts)
TEMPLATES = sorted(CODE.rglob("templates/**/*.html"))
NOT_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler", "processor", "base_service", "data", "info"}
WRITES = {"create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def layer_of_packages() -> dict[str, int]:
    """Height of each package, from the import contract: 0 is the ground."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = config["tool"]["importlinter"]["contracts"][0]
    height = len(contract["layers"])
    return {
        name.strip(" ()"): height - place for place, line in enumerate(contract["layers"]) for name in line.split("|")
    }


def test_foreign_keys_point_down() -> None:
    """A key named by a string is an import in disguise; it must go down like any other."""
    height = layer_of_packages()
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in height
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.app_label in height
        if height[field.related_model._meta.app_label] > height[model._meta.app_label]
    ]
    assert upward == []


def imported_models(tree: ast.Module, package: str) -> set[str]:
    """Names of models imported from other packages."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and re.fullmatch(r"yushui\.\w+\.models", node.module)
        if node.module.split(".")[1] not in {package, "base"}
        for alias in node.names
    }


def test_packages_write_only_their_own_rows() -> None:
    """Writing down goes through the service of the package that owns the row, so its checks cannot be gone around."""
    found = []
    for path in SOURCES:
        package = path.relative_to(CODE).parts[0]
        tree = ast.parse(path.read_text())
        foreign = imported_models(tree, package)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                names = {n.id for n in ast.walk(node.func.value) if isinstance(n, ast.Name)}
                found += [f"{path.relative_to(ROOT)}:{node.lineno} writes {name}" for name in names & foreign]
    assert found == []


def test_files_stay_within_budget() -> None:
    """A file over 400 lines is a room with too many things; it becomes a folder split by noun."""
    assert [f"{p.relative_to(ROOT)}: {n}" for p in SOURCES if (n := len(p.read_text().splitlines())) > 400] == []


def test_functions_stay_within_budget() -> None:
    """No function over 60 lines."""
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > 60
    ]
    assert long == []


def test_nothing_is_named_after_nothing() -> None:
    """`utils` and its kin say nothing about what is inside."""
    assert [str(p.relative_to(ROOT)) for p in SOURCES if p.stem in NOT_NAMES or p.parent.name in NOT_NAMES] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_hold_no_inline_style_or_script(path: Path) -> None:
    """The content policy would drop it, and the page would look broken only in the office."""
    text = path.read_text()
    assert re.findall(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\ssrc=)", text) == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", text) == []


def test_nothing_names_a_registry_host() -> None:
    """Offices install from their own mirror; a host in git would be tried first and fail."""
    hosts = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org".replace(r"\.", r"[.]"))
    names = [p for p in ROOT.rglob("*") if p.is_file() and not {".git", ".venv", "var", "vendor"} & set(p.parts)]
    named = [
        str(p.relative_to(ROOT))
        for p in names
        if p.suffix in {".txt", ".in", ".toml", ".sh", ".md", ".py", ".yaml", ""}
        and hosts.search(p.read_text(errors="ignore"))
    ]
    assert named == []


def test_each_figure_is_defined_once() -> None:
    """Two files with the same id, and no figure of the house can be read any more."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "catalogue" / "indicators").glob("*.yaml"))]
    ids = [name for text in texts for name in re.findall(r"^- id: (\w+)", text, re.MULTILINE)]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
