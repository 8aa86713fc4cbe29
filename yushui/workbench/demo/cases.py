"""A year of cases of all kinds and at all stages, both lists of needs, projects, and what the towns stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from yushui.accounts.models import User
from yushui.base.area_codes import code_range
from yushui.cases.models import Case
from yushui.cases.services import needs, receptions, statements, steps
from yushui.cases.services.bulk import take_over_cases
from yushui.cases.services.cases import open_case
from yushui.cases.types import CaseDraft, PastCase
from yushui.cases.types.cases import Act
from yushui.cases.types.needs import ProjectDraft, ReceptionDraft
from yushui.cases.types.statements import StatementDraft
from yushui.people.models import Person
from yushui.plans.services.steps import close_task, progress_task
from yushui.plans.services.tasks import add_task
from yushui.plans.types import TaskDraft
from yushui.workbench.demo.towns import COUNTY, list_towns
from yushui.workbench.demo.units import LEGAL_POINTS

EVENTS = ("GROUP_PETITION", "ARMY_CASE", "RETURNED_RECRUIT", "DISPUTE_UP", "DISPUTE_GROWN")
ANSWERS = ("已核实,当面作了说明", "已补办并告知本人", "政策已解释清楚,本人认可", "已协调解决,电话回访满意")


@dataclass(frozen=True)
class Sort:
    """How cases of a kind go here: how many a year, what they are about, the outcomes of their steps with the days
    each takes at most, how many causes there are, who asks."""

    kind: str
    count: int
    titles: tuple[str, ...]
    way: tuple[tuple[str, int], ...]
    causes: int
    at_county: bool = False
    by_unit: bool = False
    answers: bool = True


SORTS = (
    Sort("PETITION_VISIT", 116, ("反映优待金到账时间", "咨询参战身份认定", "反映养老保险接续", "反映住房漏雨",
         "咨询医疗报销比例", "反映光荣牌未更换"), (("accept", 9), ("settle", 52)), 8),
    Sort("DISPUTE", 38, ("宅基地界址争议", "邻里排水纠纷", "工资拖欠纠纷", "承包地流转纠纷"), (("agreed", 29),), 7),
    Sort("HARDSHIP_HELP", 46, ("患重病住院,家庭困难", "长期失业,生活困难", "旧伤复发需住院", "家中失火受灾"),
         (("propose", 11), ("grant", 12), ("given", 12)), 5),
    Sort("TEMPORARY_RELIEF", 18, ("突发疾病住院", "暴雨房屋受损", "子女考上大学缺学费"), (("give", 6), ("given", 4)), 5,
         answers=False),
    Sort("PLAQUE", 44, ("新退役士兵申领光荣牌", "光荣牌褪色更换", "搬迁后重新悬挂"), (("pass", 6), ("hung", 24)), 6,
         answers=False),
    Sort("CARD", 40, ("首次申领优待证", "优待证遗失补领", "姓名变更换领优待证"),
         (("pass", 6), ("pass", 13), ("given", 38)), 4, answers=False),
    Sort("LEGAL_AID", 18, ("请求支付优待金", "工伤赔偿诉讼", "离婚财产分割", "土地承包权益"),
         (("grant", 7), ("assigned", 3), ("done", 80)), 7, at_county=True),
    Sort("SCHOOLING", 22, ("子女小学入学", "子女转学", "子女入公办幼儿园"), (("pass", 11), ("placed", 28)), 5,
         at_county=True),
    Sort("SPOUSE_WORK", 10, ("随军家属推荐就业", "随军家属公益岗位"), (("pass", 10), ("placed", 150)), 4,
         at_county=True),
    Sort("SAFETY_HAZARD", 16, ("消防通道堵塞", "配电箱老化", "纪念设施护栏松动"),
         (("order", 3), ("mended", 28), ("pass", 6)), 6, at_county=True, by_unit=True, answers=False),
    Sort("FUNDRAISING", 4, ("为患病老兵募捐", "助学募捐"), (("agree", 5), ("publish", 50)), 4, at_county=True,
         by_unit=True, answers=False),
    Sort("GRATUITY", 4, ("一次性抚恤金申领",), (("pass", 5), ("grant", 10)), 3, at_county=True, answers=False),
)  # fmt: skip
NEEDS = (
    ("GARRISON_NEED", "训练场进场道路硬化", "县交通运输局"),
    ("GARRISON_NEED", "营区供水管网改造", "县住房和城乡建设局"),
    ("GARRISON_NEED", "随军家属就业岗位", "县人力资源和社会保障局"), ("GARRISON_NEED", "官兵子女入学协调", "县教育局"),
    ("GARRISON_NEED", "官兵就医绿色通道", "县卫生健康局"), ("GARRISON_NEED", "文化下军营演出", "县文化和旅游局"),
    ("GARRISON_NEED", "法律咨询进军营", "县司法局"), ("GARRISON_NEED", "驻训保障用电", "县发展和改革局"),
    ("GARRISON_NEED", "营区周边环境整治", "县自然资源局"), ("GARRISON_NEED", "职业技能培训", "县人力资源和社会保障局"),
    ("LOCAL_NEED", "汛期抢险力量支援", "县应急管理局"), ("LOCAL_NEED", "学生军训教官", "县教育局"),
    ("LOCAL_NEED", "国防教育进校园", "县委宣传部"), ("LOCAL_NEED", "义务植树支援", "县自然资源局"),
    ("LOCAL_NEED", "村级巡回义诊", "县卫生健康局"), ("LOCAL_NEED", "秋收助民劳动", "县农业农村局"),
)  # fmt: skip
GARRISONS = ("驻云川某部", "武警云川中队", "县消防救援大队", "县人民武装部机关")
DEEDS = (
    ("硬化训练场进场道路", "FOR_ARMY", "县交通运输局", "480000"),
    ("改造营区供水管网", "FOR_ARMY", "县住房和城乡建设局", "260000"),
    ("建设军营图书室", "FOR_ARMY", "县文化和旅游局", "50000"), ("解决官兵子女入学", "FOR_ARMY", "县教育局", ""),
    ("军人就医优先窗口", "FOR_ARMY", "县卫生健康局", "30000"), ("援建村小操场", "FOR_LOCAL", "驻云川某部", "80000"),
    ("结对帮扶困难老兵", "FOR_LOCAL", "武警云川中队", ""), ("汛期抢险演练", "FOR_LOCAL", "县消防救援大队", "20000"),
)  # fmt: skip


def live_a_year_of_cases(
    *, staff: Mapping[str, User], seed: int, today: date, at: datetime, units: Mapping[str, int]
) -> None:
    """Everything; the same seed and day give the same."""
    rng = Random(f"{seed}-cases")
    clerks = {user.area_code: user for user in User.objects.filter(held_roles__role="TOWN_CLERK")}
    low, high = code_range(COUNTY[0])
    rows = Person.objects.filter(died_on=None, area_id__gte=low, area_id__lt=high).order_by("id")
    people = list(rows.values_list("id", "area")[:9000])
    rng.shuffle(people)
    by_actor: dict[int, list[PastCase]] = {}
    actors = {user.pk: user for user in (staff["desk"], *clerks.values())}
    for sort in SORTS:
        for number in range(sort.count):
            person, village = people.pop() if people else (None, COUNTY[0])
            actor = staff["desk"] if sort.at_county else clerks.get(f"{village[:9]}000", staff["desk"])
            unit = units[rng.choice(GARRISONS)] if sort.by_unit else None
            point = units[rng.choice(LEGAL_POINTS)] if sort.kind == "LEGAL_AID" and number % 3 else None
            past = past_case(rng, sort, number, person=None if sort.by_unit else person, village=village, unit=unit,
                             point=point, today=today)  # fmt: skip
            by_actor.setdefault(actor.pk, []).append(past)
    by_actor.setdefault(staff["desk"].pk, []).extend(needs_of_the_year(rng, today, units))
    for pk, cases in by_actor.items():
        take_over_cases(actor=actors[pk], cases=cases, at=at)
    set_tasks(staff["desk"], today, at, units)
    open_live(staff, at, units, today)
    plan_deeds(staff["desk"], rng, today, at, units)
    state_events(clerks, rng, today, at)


def past_case(
    rng: Random,
    sort: Sort,
    number: int,
    *,
    person: int | None,
    village: str,
    unit: int | None,
    point: int | None,
    today: date,
) -> PastCase:
    """A case with as much of its way as there was time for; some wait for papers, are sent on, run late, or are opened
    again."""
    began = today - timedelta(days=int(365 * rng.random() ** 1.3))
    draft = CaseDraft(
        kind=sort.kind, title=rng.choice(sort.titles), person_id=person, area_code=COUNTY[0] if unit else village,
        asker_name="申请单位" if unit else "", client_key=f"demo-{sort.kind.lower().replace('_', '-')}-{number:03d}",
        channel=rng.choices(("VISIT", "CALL", "VILLAGE", "LETTER", "NET", "FOUND"), (50, 20, 15, 4, 6, 5))[0],
        cause=f"cause{rng.randint(1, sort.causes)}", urgent=sort.kind == "HARDSHIP_HELP" and number % 6 == 0,
        point_id=point,
    )  # fmt: skip
    acts: list[tuple[Act, date, str, str]] = []
    day, fate = began, rng.random()
    for place, (outcome, most) in enumerate(sort.way):
        if place == 0 and fate < 0.06:
            acts.append((Act.PAUSED, day + timedelta(days=1), "", "PAPERS"))
            if fate < 0.035:
                day += timedelta(days=rng.randint(5, 15))
                acts.append((Act.RESUMED, day, "材料已补齐", ""))
        if place == 0 and 0.06 <= fate < 0.1 and not sort.at_county:
            acts.append((Act.TRANSFERRED, day + timedelta(days=1), f"转{COUNTY[1]}:涉及县级部门", COUNTY[0]))
        if 0.035 <= fate < 0.06:
            break
        if place == len(sort.way) - 1 and 0.1 <= fate < 0.14:
            break  # left lying
        slow = rng.random() < 0.05
        day += timedelta(days=round(most * (rng.uniform(1.6, 2.4) if slow else rng.uniform(0.15, 0.95))))
        is_last = place == len(sort.way) - 1
        if is_last and sort.answers:
            acts.append((Act.REPLIED, day, f"当面答复:{rng.choice(ANSWERS)}", ""))
        acts.append((Act.DECIDED, day, "情况属实,按规定办理", outcome))
        if is_last and sort.answers and rng.random() < 0.8:
            acts.append((Act.RATED, day + timedelta(days=3), "", rng.choices("321", (84, 13, 3))[0]))
    if len(sort.way) > 0 and fate > 0.985:
        acts.append((Act.REOPENED, day + timedelta(days=20), "又来反映新情况", ""))
    done = tuple(act for act in acts if act[1] <= today)
    aids: tuple[tuple[str, str, int | None, date], ...] = ()
    given = [act for act in done if act[3] == "given"]
    if given and sort.kind in {"HARDSHIP_HELP", "TEMPORARY_RELIEF"}:
        means = rng.choices(("CASH", "GOODS", "SERVICE"), (70, 18, 12))[0]
        what = {"CASH": "", "GOODS": "米面油和棉被", "SERVICE": "陪护和法律咨询"}[means]
        aids = ((means, what, rng.choice((1000, 2000, 3000, 5000)) * 100 if means == "CASH" else None, given[0][1]),)
    return PastCase(draft, began, done, unit_id=unit, aids=aids)


def needs_of_the_year(rng: Random, today: date, units: Mapping[str, int]) -> list[PastCase]:
    """Needs of garrison and county, most of them met and rated."""
    found = []
    for number, (kind, title, answers_for) in enumerate(NEEDS):
        day = began = today - timedelta(days=12 + number * 21)
        acts: list[tuple[Act, date, str, str]] = []
        for act, days, words, more in (
            (Act.DECIDED, 3, "列入清单", "listed"), (Act.ASSIGNED, 4, f"{answers_for}办理", str(units[answers_for])),
            (Act.DECIDED, 1, "已明确", "assigned"), (Act.REPLIED, rng.randint(15, 70), "书面答复:已办成,请验收", ""),
            (Act.DECIDED, 0, "已办成", "done"), (Act.RATED, 4, "", rng.choices("32", (85, 15))[0]),
        ):  # fmt: skip
            day += timedelta(days=days)
            acts.append((act, day, words, more))
        asker = rng.choice(GARRISONS) if kind == "GARRISON_NEED" else answers_for
        draft = CaseDraft(
            kind=kind, title=title, asker_name=asker, area_code=COUNTY[0], client_key=f"demo-need-{number:03d}",
            cause=f"cause{number % 6 + 1}",
        )  # fmt: skip
        found.append(PastCase(draft, began, tuple(act for act in acts if act[1] <= today), unit_id=units[asker]))
    return found


def set_tasks(desk: User, today: date, at: datetime, units: Mapping[str, int]) -> None:
    """The list of who answers for each need: a task each, judged when the need was met."""
    cases = {case.client_key: case for case in Case.objects.filter(client_key__startswith="demo-need-")}
    for number, (_, title, answers_for) in enumerate(NEEDS):
        case = cases[f"demo-need-{number:03d}"]
        if case.holder_unit_id is None and case.closed_on is None:
            continue
        due = case.opened_on + timedelta(days=75)
        draft = TaskDraft(
            title=title, owner_unit_id=units[answers_for], due_on=due.isoformat(), area_code=COUNTY[0],
            client_key=f"demo-need-task-{number:03d}", weight="KEY",
        )  # fmt: skip
        task = add_task(actor=desk, draft=draft, source=f"cases.case:{case.pk}", at=at)
        if case.closed_on is not None:
            progress_task(
                actor=desk,
                task_id=task.pk,
                words="已办成",
                is_done=True,
                client_key=f"demo-need-done-{number:03d}",
                at=at,
            )
            close_task(actor=desk, task_id=task.pk, verdict="ACCEPTED", score="5", revision="1", at=at)


def open_live(staff: Mapping[str, User], at: datetime, units: Mapping[str, int], today: date) -> None:
    """A few that came these days, each at another place: reported from a village, taken, with a unit, awaiting a
    leader's reception, awaiting an extension."""
    town, desk, village = staff["shiqiao"], staff["desk"], staff["beizhou"]
    report = CaseDraft(
        kind="HARDSHIP_HELP", title="老伴住院,自付部分负担重", asker_name="李建军", area_code=village.area_code,
        channel="VILLAGE", cause="cause1", client_key="demo-live-village",
    )  # fmt: skip
    open_case(actor=village, draft=report, at=at)

    def petition(name: str, title: str, actor: User) -> Case:
        draft = CaseDraft(
            kind="PETITION_VISIT", title=title, asker_name=name, area_code=village.area_code, cause="cause4",
            client_key=f"demo-live-{ord(title[0])}-{ord(title[-1])}",
        )  # fmt: skip
        return open_case(actor=actor, draft=draft, at=at)

    taken = petition("王德胜", "反映医疗报销手续", town)
    steps.take_case(actor=town, case_id=taken.pk, revision=str(taken.revision), at=at)
    sent = petition("吴长河", "反映孙子入学", desk)
    steps.transfer_case(
        actor=desk,
        case_id=sent.pk,
        unit_id=units["县教育局"],
        words="请核实学位并答复",
        revision=str(sent.revision),
        at=at,
    )
    seen = petition("孙远方", "约见局长反映安置遗留问题", desk)
    receptions.plan_reception(
        actor=desk, case_id=seen.pk, at=at,
        draft=ReceptionDraft(
            planned_on=(today + timedelta(days=3)).isoformat(), place="局信访室", client_key="demo-reception",
            host_id=staff["leader"].pk,
        ),
    )  # fmt: skip
    asked = petition("周明礼", "反映军龄认定档案缺失", town)
    steps.ask_extension(
        actor=town, case_id=asked.pk, days="20", words="等省里回函", revision=str(asked.revision), at=at
    )


def plan_deeds(desk: User, rng: Random, today: date, at: datetime, units: Mapping[str, int]) -> None:
    """Projects of two years, last year's all accepted."""
    for year in (today.year - 1, today.year):
        for number, (title, side, unit, budget) in enumerate(DEEDS):
            draft = ProjectDraft(
                title=title, year=str(year), side=side, unit_id=units[unit], budget=budget,
                money_source="财政" if budget else "", due_on=f"{year}-11-30", client_key=f"demo-deed-{year}-{number}",
            )  # fmt: skip
            deed = needs.add_deed(actor=desk, draft=draft, at=at)
            state = "ACCEPTED" if year < today.year or number % 3 == 0 else "UNDERWAY"
            spent = str(round(int(budget) * rng.uniform(0.9, 1))) if budget and state == "ACCEPTED" else ""
            words = "使用单位验收合格" if state == "ACCEPTED" else ""
            needs.change_deed(actor=desk, deed_id=deed.pk, state=state, spent=spent, words=words, revision="1", at=at)


def state_events(clerks: Mapping[str, User], rng: Random, today: date, at: datetime) -> None:
    """What each town stated for the last four quarters; two towns have not yet stated the last."""
    quarter = today.year * 4 + (today.month - 1) // 3
    for back in range(4, 0, -1):
        year, number = divmod(quarter - back, 4)
        for place, (code, _) in enumerate(list_towns()):
            if code not in clerks or (back == 1 and place in {5, 11}):
                continue
            counts = [(event, "1" if rng.random() < 0.015 else "0") for event in EVENTS]
            happened = any(count != "0" for _, count in counts)
            statements.make_statement(
                actor=clerks[code], at=at,
                draft=StatementDraft(
                    code, str(year), str(number + 1), tuple(counts), "已处置,当事人认可" if happened else ""
                ),
            )  # fmt: skip
