"""Codes and labels of honours; drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass

GROUP_NAMES: dict[str, str] = {"MERIT": "立功受奖(喜报)", "CARD": "优待证", "UNIT": "单位荣誉", "SELECTION": "评选表彰"}

# Plaques (光荣牌)
PLAQUE_STATES: dict[str, str] = {"HUNG": "已悬挂", "TAKEN_BACK": "已收回", "CANCELLED": "已取消"}
PLAQUE_ACTS: dict[str, str] = {
    "ISSUED": "新发",
    "REPLACED": "更换",
    "REISSUED": "补发",
    "TAKEN_BACK": "收回",
    "CANCELLED": "取消",
    "RESTORED": "恢复",
    "MOVED": "随户迁移",
}
GROUNDS: dict[str, str] = {
    "SURVIVOR": "三属家庭",
    "SERVING": "现役军人家庭",
    "VETERAN": "退役军人家庭",
    "ASKED": "家属申请",
}

# Preferential cards (优待证)
CARD_STATES: dict[str, str] = {"APPLIED": "已申请", "ISSUED": "已发放", "LOST": "已挂失", "CANCELLED": "已注销"}
CARD_ACTS: dict[str, str] = {"ISSUED": "发放", "LOST": "挂失", "REISSUED": "补领", "CANCELLED": "注销"}

# Good news of merit (喜报)
NEWS_STATES: dict[str, str] = {
    "TO_COLLECT": "待镇街领取",
    "TO_DELIVER": "待送达",
    "DELIVERED": "已送达",
    "WITHDRAWN": "已撤回",
}

REWARD = "merit_reward"  # 立功受奖奖励金, among the benefits of the law
# Grade of a 喜报 → the awards of the law (policy.types.MERIT_NAMES) that it may be; of several one is chosen.
MERITS_OF: dict[str, tuple[str, ...]] = {
    "MERIT_MEDAL": ("MEDAL",), "MERIT_TITLE": ("TITLE_CMC", "TITLE_REGION"), "MERIT_1": ("MERIT_1",),
    "MERIT_2": ("MERIT_2",), "MERIT_3": ("MERIT_3",), "EXCELLENT": ("EXCELLENT",),
}  # fmt: skip


def merits_of(kind: str) -> tuple[str, ...]:
    """The awards a grade may be; a grade of a county's own stands for itself."""
    return MERITS_OF.get(kind, (kind,))


# Selections (评选)
STAGES: dict[str, str] = {
    "CALL": "征集推荐",
    "JUDGED": "已评议",
    "PUBLIC": "公示中",
    "DECIDED": "已公布",
    "CLOSED": "已终止",
}
WAYS: dict[str, str] = {"SCORE": "评委打分", "VOTE": "投票"}


@dataclass(frozen=True)
class KindDraft:
    """A kind that a county adds, as typed."""

    name: str = ""
    group: str = ""
    deliverers: str = ""
    days: str = ""


@dataclass(frozen=True)
class PlaqueDraft:
    """An act on a plaque as typed; `area_code` and `address` only when it moves with its family."""

    act: str = ""
    on: str = ""
    reason: str = ""
    number: str = ""
    area_code: str = ""
    address: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class CardDraft:
    """An application for a card, or an act on one, as typed."""

    kind: str = ""
    act: str = ""
    on: str = ""
    reason: str = ""


@dataclass(frozen=True)
class NewsDraft:
    """Good news of merit as it came in, as typed; `unit_name` is the open name of the troop, if any."""

    kind: str = ""
    soldier_name: str = ""
    family_name: str = ""
    area_code: str = ""
    address: str = ""
    unit_name: str = ""
    year: str = ""
    received_on: str = ""
    due_on: str = ""
    deliverers: str = ""
    note: str = ""
    person_id: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class RewardDraft:
    """Who gets the reward of a 喜报, and which award it is where the grade leaves it open, as typed."""

    person_id: str = ""
    merit: str = ""


@dataclass(frozen=True)
class RateDraft:
    """What a county gives for a grade, as typed."""

    starts_on: str = ""
    amount: str = ""
    document: str = ""


@dataclass(frozen=True)
class DeliveryDraft:
    """How good news was delivered, as typed."""

    on: str = ""
    deliverers: str = ""
    receiver: str = ""
    feedback: str = ""
    as_activity: bool = True


@dataclass(frozen=True)
class UnitHonourDraft:
    """An honour of a unit as typed."""

    kind: str = ""
    unit_id: str = ""
    title: str = ""
    issuer: str = ""
    on: str = ""
    number: str = ""
    note: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class SelectionDraft:
    """The call of a selection as typed."""

    kind: str = ""
    title: str = ""
    area_code: str = ""
    host: str = ""
    called_on: str = ""
    last_day: str = ""
    way: str = "SCORE"
    seats: str = ""
    public_days: str = "5"
    conditions: str = ""
    client_key: str = ""


@dataclass(frozen=True)
class NomineeDraft:
    """One nominee as typed: a person or a unit, by name."""

    name: str = ""
    area_code: str = ""
    nominator: str = ""
    deeds: str = ""
    client_key: str = ""
