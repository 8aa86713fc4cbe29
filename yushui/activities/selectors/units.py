"""Units that take part in activities, and holders of posts who lead them, as an actor may name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import ancestors_of, code_range
from yushui.base.days import FAR
from yushui.places.models import Post, Unit

MOST = 300  # suggestions on a page


def units_in_reach(actor: User) -> QuerySet[Unit]:
    """Units inside the actor's area, and those of the areas above it: a town clerk works with the county's bureaus."""
    low, high = code_range(actor.area_code)
    inside = Q(area_id__gte=low, area_id__lt=high)
    return Unit.objects.filter(inside | Q(area_id__in=ancestors_of(actor.area_code)), ends_on=None)


def list_hosts(*, actor: User) -> list[Unit]:
    """Units to suggest as host or partner: the nearest areas first, then by kind and name."""
    return list(units_in_reach(actor).order_by("-area_id", "kind", "name")[:MOST])


def list_filter_hosts(*, actor: User) -> list[tuple[int, str]]:
    """(id, name) of the same units, to narrow a list to."""
    return until_next_act(
        f"filter-hosts:{actor.area_code}",
        lambda: list(units_in_reach(actor).order_by("-area_id", "kind", "name").values_list("pk", "name")[:MOST]),
    )


def find_hosts(*, actor: User, unit_id: str = "", name: str = "") -> list[Unit]:
    """The unit chosen by number, or typed by its whole name."""
    rows = units_in_reach(actor)
    if unit_id.isascii() and unit_id.isdigit() and len(unit_id) < 16:
        return list(rows.filter(pk=int(unit_id)))
    return list(rows.filter(name=name).order_by("-area_id", "id")[:1]) if name and not unit_id else []


def units_of_names(*, actor: User, names: Sequence[str]) -> dict[str, int]:
    """Ids of the units with exactly these names; of two alike the nearer one."""
    rows = units_in_reach(actor).filter(name__in=names).order_by("area_id", "-id")
    return dict(rows.values_list("name", "pk"))


def posts_of_names(*, actor: User, names: Sequence[str], area_code: str, on: date) -> dict[str, int]:
    """Posts that the names mean on a day: `陈志远`, `镇长 陈志远`, or in the activity's own area only the title.

    A name that fits several holders is tied to none.
    """
    if not names:
        return {}
    last = {name: name.split()[-1] for name in names}
    held = Q(unit__in=units_in_reach(actor)) & (Q(ends_on=None) | Q(ends_on__gt=on)) & Q(starts_on__lte=on)
    asked = Q(holder_name__in=set(last.values())) | Q(title__in=names, unit__area_id=area_code)
    found: dict[str, set[int]] = defaultdict(set)
    holders: dict[str, set[str]] = defaultdict(set)
    for pk, title, holder in Post.objects.filter(held & asked).values_list("pk", "title", "holder_name"):
        for name in names:
            if name == title or last[name] == holder:
                found[name].add(pk)
                holders[name].add(holder)
    return {name: min(ids) for name, ids in found.items() if len(holders[name]) == 1}


def holders_by_name(*, actor: User, names: Sequence[str]) -> dict[str, list[tuple[int, date, date]]]:
    """For many names at once: the posts that the last word of each name holds, with their days [first, end)."""
    last = {name: name.split()[-1] for name in names}
    posts = Post.objects.filter(unit__in=units_in_reach(actor), holder_name__in=set(last.values())).order_by("id")
    by_holder: dict[str, list[tuple[int, date, date]]] = defaultdict(list)
    for pk, holder, starts_on, ends_on in posts.values_list("pk", "holder_name", "starts_on", "ends_on"):
        by_holder[holder].append((pk, starts_on, ends_on or FAR))
    return {name: by_holder[word] for name, word in last.items() if word in by_holder}
