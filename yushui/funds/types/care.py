"""The care fund (关爱基金): projects, applications, their review and use."""

from __future__ import annotations

from dataclasses import dataclass

APPLICATION_NAMES: dict[str, str] = {
    "ASKED": "待审核", "GRANTED": "待发放", "PAID": "已发放", "REFUSED": "不予资助", "WITHDRAWN": "已撤回",
}  # fmt: skip
OPEN_APPLICATIONS = ("ASKED", "GRANTED")
# 救助原因
CAUSE_NAMES: dict[str, str] = {
    "ILLNESS": "重大疾病", "ACCIDENT": "意外伤害", "DISASTER": "自然灾害", "SCHOOLING": "子女就学",
    "HOUSING": "住房困难", "LIVING": "生活困难", "OTHER": "其他",
}  # fmt: skip


@dataclass(frozen=True)
class ProjectDraft:
    """A project of a care fund as typed: who is helped, from when to when, how much is planned, the most for one."""

    name: str = ""
    words: str = ""
    starts_on: str = ""
    last_day: str = ""
    planned: str = ""
    most: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class ApplicationDraft:
    """An application as typed."""

    project_id: int | None = None
    cause: str = ""
    amount: str = ""
    on: str = ""
    words: str = ""
    client_key: str = ""
