"""Agreements between units, some asleep, run out or ended; people who stand by people, and their contacts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.activities.models import PersonPair, UnitPair, Visit
from yushui.activities.services import pairs as agreements
from yushui.activities.services.activities_bulk import PastActivity, record_activities
from yushui.activities.services.pair_kinds import set_pair_kind
from yushui.activities.services.person_pairs import (
    PastPair,
    end_person_pair,
    record_pair_contact,
    take_over_person_pairs,
)
from yushui.activities.types import ContactDraft, PairDraft, PairKindDraft, PersonPairDraft, Way
from yushui.people.models import Person
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.towns import COUNTY, list_towns

# one side, the other, subject, kinds of what they do together; the last two of a county's list sleep
AGREEMENTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("县教育局", "县人民武装部机关", "国防教育进校园", ("DEFENCE_LESSON", "YOUTH_SCHOOL")),
    ("县妇女联合会", "武警云川中队", "兵妈妈行动、节日慰问", ("ARMY_WIVES", "GALA")),
    ("云川县人民医院", "武警云川中队", "官兵就医绿色通道、下乡义诊", ("MEDICAL_SUPPORT", "ARMY_CLINIC")),
    ("云川县第一中学", "驻云川某部", "学生军训、官兵文化辅导", ("STUDENT_TRAINING", "SCHOOLING_SUPPORT")),
    ("县司法局", "县消防救援大队", "法律服务、消防宣传", ("LAW_SUPPORT", "JOINT_BUILDING")),
    ("县文化和旅游局", "驻云川某部", "送戏送书、联欢", ("CULTURE_SUPPORT", "GALA")),
    ("云川县农商银行", "武警云川中队", "金融服务、助学", ("SKILLED_SUPPORT", "ARMY_SCHOOLING")),
    ("云川纺织有限公司", "县消防救援大队", "安全演练、退役士兵就业", ("JOINT_BUILDING", "JOB_FAIR")),
    ("县总工会", "县人民武装部机关", "民兵训练保障、职工国防教育", ("MILITIA_TRAINING", "DEFENCE_LESSON")),
    ("团县委", "云川县老兵志愿服务队", "老兵宣讲、志愿服务", ("TRADITION_REPORT", "VOLUNTEERING")),
    ("清溪食品有限公司", "驻云川某部", "副食品供应、节日慰问", ("SUPPORT_ARMY",)),
    ("县自然资源局", "武警云川中队", "义务植树、绿化共建", ("GREEN_BUILDING",)),
)
TOWN_SUBJECTS = (
    ("清洁家园、联防联治", ("HYGIENE_BUILDING", "JOINT_SECURITY")),
    ("抢收抢种、助老便民", ("ARMY_HELPS", "ARMY_BARBER")),
)  # fmt: skip
NAMED_ONLY = ("省军区某干休所", "邻县消防救援大队")  # not units of the county, so they stay names
NEEDS = (
    "政策咨询、代办手续",
    "陪同看病、代购药品",
    "农忙帮工、代办手续",
    "节日看望、日常陪护",
    "子女就业、技能培训信息",
)
WORDS = (
    "身体尚好,家中无困难",
    "带去降压药,提醒复查",
    "代交医保",
    "帮助收拾屋子",
    "反映屋顶漏雨,已报村里",
    "电话问候",
    "",
    "",
)
OWN_KIND = PairKindDraft("爱心商户结对烈属", "商户负责人", "烈属", of_register=True)


def pair_up(*, actor: User, seed: int, today: date, at: datetime) -> None:
    """About twenty agreements with what was done under them, sixty pairs of people with two years of contacts."""
    rng = Random(f"{seed}-pairs")
    made = agreements.take_over_pairs(actor=actor, drafts=agreement_drafts(today), at=at)
    record_activities(actor=actor, activities=[*common_work(made, rng, today), *leaders_rounds(rng, today)], at=at)
    settle(actor=actor, made=made, today=today, at=at)
    own = set_pair_kind(actor=actor, draft=OWN_KIND, at=at)
    take_over_person_pairs(actor=actor, pairs=list(helpings(rng, today, own.pk)), at=at)
    finish_helpings(actor=actor, today=today, at=at)


def agreement_drafts(today: date) -> list[PairDraft]:
    """Agreements of the county and of eight towns; the terms of some have run out or soon will."""
    sides = [(a, b, subject, COUNTY[0]) for a, b, subject, _ in AGREEMENTS]
    garrisons = ("武警云川中队", "县消防救援大队", *NAMED_ONLY)
    for number, (code, town) in enumerate(list_towns()[:8]):
        subject = TOWN_SUBJECTS[number % 2][0]
        sides.append((f"{town}退役军人服务站", garrisons[number % 4], subject, code))
    drafts = []
    for number, (unit, other, subject, area) in enumerate(sides):
        starts_on = date(today.year - 2, 1 + number % 12, 1)
        last = today + timedelta(days=(30, 400, 700, -20, 0)[number % 5])
        drafts.append(
            PairDraft(
                unit=unit,
                other=other,
                subject=subject,
                area_code=area,
                starts_on=starts_on.isoformat(),
                last_day="" if number % 5 == 4 else last.isoformat(),
                client_key=f"demo-pair-{number:04d}",
            )  # fmt: skip
        )
    return drafts


def common_work(made: list[UnitPair], rng: Random, today: date) -> list[PastActivity]:
    """What the two sides did together: the host is one of them, the other a partner. Each fifth agreement sleeps."""
    kinds = {(a, b): kinds for a, b, _, kinds in AGREEMENTS}
    found = []
    for number, pair in enumerate(made):
        usual = kinds.get((pair.unit_name, pair.other_name), TOWN_SUBJECTS[number % 2][1])
        awake = number % 5 != 1
        last = today - timedelta(days=rng.randint(5, 120) if awake else rng.randint(240, 400))
        days = sorted(last - timedelta(days=turn * rng.randint(80, 120)) for turn in range(rng.randint(2, 5)))
        found += [
            PastActivity(
                rng.choice(usual), pair.area_id, day, title=f"{pair.unit_name}与{pair.other_name}共建活动",
                host_id=pair.unit_id, partners=pair.other_name, heads=rng.randint(10, 80),
            )
            for day in days
            if day >= pair.starts_on
        ]  # fmt: skip
    return found


def leaders_rounds(rng: Random, today: date) -> list[PastActivity]:
    """Leaders who went to see a few families before a festival: a kind of its own beside the visits of campaigns."""
    days = [date(year, month, day) for year in (today.year - 1, today.year) for month, day in ((1, 20), (7, 28))]
    return [
        PastActivity("VISIT_FAMILIES", COUNTY[0], day, title="县领导走访慰问优抚对象", heads=rng.randint(3, 8))
        for day in days
        if day < today
    ]


def settle(*, actor: User, made: list[UnitPair], today: date, at: datetime) -> None:
    """Two agreements were ended, one renewed."""
    for pair, reason in ((made[11], "共建林已移交林场管护"), (made[-1], "对方单位调整,另行结对")):
        on = (today - timedelta(days=60)).isoformat()
        agreements.end_pair(actor=actor, pair_id=pair.pk, on=on, reason=reason, revision="1", at=at)
    renewed = (today + timedelta(days=800)).isoformat()
    agreements.renew_pair(actor=actor, pair_id=made[5].pk, last_day=renewed, note="", revision="1", at=at)


def helpings(rng: Random, today: date, own_kind: str) -> list[PastPair]:
    """Sixty pairs of people: cadres, volunteers, enterprises and shopkeepers stand by people of the register, mothers
    by soldiers."""
    units = [unit for unit, *_ in AGREEMENTS if unit.startswith("县")]
    plan = (
        ("CADRE", 26, "WAR_VETERAN", units), ("VOLUNTEER", 12, "DEMOBILIZED", ["云川县老兵志愿服务队"]),
        ("ENTERPRISE", 6, "ILL_VETERAN", ["云川纺织有限公司", "清溪食品有限公司"]),
        (own_kind, 4, "SURVIVOR_MARTYR", [""]),
    )  # fmt: skip
    found: list[PastPair] = []
    for kind, count, status, of_units in plan:
        for person in chosen(rng, status, count):
            draft = help_draft(rng, today, kind, rng.choice(of_units), len(found), person_id=str(person))
            found.append(PastPair(draft, contacts_of(rng, draft, today, len(found))))
    for _ in range(12):
        draft = help_draft(
            rng, today, "SOLDIER_MOTHER", "县妇女联合会", len(found), helped=invent_name(rng, "M", 2004),
            helped_unit=rng.choice(("武警云川中队", "县消防救援大队")),
        )  # fmt: skip
        found.append(PastPair(draft, contacts_of(rng, draft, today, len(found))))
    return found


def chosen(rng: Random, kind: str, count: int) -> list[int]:
    """Living people of a kind of status, a third of them in 石桥镇."""
    people = Person.objects.filter(died_on=None, statuses__kind=kind, statuses__superseded_at=None)
    of_town = people.filter(area_id__gte="990101001", area_id__lt="990101002").order_by("id")
    near = list(of_town.values_list("pk", flat=True)[: count // 3])
    far = list(people.exclude(pk__in=near).order_by("id").values_list("pk", flat=True)[:400])
    return near + sorted(rng.sample(far, min(count - len(near), len(far))))


def help_draft(
    rng: Random, today: date, kind: str, unit: str, number: int, *, person_id: str = "", helped: str = "",
    helped_unit: str = "",
) -> PersonPairDraft:  # fmt: skip
    """One pair, begun up to two years ago; most helpers left a number (a county's switchboard, nobody's own)."""
    sex = "F" if kind == "SOLDIER_MOTHER" else rng.choice("MMF")
    return PersonPairDraft(
        kind=kind, helper=invent_name(rng, sex, 1972), helper_unit=unit,
        helper_phone=f"0000-88{number:04d}" if rng.random() < 0.8 else "", person_id=person_id, helped=helped,
        helped_unit=helped_unit, area_code=COUNTY[0],
        starts_on=(today - timedelta(days=rng.randint(120, 720))).isoformat(), needs=rng.choice(NEEDS),
        client_key=f"demo-help-{number:04d}",
    )  # fmt: skip


def contacts_of(rng: Random, draft: PersonPairDraft, today: date, number: int) -> tuple[tuple[date, str, str], ...]:
    """A contact every two months or so; each sixth pair was left alone since spring."""
    day = date.fromisoformat(draft.starts_on) + timedelta(days=rng.randint(3, 20))
    end = today - timedelta(days=150) if number % 6 == 5 else today
    found: list[tuple[date, str, str]] = []
    while day < end:
        way = rng.choice(("HOME", "HOME", "PHONE", "VIDEO"))
        if draft.helped:
            way = rng.choice(("MEET", "PHONE", "LETTER"))
        found.append((day, way, rng.choice(WORDS)))
        day += timedelta(days=rng.randint(40, 75))
    return tuple(found)


def finish_helpings(*, actor: User, today: date, at: datetime) -> None:
    """Some visits of the year were contacts of such a pair too; two pairs were ended."""
    from_year = date(today.year, 1, 1)
    helped = dict(PersonPair.objects.exclude(person=None).order_by("-id").values_list("person_id", "pk"))
    starts = dict(PersonPair.objects.values_list("pk", "starts_on"))
    visits = Visit.objects.filter(person__in=helped, on__gte=from_year, on__lt=today, withdrawn_at=None)
    made = visits.exclude(way=Way.ABSENT).order_by("id").values_list("pk", "on", "person_id")
    fitting = [(pk, helped[person]) for pk, on, person in made if starts[helped[person]] <= on]
    for visit_id, help_id in fitting[:12]:
        draft = ContactDraft(visit_id=str(visit_id), client_key=f"demo-contact-{visit_id}")
        record_pair_contact(actor=actor, help_id=help_id, draft=draft, at=at)
    keys = {"demo-help-0003": "帮扶人调离本县", "demo-help-0017": "对象随子女外迁"}
    for pair in PersonPair.objects.filter(client_key__in=keys).order_by("id"):
        end_person_pair(
            actor=actor, help_id=pair.pk, on=(today - timedelta(days=2)).isoformat(), reason=keys[pair.client_key],
            revision="1", at=at,
        )  # fmt: skip
