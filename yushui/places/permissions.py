"""Who may see and change areas, units, posts and papers."""

from __future__ import annotations

from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need, need_area, need_to_act
from yushui.base.area_codes import code_range
from yushui.base.refusals import Problem, Refused
from yushui.places.models import Post, Unit


def check_view_places(actor: User) -> None:
    """Every signed-in member of staff may read the list of areas and units."""
    need(actor, "places.view")


def check_change_areas(actor: User, area_code: str) -> None:
    """Areas are kept by the county's desk officer or the administrator, inside their own area."""
    check_view_places(actor)
    need_area(actor, area_code)
    need_to_act(actor, "places.change_areas", "维护区划")


def check_change_places(actor: User, area_code: str) -> None:
    """Units, posts, leading groups and stations are kept by the clerks of a county or town, inside their own area."""
    check_view_places(actor)
    need_area(actor, area_code)
    need_to_act(actor, "places.change", "维护单位和职务")


def held_unit_ids(actor: User, on: date) -> set[int]:
    """The units in which the actor holds a post on a day: a clerk has tied the account to it."""
    posts = Post.objects.filter(user_id=actor.pk, starts_on__lte=on).exclude(ends_on__lte=on)
    return set(posts.values_list("unit_id", flat=True))


def my_unit_ids(actor: User, on: date) -> set[int]:
    """The units whose people the actor is among on a day: those, and the one that the actor's account names."""
    held = held_unit_ids(actor, on)
    if not actor.unit_name:
        return held
    low, high = code_range(actor.area_code)
    named = Unit.objects.filter(name=actor.unit_name, area_id__gte=low, area_id__lt=high).exclude(ends_on__lte=on)
    return held | set(named.values_list("pk", flat=True))


def may_record_paper(actor: User, unit_id: int, on: date) -> bool:
    """Whether the actor may record papers of a unit that lies in the actor's area."""
    if may(actor, "places.change"):
        return True
    return may(actor, "places.record_paper") and unit_id in held_unit_ids(actor, on)


def check_record_paper(actor: User, unit_id: int, on: date) -> None:
    """Papers of a unit that the actor may see are kept by clerks, and by the people of the unit itself."""
    need_to_act(actor, "places.record_paper", "登记文件")
    if not may_record_paper(actor, unit_id, on):
        step = "请由本单位的人或经办登记;您在这个单位任职的,请经办在单位页面把您的账号对上"
        raise Refused(Problem("您没有登记这个单位文件的权限", where="发文单位", next_step=step))
