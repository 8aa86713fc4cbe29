"""Shapes of a roster on its way in: forms, heads, cells, rows. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ErrorValue(str):
    """What a formula left behind when it failed: #REF!, #N/A …"""

    __slots__ = ()


Cell = str | float | int | bool | ErrorValue | None  # days come as ISO text, numbers as the file has them


class Unreadable(Exception):
    """The file cannot be read as a roster; `next_step` says what to do about it."""

    def __init__(self, what: str, next_step: str) -> None:
        self.what = what
        self.next_step = next_step
        super().__init__(f"{what},{next_step}")


class Outcome(StrEnum):
    """What a row would do to the register."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    BAD = "BAD"
    MISSING = "MISSING"  # no row at all: in the register, not in the file


OUTCOME_NAMES = {"NEW": "新增", "CHANGED": "变更", "SAME": "无变化", "BAD": "有问题", "MISSING": "名册中没有"}


@dataclass(frozen=True)
class Field:
    """What a column of the register takes from a roster (catalogue/roster_forms/fields.yaml)."""

    key: str  # person.name, status.grade, account.number
    label: str
    type: str  # text, name, date, choice, kind, grade, yes_no, id_number, account, phone, area
    longest: int = 0
    values: dict[str, str] = field(default_factory=dict)  # written value → code
    choices: tuple[str, ...] = ()  # for the template's drop-downs
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a form, as its official workbook heads it."""

    head: str
    field: str = ""  # "" = the register has no place for it: kept aside
    required: bool = False
    serial: bool = False
    secret: bool = False  # names a unit's designation: not read, not kept


@dataclass(frozen=True)
class Form:
    """A roster form. `kinds` maps what is written to a status kind; one kind only when `kind` is set."""

    key: str
    title: str
    sheet: str
    columns: tuple[Column, ...]
    kind: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    youngest: int = 0
    hints: tuple[str, ...] = ()  # words in a title or sheet name that point to this form
    any_kind: bool = False


@dataclass(frozen=True)
class Catalogue:
    """All forms and fields, with every known head in its tidy form."""

    forms: tuple[Form, ...]
    fields: dict[str, Field]
    misspellings: tuple[tuple[str, str], ...]
    yes_no: dict[str, bool]
    aliases: dict[str, str]  # tidy head → field
    heads: dict[str, dict[str, int]]  # form → tidy head → place in form.columns
    known: frozenset[str]  # all tidy heads, of whatever form or field


@dataclass(frozen=True)
class Head:
    """Where the table of a sheet begins, and what each of its columns means."""

    form: Form
    first_row: int  # row numbers as Excel counts them
    last_row: int
    fields: dict[int, str]  # column (from 0) → field key
    kept: dict[int, str]  # column → head as written, for columns without a place in the register
    unknown: tuple[str, ...]  # heads that no form knows
    secret: tuple[str, ...]
    required: frozenset[int]  # columns with a star in the form
    texts: dict[int, str]  # column → head as written
    score: int = 0


@dataclass(slots=True)
class Row:
    """A data row after reading: field → value, and what is wrong, by column."""

    number: int
    values: dict[str, object]
    problems: dict[int, str]
    kept: dict[str, str]
