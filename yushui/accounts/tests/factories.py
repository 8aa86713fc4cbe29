"""The people of the office, for tests."""

from __future__ import annotations

from yushui.accounts.models import User, UserRole
from yushui.accounts.types import Role

PASSWORD = "Yunchuan-2026"
COUNTY = "990101000000"


def make_user(*roles: Role, area: str = COUNTY, username: str = "", full_name: str = "") -> User:
    """A user with these roles in this area; the password is PASSWORD."""
    name = username or f"{'-'.join(r.lower() for r in roles) or 'nobody'}-{area.rstrip('0')}"
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User.objects.create_user(username=name, password=PASSWORD, full_name=full_name or name, area_code=area)
        UserRole.objects.bulk_create(UserRole(user=user, role=role) for role in roles)
    return user
