"""Reading catalogue/bank_profiles.yaml: every fault is listed, none is guessed away."""

from __future__ import annotations

from typing import Any

from yushui.base.plain_yaml import read_yaml
from yushui.base.refusals import Problem, Refused
from yushui.payments.types import AnswerLayout, FileField, Profile

HEAD_SOURCES = frozenset({"batch", "month", "count", "total", "made_on"})
PAYEE_SOURCES = frozenset({"number", "reference", "holder", "account", "bank", "amount"})
ANSWER_HEAD_SOURCES = frozenset({"batch", "count", "total"})
ANSWER_SOURCES = frozenset({"number", "reference", "holder", "account", "amount", "result", "reason"})
NEEDED_ANSWERS = ("reference", "amount", "result")


def read_profiles(text: str) -> dict[str, Profile]:
    """Profiles by key. Raises Refused with all problems of the file."""
    raw = read_yaml(text)
    problems: list[Problem] = []
    profiles = {key: read_profile(key, body, problems) for key, body in raw.items()}
    if problems:
        raise Refused(*problems)
    return profiles


def read_profile(key: str, body: dict[str, Any], problems: list[Problem]) -> Profile:
    """One profile; faults are added to `problems`."""
    is_fixed = body["layout"] == "fixed"
    answer = body["answer"]
    profile = Profile(
        key=key,
        title=body["title"],
        layout=body["layout"],
        encoding=body["encoding"],
        extension=body["extension"],
        amount=body["amount"],
        rare_character=body["rare_character"],
        has_titles=bool(body.get("has_titles")),
        head=read_fields(key, "head", body["head"], HEAD_SOURCES, is_fixed, problems),
        payee=read_fields(key, "payee", body["payee"], PAYEE_SOURCES, is_fixed, problems),
        answer=AnswerLayout(
            head=read_fields(key, "answer.head", answer["head"], ANSWER_HEAD_SOURCES, is_fixed, problems),
            payee=read_fields(key, "answer.payee", answer["payee"], ANSWER_SOURCES, is_fixed, problems),
            paid=frozenset(str(code) for code in answer["paid"]),
            failed={str(code): str(words) for code, words in answer["failed"].items()},
        ),
    )
    named = {field.source for field in profile.answer.payee}
    problems += [Problem(f"回单缺少 {name}", where=f"{key}.answer") for name in NEEDED_ANSWERS if name not in named]
    if profile.layout not in ("csv", "fixed") or profile.amount not in ("yuan", "fen"):
        problems.append(Problem("layout 应为 csv 或 fixed,amount 应为 yuan 或 fen", where=key))
    return profile


def read_fields(
    key: str,
    part: str,
    rows: list[dict[str, Any]],
    allowed: frozenset[str],
    is_fixed: bool,
    problems: list[Problem],
) -> tuple[FileField, ...]:
    """Fields of one line; a fixed-width field needs a width."""
    fields = []
    for place, row in enumerate(rows, start=1):
        where = f"{key}.{part} 第 {place} 项"
        field = FileField(
            source=str(row.get("from", "")),
            text=str(row.get("text", "")),
            title=str(row.get("title", "")),
            width=int(row.get("width", 0)),
            align=str(row.get("align", "left")),
            pad=str(row.get("pad", " ")),
        )
        if field.source and field.source not in allowed:
            problems.append(Problem(f"不认识的内容 {field.source}", where=where))
        if is_fixed and field.width <= 0:
            problems.append(Problem("定长格式须写明宽度", where=where))
        fields.append(field)
    return tuple(fields)
