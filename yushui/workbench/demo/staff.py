"""Who works in the county: one fixed account for every role, a liaison for each village, a clerk for each town."""

from __future__ import annotations

from random import Random

from django.contrib.auth.hashers import make_password

from yushui.accounts.models import User, UserRole
from yushui.accounts.types import ROLE_NAMES, Role
from yushui.base.area_codes import NATION
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.workbench.demo.drafts import moment
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.towns import COUNTY, Village, list_towns

PASSWORD = "Yunchuan-2026"
BUREAU = "云川县退役军人事务局"
# (login name, name, title, unit, area, role)
FIXED = (
    ("beizhou", "陈秀兰", "村联络员", "北洲村退役军人服务站", "990101001001", Role.LIAISON),
    ("shiqiao", "周建平", "镇经办", "石桥镇退役军人服务站", "990101001000", Role.TOWN_CLERK),
    ("desk", "林晓燕", "优抚股经办", BUREAU, COUNTY[0], Role.DESK_OFFICER),
    ("review", "何志强", "优抚股复核", BUREAU, COUNTY[0], Role.REVIEWER),
    ("approve", "罗文华", "分管副局长", BUREAU, COUNTY[0], Role.APPROVER),
    ("leader", "沈国栋", "局长", BUREAU, COUNTY[0], Role.LEADER),
    ("member", "高敏", "联络员", "县教育局", COUNTY[0], Role.MEMBER_UNIT),
    ("audit", "杜明远", "审计员", "云川县审计局", COUNTY[0], Role.AUDITOR),
    ("admin", "系统管理员", "系统管理员", BUREAU, NATION, Role.ADMINISTRATOR),
)
USER_COLUMNS = (
    "id", "username", "password", "full_name", "title", "unit_name", "area_code", "is_active", "is_staff",
    "is_superuser", "email", "date_joined", "must_change_password",
)  # fmt: skip


def add_staff(rng: Random, today: object, villages: list[Village]) -> dict[str, User]:
    """Insert all users; the liaisons by village code. Only the fixed accounts have a password and can log in."""
    began = moment(today.replace(year=today.year - 3))  # type: ignore[attr-defined]
    rows: list[list[object]] = []
    roles: list[tuple[int, str]] = []
    number = next_id(User)
    secret = make_password(PASSWORD)

    def add(login: str, name: str, title: str, unit: str, area: str, role: Role, *, password: str) -> None:
        rows.append(
            [number + len(rows), login, password, name, title, unit, area, True, False, False, "", began, False]
        )
        roles.append((int(str(rows[-1][0])), role.value))

    for login, name, title, unit, area, role in FIXED:
        add(login, name, title, unit, area, role, password=secret)
    taken = {area for _, _, _, _, area, _ in FIXED}
    for code, town in list_towns():
        if code not in taken:
            add(f"clerk-{code[:9]}", invent_name(rng, "F", 1985), "镇经办", f"{town}退役军人服务站", code,
                Role.TOWN_CLERK, password=make_password(None))  # fmt: skip
    for village in villages:
        if village.code not in taken:
            add(f"liaison-{village.code}", invent_name(rng, rng.choice("MF"), 1980), "村联络员",
                f"{village.name}退役军人服务站", village.code, Role.LIAISON, password=make_password(None))  # fmt: skip
    insert_rows(User, USER_COLUMNS, rows)
    sync_ids(User)
    insert_rows(UserRole, ("user", "role"), roles)
    return {user.area_code: user for user in User.objects.filter(held_roles__role=Role.LIAISON)}


def staff_by_login() -> dict[str, User]:
    """The fixed accounts by login name."""
    return {user.username: user for user in User.objects.filter(username__in=[row[0] for row in FIXED])}


def show_accounts() -> str:
    """The fixed accounts as a table for the terminal."""
    lines = [f"  {login:<9}{ROLE_NAMES[role]:　<8} {name} · {unit}" for login, name, _, unit, _, role in FIXED]
    return "\n".join([*lines, f"  密码都是 {PASSWORD}"])


def is_demo() -> bool:
    """Whether this house holds the demo county."""
    return User.objects.filter(username="beizhou", area_code="990101001001").exists()
