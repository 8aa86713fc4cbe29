"""Verbs on users. A user is never deleted: the log and the batches speak of them; who leaves is deactivated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yushui.accounts import selectors
from yushui.accounts.models import User, UserRole
from yushui.accounts.permissions import need_to_act
from yushui.accounts.types import ROLE_NAMES, Role
from yushui.audit.services import record
from yushui.base.area_codes import lies_in
from yushui.base.refusals import Problem, Refused

# the validators' codes in the officer's words
PASSWORD_WORDS = {
    "password_too_short": "太短,至少 10 位",
    "password_too_common": "太常见,容易被猜到",
    "password_entirely_numeric": "不能全是数字",
    "password_too_similar": "与登录名或姓名太相近",
}


@dataclass(frozen=True)
class UserWords:
    """What an administrator writes about a user."""

    full_name: str
    title: str
    unit_name: str
    area_code: str
    roles: tuple[Role, ...]


def problems_of_password(password: str, user: User | None = None) -> list[Problem]:
    """Every rule the password breaks, in the officer's words."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        said = [PASSWORD_WORDS.get(one.code or "", " ".join(one.messages)) for one in error.error_list]
        return [Problem(words, where="密码") for words in said]
    return []


def problems_of_user(actor: User, words: UserWords) -> list[Problem]:
    """What stands against these words: no role, an area outside the actor's."""
    problems = []
    if not words.roles:
        problems.append(Problem("还没有选角色", where="角色", next_step="至少选一个"))
    if not lies_in(words.area_code, actor.area_code):
        problems.append(Problem("不在您的管理范围内", where="工作区域", next_step="请填本级或下级的区划代码"))
    return problems


def held(user: User) -> dict[str, object]:
    """What the log keeps of a user."""
    roles = sorted(user.held_roles.values_list("role", flat=True))
    return {
        "full_name": user.full_name,
        "title": user.title,
        "unit_name": user.unit_name,
        "area_code": user.area_code,
        "roles": roles,
        "is_active": user.is_active,
    }


@transaction.atomic
def add_user(*, actor: User, username: str, password: str, words: UserWords, at: datetime) -> User:
    """A new user with a first password that must be changed at the first login. Refused with all problems."""
    need_to_act(actor, "accounts.manage", "管理用户")
    user = User(username=username, full_name=words.full_name, must_change_password=True, area_code=words.area_code)
    problems = problems_of_user(actor, words) + problems_of_password(password, user)
    if User.objects.filter(username__iexact=username).exists():
        problems.append(Problem("登录名已有人使用", where="登录名", next_step="请换一个"))
    if problems:
        raise Refused(*problems)
    user.title, user.unit_name = words.title, words.unit_name
    user.set_password(password)
    user.save()
    UserRole.objects.bulk_create(UserRole(user=user, role=role) for role in words.roles)
    record(actor=actor, action="accounts.user.added", subject=user, area_code=user.area_code, at=at, now=held(user))
    return user


@transaction.atomic
def add_first_administrator(*, username: str, password: str, at: datetime) -> User:
    """The administrator of an empty house, made at the machine itself (`yushui init`).

    The password must be changed at once. Refused when there is an administrator: that one adds the next.
    """
    problems = problems_of_password(password)
    if UserRole.objects.filter(role=Role.ADMINISTRATOR).exists():
        problems.append(Problem("已经有系统管理员", next_step="请由管理员在“用户”页面添加"))
    if User.objects.filter(username__iexact=username).exists():
        problems.append(Problem("登录名已有人使用", where="登录名", next_step="请换一个"))
    if problems:
        raise Refused(*problems)
    user = User.objects.create_user(
        username=username, password=password, full_name="系统管理员", title="系统管理员", must_change_password=True
    )
    UserRole.objects.create(user=user, role=Role.ADMINISTRATOR)
    record(actor=None, action="accounts.user.added", subject=user, area_code=user.area_code, at=at, now=held(user))
    return user


@transaction.atomic
def change_user(*, actor: User, user_id: int, words: UserWords, is_active: bool, at: datetime) -> User:
    """New name, post, area, roles, or the account closed or opened. One administrator must remain."""
    need_to_act(actor, "accounts.manage", "管理用户")
    user = selectors.get_user(actor=actor, user_id=user_id)
    problems = problems_of_user(actor, words)
    stays = is_active and Role.ADMINISTRATOR in words.roles
    if Role.ADMINISTRATOR in user.roles and not stays and selectors.count_administrators(besides=user) == 0:
        problems.append(Problem("这是最后一位系统管理员", where="角色", next_step="请先指定另一位管理员"))
    if user.pk == actor.pk and not is_active:
        problems.append(Problem("不能停用自己的账号", where="状态", next_step="请由另一位管理员办理"))
    if problems:
        raise Refused(*problems)
    was = held(user)
    for name, value in asdict(words).items():
        if name != "roles":
            setattr(user, name, value)
    user.is_active = is_active
    user.save(update_fields=["full_name", "title", "unit_name", "area_code", "is_active"])
    set_roles(user, words.roles)
    now = held(user)
    changed = {name for name in was if was[name] != now[name]}
    if changed:
        record(
            actor=actor, action="accounts.user.changed", subject=user, area_code=user.area_code, at=at,
            was={n: was[n] for n in sorted(changed)}, now={n: now[n] for n in sorted(changed)},
        )  # fmt: skip
    return user


def set_roles(user: User, roles: Collection[Role]) -> None:
    """Exactly these roles from now on; what was held is in the log."""
    user.held_roles.exclude(role__in=roles).delete()
    present = set(user.held_roles.values_list("role", flat=True))
    UserRole.objects.bulk_create(UserRole(user=user, role=role) for role in roles if role not in present)


@transaction.atomic
def reset_password(*, actor: User, user_id: int, password: str, at: datetime) -> User:
    """A new first password for somebody who forgot; it must be changed at the next login. Old sessions end."""
    need_to_act(actor, "accounts.manage", "重置密码")
    user = selectors.get_user(actor=actor, user_id=user_id)
    problems = problems_of_password(password, user)
    if problems:
        raise Refused(*problems)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(actor=actor, action="accounts.password.reset", subject=user, area_code=user.area_code, at=at)
    return user


@transaction.atomic
def change_password(*, actor: User, old: str, new: str, at: datetime) -> None:
    """The actor's own password. Refused when the old one is wrong or the new one is weak or the same."""
    problems = problems_of_password(new, actor)
    if not actor.check_password(old):
        problems.insert(0, Problem("现在的密码不对", where="现在的密码"))
    if old == new:
        problems.append(Problem("和现在的密码一样", where="新密码", next_step="请换一个"))
    if problems:
        raise Refused(*problems)
    actor.set_password(new)
    actor.must_change_password = False
    actor.save(update_fields=["password", "must_change_password"])
    record(actor=actor, action="accounts.password.changed", subject=actor, area_code=actor.area_code, at=at)


def note_login(*, actor: User, at: datetime) -> None:
    """Somebody signed in."""
    record(actor=actor, action="accounts.user.logged_in", subject=actor, area_code=actor.area_code, at=at)


def note_logout(*, actor: User, at: datetime) -> None:
    """Somebody signed out by themselves."""
    record(actor=actor, action="accounts.user.logged_out", subject=actor, area_code=actor.area_code, at=at)


def note_lockout(*, username: str, at: datetime) -> None:
    """Too many wrong passwords for one login name. Nobody is named when the login name does not exist."""
    user = User.objects.filter(username=username).first()
    record(
        actor=None, action="accounts.user.locked_out", subject=user or "accounts.user:0",
        area_code=user.area_code if user else "", at=at,
    )  # fmt: skip


def role_words(roles: Collection[Role]) -> str:
    """`县局经办、复核`."""
    return "、".join(ROLE_NAMES[role] for role in ROLE_NAMES if role in roles)
