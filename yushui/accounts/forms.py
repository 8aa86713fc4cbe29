"""What a browser may send about users. Parsing only; rules are in services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from yushui.accounts.services import UserWords
from yushui.accounts.types import ROLE_NAMES, Role
from yushui.base.area_codes import full_code


class LoginForm(AuthenticationForm):
    """Login name and password; a wrong one of either gets the same answer."""

    error_messages = {
        "invalid_login": "登录名或密码不对。连续 5 次不对,账号会锁定 15 分钟。",
        "inactive": "登录名或密码不对。连续 5 次不对,账号会锁定 15 分钟。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "登录名"
        self.fields["username"].widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")
        self.fields["password"].label = "密码"


class PasswordForm(forms.Form):
    """Own password: the old one, and the new one twice."""

    old = forms.CharField(
        label="现在的密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label="新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 位,不能全是数字,不能是常见密码,不能与登录名或姓名相近。",
    )  # fmt: skip
    again = forms.CharField(
        label="再输一遍", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError("两次输入的不一样")
        return again


class UserForm(forms.Form):
    """Name, post, area and roles of a user."""

    full_name = forms.CharField(label="姓名", max_length=40)
    unit_name = forms.CharField(label="单位", max_length=80, required=False)
    title = forms.CharField(label="岗位", max_length=40, required=False)
    area_code = forms.CharField(
        label="工作区域", max_length=12, help_text="区划代码 2、4、6、9 或 12 位;只能看到这个区域内的人和事。"
    )
    roles = forms.MultipleChoiceField(
        label="角色",
        choices=[(r.value, ROLE_NAMES[r]) for r in Role],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_area_code(self) -> str:
        try:
            return full_code(self.cleaned_data["area_code"].strip())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def words(self) -> UserWords:
        """The cleaned input for the service."""
        kept = self.cleaned_data
        return UserWords(
            full_name=kept["full_name"], title=kept["title"], unit_name=kept["unit_name"], area_code=kept["area_code"],
            roles=tuple(Role(code) for code in kept["roles"]),
        )  # fmt: skip


class NewUserForm(UserForm):
    """A user to add: also the login name and the first password."""

    username = forms.RegexField(
        label="登录名", regex=r"^[a-z0-9][a-z0-9._-]{1,29}$", help_text="小写字母和数字,2 至 30 位,以后不能改。",
        error_messages={"invalid": "只能用小写字母、数字、点、横线,2 至 30 位"},
    )  # fmt: skip
    password = forms.CharField(
        label="初始密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 位;本人第一次登录时必须改掉。",
    )  # fmt: skip
    field_order = ["username", "password", "full_name"]


class ChangeUserForm(UserForm):
    """A user to change: also whether the account is open."""

    is_active = forms.BooleanField(label="账号可用", required=False)


class ResetPasswordForm(forms.Form):
    """A new first password."""

    password = forms.CharField(
        label="新的初始密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="本人下次登录时必须改掉。",
    )  # fmt: skip
