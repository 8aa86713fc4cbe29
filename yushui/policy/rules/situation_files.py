"""Situations: examples of the law that a lawyer can read. Here they are read; `situations` runs them.

Whatever is not understood is a Problem with the key, never a traceback; a situation with problems counts as failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yushui.base.days import month_at, month_of
from yushui.base.refusals import Problem
from yushui.policy.rules.reading import MISSING, Reader
from yushui.policy.types import DATE_COLUMNS, NUMBER_COLUMNS, ONE_OFF, PERIODIC, STATUS_COLUMNS

STATUS_NAMES = {"household": "household_kind"}
NOT_COUNTED = ("discharge_kind", "certificate_number", "martyr_name", "note", "source")
EVENTS = ("DIED", "MOVED_IN", "MOVED_OUT", "SENTENCED", "RELEASED", "CONFIRMED", "UNCONFIRMED_NOTICE", "CANCELLED")
LIFE = ("LIFE_SENTENCE", "SENTENCED_LIFE", "SENTENCED_TO_LIFE", "DEATH_SENTENCE")
Months = dict[str, dict[int, int]]


@dataclass
class Situation:
    """One example, ready to run. Months are integers, amounts fen."""

    where: str
    name: str
    problems: list[Problem] = field(default_factory=list)
    known_on: date = date.max
    area: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    events: list[tuple[str, date]] = field(default_factory=list)
    local: list[tuple[str, int, int]] = field(default_factory=list)
    layer: Any = None
    paid: Months = field(default_factory=dict)
    claim: dict[str, Any] | None = None
    due: Months = field(default_factory=dict)
    to_pay: Months = field(default_factory=dict)
    total: Months = field(default_factory=dict)
    ask: list[str] | None = None
    refused: dict[str, str] = field(default_factory=dict)
    amount: int | None = None


def read_situation(raw: Any, where: str, number: int, today: date) -> Situation:
    """One entry of a situations file."""
    problems: list[Problem] = []
    reader = Reader(raw, where, problems)
    name = reader.text("name", f"第{number}例")
    reader.where = f"{where}: {name}"
    found = Situation(where, name, problems)
    known = reader.take("known_at", reader.take("known_on", today))
    found.known_on = known if isinstance(known, date) else today
    if not isinstance(known, date):
        reader.wrong("应是日期", "known_at")
    found.area = str(reader.take("area", "") or "")
    if not (found.area.isdigit() or not found.area) or len(found.area) > 12:
        reader.wrong("应是行政区划代码", "area")
    _read_person(reader, found)
    found.statuses = [_read_status(s) for s in reader.each("statuses", ())]
    found.events = [e for e in (_read_event(e) for e in reader.each("events", ())) if e]
    found.local = _read_local(reader)
    found.layer = reader.take("layer", None) or None
    found.paid = _read_paid(reader)
    _read_claim(reader, found)
    _read_expected(reader, found)
    for key in ("note", "article", "source", "basis"):
        reader.take(key, None)
    reader.done()
    return found


def _read_person(reader: Reader, found: Situation) -> None:
    person = reader.inside("person", {})
    found.person = {
        "born_on": person.day("born", person.take("born_on", None)),
        "died_on": person.day("died", person.take("died_on", None)),
        "death_cause": person.text("death_cause", ""),
        "mental_illness": person.take("mental_illness", person.take("has_mental_illness", None)),
    }
    for key in ("name", "sex", "note", "area"):
        person.take(key, None)
    person.done()


def _read_status(status: Reader) -> dict[str, Any]:
    """A status by the register's columns; `household` is short for household_kind."""
    row: dict[str, Any] = {"state": "RECEIVING"}
    for key in list(status.content):
        column = STATUS_NAMES.get(str(key), str(key))
        value = status.take(key)
        if column in NOT_COUNTED:
            continue
        if column not in STATUS_COLUMNS[2:]:
            status.wrong("登记册没有这一列", key)
        elif value is not None and column in DATE_COLUMNS and not isinstance(value, date):
            status.wrong(f"应是日期,不是 {value!r}", key)
        elif value is not None and column in NUMBER_COLUMNS and not isinstance(value, int):
            status.wrong(f"应是数,不是 {value!r}", key)
        else:
            row[column] = value
    if not row.get("kind"):
        status.wrong("缺少这一项", "kind")
    return row


def _read_event(event: Reader) -> tuple[str, date] | None:
    what, day = event.text("what"), event.take("on")
    for key in ("detail", "note"):
        event.take(key, None)
    event.done()
    what = "CANCELLED" if what in LIFE else what
    if what not in EVENTS:
        event.wrong(f"不认识的事件 {what!r},认识的有 {'、'.join(EVENTS)}", "what")
    elif isinstance(day, date):
        return what, day
    elif day is not None:
        event.wrong(f"应是日期,不是 {day!r}", "on")
    return None


def _read_local(reader: Reader) -> list[tuple[str, int, int]]:
    """`{average_wage: {2023: 7740000}}`; a value without year stands for every year."""
    values = []
    local = reader.inside("local", {})
    for name in list(local.content):
        by_year = local.take(name)
        for year, fen in (by_year if isinstance(by_year, Mapping) else {0: by_year}).items():
            if isinstance(fen, int) and str(year).isdigit():
                values.append((str(name), int(year), fen))
            else:
                local.wrong("应是 年: 分", name)
    return values


def _read_paid(reader: Reader) -> Months:
    paid: Months = {}
    for row in reader.each("paid", ()):
        benefit, fen = row.one_of("benefit", PERIODIC), row.number("fen", low=-(10**12))
        month = read_month(row.take("month"))
        row.done()
        if month is None:
            row.wrong("月份应写成 2024-08", "month")
            continue
        months = paid.setdefault(benefit, {})
        months[month] = months.get(month, 0) + fen
    return paid


def _read_claim(reader: Reader, found: Situation) -> None:
    """`claim` and `facts` together are the facts of a one-off sum."""
    facts = reader.take("facts", None) or {}
    raw = reader.take("claim", None)
    if raw is None:
        return
    claim = Reader(raw, f"{reader.where}:claim", reader.problems)
    benefit = claim.one_of("benefit", (*ONE_OFF, *PERIODIC))
    if not isinstance(facts, Mapping):
        reader.wrong("应是键和值的表", "facts")
        facts = {}
    found.claim = {**facts, **claim.content, "benefit": benefit}


def _read_expected(reader: Reader, found: Situation) -> None:
    expected = reader.inside("expect")
    found.due = _read_months(expected, "due")
    found.to_pay = _read_months(expected, "to_pay")
    found.total = _read_months(expected, "total", years=True)
    amount = expected.take("amount", expected.take("fen", None))
    if amount is not None and not isinstance(amount, int):
        expected.wrong("应是以分为单位的整数", "amount")
    else:
        found.amount = amount
    ask = expected.take("ask", MISSING) if "ask" in expected.content else MISSING
    if ask is not MISSING:
        found.ask = _as_words(ask)
    refused = expected.take("refused", None)
    if isinstance(refused, Mapping):
        found.refused = {str(b): " ".join(_as_words(w)) for b, w in refused.items()}
    elif refused:
        found.refused = dict.fromkeys(_as_words(refused), "") if not found.claim else {"": " ".join(_as_words(refused))}
    expected.done()
    if not (
        found.due or found.to_pay or found.total or found.refused or found.ask is not None or found.amount is not None
    ):
        expected.wrong("没有写期望的结果")


def _as_words(value: Any) -> list[str]:
    """A word, a list of words, or the values of a table, as one list."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [w for v in value.values() for w in _as_words(v)]
    if isinstance(value, (list, tuple)):
        return [w for v in value for w in _as_words(v)]
    return ["" if value is True else str(value)]


def _read_months(expected: Reader, key: str, *, years: bool = False) -> Months:
    """`{benefit: {2024-08: 401500}}`; a calendar year for totals."""
    table = expected.inside(key, {})
    found: Months = {}
    for benefit in list(table.content):
        if benefit not in PERIODIC:
            table.wrong("不认识的待遇", benefit)
            table.take(benefit)
            continue
        rows = table.inside(benefit)
        for raw in list(rows.content):
            fen = rows.take(raw)
            month = _year(raw) if years else read_month(raw)
            if month is None or not isinstance(fen, int) or isinstance(fen, bool):
                rows.wrong("应写成 年: 分" if years else "应写成 2024-08: 分", raw)
            else:
                found.setdefault(str(benefit), {})[month] = fen
    return found


def _year(raw: Any) -> int | None:
    return int(raw) if str(raw).isdigit() and len(str(raw)) == 4 else None


def read_month(raw: Any) -> int | None:
    """`2024-08` or a day of it; None when it is neither."""
    if isinstance(raw, date):
        return month_of(raw)
    try:
        return month_at(str(raw))
    except ValueError:
        return None
