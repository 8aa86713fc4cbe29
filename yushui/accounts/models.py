"""Users, their roles, the area they work in."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from yushui.accounts.types import ROLE_NAMES, Role
from yushui.base.area_codes import NATION


class User(AbstractUser):
    """A member of staff. `area_code` bounds every row the user can reach; roles say what may be done there."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("姓名", max_length=40)
    title = models.CharField("岗位", max_length=40, blank=True)
    unit_name = models.CharField("单位", max_length=80, blank=True)
    area_code = models.CharField("工作区域", max_length=12, default=NATION)
    must_change_password = models.BooleanField(default=False)

    REQUIRED_FIELDS = ["full_name"]

    def get_full_name(self) -> str:
        return self.full_name or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held; read once per request."""
        return frozenset(Role(code) for code in self.held_roles.values_list("role", flat=True))


class UserRole(models.Model):
    """A role held by a user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="held_roles")
    role = models.CharField(max_length=20, choices=[(r.value, ROLE_NAMES[r]) for r in Role])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_row_per_role")]
