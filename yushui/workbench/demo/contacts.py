"""Contact in the rhythm of each class (包联): most people in time, a few late, a few never, one liaison who left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.accounts.services import UserWords, change_user
from yushui.activities.selectors.contacts import ContactFilters, people_to_contact
from yushui.activities.services.bulk import PastVisit, record_visits
from yushui.activities.types import Way
from yushui.people.selectors.contacts import rhythms_for
from yushui.people.services.rhythms import set_rhythm

IN_TIME = 0.94
NEVER_MET = 0.008
NOTES = ("近况良好", "已告知年度确认", "询问优待证,已说明", "", "", "血压偏高,嘱按时服药", "")


def keep_contact(*, actor: User, admin: User, seed: int, today: date, at: datetime) -> None:
    """A rhythm of the county's own, the last contacts of everybody in care, and the last village's liaison gone; a
    stream of its own."""
    rng = Random(f"{seed}-contacts")
    set_rhythm(
        actor=actor, name="烈士遗属", group="KIND", age=None, status_kind="SURVIVOR_MARTYR", months=2,
        source="云川县优抚对象包联办法(虚构)第三条", at=at,
    )  # fmt: skip
    months = {rhythm.code: rhythm.months for rhythm in rhythms_for(actor.area_code)}
    people = people_to_contact(actor=actor, filters=ContactFilters(), on=today).exclude(by=None)
    rows = people.order_by("id").values_list("pk", "area_id", "code", "by_name")
    visits = [visit for row in rows.iterator(5000) for visit in visits_of(row, months, rng, today)]
    record_visits(actor=actor, visits=visits, at=at)
    gone = User.objects.filter(username__startswith="liaison-").latest("username")
    words = UserWords(gone.full_name, gone.title, gone.unit_name, gone.area_code, tuple(gone.roles))
    change_user(actor=admin, user_id=gone.pk, words=words, is_active=False, at=at)


def visits_of(row: tuple[int, str, str, str], months: dict[str, int], rng: Random, today: date) -> Iterator[PastVisit]:
    """The contacts of one person in the last rhythm or two."""
    person, village, code, goer = row
    days = months.get(code, 12) * 30
    chance = rng.random()
    if chance < NEVER_MET:
        return
    back = rng.randint(1, days - 1) if chance < NEVER_MET + IN_TIME else rng.randint(days + 5, days + 80)
    way = rng.choices((Way.HOME, Way.PHONE, Way.VIDEO), (55, 40, 5))[0]
    yield PastVisit(person, village, today - timedelta(days=back), way=way, note=rng.choice(NOTES), visitor_name=goer)
