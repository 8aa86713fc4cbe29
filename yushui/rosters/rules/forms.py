"""Forms and headings from catalogue/roster_forms: read once, refused when they contradict themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from yushui.base.plain_yaml import read_yaml
from yushui.rosters.rules.heads import tidy
from yushui.rosters.types import Catalogue, Column, Field, Form

TYPES = {"text", "name", "date", "choice", "kind", "grade", "yes_no", "id_number", "account", "phone", "area"}


@cache
def load_catalogue(folder: Path) -> Catalogue:
    """All forms of a folder. Raises ValueError naming the file and line of thought that is wrong."""
    shared = read_yaml((folder / "fields.yaml").read_text(encoding="utf-8"))
    fields = {key: field_of(key, entry) for key, entry in shared["fields"].items()}
    forms = tuple(
        form_of(path.stem, read_yaml(path.read_text(encoding="utf-8")), fields)
        for path in sorted(folder.glob("*.yaml"))
        if path.stem != "fields"
    )
    misspellings = tuple((str(wrong), str(right)) for wrong, right in shared["misspellings"])
    aliases: dict[str, str] = {}
    for key, entry in fields.items():
        for alias in (entry.label, *entry.aliases):
            aliases.setdefault(tidy(alias, misspellings), key)
    heads = {form.key: head_words(form, misspellings) for form in forms}
    return Catalogue(
        forms=forms,
        fields=fields,
        misspellings=misspellings,
        aliases=aliases,
        heads=heads,
        known=frozenset(aliases).union(*heads.values()),
        yes_no={str(text): word == "true" for word, texts in shared["yes_no"].items() for text in texts},
    )


def head_words(form: Form, misspellings: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """Tidy heads of a form → place of the column; the first of two equal heads wins."""
    words: dict[str, int] = {}
    for place, column in enumerate(form.columns):
        words.setdefault(tidy(column.head, misspellings), place)
    return words


def field_of(key: str, entry: dict[str, Any]) -> Field:
    """One field; an unknown type is refused."""
    if entry["type"] not in TYPES:
        raise ValueError(f"fields.yaml: {key} has the unknown type {entry['type']}")
    return Field(
        key=key,
        label=entry["label"],
        type=entry["type"],
        longest=int(entry.get("longest", 0)),
        values={str(text): str(code) for code, texts in entry.get("values", {}).items() for text in texts},
        choices=tuple(str(text) for text in entry.get("list", ()))
        or tuple(str(texts[0]) for texts in entry.get("values", {}).values()),
        aliases=tuple(str(alias) for alias in entry.get("aliases", ())),
    )


def form_of(key: str, entry: dict[str, Any], fields: dict[str, Field]) -> Form:
    """One form; every field it names must exist."""
    columns = tuple(Column(**column) for column in entry["columns"])
    lost = [column.field for column in columns if column.field and column.field not in fields]
    if lost:
        raise ValueError(f"{key}.yaml: unknown fields {', '.join(lost)}")
    return Form(
        key=key,
        title=entry["title"],
        sheet=str(entry["sheet"]),
        columns=columns,
        kind=entry.get("kind", ""),
        kinds={str(text): kind for kind, texts in entry.get("kinds", {}).items() for text in texts},
        youngest=int(entry.get("youngest", 0)),
        hints=tuple(str(word) for word in entry.get("hints", ())),
        any_kind=bool(entry.get("any_kind", False)),
    )
