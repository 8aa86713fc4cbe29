"""Template words of the register: statuses, events and changes as a clerk says them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from yushui.people import rules, types

register = template.Library()
NOT_SAID = frozenset({"kind", "state", "starts_on", "ends_on", "grade", "cause", "certificate_number"})
PERSON_COLUMN_NAMES = {
    "name": "姓名", "sex": "性别", "born_on": "出生日期", "area_code": "户籍村(社区)", "ethnicity": "民族",
    "address": "户籍地址", "living_address": "居住地址", "marriage": "婚姻状况", "schooling": "文化程度",
    "health": "健康状况", "political_status": "政治面貌", "employment": "就业状况", "employer": "工作单位",
    "medical_scheme": "医疗保障方式", "pension_scheme": "养老保障方式", "support_kind": "供养方式",
    "work_ability": "劳动能力", "self_care": "生活能力", "is_lone_elder": "孤老", "has_mental_illness": "精神病",
    "archive_box": "档案盒号", "bank": "开户银行",
}  # fmt: skip
FURTHER_FACTS = {
    name: PERSON_COLUMN_NAMES.get(name, "备注")
    for name in (
        "address", "living_address", "ethnicity", "marriage", "schooling", "political_status", "health", "employment",
        "employer", "medical_scheme", "pension_scheme", "support_kind", "work_ability", "self_care", "archive_box",
        "note",
    )
}  # fmt: skip
DETAIL_NAMES = {
    "what": "事件", "on": "日期", "detail": "原因或方式", "which": "号码", "purpose": "用途", "reason": "原因",
    "rows": "人数", "relation": "与户主关系", "statuses_ended": "结束身份数", "statuses_restored": "恢复身份数",
}  # fmt: skip


@register.filter
def kind_words(status: Any) -> str:
    """残疾军人 六级因公."""
    return rules.kind_words(status.kind, status.grade, status.cause)


@register.filter
def state_mark(status: Any) -> str:
    """The colour of a status's state beside its kind; nothing where the state says nothing new."""
    if status.state == "RECEIVING" or (status.state == "RECOGNISED" and status.kind not in types.ENTITLED_KINDS):
        return ""
    return "plain" if status.state in ("DIED", "CANCELLED", "REFUSED", "RECOGNISED") else "due"


@register.filter
def state_words(status: Any) -> str:
    """The state, short enough for a list."""
    return "不享受待遇" if status.state == "RECOGNISED" else types.STATE_NAMES.get(status.state, status.state)


@register.filter
def kind_lines(statuses: Iterable[Any]) -> SafeString:
    """All statuses of a person, one below the other; written here because a list has hundreds of them."""
    return format_html_join(mark_safe("<br>"), "{}{}", ((kind_words(each), state_tag(each)) for each in statuses))


@register.filter
def state_tag(status: Any) -> SafeString | str:
    """The coloured mark of a state, where it says something."""
    mark = state_mark(status)
    return format_html(' <span class="tag {}">{}</span>', mark, state_words(status)) if mark else ""


@register.filter
def further_facts(person: Any) -> list[tuple[str, str]]:
    """(label, value) of the facts of a person beside the first ones, as far as there are any."""
    facts = [(label, str(getattr(person, name) or "")) for name, label in FURTHER_FACTS.items()]
    yes = [
        label for name, label in (("is_lone_elder", "孤老"), ("has_mental_illness", "精神病")) if getattr(person, name)
    ]
    return [(label, value) for label, value in facts if value] + [(label, "是") for label in yes]


@register.filter
def facts_missing(person: Any) -> list[str]:
    """Labels of the further facts that nobody has entered."""
    return [label for name, label in FURTHER_FACTS.items() if not getattr(person, name)]


@register.filter
def columns_said(status: Any) -> list[tuple[str, str]]:
    """(label, value) of the columns of a status that say something beside what stands in its own column."""
    pairs = (
        (label, rules.shown_value(name, getattr(status, name)))
        for name, label in types.STATUS_COLUMN_NAMES.items()
        if name not in NOT_SAID
    )
    return [(label, value) for label, value in pairs if value]


@register.filter
def columns_missing(status: Any) -> list[str]:
    """Labels of the columns that this kind requires and the status lacks."""
    return [types.STATUS_COLUMN_NAMES[name] for name in rules.missing_columns(status.kind, vars(status))]


@register.filter
def detail_words(event: Any) -> str:
    """The cause of a death, the way of a confirmation."""
    return WORDS.get(str(event.detail), str(event.detail))


@register.filter
def action_words(entry: Any) -> str:
    """What the log calls an act; an act of another package keeps its code."""
    return types.ACTION_NAMES.get(entry.action, str(entry.action))


@register.filter
def change_lines(entry: Any) -> list[str]:
    """What an entry of the log says, line by line: old → new with labels, then the reason and the like."""
    detail: dict[str, Any] = json.loads(entry.detail)
    was, now = detail.get("was"), detail.get("now")
    lines = []
    if isinstance(now, dict):
        before = was if isinstance(was, dict) else {}
        lines += [
            f"{label_of(name)}:{said(name, before.get(name))} → {said(name, value)}" for name, value in now.items()
        ]
    elif now:
        lines.append(f"{was or '无'} → {now}")
    lines += [f"{name}已更换" for name in detail.get("numbers_changed", ())]
    if detail.get("kind"):
        kind = str(detail["kind"])
        lines.insert(0, types.HARDSHIP_NAMES.get(kind) or rules.kind_words(kind))
    for name, label in DETAIL_NAMES.items():
        value = detail.get(name)
        if value:
            lines.append(f"{label}:{WORDS.get(str(value), value)}")
    return lines


WORDS = {**types.EVENT_NAMES, **types.DEATH_CAUSES, **types.CONFIRM_WAYS}


def label_of(name: str) -> str:
    """The label of a column of a person, a status or an account."""
    return types.STATUS_COLUMN_NAMES.get(name) or PERSON_COLUMN_NAMES.get(name, name)


def said(name: str, value: Any) -> str:
    """A value of the log in words; nothing as 空."""
    if name == "sex":
        return types.SEX_NAMES.get(str(value), "空")
    return rules.shown_value(name, value) or "空"
