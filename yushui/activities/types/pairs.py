"""Agreements between units (共建对子), people who stand by people (结对帮扶); each as typed."""

from __future__ import annotations

from dataclasses import dataclass

SLEEPS_AFTER = 6  # months without a common activity, unless a page asks for another number
SLEEP_CHOICES = (3, 6, 12)
SOON_DAYS = 60  # an agreement that runs out within so many days asks to be renewed

PAIR_STATES: dict[str, str] = {
    "LIVE": "在期", "SLEEPING": "沉睡", "SOON": "快到期", "EXPIRED": "已到期", "ENDED": "已结束",
}  # fmt: skip
CONTACT_WAYS: dict[str, str] = {
    "HOME": "上门", "MEET": "见面", "PHONE": "电话", "VIDEO": "视频", "LETTER": "书信短信",
}  # fmt: skip


@dataclass(frozen=True)
class PairDraft:
    """An agreement between two units as typed. A unit that is not one of ours stays a name; `last_day` is the last day
    itself, empty when no end was agreed."""

    unit: str = ""
    other: str = ""
    subject: str = ""
    area_code: str = ""
    starts_on: str = ""
    last_day: str = ""
    note: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class PersonPairDraft:
    """Who stands by whom, as typed. `person_id` is someone of the register; `helped` and `helped_unit` name someone who
    is not (a soldier, under the open name of the unit)."""

    kind: str = ""
    helper: str = ""
    helper_unit: str = ""
    helper_phone: str = ""
    person_id: str = ""
    helped: str = ""
    helped_unit: str = ""
    area_code: str = ""
    starts_on: str = ""
    needs: str = ""
    note: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class ContactDraft:
    """One contact as typed; with `visit_id` day and way are those of the visit."""

    on: str = ""
    way: str = ""
    note: str = ""
    visit_id: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class PairKindDraft:
    """A kind of pairs of people that a county adds, as typed."""

    name: str = ""
    helper_word: str = ""
    helped_word: str = ""
    of_register: bool = True
