"""Codes and labels of sites and offers; drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass, field

GROUP_NAMES: dict[str, str] = {
    "PUBLIC": "双拥公共场所",
    "SIGN": "军人优先标识",
    "EDUCATION": "教育基地",
    "MEMORIAL": "烈士纪念设施",
    "MEDICAL": "优抚医院、光荣院、医疗优待",
    "OFFER": "拥军优惠门店和企业",
    "TRANSPORT": "交通优待",
}
# one character for each group, so that a mark on the plan says what it is without its colour
GROUP_MARKS: dict[str, str] = {
    "PUBLIC": "公", "SIGN": "标", "EDUCATION": "教", "MEMORIAL": "烈", "MEDICAL": "医", "OFFER": "店",
    "TRANSPORT": "交",
}  # fmt: skip
STATES: dict[str, str] = {"OPEN": "在用", "EXPIRED": "协议已过期", "SOON": "60 天内到期", "CLOSED": "已停用"}
CHECK_RESULTS: dict[str, str] = {"GOOD": "完好", "FOUND": "有问题"}


@dataclass(frozen=True)
class NumberDraft:
    """A further number of a kind as typed; no key yet when it is new."""

    key: str = ""
    name: str = ""
    unit: str = ""
    monthly: str = ""


@dataclass(frozen=True)
class KindDraft:
    """A kind that a county adds, as typed."""

    name: str = ""
    group: str = ""
    signed: bool = False
    check_months: str = ""
    numbers: tuple[NumberDraft, ...] = ()


@dataclass(frozen=True)
class SiteDraft:
    """A site as typed. `numbers` are (key, as typed); `place_point` is `经度,纬度`."""

    kind: str = ""
    name: str = ""
    area_code: str = ""
    unit_id: str = ""
    address: str = ""
    contact_name: str = ""
    phone: str = ""
    since: str = ""
    offer: str = ""
    plate: str = ""
    point: str = ""
    note: str = ""
    numbers: tuple[tuple[str, str], ...] = field(default=())
    client_key: str = ""


@dataclass(frozen=True)
class AgreementDraft:
    """A contract (优待协议) as typed; `last_day` is the last day itself."""

    starts_on: str = ""
    last_day: str = ""
    number: str = ""
    offer: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class CheckDraft:
    """An upkeep check as typed."""

    on: str = ""
    result: str = ""
    checker: str = ""
    found: str = ""
    client_key: str = ""
