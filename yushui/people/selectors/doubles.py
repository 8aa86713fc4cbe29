"""Entries that may be one person twice: the same name and birth date, or one account in their own names."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, F

from yushui.accounts.models import User
from yushui.people.models import BankAccount, Person
from yushui.people.permissions import visible_people

MOST = 100
MOST_OF_ONE = 12
BORN_ON_ONE_DAY = 200
Pair = tuple[Person, Person, str]


def list_doubles(*, actor: User) -> list[Pair]:
    """Pairs of living people of the actor's area who look like one, with why; the older entry first."""
    alike = visible_people(actor).filter(died_on=None).order_by().values("name", "born_on")
    keys = list(alike.annotate(n=Count("pk")).filter(n__gt=1).order_by("name", "born_on")[:MOST])
    named: dict[tuple[object, object], list[Person]] = {}
    names = {row["name"] for row in keys}
    for person in visible_people(actor).filter(died_on=None, name__in=names).select_related("area").order_by("pk"):
        named.setdefault((person.name, person.born_on), []).append(person)
    found = pairs_of((named.get((row["name"], row["born_on"]), []) for row in keys), "同名同出生日期")
    known = {(one.pk, other.pk) for one, other, _ in found}
    return found + [pair for pair in shared_accounts(actor) if (pair[0].pk, pair[1].pk) not in known]


def shared_accounts(actor: User) -> list[Pair]:
    """People of one name paid to one account, each in the own name."""
    people = visible_people(actor).filter(died_on=None)
    own = BankAccount.objects.filter(superseded_at=None, holder_relation="", person__in=people)
    own = own.filter(holder_name=F("person__name"))
    twice = own.order_by().values("number_index").annotate(n=Count("pk")).filter(n__gt=1)
    rows = own.filter(number_index__in=list(twice.values_list("number_index", flat=True)[:MOST]))
    by_number: dict[str, list[Person]] = {}
    for account in rows.select_related("person__area").order_by("person_id"):
        by_number.setdefault(account.number_index, []).append(account.person)
    return pairs_of(by_number.values(), "同名同账号")


def pairs_of(groups: Iterable[list[Person]], why: str) -> list[Pair]:
    """Every entry of a group beside the oldest."""
    return [(group[0], other, why) for group in groups for other in group[1:]][:MOST]


def candidates_for(*, actor: User, person: Person) -> list[Person]:
    """Entries of the actor's area that may be the same person: of the same name, or of the same birth date and sex with
    a character of the name in common."""
    rows = visible_people(actor).exclude(pk=person.pk).select_related("area")
    same = rows.filter(name=person.name).order_by("pk")[:MOST_OF_ONE]
    born = rows.filter(born_on=person.born_on, sex=person.sex).order_by("pk")[:BORN_ON_ONE_DAY]
    near = [each for each in born if set(each.name) & set(person.name)]
    return list({each.pk: each for each in [*same, *near]}.values())[:MOST_OF_ONE]
