"""Kinds of cases: families, who acts on which level, how a deadline counts, how a case can end."""

from __future__ import annotations

from dataclasses import dataclass

FAMILY_NAMES: dict[str, str] = {
    "PETITION": "信访诉求",
    "LAW": "法律援助与维权",
    "DISPUTE": "矛盾纠纷",
    "HELP": "困难帮扶与救助",
    "SERVICE": "优待服务",
    "SAFETY": "安全隐患",
    "NEED": "军地需求",
}
ASKER_NAMES: dict[str, str] = {"PERSON": "个人", "UNIT": "单位"}
LEVEL_NAMES: dict[str, str] = {"VILLAGE": "村(社区)", "TOWN": "乡镇(街道)", "COUNTY": "县(市、区)"}
LEVELS: dict[str, int] = {"COUNTY": 3, "TOWN": 4, "VILLAGE": 5}
COUNT_NAMES: dict[str, str] = {"DAY": "天", "WORKDAY": "个工作日"}
LAW = "LAW"  # the family whose cases a legal point (涉军维权站点) may take up
# Who does a step: office → (role, level), as one choice of the form of kinds.
OFFICE_NAMES: dict[str, str] = {
    "LIAISON@VILLAGE": "村(社区)联络员",
    "TOWN_CLERK@TOWN": "乡镇(街道)经办",
    "DESK_OFFICER@COUNTY": "县局经办",
    "REVIEWER@COUNTY": "县局复核",
    "APPROVER@COUNTY": "县局审批",
    "LEADER@COUNTY": "县局领导",
}
DECIDERS = ("REVIEWER", "APPROVER", "LEADER")  # must not be who did the step before
ROLE_NAMES: dict[str, str] = {
    "LIAISON": "联络员", "TOWN_CLERK": "经办", "DESK_OFFICER": "经办", "REVIEWER": "复核", "APPROVER": "审批",
    "LEADER": "领导",
}  # fmt: skip
RESULT_NAMES: dict[str, str] = {
    "SETTLED": "办结",
    "REFUSED": "不予受理(办理)",
    "REFERRED": "告知向有权机关提出",
    "WITHDRAWN": "撤回或终止",
}


NEXT = "NEXT"  # where an outcome leads, on the form: the step below; else the number of a step, or a result


@dataclass(frozen=True)
class OutcomeDraft:
    """A way in which a step can end, as typed: `to` is NEXT, the number of a step, or a result that ends the case."""

    name: str = ""
    to: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class StepDraft:
    """A step of a county's own kind as typed. `papers` and `refusals` are parted by 、 or lines. Without outcomes it
    has the usual ones: on, back, withdrawn."""

    key: str = ""
    name: str = ""
    office: str = ""
    days: str = ""
    count: str = "WORKDAY"
    papers: str = ""
    refusals: str = ""
    outcomes: tuple[OutcomeDraft, ...] = ()


@dataclass(frozen=True)
class CaseKindDraft:
    """A county's own kind of case as typed."""

    name: str = ""
    family: str = ""
    asker: str = "PERSON"
    is_sensitive: bool = False
    once_per_cause: bool = False
    papers_later: bool = False
    gives_help: bool = False
    extension_days: str = ""
    causes: str = ""
    source: str = ""
    steps: tuple[StepDraft, ...] = ()
