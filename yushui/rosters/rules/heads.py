"""Finding the table in a sheet and the meaning of its columns, by the words of their heads, not by their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from yushui.rosters.types import Catalogue, Cell, ErrorValue, Form, Head

Rows = Sequence[tuple[int, Sequence[Cell]]]
HEAD_DEPTH = 40  # a head lower than this is not looked for
MOST_COLUMNS = 400
MARKS = re.compile(r"[\s*★☆※✱:、,.。_\-]+")
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
SKIPPED_SHEETS = ("type", "导入注意事项", "填表说明", "说明", "字典", "代码", "注意事项", "问题清单")
SERIALS = ("序号", "编号", "No", "NO")
EVERYWHERE = ("status.starts_on", "status.approved_on", "status.certificate_number", "status.state")


@lru_cache(maxsize=20_000)
def tidy(text: str, misspellings: tuple[tuple[str, str], ...]) -> str:
    """A head without what clerks add or mistype: `*身份证号码` and `身 份 征 号` become `身份证号`."""
    plain = MARKS.sub("", unicodedata.normalize("NFKC", text)).removesuffix("(必填)").removeprefix("(必填)")
    for wrong, right in misspellings:
        plain = plain.replace(wrong, right)
    return plain


def text_of(cell: Cell) -> str:
    """A head cell as text; numbers and errors are no heads."""
    return cell.strip() if isinstance(cell, str) and not isinstance(cell, ErrorValue) else ""


def find_head(rows: Rows, catalogue: Catalogue, hint: str) -> Head | None:
    """The best reading of a sheet's first rows, or None when nothing in it looks like the head of a roster.

    Every row is tried alone and together with the row below it (two-row heads, merged or not); every form is tried on
    each. `hint` is the sheet's and the file's name; words above the head count as hints too.
    """
    best: Head | None = None
    above = hint
    for at, (number, cells) in enumerate(rows[:HEAD_DEPTH]):
        single = [(text_of(cell), "") for cell in cells[:MOST_COLUMNS]]
        if sum(1 for text, _ in single if text) >= 1:
            tries = [(single, number)]
            if at + 1 < len(rows):
                tries.append((joined(cells, rows[at + 1][1]), rows[at + 1][0]))
            for words, last in tries:
                found = best_form(words, number, last, catalogue, above)
                if found and (best is None or found.score > best.score):
                    best = found
        above += "".join(text for text, _ in single)[:200]
    return best


def joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[tuple[str, str]]:
    """Two rows of a head as one: a blank above a filled cell takes the merged text from its left."""
    width = min(max(len(upper), len(lower)), MOST_COLUMNS)
    pairs: list[tuple[str, str]] = []
    carried = ""
    for place in range(width):
        high = text_of(upper[place]) if place < len(upper) else ""
        low = text_of(lower[place]) if place < len(lower) else ""
        if high:
            carried = high
        pairs.append((high or (carried if low else ""), low))
    return pairs


def best_form(words: list[tuple[str, str]], first: int, last: int, catalogue: Catalogue, hint: str) -> Head | None:
    """The form that explains most of these heads; None when no identity is among them."""
    readings_of = [readings(upper, lower, catalogue.misspellings) for upper, lower in words]  # the same for all forms
    if sum(1 for options in readings_of if catalogue.known.intersection(options)) < 2:
        return None  # a row of data: most of the first forty
    found = [head_as(form, words, readings_of, first, last, catalogue, hint) for form in catalogue.forms]
    usable = [head for head in found if head is not None]
    return max(usable, key=lambda head: head.score) if usable else None


def readings(upper: str, lower: str, misspellings: tuple[tuple[str, str], ...]) -> list[str]:
    """The tidy words a head cell may stand for, the most telling first."""
    whole = [upper + lower, lower] if lower else [upper]
    tidied = [tidy(text, misspellings) for text in whole if text]
    return [*tidied, *(BRACKETS.sub("", text) for text in tidied)]


def head_as(
    form: Form,
    words: list[tuple[str, str]],
    readings_of: list[list[str]],
    first: int,
    last: int,
    catalogue: Catalogue,
    hint: str,
) -> Head | None:
    """How these heads, with what each may stand for, read as one form. The score: 2 for a head of the form, 1 for an
    alias, more for hints."""
    exact = catalogue.heads[form.key]
    own = {column.field for column in form.columns}
    fields: dict[int, str] = {}
    kept: dict[int, str] = {}
    unknown: list[str] = []
    secret: list[str] = []
    required: set[int] = set()
    matched: dict[int, int] = {}
    for place, (upper, lower) in enumerate(words):
        options = readings_of[place]
        if not options or not options[0] or any(option in SERIALS for option in options):
            continue
        at = next((exact[option] for option in options if option in exact), None)
        alias = next((catalogue.aliases[option] for option in options if option in catalogue.aliases), "")
        if at is not None:
            column = form.columns[at]
            matched[place] = 2
            if column.secret:
                secret.append(lower or upper)
            elif column.field:
                fields[place] = column.field
            else:
                kept[place] = lower or upper
            if column.required and column.field:
                required.add(place)
        elif alias and (alias in own or not alias.startswith("status.") or alias in EVERYWHERE):
            fields[place] = alias
            matched[place] = 1
            if any(c.field == alias and c.required for c in form.columns):
                required.add(place)
        else:
            kept[place] = lower or upper
            unknown.append(lower or upper)
    return scored(
        Head(form, first, last, fields, kept, tuple(unknown), tuple(secret), frozenset(required),
             {place: (low or up) for place, (up, low) in enumerate(words) if low or up}),
        matched, hint,
    )  # fmt: skip


def scored(head: Head, matched: dict[int, int], hint: str) -> Head | None:
    """Give the reading its weight; None when it has no identity column."""
    held = set(head.fields.values())
    if not held & {"person.id_number", "person.name"} or len(held) < 2:
        return None
    no_kind = head.form.any_kind and "status.kind" not in held
    score = sum(
        weight
        for place, weight in matched.items()
        if not (no_kind and head.fields.get(place, "").startswith("status."))
    )
    if any(word in hint for word in head.form.hints):
        score += 6
    if head.form.sheet in hint:
        score += 6
    return Head(**{**{name: getattr(head, name) for name in Head.__dataclass_fields__}, "score": score})
