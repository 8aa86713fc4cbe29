"""Plans, tasks and meetings of the county: this year's plans with their progress, 石桥镇's arrangement for the next
year (the ten items of a real town's report), meetings over two years with decisions at every stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import Q

from yushui.accounts.models import User
from yushui.base.almanac import army_day, spring_festival
from yushui.places.models import Post, Unit
from yushui.plans.models import Task
from yushui.plans.services.decisions import add_decision
from yushui.plans.services.history import PastOutcome, take_over_outcomes
from yushui.plans.services.meetings import cancel_meeting, hold_meeting, plan_meeting
from yushui.plans.services.plans import add_plan
from yushui.plans.services.splits import split_task
from yushui.plans.services.steps import progress_task
from yushui.plans.services.tasks import add_task
from yushui.plans.types import DecisionDraft, HeldDraft, MeetingDraft, PlanDraft, TaskDraft
from yushui.workbench.demo.drafts import moment
from yushui.workbench.demo.towns import COUNTY, list_towns

SHIQIAO = "990101001000"
STATION = "石桥镇退役军人服务站"
OFFICE = "云川县双拥工作领导小组办公室"
# 石桥镇's ten items: name, demands, month-day or festival with days from it, kind, duty, weight
TEN: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "调整镇双拥工作领导小组",
        "各村、社区、单位相应成立双拥工作领导小组,健全制度,明确职责,落实专职工作人员",
        "03-15",
        "",
        "",
        "KEY",
    ),
    (
        "“八一”、元旦、春节走访慰问优抚对象代表",
        "镇、村、社区及相关单位双拥领导组成员参加",
        "SPRING_FESTIVAL-3",
        "VISIT_FAMILIES",
        "TOWN_VISITS",
        "KEY",
    ),
    ("“八一”期间召开优抚对象代表座谈会", "请各类优抚对象代表参加", "ARMY_DAY-1", "FORUM", "TOWN_FORUM", "ORDINARY"),
    (
        "夏收夏种、秋收秋种帮耕帮种",
        "为各类困难优抚对象帮耕帮种,有条件的村和单位可以以资代劳",
        "10-31",
        "FARM_HELP",
        "TOWN_FARM_HELP",
        "ORDINARY",
    ),
    (
        "开展国防教育",
        "以“八一”、冬季征兵和冬训为契机,采取多种形式对全镇干群进行国防教育",
        "11-30",
        "DEFENCE_LESSON",
        "TOWN_DEFENCE_HOURS",
        "ORDINARY",
    ),
    ("做好优抚对象排忧解难", "", "", "", "", "ORDINARY"),
    ("新兵入伍前和老兵退伍后座谈", "掌握思想脉搏,因势利导做好工作", "09-30", "FORUM", "", "ORDINARY"),
    (
        "落实优抚政策,足额发放各项经费",
        "优抚对象各项经费、义务兵优待金和奖励金按标准及时足额发放",
        "12-20",
        "",
        "",
        "KEY",
    ),
    ("调查困难优抚对象", "切实帮助解决好他们的生活", "06-30", "", "", "ORDINARY"),
    ("年终总结评比、表彰先进集体和个人", "", "12-25", "AWARDING", "", "ORDINARY"),
)
REPORTED = ("已按计划完成,材料已归档", "任务已落实到人,全部完成", "已办,情况已报县双拥办", "已完成,群众反映较好")
UNDERWAY = ("正在推进,已完成过半", "方案已定,正在组织实施", "已摸底,名单正在核对")


@dataclass(frozen=True)
class Sitting:
    """A meeting of the example: kind, day, agenda, guests, minutes, decisions (text, owner, days until due, how it
    stands: DONE, UNDERWAY, OPEN, LATE, NONE for a decision that nobody made a task)."""

    kind: str
    on: date
    place: str
    agenda: str
    guests: tuple[str, ...]
    minutes: str = ""
    decisions: tuple[tuple[str, str, int, str], ...] = ()


def make_plans(*, staff: dict[str, User], seed: int, today: date, at: datetime) -> None:
    """Everything of plans and meetings; other parts of the example do not depend on it."""
    rng = Random(f"{seed}-plans")
    desk, town = staff["desk"], staff["shiqiao"]
    units = dict(Unit.objects.filter(ends_on=None).values_list("name", "pk"))
    plan_year(desk, rng, today, at)
    arrange_next_year(town, units, today, at)
    for sitting in sittings(today):
        hold(desk, sitting, units, rng, today)
    last_meetings(desk, town, units, today, at)


def plan_year(desk: User, rng: Random, today: date, at: datetime) -> None:
    """This year's plan of the county and of each town from the calendar, with how far each task has come."""
    made_at = min(moment(date(today.year, 1, 6)), at)
    for code, _ in [COUNTY, *list_towns()]:
        draft = PlanDraft(year=str(today.year), area_code=code, basis="CALENDAR", client_key=f"demo-plan-{code}")
        add_plan(actor=desk, draft=draft, at=made_at)
    tasks = Task.objects.filter(plan__year=today.year).order_by("id")
    outcomes = [found for task in tasks if (found := outcome_of(task, rng, today)) is not None]
    take_over_outcomes(actor=desk, outcomes=outcomes, at=at)
    whole = Task.objects.filter(plan__area=COUNTY[0], plan__year=today.year, closed_on=None, due_on__gte=today).first()
    if whole is not None:
        stations = Unit.objects.filter(kind="STATION", area__level=4).order_by("area_id")
        parts = split_task(actor=desk, task_id=whole.pk, unit_ids=list(stations.values_list("pk", flat=True)), at=at)
        done = [
            PastOutcome(part.pk, at, REPORTED[place % 4], closed_on=today, score=5 - place % 2)
            for place, part in enumerate(parts[:5])
        ]
        take_over_outcomes(actor=desk, outcomes=done, at=at)


def outcome_of(task: Task, rng: Random, today: date) -> PastOutcome | None:
    """How a task went: of those due most are done, a few are late; of those that began some are on their way."""
    luck = rng.random()
    if task.due_on is None:
        return None
    if task.due_on < today and luck < (0.9 if task.area_id == COUNTY[0] else 0.86):
        closed = min(task.due_on + timedelta(days=rng.randint(-6, 5)), today)
        score = rng.choices((5, 4, 3, 2), (5, 6, 3, 1))[0]
        return PastOutcome(task.pk, moment(closed), rng.choice(REPORTED), closed_on=closed, score=score)
    if task.due_on < today and luck > 0.95:
        return None
    if task.starts_on is not None and task.starts_on < today:
        on = min(task.starts_on + timedelta(days=rng.randint(2, 12)), today)
        return PastOutcome(task.pk, moment(on), rng.choice(UNDERWAY))
    return None


def arrange_next_year(town: User, units: dict[str, int], today: date, at: datetime) -> None:
    """石桥镇's ten items for the next year."""
    year = today.year + 1
    draft = PlanDraft(
        title=f"石桥镇{year}年双拥工作安排", year=str(year), client_key="demo-ten-items",
        note="为认真贯彻双拥工作的法律规范和方针政策,扎实推进双拥工作,使我镇双拥工作再上新台阶,现提出如下安排。",
    )  # fmt: skip
    plan = add_plan(actor=town, draft=draft, at=at)
    for number, (title, note, when, kind, duty, weight) in enumerate(TEN, start=1):
        anchor, _, before = when.partition("-") if when[:1].isalpha() else ("", "", "")
        add_task(
            actor=town,
            draft=TaskDraft(
                title=title, note=note, due_on=due_words(when, anchor, before, year), anchor=anchor, kind_code=kind,
                duty_code=duty, weight=weight, plan_id=plan.pk, client_key=f"demo-ten-{number}",
                owner_unit_id=units[STATION] if number not in {6, 9} else None,
            ),
            at=at,
        )  # fmt: skip


def due_words(when: str, anchor: str, before: str, year: int) -> str:
    """The due day of an item as typed."""
    if not when:
        return ""
    if not anchor:
        return f"{year}-{when}"
    festival = spring_festival(year) if anchor == "SPRING_FESTIVAL" else army_day(year)
    return (festival - timedelta(days=int(before))).isoformat()


ARMY = ("驻云川某部", "武警云川中队", "县消防救援大队")
MEMBERS = ("县委宣传部", "县教育局", "县财政局", "县民政局", "县交通运输局", "县卫生健康局")


def sittings(today: date) -> list[Sitting]:
    """The meetings of last year and this one, as far as they were held."""
    found = []
    for year in (today.year - 1, today.year):
        found += [*spring_sittings(year, year == today.year), *autumn_sittings(year, year == today.year)]
    return [each for each in found if each.on < today]


def spring_sittings(year: int, now: bool) -> list[Sitting]:
    """From New Year to March."""
    return [
        Sitting(
            "JOINT_MEETING",
            spring_festival(year) - timedelta(days=8),
            "县人民武装部会议室",
            "通报上年双拥工作\n研究春节走访慰问方案\n征求驻军单位意见",
            (*ARMY, "县财政局", "县交通运输局"),
            "会议通报了上年双拥工作情况,听取了驻军单位的意见,研究了春节走访慰问工作。\n会议认为,要把官兵的急难愁盼办实办好。",
            (("春节前走访全部驻军单位", OFFICE, 6, "DONE"), ("修缮训练场进出道路", "县交通运输局", 120, "DONE")),
        ),
        Sitting(
            "GROUP_PLENARY",
            date(year, 3, 19),
            "县委会议室",
            "传达上级双拥工作会议精神\n审议年度工作要点\n成员单位述职",
            (*MEMBERS, *ARMY),
            "会议传达了上级会议精神,审议通过年度双拥工作要点,六个成员单位作了述职。",
            (
                ("印发年度双拥工作要点和任务分解", OFFICE, 12, "DONE"),
                ("军人子女入学优待办法修订后印发", "县教育局", 70, "DONE"),
                ("建立优抚对象健康档案", "县卫生健康局", 200, "LATE" if now else "DONE"),
            ),
        ),
    ]


def autumn_sittings(year: int, now: bool) -> list[Sitting]:
    """From July to October."""
    return [
        Sitting(
            "MILITARY_FORUM",
            date(year, 7, 30),
            "县委会议室",
            "军地座谈",
            (*ARMY, "县委宣传部", "县教育局"),
            "军地双方就共建活动、随军家属就业、子女教育交换了意见。",
            (("摸清随军家属就业需求", "县人力资源和社会保障局", 60, "DONE"),),
        ),
        Sitting(
            "MILITARY_AFFAIRS_MEETING",
            date(year, 7, 24),
            "县委常委会议室",
            "听取人武部工作汇报\n研究民兵训练基地建设",
            ("县人民武装部", "县财政局", "县自然资源局"),
            "会议听取了县人武部工作汇报,研究了民兵训练基地建设有关问题。",
            (
                ("民兵训练基地用地手续年内办结", "县自然资源局", 150, "UNDERWAY" if now else "DONE"),
                ("民兵训练经费列入下年预算", "县财政局", 130, "OPEN" if now else "DONE"),
            ),
        ),
        Sitting(
            "JOINT_MEETING",
            date(year, 9, 24),
            "武警云川中队会议室",
            "研究国庆、烈士纪念日活动\n协调官兵子女入学",
            (*ARMY, "县教育局", "县委宣传部"),
            "会议研究了烈士纪念日公祭活动,协调解决官兵子女入学问题。",
            (
                ("办好烈士纪念日公祭", "云川县退役军人事务局", 6, "DONE"),
                ("落实官兵子女入学", "县教育局", 20, "DONE"),
            ),
        ),
        Sitting(
            "SUBJECT_MEETING",
            date(year, 10, 15),
            "县退役军人事务局会议室",
            "部署四季度双拥工作\n研究年度确认",
            MEMBERS[:4],
            "会议部署了四季度双拥工作和优抚对象年度确认。",
            (
                ("十二月底前完成优抚对象年度确认", "云川县退役军人事务局", 76, "UNDERWAY" if now else "DONE"),
                ("排查双拥宣传栏破损情况", "", 30, "LATE" if now else "DONE"),
                ("研究设立社会化拥军服务点", "", 0, "NONE" if now else "DONE"),
            ),
        ),
    ]


def hold(desk: User, each: Sitting, units: dict[str, int], rng: Random, today: date) -> None:
    """One meeting from notice to what came of its decisions."""
    told = each.on - timedelta(days=7)
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=each.on), starts_on__lte=told, title__contains="组长")
    posts = list(held.filter(unit=units["云川县双拥工作领导小组"]).order_by("id"))
    guests = [units[name] for name in each.guests if name in units]
    notice = MeetingDraft(
        kind=each.kind, on=each.on.isoformat(), begins_at="9:00", place=each.place, agenda=each.agenda,
        units=tuple(guests), posts=tuple(post.pk for post in posts), host_id=units[OFFICE],
        chair=posts[0].holder_name if posts else "", client_key=f"demo-{each.kind[:12]}-{each.on}".replace("_", "-"),
    )  # fmt: skip
    meeting = plan_meeting(actor=desk, draft=notice, at=moment(told))
    marks = tuple(
        (guest, rng.choices(("PRESENT", "DEPUTY", "EXCUSED"), (8, 1, 1) if place else (1, 0, 0))[0], "")
        for place, guest in enumerate(meeting.invitees.order_by("id").values_list("pk", flat=True))
    )
    draft = HeldDraft(
        on=each.on.isoformat(), chair=notice.chair, heads=str(len(marks) + rng.randint(6, 20)), marks=marks,
        minutes=each.minutes, client_key=f"{notice.client_key}-h",
    )  # fmt: skip
    after = moment(each.on, hour=9)
    hold_meeting(actor=desk, meeting_id=meeting.pk, draft=draft, revision=str(meeting.revision), at=after)
    for place, (text, owner, days, stage) in enumerate(each.decisions):
        decided = DecisionDraft(
            text=text, owner_unit_id=units.get(owner), client_key=f"{notice.client_key}-d{place}",
            due_on=(each.on + timedelta(days=days)).isoformat() if days else "",
        )  # fmt: skip
        made = add_decision(actor=desk, meeting_id=meeting.pk, draft=decided, with_task=stage != "NONE", at=after)
        if made.task is not None and stage in {"DONE", "UNDERWAY"}:
            follow(desk, made.task, stage, rng, today)


def follow(desk: User, task: Task, stage: str, rng: Random, today: date) -> None:
    """What became of a decision's task."""
    due_on = task.due_on or today
    on = min(due_on - timedelta(days=rng.randint(0, 5)), today) if stage == "DONE" else due_on - timedelta(days=40)
    on = min(max(on, task.added_at.date()), today)
    outcome = PastOutcome(
        task.pk, moment(on), rng.choice(REPORTED if stage == "DONE" else UNDERWAY),
        closed_on=on if stage == "DONE" else None, score=rng.choice((5, 5, 4)) if stage == "DONE" else None,
    )  # fmt: skip
    take_over_outcomes(actor=desk, outcomes=[outcome], at=max(moment(today), moment(on)))


def last_meetings(desk: User, town: User, units: dict[str, int], today: date, at: datetime) -> None:
    """A meeting to come, one whose day went by unrecorded, one cancelled, and one of the town with its tasks."""
    coming = MeetingDraft(
        kind="GROUP_PLENARY",
        title="双拥工作领导小组年终全体会",
        on=(today + timedelta(days=5)).isoformat(),
        begins_at="14:30",
        place="县委会议室",
        agenda="成员单位年度述职\n研究表彰名单\n研究下年工作安排",
        units=tuple(Unit.objects.filter(kind="MEMBER", ends_on=None).values_list("pk", flat=True)),
        host_id=units[OFFICE],
        note="请成员单位准备三分钟述职材料,提前一天报县双拥办。",
        client_key="demo-meeting-coming",
    )
    plan_meeting(actor=desk, draft=coming, at=at)
    passed = MeetingDraft(
        kind="STANDING_REPORT", on=(today - timedelta(days=6)).isoformat(), begins_at="9:00", place="县委常委会议室",
        agenda="听取全年双拥工作汇报", host_id=units[OFFICE], client_key="demo-meeting-passed",
    )  # fmt: skip
    plan_meeting(actor=desk, draft=passed, at=moment(today - timedelta(days=14)))
    dropped = MeetingDraft(
        kind="SUBJECT_MEETING", on=(today - timedelta(days=20)).isoformat(), agenda="研究双拥宣传片",
        host_id=units[OFFICE], client_key="demo-meeting-dropped",
    )  # fmt: skip
    gone = plan_meeting(actor=desk, draft=dropped, at=moment(today - timedelta(days=30)))
    cancel_meeting(
        actor=desk, meeting_id=gone.pk, reason="改为书面征求意见", revision="1", at=moment(today - timedelta(days=21))
    )
    hold_in_town(town, units, today)


def hold_in_town(town: User, units: dict[str, int], today: date) -> None:
    """石桥镇's meeting: one decision without an owner, one reported and waiting to be judged."""
    on = today - timedelta(days=17)
    draft = MeetingDraft(
        kind="SUBJECT_MEETING", title="石桥镇双拥工作推进会", on=on.isoformat(), begins_at="9:00", place="镇政府会议室",
        agenda="研究冬季征兵宣传\n研究困难优抚对象过冬", host_id=units[STATION], others="各村(社区)退役军人服务站站长",
        client_key="demo-meeting-town",
    )  # fmt: skip
    meeting = plan_meeting(actor=town, draft=draft, at=moment(on - timedelta(days=3)))
    noted = HeldDraft(
        on=on.isoformat(), heads="22", minutes="会议研究了冬季征兵宣传和困难优抚对象过冬。", client_key="demo-held-town"
    )
    after = moment(on, hour=9)
    hold_meeting(actor=town, meeting_id=meeting.pk, draft=noted, revision="1", at=after)
    texts = (
        ("走访全部困难优抚对象,送过冬物资", STATION, 14),
        ("更新双拥宣传栏", "", 30),
        ("冬季征兵宣传进村", STATION, 20),
    )
    for place, (text, owner, days) in enumerate(texts):
        decided = DecisionDraft(
            text=text, owner_unit_id=units.get(owner), due_on=(on + timedelta(days=days)).isoformat(),
            client_key=f"demo-town-d{place}",
        )  # fmt: skip
        made = add_decision(actor=town, meeting_id=meeting.pk, draft=decided, at=after)
        if place == 2 and made.task is not None:
            progress_task(
                actor=town, task_id=made.task.pk, words="宣传车到各村巡回,张贴标语 40 条", is_done=True,
                client_key="demo-town-report", at=moment(today - timedelta(days=1)),
            )  # fmt: skip
