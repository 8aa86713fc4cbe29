"""Plaques of most households, cards, and two years of good news of merit. A stream of chance of its own, so that other
parts of the county do not shift."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.base.workdays import add_workdays
from yushui.honours.models import HonourKind, Plaque
from yushui.honours.selectors.plaques import homes_without_plaque
from yushui.honours.services.cards import take_over_cards
from yushui.honours.services.news_bulk import PastNews, take_over_news
from yushui.honours.services.plaques import act_on_plaque, take_over_plaques
from yushui.honours.services.selections import call_selection, nominate, record_unit_honour
from yushui.honours.services.selections_bulk import PastSelection, take_over_selections
from yushui.honours.types import NomineeDraft, PlaqueDraft, SelectionDraft, UnitHonourDraft
from yushui.people.models import Person, Status
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.towns import COUNTY, list_towns, list_villages

FIRST_HANGING = date(2019, 4, 20)  # the whole country was to be done by 1 May 2019
GRADES = ("MERIT_3",) * 12 + ("EXCELLENT",) * 9 + ("MERIT_2",) * 3 + ("MERIT_1",)
DELIVERERS = {"MERIT_3": "县退役军人事务局、人武部", "EXCELLENT": "镇退役军人服务站、镇武装部"}
FEEDBACK = ("家人十分激动,邻里前来道贺", "父母表示支持孩子安心服役", "村里敲锣打鼓迎接", "")
DEEDS = (
    "退役后回村创业,带动二十户增收",
    "三十年义务守护渡口",
    "带头组建老兵志愿服务队",
    "照料烈士母亲十六年",
    "抗洪一线连守七昼夜",
)
UNIT_HONOURS = (
    ("MODEL_COUNTY", "全省双拥模范县", "省委、省政府、省军区", 480),
    ("MODEL_UNIT", "全市双拥工作先进单位", "市双拥工作领导小组", 120),
    ("MODEL_STATION", "全国示范型退役军人服务中心", "退役军人事务部", 300),
)
CARD_YEARS = date(2022, 3, 1)


def give_honours(*, actor: User, seed: int, today: date, at: datetime) -> None:
    """Everything of honours that the county has lived through."""
    rng = Random(f"{seed}-honours")
    hang_most(actor, rng, today, at)
    change_some(actor, rng, today, at)
    issue_cards(actor, rng, today, at)
    bring_good_news(actor, rng, today, at)
    hold_selections(actor, rng, today, at)


def hang_most(actor: User, rng: Random, today: date, at: datetime) -> None:
    """Plaques of the households with a ground: all of them in half of the villages, most in the others."""
    part = {village.code: 1.0 if rng.random() < 0.5 else rng.uniform(0.82, 0.985) for village in list_villages()}
    days = (today - FIRST_HANGING).days
    hung = {}
    for household, area in homes_without_plaque(actor=actor, on=today).items():
        if rng.random() < part[area]:
            late = rng.random() < 0.12
            hung[household] = FIRST_HANGING + timedelta(days=rng.randrange(days) if late else -rng.randrange(80))
    take_over_plaques(actor=actor, hung=hung, at=at)


def change_some(actor: User, rng: Random, today: date, at: datetime) -> None:
    """A few were replaced, lost and given anew, taken back, cancelled."""
    rows = list(Plaque.objects.filter(hung_on__lt=date(2020, 1, 1)).order_by("pk").values_list("pk", flat=True))
    acts = [("REPLACED", "牌面褪色")] * 8 + [("REISSUED", "房屋翻修时遗失")] * 3 + [
        ("TAKEN_BACK", "本户迁往外省,牌子交回"), ("CANCELLED", "按县退役军人事务局文件取消")
    ]  # fmt: skip
    for number, ((act, reason), plaque) in enumerate(
        zip(acts, rng.sample(rows, min(len(acts), len(rows))), strict=False)
    ):
        day = today - timedelta(days=rng.randrange(5, 300))
        draft = PlaqueDraft(act=act, on=day.isoformat(), reason=reason, client_key=f"demo-plaque-{number:03d}")
        alive = Status.objects.filter(
            person__household__plaque=plaque, person__died_on=None, superseded_at=None, ends_on=None, state="RECEIVING"
        )
        if act != "REPLACED" or alive.exists():
            act_on_plaque(actor=actor, plaque_id=plaque, draft=draft, revision="1", at=at)


def issue_cards(actor: User, rng: Random, today: date, at: datetime) -> None:
    """Cards of most survivors and of a part of the veterans; some wait."""
    kinds = {"SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS"}
    wanted = ("DISABLED_SOLDIER", "WAR_VETERAN", "RURAL_VETERAN_60", *kinds)
    held = Status.objects.filter(superseded_at=None, kind__in=wanted, person__died_on=None).order_by(
        "person_id", "kind"
    )
    days = (today - CARD_YEARS).days
    cards: dict[int, tuple[int, str, date, date | None]] = {}
    for person, kind in held.values_list("person_id", "kind"):
        if person in cards or rng.random() > 0.7:
            continue
        applied = CARD_YEARS + timedelta(days=rng.randrange(days))
        issued = applied + timedelta(days=rng.randrange(40, 120))
        name = "CARD_SURVIVOR" if kind in kinds else "CARD_VETERAN"
        cards[person] = (person, name, applied, issued if issued < today else None)
    take_over_cards(actor=actor, cards=list(cards.values()), at=at)


def bring_good_news(actor: User, rng: Random, today: date, at: datetime) -> None:
    """About twenty-five 喜报 a year to families of soldiers; the newest still wait, one of them too long."""
    families = Person.objects.filter(statuses__kind__in=("CONSCRIPT", "ACTIVE_SERVICE"), statuses__superseded_at=None)
    people = list(
        families.filter(died_on=None).distinct().order_by("pk").values_list("pk", "name", "area_id", "address")
    )
    if not people:
        return
    kinds = dict(HonourKind.objects.filter(group="MERIT").values_list("code", "deliverers"))
    news = []
    for number in range(50):
        kind = rng.choice(GRADES)
        received = today - timedelta(days=3 + number * 14 + rng.randrange(9))
        due = add_workdays(received, 15)
        who = kinds[kind] or DELIVERERS[kind]
        person, name, area, address = rng.choice(people)
        delivered = received + timedelta(days=rng.randrange(4, 24))
        done = delivered < today and number > 3
        rng.randrange(20, 60)  # keeps the stream of chance in step
        news.append(
            PastNews(
                kind=kind, person_id=person, soldier_name=name, area_code=area, address=address[:120],
                received_on=received, due_on=due, deliverers=who, year=received.year,
                delivered_on=delivered if done else None, receiver=f"父亲 {name[0]}{invent_name(rng, 'M', 1970)[1:]}",
                feedback=rng.choice(FEEDBACK),
            )
        )  # fmt: skip
    take_over_news(actor=actor, news=news, at=at)


def hold_selections(actor: User, rng: Random, today: date, at: datetime) -> None:
    """Last year's list, one shown to the public, one that takes nominations; and what units were given."""
    towns = list_towns()
    past = PastSelection(
        kind="BEST_VETERAN", title=f"{today.year} 年度云川县最美退役军人", host="县委宣传部、县退役军人事务局",
        called_on=today - timedelta(days=150), last_day=today - timedelta(days=120), seats=10, decided=True,
        names=nominees(rng, towns, 22),
    )  # fmt: skip
    shown = PastSelection(
        kind="BEST_WIFE", title=f"{today.year} 年度云川县十佳好军嫂", host="县妇女联合会、县双拥办",
        called_on=today - timedelta(days=60), last_day=today - timedelta(days=20), seats=10, decided=False,
        names=nominees(rng, towns, 16, "F"),
    )  # fmt: skip
    take_over_selections(actor=actor, selections=[past, shown], at=at)
    call = call_selection(
        actor=actor, at=at,
        draft=SelectionDraft(
            "MODEL_GROUP", f"{today.year} 年度双拥先进集体", COUNTY[0], "县双拥工作领导小组",
            (today - timedelta(days=12)).isoformat(), (today + timedelta(days=14)).isoformat(), "VOTE", "8", "5",
            "双拥工作有机构、有制度、有经费,群众认可", "demo-selection-3",
        ),
    )  # fmt: skip
    for number, (code, town) in enumerate(towns[:6]):
        name = f"{town}退役军人服务站"
        draft = NomineeDraft(name, code, town, "走访、帮扶、信访接待有记录,群众满意", f"demo-nominee-{number}")
        nominate(actor=actor, selection_id=call.pk, draft=draft, at=at)
    for number, (kind, title, issuer, back) in enumerate(UNIT_HONOURS):
        day = (today - timedelta(days=back)).isoformat()
        given = UnitHonourDraft(kind, "", title, issuer, day, client_key=f"demo-honour-{number}")
        record_unit_honour(actor=actor, draft=given, at=at)


def nominees(
    rng: Random, towns: list[tuple[str, str]], count: int, sex: str = "M"
) -> tuple[tuple[str, str, str, str, int], ...]:
    """(name, area, nominator, deeds, score in hundredths), each name once."""
    found: dict[str, tuple[str, str, str, str, int]] = {}
    while len(found) < count:
        code, town = rng.choice(towns)
        name = invent_name(rng, sex, 1975)
        found[name] = (name, code, town, rng.choice(DEEDS), rng.randrange(7600, 9850))
    return tuple(found.values())
