"""Roles (岗位角色) and what each may do: one table, read by every permission check and by the access test."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Who someone is in the office."""

    LIAISON = "LIAISON"
    TOWN_CLERK = "TOWN_CLERK"
    DESK_OFFICER = "DESK_OFFICER"
    REVIEWER = "REVIEWER"
    APPROVER = "APPROVER"
    LEADER = "LEADER"
    MEMBER_UNIT = "MEMBER_UNIT"
    AUDITOR = "AUDITOR"
    ADMINISTRATOR = "ADMINISTRATOR"


ROLE_NAMES: dict[Role, str] = {
    Role.LIAISON: "村(社区)联络员",
    Role.TOWN_CLERK: "乡镇(街道)经办",
    Role.DESK_OFFICER: "县局经办",
    Role.REVIEWER: "复核",
    Role.APPROVER: "审批",
    Role.LEADER: "领导",
    Role.MEMBER_UNIT: "成员单位",
    Role.AUDITOR: "审计",
    Role.ADMINISTRATOR: "系统管理员",
}

# right → roles that hold it. A right is `package.verb`; permissions.py of each package asks for it by name.
RIGHTS: dict[str, frozenset[Role]] = {
    "people.view": frozenset(
        {Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR}
    ),
    "people.change": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "people.reveal_number": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER}),
    "people.approve_export": frozenset({Role.REVIEWER, Role.APPROVER}),
    "people.confirm": frozenset({Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "people.set_rhythm": frozenset({Role.DESK_OFFICER}),
    "rosters.import": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "benefits.view": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR}),
    "benefits.run": frozenset({Role.DESK_OFFICER}),
    "benefits.claim": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "benefits.recover": frozenset({Role.DESK_OFFICER}),
    "benefits.review_write_off": frozenset({Role.REVIEWER}),
    "benefits.approve_write_off": frozenset({Role.APPROVER}),
    "benefits.set_value": frozenset({Role.DESK_OFFICER}),
    "payments.view": frozenset({Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR}),
    "payments.submit": frozenset({Role.DESK_OFFICER}),
    "payments.review": frozenset({Role.REVIEWER}),
    "payments.approve": frozenset({Role.APPROVER}),
    "payments.send": frozenset({Role.DESK_OFFICER}),
    "payments.take_return": frozenset({Role.DESK_OFFICER}),
    "activities.view": frozenset(set(Role) - {Role.ADMINISTRATOR}),
    "activities.record": frozenset({Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER, Role.MEMBER_UNIT}),
    "activities.visit": frozenset({Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "activities.plan_campaign": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "activities.set_kind": frozenset({Role.DESK_OFFICER}),
    "activities.pair": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "funds.view": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER, Role.LEADER, Role.AUDITOR}),
    "funds.move_goods": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "funds.view_money": frozenset(
        {Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.LEADER, Role.AUDITOR}
    ),
    "funds.open": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "funds.spend": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "funds.ask_care": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "funds.approve": frozenset({Role.REVIEWER, Role.APPROVER}),
    "funds.set_use": frozenset({Role.DESK_OFFICER}),
    "plans.view": frozenset(set(Role) - {Role.ADMINISTRATOR}),
    "plans.change": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "plans.progress": frozenset({Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER, Role.MEMBER_UNIT}),
    "plans.set_duty": frozenset({Role.DESK_OFFICER}),
    "cases.view": frozenset(set(Role) - {Role.ADMINISTRATOR}),
    "cases.open": frozenset({Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER, Role.MEMBER_UNIT}),
    "cases.act": frozenset(set(Role) - {Role.AUDITOR, Role.ADMINISTRATOR}),
    "cases.set_kind": frozenset({Role.DESK_OFFICER}),
    "honours.view": frozenset(
        {Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR}
    ),
    "honours.board": frozenset(set(Role) - {Role.ADMINISTRATOR}),
    "honours.record": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "honours.deliver": frozenset({Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "honours.select": frozenset({Role.DESK_OFFICER}),
    "honours.set_kind": frozenset({Role.DESK_OFFICER}),
    "merging.view": frozenset({Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR}),
    "merging.propose": frozenset({Role.DESK_OFFICER}),
    "merging.decide": frozenset({Role.REVIEWER, Role.APPROVER}),
    "archive.view": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR}),
    "archive.file": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "sites.view": frozenset(set(Role) - {Role.ADMINISTRATOR}),
    "sites.record": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "sites.check": frozenset({Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER, Role.MEMBER_UNIT}),
    "sites.set_kind": frozenset({Role.DESK_OFFICER}),
    "indicators.view": frozenset(
        {Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.LEADER, Role.AUDITOR}
    ),
    "reports.view": frozenset(
        {Role.TOWN_CLERK, Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, Role.LEADER, Role.AUDITOR}
    ),
    "reports.write": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER}),
    "policy.view": frozenset(set(Role) - {Role.LIAISON, Role.MEMBER_UNIT}),
    "policy.load": frozenset({Role.ADMINISTRATOR}),
    "places.view": frozenset(set(Role)),
    "places.set_kind": frozenset({Role.DESK_OFFICER}),
    "places.change_areas": frozenset({Role.DESK_OFFICER, Role.ADMINISTRATOR}),
    "places.change": frozenset({Role.TOWN_CLERK, Role.DESK_OFFICER, Role.ADMINISTRATOR}),
    # papers of the units in which one holds a post; holders of places.change record those of every unit of their area
    "places.record_paper": frozenset(
        {Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER, Role.MEMBER_UNIT, Role.ADMINISTRATOR}
    ),
    "audit.view": frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    "accounts.manage": frozenset({Role.ADMINISTRATOR}),
}
